"""Which of a trial's outcomes answer a claim, and which of them do its own words single out?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.match import routes
from claimcheck.match.study import (
    KINDS,
    concepts_of,
    conditions_of,
    content_of,
    once,
    with_wider,
)
from claimcheck.model.claim import ClaimKind
from claimcheck.model.trial import FindingKind, OutcomeKind, Role
from claimcheck.rulebook.types import OutcomeClass, TermKind
from claimcheck.terms import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.match.routes import Answer
    from claimcheck.match.study import Measured, Study
    from claimcheck.match.treatments import Treatment
    from claimcheck.model.claim import Claim
    from claimcheck.terms import Terms

SAME = 1.0  # the outcome's concept is the claim's
IN_NAME = 0.7  # the outcome's name speaks of it: a part of a composite, or by the way
NARROWER = 0.85  # the claim's concept holds the outcome's
WIDER = 0.6  # the outcome's concept holds the claim's
WORDS = 0.85  # the most that shared words without a known concept are worth
ENOUGH = 0.42
BY_CASES = 0.43  # new cases of what people die of answer for their deaths

_DEATH = "mortality"  # id of rules/terms


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim says was changed: concepts, and the words left when fillers are dropped.

    `wider` is what the concepts are kinds of; one that is `general` names no outcome.
    """

    concepts: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    wider: frozenset[str] = frozenset()
    general: bool = False


_GENERAL = Wanted(general=True)


def find_outcomes(claim: Claim, treatment: Treatment, study: Study) -> tuple[Answer, ...]:
    """Answer the outcomes of a trial that bear on a claim, best first.

    A claim that names no outcome is answered by the primary efficacy outcomes.
    """
    if _is_of_any_harm(claim, study.terms):
        harms = [(one, SAME) for one in study.outcomes if is_safety(one)]
        return routes.order(claim, treatment, study, harms)
    wanted = read_outcome(claim, study)
    if wanted.general:
        main = _main(study)
        rest = (one for one in study.outcomes if one not in main and not is_safety(one))
        scored = [(one, SAME) for one in (*main, *rest)]
        return routes.order(claim, treatment, study, scored, main=main)
    found = ((one, _score(wanted, one)) for one in study.outcomes)
    if scored := [(one, score) for one, score in found if score >= ENOUGH]:
        return routes.order(claim, treatment, study, scored)
    cases = [(one, BY_CASES) for one in _cases(claim, wanted, study)]
    return routes.order(claim, treatment, study, cases, by_cases=True)


def _is_of_any_harm(claim: Claim, terms: Terms) -> bool:
    """Tell whether a claim is about safety as such, which any harm that was counted answers."""
    if claim.kind is not ClaimKind.SAFETY or claim.outcome is None:
        return False
    wanted = terms.concepts(claim.outcome.text, TermKind.OUTCOME)
    return bool(wanted) and wanted <= frozenset(terms.phrases.get("match-any-harm", ()))


def read_outcome(claim: Claim, study: Study) -> Wanted:
    """Answer what a claim's outcome means beside this trial; its condition alone is general."""
    if claim.outcome is None or _is_people(claim, study):
        return _GENERAL
    text, terms = claim.outcome.text, study.terms
    concepts = terms.concepts(text, *KINDS)
    if claim.outcome.concept:
        concepts |= {claim.outcome.concept}
    left = terms.content(text)
    left -= terms.overlap(left, terms.lists.get("match-general", frozenset()))
    if not left and not concepts & _measured(study):
        return _GENERAL
    if concepts and not concepts & _measured_or_wider(study):
        ill = terms.concepts(text, TermKind.CONDITION)
        about = _about(study)
        if concepts <= about or (ill and ill <= about):
            return _GENERAL
    return Wanted(concepts, left, frozenset().union(*map(terms.ancestors, concepts)))


def _is_people(claim: Claim, study: Study) -> bool:
    """Tell whether what stands as a claim's outcome is whom it is about, as the trial has it.

    "Improves mood disorders" is about mood, unless the trial was in people with a mood disorder.
    """
    assert claim.outcome is not None  # noqa: S101
    span = claim.outcome.span
    if claim.population is not None and claim.population.span.overlaps(span):
        return True
    if claim.condition is None or not claim.condition.span.overlaps(span):
        return False
    named = study.terms.concepts(claim.condition.text, *KINDS)
    narrower = frozenset().union(*map(study.terms.ancestors, named))
    return not named or bool(named & _about(study) or narrower & conditions_of(study))


@once
def _about(study: Study) -> frozenset[str]:
    return with_wider(conditions_of(study), study.terms)


@once
def _measured(study: Study) -> frozenset[str]:
    return frozenset().union(*map(concepts_of, study.outcomes))


@once
def _measured_or_wider(study: Study) -> frozenset[str]:
    return with_wider(_measured(study), study.terms)


def _score(wanted: Wanted, measured: Measured) -> float:
    have = concepts_of(measured)
    if wanted.concepts & have:
        return SAME
    if wanted.concepts & _wider(measured):
        return NARROWER
    by_words = _shared(wanted, measured)
    if wanted.concepts & _named(measured):
        return IN_NAME if measured.outcome.components else max(IN_NAME, by_words)
    if wanted.wider & have:
        return max(WIDER, by_words)
    # Two known concepts that are no kin share words by accident: "muscle fatigue", "fatigue".
    return by_words - 0.4 if wanted.concepts and _is_known(measured) else by_words


@once
def _wider(measured: Measured) -> frozenset[str]:
    return frozenset().union(*map(measured.terms.ancestors, concepts_of(measured)))


@once
def _named(measured: Measured) -> frozenset[str]:
    """Answer the concepts that an outcome's name tells, and all that they are kinds of."""
    return with_wider(measured.terms.concepts(measured.outcome.name, *KINDS), measured.terms)


@once
def _is_known(measured: Measured) -> bool:
    return any(map(measured.terms.knows, concepts_of(measured)))


def _shared(wanted: Wanted, measured: Measured) -> float:
    if not wanted.words:
        return 0.0
    shared = measured.terms.overlap(wanted.words, content_of(measured))
    return WORDS * len(shared) / len(wanted.words)


def _cases(claim: Claim, wanted: Wanted, study: Study) -> Iterator[Measured]:
    """Yield what fewer people fell ill with, where a claim is that fewer die of it."""
    if _DEATH not in wanted.concepts | wanted.wider:
        return
    terms = study.terms
    named = terms.content(claim.condition.text) if claim.condition else frozenset()
    counted = terms.lists.get("match-cases", frozenset())
    for one in study.outcomes:
        outcome = one.outcome
        if outcome.finding.kind is not FindingKind.IMPROVED or is_safety(one):
            continue
        ill = terms.content(outcome.name) - counted
        if counted.intersection(words(outcome.name)) and terms.overlap(ill, named | wanted.words):
            yield one


@once
def _main(study: Study) -> tuple[Measured, ...]:
    """Answer the outcomes that speak for a trial as a whole."""
    efficacy = tuple(one for one in study.outcomes if not is_safety(one))
    primary = tuple(one for one in efficacy if one.outcome.role is Role.PRIMARY)
    if primary:
        return primary
    whole = tuple(one for one in efficacy if one.outcome.role is Role.UNKNOWN)
    return whole or efficacy


@once
def is_safety(measured: Measured) -> bool:
    """Tell whether an outcome is about harm done, not about good."""
    if measured.outcome.kind in {OutcomeKind.SAFETY, OutcomeKind.PROCESS}:
        return True
    return _all_of(measured, OutcomeClass.SAFETY)


@once
def is_biomarker(measured: Measured) -> bool:
    """Tell whether an outcome is a measure in the body that people do not feel."""
    if measured.outcome.kind is OutcomeKind.BIOMARKER:
        return True
    return _all_of(measured, OutcomeClass.BIOMARKER)


def _all_of(measured: Measured, wanted: OutcomeClass) -> bool:
    known = [term for one in concepts_of(measured) for term in measured.terms.terms(one)]
    return bool(known) and all(term.outcome_class is wanted for term in known)
