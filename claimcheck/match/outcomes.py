"""Which of a trial's outcomes answer a claim, and which of them do its own words single out?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.match import routes
from claimcheck.model.claim import ClaimKind
from claimcheck.model.trial import FindingKind, OutcomeKind, Role
from claimcheck.rulebook.types import OutcomeClass, TermKind
from claimcheck.terms import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.match.routes import Answer
    from claimcheck.match.treatments import Treatment
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.terms import Terms

SAME = 1.0  # the outcome's concept is the claim's
IN_NAME = 0.7  # the outcome's name speaks of it: a part of a composite, or by the way
NARROWER = 0.85  # the claim's concept holds the outcome's
WIDER = 0.6  # the outcome's concept holds the claim's
WORDS = 0.85  # the most that shared words without a known concept are worth
ENOUGH = 0.42
BY_CASES = 0.43  # new cases of what people die of answer for their deaths

_DEATH = "mortality"  # id of rules/terms

_KINDS = (TermKind.OUTCOME, TermKind.INSTRUMENT, TermKind.CONDITION)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim says was changed: concepts, and the words left when fillers are dropped."""

    concepts: frozenset[str]
    words: frozenset[str]
    general: bool


def find_outcomes(
    claim: Claim, treatment: Treatment, trial: Trial, terms: Terms
) -> tuple[Answer, ...]:
    """Answer the outcomes of a trial that bear on a claim, best first.

    A claim that names no outcome is answered by the primary efficacy outcomes.
    """
    if _is_of_any_harm(claim, terms):
        harms = [(outcome, SAME) for outcome in trial.outcomes if is_safety(outcome, terms)]
        return routes.order(claim, treatment, trial, harms, terms)
    wanted = read_outcome(claim, trial, terms)
    if not wanted.general:
        found = ((outcome, _score(wanted, outcome, terms)) for outcome in trial.outcomes)
        scored = [(outcome, score) for outcome, score in found if score >= ENOUGH]
        scored = scored or [(one, BY_CASES) for one in _cases(claim, wanted, trial, terms)]
        return routes.order(claim, treatment, trial, scored, terms)
    main = _main(trial, terms)
    rest = [one for one in trial.outcomes if one not in main and not is_safety(one, terms)]
    scored = [(outcome, SAME) for outcome in (*main, *rest)]
    return routes.order(claim, treatment, trial, scored, terms, main=tuple(main))


def _is_of_any_harm(claim: Claim, terms: Terms) -> bool:
    """Tell whether a claim is about safety as such, which any harm that was counted answers."""
    if claim.kind is not ClaimKind.SAFETY or claim.outcome is None:
        return False
    wanted = terms.concepts(claim.outcome.text, TermKind.OUTCOME)
    return bool(wanted) and wanted <= frozenset(terms.phrases.get("match-any-harm", ()))


def read_outcome(claim: Claim, trial: Trial, terms: Terms) -> Wanted:
    """Answer what a claim's outcome means beside this trial; its condition alone is general."""
    if claim.outcome is None:
        return Wanted(frozenset(), frozenset(), general=True)
    if _is_people(claim, trial, terms):
        return Wanted(frozenset(), frozenset(), general=True)
    text = claim.outcome.text
    concepts = terms.concepts(text, *_KINDS)
    if claim.outcome.concept:
        concepts |= {claim.outcome.concept}
    left = terms.content(text)
    left -= terms.overlap(left, terms.lists.get("match-general", frozenset()))
    measured = frozenset().union(*(_concepts(outcome, terms) for outcome in trial.outcomes))
    if not left and not concepts & measured:
        return Wanted(frozenset(), frozenset(), general=True)
    studied = _studied(trial, terms)
    wider = measured.union(*(terms.ancestors(one) for one in measured))
    about = studied.union(*(terms.ancestors(one) for one in studied))
    ill = terms.concepts(text, TermKind.CONDITION)
    studied_for = concepts <= about or (ill and ill <= about)
    if concepts and studied_for and not concepts & wider:
        return Wanted(concepts, left, general=True)
    return Wanted(concepts, left, general=False)


def _is_people(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether what stands as a claim's outcome is whom it is about, as the trial has it.

    "Improves mood disorders" is about mood, unless the trial was in people with a mood disorder.
    """
    assert claim.outcome is not None  # noqa: S101
    span = claim.outcome.span
    if claim.population is not None and claim.population.span.overlaps(span):
        return True
    if claim.condition is None or not claim.condition.span.overlaps(span):
        return False
    named = terms.concepts(claim.condition.text, *_KINDS)
    studied = _studied(trial, terms)
    wider = studied.union(*(terms.ancestors(one) for one in studied))
    narrower = frozenset().union(*(terms.ancestors(one) for one in named))
    return not named or bool(named & wider or narrower & studied)


def _studied(trial: Trial, terms: Terms) -> frozenset[str]:
    return frozenset(
        concept
        for named in trial.conditions
        for name in named.names
        for concept in terms.concepts(name, *_KINDS)
    )


def _concepts(outcome: Outcome, terms: Terms) -> frozenset[str]:
    if not outcome.concept:
        return terms.concepts(outcome.name, *_KINDS)
    found = terms.concepts(outcome.concept, *_KINDS)
    return found or frozenset({outcome.concept})


def _score(wanted: Wanted, outcome: Outcome, terms: Terms) -> float:
    have = _concepts(outcome, terms)
    named = terms.concepts(outcome.name, *_KINDS)
    by_words = _shared(wanted, outcome, terms)
    if wanted.concepts & have:
        return SAME
    if any(terms.ancestors(one) & wanted.concepts for one in have):
        return NARROWER
    if wanted.concepts & named.union(*(terms.ancestors(one) for one in named)):
        return IN_NAME if outcome.components else max(IN_NAME, by_words)
    if any(terms.ancestors(one) & have for one in wanted.concepts):
        return max(WIDER, by_words)
    known = wanted.concepts and any(terms.knows(one) for one in have)
    # Two known concepts that are no kin share words by accident: "muscle fatigue", "fatigue".
    return by_words - 0.4 if known else by_words


def _shared(wanted: Wanted, outcome: Outcome, terms: Terms) -> float:
    if not wanted.words:
        return 0.0
    theirs = terms.content(outcome.name) | terms.content(outcome.concept or "")
    return WORDS * len(terms.overlap(wanted.words, theirs)) / len(wanted.words)


def _cases(claim: Claim, wanted: Wanted, trial: Trial, terms: Terms) -> Iterator[Outcome]:
    """Yield what fewer people fell ill with, where a claim is that fewer die of it."""
    if not any(_DEATH in {one, *terms.ancestors(one)} for one in wanted.concepts):
        return
    named = terms.content(claim.condition.text) if claim.condition else frozenset()
    counted = terms.lists.get("match-cases", frozenset())
    for outcome in trial.outcomes:
        if outcome.finding.kind is not FindingKind.IMPROVED or is_safety(outcome, terms):
            continue
        ill = terms.content(outcome.name) - counted
        if counted.intersection(words(outcome.name)) and terms.overlap(ill, named | wanted.words):
            yield outcome


def _main(trial: Trial, terms: Terms) -> list[Outcome]:
    """Answer the outcomes that speak for a trial as a whole."""
    efficacy = [outcome for outcome in trial.outcomes if not is_safety(outcome, terms)]
    primary = [outcome for outcome in efficacy if outcome.role is Role.PRIMARY]
    if primary:
        return primary
    whole = [outcome for outcome in efficacy if outcome.role is Role.UNKNOWN]
    return whole or efficacy


def is_safety(outcome: Outcome, terms: Terms) -> bool:
    """Tell whether an outcome is about harm done, not about good."""
    if outcome.kind in {OutcomeKind.SAFETY, OutcomeKind.PROCESS}:
        return True
    return _all_of(outcome, terms, OutcomeClass.SAFETY)


def is_biomarker(outcome: Outcome, terms: Terms) -> bool:
    """Tell whether an outcome is a measure in the body that people do not feel."""
    if outcome.kind is OutcomeKind.BIOMARKER:
        return True
    return _all_of(outcome, terms, OutcomeClass.BIOMARKER)


def _all_of(outcome: Outcome, terms: Terms, wanted: OutcomeClass) -> bool:
    known = [term for one in _concepts(outcome, terms) for term in terms.terms(one)]
    return bool(known) and all(term.outcome_class is wanted for term in known)
