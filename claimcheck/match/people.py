"""Does a trial's condition and population answer for the people that a claim speaks of?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.match.study import names_of, once, with_wider
from claimcheck.model.claim import Resolution
from claimcheck.model.trial import FindingKind, Role
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.match.study import Study
    from claimcheck.model.claim import Claim, Mention
    from claimcheck.terms import Terms

_APART = (("match-young", "match-grown"), ("match-male", "match-female"))
_KINDS = (TermKind.CONDITION, TermKind.OUTCOME)


@dataclass(frozen=True, slots=True)
class People:
    """How the people of a claim fit those of a trial; `fits` is None where the claim names none."""

    fits: bool | None
    score: float
    wider: bool = False
    everyone: bool = False  # the claim is about people without limit
    others: bool = False  # the claim is about other people than those studied
    same: bool = False  # the very group of people that the claim names was studied


def find_people(claim: Claim, study: Study) -> People:
    """Answer whether the trial studied the condition, and the people, that the claim names."""
    condition = _condition(claim.condition, study) if claim.condition else People(None, 0.5)
    if condition.fits is False and _is_of_studied_illness(claim, study):
        condition = People(fits=True, score=1.0)
    if condition.fits is False or claim.population is None:
        return condition
    if _other_population(claim.population, study):
        return People(fits=False, score=0.0, others=True)
    terms = study.terms
    everyone = terms.says(claim.population.text, "match-everyone")
    return People(
        condition.fits,
        condition.score,
        condition.wider,
        everyone=everyone and not _denied(claim, claim.population, terms),
        same=bool(_groups(claim.population, terms) & _studied_groups(study)),
    )


@once
def fields_of(study: Study) -> frozenset[str]:
    """Answer what a trial is about: its conditions and all that they are kinds of, or by name."""
    names = names_of(study.trial.conditions)
    found = frozenset().union(*(study.terms.concepts(name, *_KINDS) for name in names))
    return with_wider(found, study.terms) or frozenset(name.casefold() for name in names)


def names_part(claim: Claim, study: Study) -> bool:
    """Tell whether a claim's words single out a part of the people that did better.

    "Slowed decline in mild disease", where the mild cases were a subgroup, and the only ones.
    """
    parts = _improved_parts(study)
    if not parts:
        return False
    terms = study.terms
    said = terms.content(claim.text)
    meant = (claim.outcome, claim.intervention, claim.condition)
    said -= frozenset().union(*(terms.content(one.text) for one in meant if one is not None))
    said -= terms.lists.get("match-general", frozenset())
    return any(terms.overlap(part, said) for part in parts)


@once
def _improved_parts(study: Study) -> tuple[frozenset[str], ...]:
    """Answer the words for each part of the people that did better, its outcome's own left out."""
    terms = study.terms
    return tuple(
        terms.content(one.subgroup.name if one.subgroup else one.name)
        - terms.content(one.concept or "")
        for one in study.trial.outcomes
        if one.role is Role.SUBGROUP or one.subgroup is not None
        if one.finding.kind is FindingKind.IMPROVED
    )


def _groups(mention: Mention, terms: Terms) -> frozenset[str]:
    apart = frozenset().union(*(ours | theirs for ours, theirs in _apart(terms)))
    return _populations(mention.text, mention.concept, terms) & apart


def _denied(claim: Claim, mention: Mention, terms: Terms) -> bool:
    """Tell whether a negation stands before a mention: "does not work for everyone"."""
    before = claim.text[: max(0, mention.span.start - claim.span.start)]
    return terms.says(before, "match-negation")


def _is_of_studied_illness(claim: Claim, study: Study) -> bool:
    """Tell whether a claim's outcome is the illness that was studied, by its own sentence.

    "Zinc shortens colds" is about colds, below whatever headline. What comes with many illnesses
    ("pain") tells none, and nor does one of several illnesses of which all were ill.
    """
    inherited = claim.condition is not None and claim.condition.resolution is not Resolution.CLAUSE
    if not inherited or claim.outcome is None or claim.outcome.resolution is not Resolution.CLAUSE:
        return False
    terms = study.terms
    named = terms.concepts(claim.outcome.text, *_KINDS) | {claim.outcome.concept or ""}
    ill = frozenset(one for one in named if _is_illness(one, terms))
    near = ill.union(*(terms.ancestors(one) | terms.descendants(one) for one in ill))
    known = tuple(filter(None, _illnesses(study)))
    return bool(known) and all(near & one for one in known)


def _is_illness(concept: str, terms: Terms) -> bool:
    """Tell whether a concept is an illness, or a kind of them, and no symptom of many."""
    if concept in terms.phrases.get("symptom_conditions", ()):
        return False
    kinds = (
        term.kind for one in (concept, *terms.descendants(concept)) for term in terms.terms(one)
    )
    return TermKind.CONDITION in kinds


@once
def _illnesses(study: Study) -> tuple[frozenset[str], ...]:
    """Answer the concepts of each condition of a trial, none for one that no term knows."""
    conditions = study.trial.conditions
    return tuple(
        frozenset().union(*(study.terms.concepts(name, *_KINDS) for name in one.names))
        for one in conditions
    )


def _condition(mention: Mention, study: Study) -> People:
    terms = study.terms
    wanted = terms.concepts(mention.text, TermKind.CONDITION)
    wanted |= {mention.concept} if mention.concept else frozenset()
    studied = studied_in(study)
    if wanted & studied:
        return People(fits=True, score=1.0)
    if wanted & _wider_than_studied(study):
        return People(fits=True, score=0.8, wider=True)
    if any(terms.ancestors(one) & studied for one in wanted) or wanted & _measured(study):
        return People(fits=True, score=0.7)
    said = terms.content(mention.text, drop=("match-filler", "match-anyone"))
    if not said:
        return People(None, 0.5)
    shared = len(terms.overlap(said, _condition_words(study))) / len(said)
    # Of two known illnesses a word that both have says little: cancer of the lung, of the prostate.
    known = bool(wanted and studied)
    if shared == 1 or (shared > 0 and not known):
        return People(fits=True, score=0.5 + 0.5 * shared)
    return People(fits=False, score=0.0) if known else People(None, 0.3)


@once
def studied_in(study: Study) -> frozenset[str]:
    """Answer the illnesses of the people that a trial studied, as concepts."""
    conditions = study.trial.conditions
    names = names_of(conditions)
    found = frozenset().union(*(study.terms.concepts(name, *_KINDS) for name in names))
    return found.union(named.concept for named in conditions if named.concept)


@once
def _wider_than_studied(study: Study) -> frozenset[str]:
    return frozenset().union(*map(study.terms.ancestors, studied_in(study)))


@once
def _measured(study: Study) -> frozenset[str]:
    names = (one.concept or one.name for one in study.trial.outcomes)
    return frozenset().union(*(study.terms.concepts(name, *_KINDS) for name in names))


@once
def _condition_words(study: Study) -> frozenset[str]:
    return frozenset().union(*map(study.terms.content, names_of(study.trial.conditions)))


def _other_population(mention: Mention, study: Study) -> bool:
    studied = _studied_groups(study)
    wanted = _populations(mention.text, mention.concept, study.terms)
    return any(
        wanted & ours and not wanted & theirs and studied & theirs and not studied & ours
        for ours, theirs in _apart(study.terms)
    )


@once
def _studied_groups(study: Study) -> frozenset[str]:
    people, conditions = study.trial.population, names_of(study.trial.conditions)
    texts = (people.age, people.sex, people.description, *conditions, study.trial.title)
    found = (_populations(text, None, study.terms) for text in texts if text)
    return frozenset().union(*found)


def _apart(terms: Terms) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Answer groups of people that do not answer for each other, both ways round."""
    for one, other in _APART:
        first, second = (frozenset(terms.phrases.get(name, ())) for name in (one, other))
        yield first, second
        yield second, first


def _populations(text: str, concept: str | None, terms: Terms) -> frozenset[str]:
    found = terms.concepts(text, TermKind.POPULATION)
    return found | {concept} if concept else found
