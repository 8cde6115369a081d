"""How sure is a verdict, and what speaks against it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Resolution
from claimcheck.model.trial import Basis, DesignType
from claimcheck.model.verdict import Confidence, Reach, VerdictKind
from claimcheck.verdict.ruling import CATCH_ALL
from claimcheck.verdict.situation import Force, Form, Primary, ResultRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.claim import Claim
    from claimcheck.rulebook.types import VerdictRule
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.row import Row
    from claimcheck.verdict.weigh import Weighed

SURE = 0.9  # of a match's score, from which its intervention is not in doubt
CLOSE = 0.8  # the same of its outcome
DOUBTS_AT_MOST = 1  # of a verdict of high confidence; with one more it is medium
_INFERRED = {Resolution.ANAPHOR, Resolution.TOPIC}
_TRIALS = {DesignType.RANDOMIZED, DesignType.CROSSOVER}  # each of them has a primary outcome
_LESSER = {
    ResultRole.SECONDARY,
    ResultRole.SUBGROUP,
    ResultRole.EXPLORATORY,
    ResultRole.WITHIN_GROUP,
}


def confidence_of(
    claim: Claim, weighed: Weighed, rule: VerdictRule
) -> tuple[Confidence, tuple[str, ...]]:
    """Answer how sure a verdict is, and every doubt about it.

    A verdict that no evidence answers is never of high confidence: a claim whose parts were
    misread finds no evidence either.
    """
    doubts = tuple(_doubts(claim, weighed, rule))
    if rule.name == CATCH_ALL:
        return Confidence.LOW, doubts
    certain = _is_certain(weighed)
    count = len(doubts) - certain
    if rule.verdict is VerdictKind.NO_EVIDENCE:
        return (Confidence.LOW if count > DOUBTS_AT_MOST else Confidence.MEDIUM), doubts
    if count <= DOUBTS_AT_MOST:
        return Confidence.HIGH, doubts
    return (Confidence.MEDIUM if count <= DOUBTS_AT_MOST + 1 else Confidence.LOW), doubts


def _is_certain(weighed: Weighed) -> bool:
    """Tell whether the claim's words single out the outcome, or hold its figures.

    That makes up for a doubt, but where two treatments are likened: which one is meant, and against
    what, is easily misread.
    """
    if weighed.situation.form is Form.EQUIVALENCE:
        return False
    best = weighed.deciding.best if weighed.deciding else None
    return best is not None and (best.match.figures or best.match.reach is Reach.NAMED)


def _doubts(claim: Claim, weighed: Weighed, rule: VerdictRule) -> Iterator[str]:
    if rule.verdict is VerdictKind.NO_EVIDENCE:
        yield "no evidence answers"
    if claim.intervention is None or claim.intervention.resolution in _INFERRED:
        yield "the treatment is inferred from the text around"
    if weighed.deciding is None:
        return
    yield from _of_match(claim, weighed.deciding)
    if weighed.deciding.best is not None:
        yield from _of_result(weighed.deciding.best, weighed, rule)


def _of_match(claim: Claim, deciding: Reading) -> Iterator[str]:
    if deciding.match.scores.intervention < SURE:
        yield "the treatment fits the record by its class alone"
    if deciding.match.condition_fits is None and claim.condition is not None:
        yield "the condition may be another one"


def _of_result(best: Row, weighed: Weighed, rule: VerdictRule) -> Iterator[str]:
    situation = weighed.situation
    if best.match.reach is Reach.GENERAL:
        yield "the claim names no outcome"
    elif best.match.scores.outcome < CLOSE:
        yield "the outcome is only kin to the claim's"
    if best.analysis.finding.basis is Basis.STATED:
        yield "the record states the finding without figures that show it"
    if situation.form is Form.EQUIVALENCE:
        yield "the claim likens two treatments"
    if rule.verdict is VerdictKind.OVERSTATED and situation.force is Force.LOOSE:
        yield "the claim may describe, not promise"
    if rule.verdict is VerdictKind.SUPPORTED and situation.trial_primary is Primary.UNKNOWN:
        if best.role in _LESSER or best.match.trial.design.type in _TRIALS:
            yield "what the primary outcome showed is not known"
            yield "the result may be a lesser one"
    elif rule.verdict is VerdictKind.SUPPORTED and best.role is ResultRole.UNKNOWN:
        yield "what part the outcome played is not known"
