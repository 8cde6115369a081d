"""Does a trial's condition and population answer for the people that a claim speaks of?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import FindingKind, Role
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.claim import Claim, Mention
    from claimcheck.model.trial import Trial
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
    same: bool = False  # the very group of people that the claim names was studied


def find_people(claim: Claim, trial: Trial, terms: Terms) -> People:
    """Answer whether the trial studied the condition, and the people, that the claim names."""
    condition = _condition(claim.condition, trial, terms) if claim.condition else People(None, 0.5)
    if condition.fits is False or claim.population is None:
        return condition
    if _other_population(claim.population, trial, terms):
        return People(fits=False, score=0.0)
    everyone = terms.says(claim.population.text, "match-everyone")
    return replace(
        condition,
        everyone=everyone and not _denied(claim, claim.population, terms),
        same=bool(_groups(claim.population, terms) & _studied_groups(trial, terms)),
    )


def fields_of(trial: Trial, terms: Terms) -> frozenset[str]:
    """Answer what a trial is about: its conditions and all that they are kinds of, or by name."""
    names = [name for named in trial.conditions for name in named.names]
    found = frozenset(c for name in names for c in terms.concepts(name, *_KINDS))
    wider = found.union(*(terms.ancestors(one) for one in found))
    return wider or frozenset(name.casefold() for name in names)


def names_part(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether a claim's words single out a part of the people that did better.

    "Slowed decline in mild disease", where the mild cases were a subgroup, and the only ones.
    """
    said = terms.content(claim.text)
    meant = (claim.outcome, claim.intervention, claim.condition)
    said -= frozenset().union(*(terms.content(one.text) for one in meant if one is not None))
    said -= terms.lists.get("match-general", frozenset())
    for outcome in trial.outcomes:
        if outcome.role is not Role.SUBGROUP and outcome.subgroup is None:
            continue
        if outcome.analysis.finding.kind is not FindingKind.IMPROVED:
            continue
        group = outcome.subgroup.name if outcome.subgroup else outcome.name
        if terms.overlap(terms.content(group) - terms.content(outcome.concept or ""), said):
            return True
    return False


def _groups(mention: Mention, terms: Terms) -> frozenset[str]:
    apart = frozenset().union(*(ours | theirs for ours, theirs in _apart(terms)))
    return _populations(mention.text, mention.concept, terms) & apart


def _denied(claim: Claim, mention: Mention, terms: Terms) -> bool:
    """Tell whether a negation stands before a mention: "does not work for everyone"."""
    before = claim.text[: max(0, mention.span.start - claim.span.start)]
    return terms.says(before, "match-negation")


def _condition(mention: Mention, trial: Trial, terms: Terms) -> People:
    wanted = terms.concepts(mention.text, TermKind.CONDITION)
    wanted |= {mention.concept} if mention.concept else frozenset()
    studied = frozenset(
        concept
        for named in trial.conditions
        for name in named.names
        for concept in terms.concepts(name, *_KINDS)
    )
    studied |= frozenset(named.concept for named in trial.conditions if named.concept)
    measured = frozenset(
        concept
        for outcome in trial.outcomes
        for concept in terms.concepts(outcome.concept or outcome.name, *_KINDS)
    )
    if wanted & studied:
        return People(fits=True, score=1.0)
    if any(terms.ancestors(one) & wanted for one in studied):
        return People(fits=True, score=0.8, wider=True)
    if any(terms.ancestors(one) & studied for one in wanted) or wanted & measured:
        return People(fits=True, score=0.7)
    said = terms.content(mention.text, drop=("match-filler", "match-anyone"))
    if not said:
        return People(None, 0.5)
    names = (name for named in trial.conditions for name in named.names)
    theirs = frozenset().union(*(terms.content(name) for name in names))
    shared = len(terms.overlap(said, theirs)) / len(said)
    if shared > 0:
        return People(fits=True, score=0.5 + 0.5 * shared)
    return People(fits=False, score=0.0) if wanted and studied else People(None, 0.3)


def _other_population(mention: Mention, trial: Trial, terms: Terms) -> bool:
    studied = _studied_groups(trial, terms)
    wanted = _populations(mention.text, mention.concept, terms)
    return any(
        wanted & ours and not wanted & theirs and studied & theirs and not studied & ours
        for ours, theirs in _apart(terms)
    )


def _studied_groups(trial: Trial, terms: Terms) -> frozenset[str]:
    described = (trial.population.age, trial.population.sex, trial.population.description)
    texts = [text for text in described if text]
    texts += [name for named in trial.conditions for name in named.names] + [trial.title]
    return frozenset(c for text in texts for c in _populations(text, None, terms))


def _apart(terms: Terms) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Answer groups of people that do not answer for each other, both ways round."""
    for one, other in _APART:
        first, second = (frozenset(terms.phrases.get(name, ())) for name in (one, other))
        yield first, second
        yield second, first


def _populations(text: str, concept: str | None, terms: Terms) -> frozenset[str]:
    found = terms.concepts(text, TermKind.POPULATION)
    return found | {concept} if concept else found
