"""Is the treatment that a claim speaks of one that a trial tested?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.claim import Resolution
from claimcheck.rulebook.types import TermKind
from claimcheck.terms import SAME_BEGINNING, same_name, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.claim import Claim, Mention
    from claimcheck.model.trial import Named, Trial
    from claimcheck.terms import Terms

NAME = 1.0  # the same words
CONCEPT = 1.0  # the same concept, by other words
PART = 0.9  # one name holds the other: "ketamine", "intravenous ketamine"
MEMBER = 0.7  # the claim names a class, the trial tested a member that stands for it
SPELLING = 0.8
DRUG_NAME = 7  # letters of the shortest word that its ending marks as a drug


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a claim's treatment fits a trial: the trial's own names for it, and how well."""

    tested: tuple[Named, ...]
    mention: Mention
    score: float
    because: str


def find_treatment(claim: Claim, trial: Trial, terms: Terms) -> Treatment | None:
    """Answer which of a trial's interventions the claim is about, or None.

    The claim's own intervention decides where its clause names it; the others that the clause
    names count only where the claim's own was inferred from elsewhere.
    """
    for mention in _mentions(claim):
        scored = [(score_name(mention, named, terms), named) for named in trial.interventions]
        best = max((score for score, _ in scored), default=0.0)
        if best:
            tested = tuple(named for score, named in scored if score > best - 0.1)
            because = f"{mention.text!r} is {tested[0].name!r} of the record"
            return Treatment(tested, mention, best, because)
    return None


def testing(claim: Claim, trials: tuple[Trial, ...], terms: Terms) -> tuple[Trial, ...]:
    """Answer which of these trials tested what the claim is about; most drafts ask of one thing."""
    if terms.tested_among is not trials:
        terms.tested_among = trials
        terms.tested.clear()
        terms.by_trait = _by_trait(trials, terms)
    mentions = _mentions(claim)
    key = tuple((mention.text, mention.concept) for mention in mentions)
    if key not in terms.tested:
        places = {
            at
            for mention in mentions
            for trait in _traits_said(mention, terms)
            for at in terms.by_trait.get(trait, ())
        }
        near = (trials[at] for at in sorted(places))
        found = (trial for trial in near if is_tested(claim, trial.interventions, terms))
        terms.tested[key] = tuple(found)
    return terms.tested[key]


def _by_trait(trials: tuple[Trial, ...], terms: Terms) -> dict[str, list[int]]:
    """Answer in which trials' interventions each trait is found, by their places."""
    found: dict[str, list[int]] = {}
    for at, trial in enumerate(trials):
        for trait in {one for named in trial.interventions for one in _traits_of(named, terms)}:
            found.setdefault(trait, []).append(at)
    return found


def is_tested(claim: Claim, interventions: tuple[Named, ...], terms: Terms) -> bool:
    """Tell whether the claim is about one of these interventions, as `find_treatment` has it."""
    return any(
        score_name(mention, named, terms) for mention in _mentions(claim) for named in interventions
    )


def _mentions(claim: Claim) -> tuple[Mention, ...]:
    if claim.intervention is None:
        return claim.interventions
    if claim.intervention.resolution is Resolution.CLAUSE:
        return (claim.intervention,)
    return (claim.intervention, *claim.interventions)


def score_name(mention: Mention, named: Named, terms: Terms) -> float:
    """Answer how well a mention fits one intervention of a record, from 0 to 1."""
    key = mention.text, mention.concept, named
    if key not in terms.fits:
        scores = (_score(mention, name, named.concept, terms) for name in named.names)
        terms.fits[key] = max(scores) if _may_fit(mention, named, terms) else 0.0
    return terms.fits[key]


def _may_fit(mention: Mention, named: Named, terms: Terms) -> bool:
    """Tell whether two names have so much in common that scoring them is worth while.

    Whatever scores shares the beginning of a word, or a concept; most pairs share nothing.
    """
    return not _traits_said(mention, terms).isdisjoint(_traits_of(named, terms))


def _traits_said(mention: Mention, terms: Terms) -> frozenset[str]:
    """Answer what a mention has that a name may share: see `_may_fit`."""
    key = mention.text, mention.concept
    if key not in terms.traits:
        texts = (mention.text, mention.concept or "")
        terms.traits[key] = _traits(texts) | _concepts(mention.text, mention.concept, terms)
    return terms.traits[key]


def _traits_of(named: Named, terms: Terms) -> frozenset[str]:
    """Answer what an intervention of a record has that a mention may share."""
    if named not in terms.traits:
        tested = frozenset().union(*(_concepts(name, named.concept, terms) for name in named.names))
        wider = frozenset().union(*(terms.ancestors(one) for one in tested))
        terms.traits[named] = _traits(named.names) | tested | wider
    return terms.traits[named]


def _traits(texts: Iterable[str]) -> frozenset[str]:
    """Answer how the words of some names begin, marked off from concepts; "" for no word at all."""
    found = (words(text) or ("",) for text in texts)
    return frozenset(f"{word[:SAME_BEGINNING]}…" for names in found for word in names)


def _score(mention: Mention, name: str, concept: str | None, terms: Terms) -> float:
    said, theirs = words(mention.text), words(name)
    if said != theirs and _other_drug(said, theirs, terms):
        return 0.0
    if theirs in {said, words(mention.concept or "")}:
        return NAME
    ours = _concepts(mention.text, mention.concept, terms)
    tested = _concepts(name, concept, terms)
    if ours & tested:
        return CONCEPT if tested <= ours else PART
    if any(_stands_for(one, tested, terms) for one in ours):
        return MEMBER
    if ours and tested and not any(terms.ancestors(one) & ours for one in tested):
        return 0.0
    return _by_words(mention, name, terms)


def _other_drug(said: tuple[str, ...], theirs: tuple[str, ...], terms: Terms) -> bool:
    """Tell whether both phrases name a drug by its own name, and no drug is in both."""
    ours, tested = (_drugs(phrase, terms) for phrase in (said, theirs))
    return bool(ours and tested) and not any(same_name(a, b) for a in ours for b in tested)


def _drugs(phrase: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    endings = terms.phrases.get("match-drug-endings", ())
    return tuple(word for word in phrase if len(word) >= DRUG_NAME and word.endswith(endings))


def _by_words(mention: Mention, name: str, terms: Terms) -> float:
    # A mention that is resolved means its concept: its words alone may be "the antibody".
    meant = mention.concept or mention.text
    a, b = (terms.treatment_words(text) for text in (meant, name))
    if a and b and (_within(a, b) or _within(b, a)):
        return PART
    said, theirs = words(mention.text), words(name)
    same = len(said) == len(theirs) and all(map(same_name, said, theirs))
    return SPELLING if same else 0.0


def _within(a: frozenset[str], b: frozenset[str]) -> bool:
    return all(any(same_name(one, other) for other in b) for one in a)


def _concepts(text: str, concept: str | None, terms: Terms) -> frozenset[str]:
    found = terms.concepts(text, TermKind.INTERVENTION)
    return found | {concept} if concept else found


def _stands_for(concept: str, tested: frozenset[str], terms: Terms) -> bool:
    return any(term.stands_for_members for term in terms.terms(concept)) and any(
        concept in terms.ancestors(one) for one in tested
    )
