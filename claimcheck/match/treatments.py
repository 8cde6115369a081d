"""Is the treatment that a claim speaks of one that a trial tested?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.match.study import once
from claimcheck.model.claim import Resolution
from claimcheck.rulebook.types import TermKind
from claimcheck.terms import SAME_BEGINNING, same_name, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.match.study import Study
    from claimcheck.model.claim import Claim, Mention
    from claimcheck.model.trial import Named
    from claimcheck.terms import Terms

NAME = 1.0  # the same words
CONCEPT = 1.0  # the same concept, by other words
PART = 0.9  # one name holds the other: "ketamine", "intravenous ketamine"
MEMBER = 0.7  # the claim names a class, the trial tested a member that stands for it
SPELLING = 0.8
NEARLY = 0.1  # treatments of a trial that fit so nearly alike are all meant
DRUG_NAME = 7  # letters of the shortest word that its ending marks as a drug


@dataclass(frozen=True, slots=True)
class Meant:
    """A treatment as a claim names it: the mention's text and concept, and what they tell."""

    text: str
    words: tuple[str, ...]
    concept: tuple[str, ...]  # the concept's own words
    concepts: frozenset[str]
    classes: frozenset[str]  # of the concepts, those that a member stands for
    content: frozenset[str]
    drugs: tuple[str, ...]
    traits: frozenset[str]  # what a name that fits must have one of: see `_traits`

    @classmethod
    def of(cls, text: str, concept: str | None, terms: Terms) -> Meant:
        """Read what a mention of this text and concept means."""
        found = terms.concepts(text, TermKind.INTERVENTION)
        concepts = found | {concept} if concept else found
        return cls(
            text,
            words(text),
            words(concept or ""),
            concepts,
            frozenset(
                one for one in concepts if any(term.stands_for_members for term in terms.terms(one))
            ),
            # A mention that is resolved means its concept: its words alone may be "the antibody".
            terms.treatment_words(concept or text),
            _drugs(words(text), terms),
            _traits((text, concept or "")) | concepts,
        )


@dataclass(frozen=True, slots=True)
class Name:
    """One of a record's names for a treatment, and what it tells."""

    words: tuple[str, ...]
    concepts: frozenset[str]
    wider: frozenset[str]  # what the concepts are kinds of
    content: frozenset[str]
    drugs: tuple[str, ...]

    @classmethod
    def of(cls, text: str, concept: str | None, terms: Terms) -> Name:
        """Read a name of a treatment that the record gives this concept."""
        found = terms.concepts(text, TermKind.INTERVENTION)
        concepts = found | {concept} if concept else found
        return cls(
            words(text),
            concepts,
            frozenset().union(*map(terms.ancestors, concepts)),
            terms.treatment_words(text),
            _drugs(words(text), terms),
        )


@dataclass(frozen=True, slots=True)
class Tried:
    """A treatment of a record by all its names; `traits` are what a mention may share with it."""

    names: tuple[Name, ...]
    traits: frozenset[str]

    @classmethod
    def of(cls, named: Named, terms: Terms) -> Tried:
        """Read what a record calls a treatment."""
        names = tuple(Name.of(name, named.concept, terms) for name in named.names)
        traits = _traits(named.names).union(*(one.concepts | one.wider for one in names))
        return cls(names, traits)


@dataclass(frozen=True, slots=True)
class Treatment:
    """How a claim's treatment fits a trial: in what words, which of those tested, and how well."""

    text: str
    tested: frozenset[int]  # places in trial.interventions
    score: float
    because: str


def mentions_of(claim: Claim) -> tuple[Mention, ...]:
    """Answer what may name a claim's treatment, the likeliest first.

    The claim's own intervention decides where its clause names it; the others that the clause
    names count only where the claim's own was inferred from elsewhere.
    """
    against = claim.comparator.span if claim.comparator else None
    named = tuple(one for one in claim.interventions if one.span != against)
    if claim.intervention is None:
        return named
    if claim.intervention.resolution is Resolution.CLAUSE:
        return (claim.intervention,)
    return (claim.intervention, *named)


def find_treatment(meant: Iterable[Meant], study: Study) -> Treatment | None:
    """Answer which of a trial's interventions is the first of these that it tested, or None."""
    for one in meant:
        scores = [score_name(one, tried) for tried in _tried(study)]
        if best := max(scores, default=0.0):
            tested = [at for at, score in enumerate(scores) if score > best - NEARLY]
            because = f"{one.text!r} is {study.trial.interventions[tested[0]].name!r} of the record"
            return Treatment(one.text, frozenset(tested), best, because)
    return None


def score_name(meant: Meant, tried: Tried) -> float:
    """Answer how well what a claim names fits one intervention of a record, from 0 to 1."""
    if meant.traits.isdisjoint(tried.traits):
        return 0.0
    return max(_score(meant, name) for name in tried.names)


@once
def _tried(study: Study) -> tuple[Tried, ...]:
    return tuple(Tried.of(named, study.terms) for named in study.trial.interventions)


@once
def traits_of(study: Study) -> frozenset[str]:
    """Answer what a mention must have one of to name a treatment of this study: see `Meant`."""
    return frozenset().union(*(tried.traits for tried in _tried(study)))


def _traits(texts: Iterable[str]) -> frozenset[str]:
    """Answer how the words of some names begin, marked off from concepts; "" for no word at all.

    Whatever scores shares the beginning of a word, or a concept; most pairs share nothing.
    """
    found = (words(text) or ("",) for text in texts)
    return frozenset(f"{word[:SAME_BEGINNING]}…" for names in found for word in names)


def _score(meant: Meant, name: Name) -> float:
    if meant.words != name.words and _is_other_drug(meant, name):
        return 0.0
    if name.words in {meant.words, meant.concept}:
        return NAME
    if meant.concepts & name.concepts:
        return CONCEPT if name.concepts <= meant.concepts else PART
    if meant.classes & name.wider:
        return MEMBER
    if meant.concepts and name.concepts and not meant.concepts & name.wider:
        return 0.0
    return _by_words(meant, name)


def _is_other_drug(meant: Meant, name: Name) -> bool:
    """Tell whether both name a drug by its own name, and no drug is in both."""
    if not meant.drugs or not name.drugs:
        return False
    return not any(same_name(a, b) for a in meant.drugs for b in name.drugs)


def _drugs(phrase: tuple[str, ...], terms: Terms) -> tuple[str, ...]:
    endings = terms.phrases.get("match-drug-endings", ())
    return tuple(word for word in phrase if len(word) >= DRUG_NAME and word.endswith(endings))


def _by_words(meant: Meant, name: Name) -> float:
    a, b = meant.content, name.content
    if a and b and (_within(a, b) or _within(b, a)):
        return PART
    same = len(meant.words) == len(name.words) and all(map(same_name, meant.words, name.words))
    return SPELLING if same else 0.0


def _within(a: frozenset[str], b: frozenset[str]) -> bool:
    return all(any(same_name(one, other) for other in b) for one in a)
