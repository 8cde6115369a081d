"""Which of several trials decides, and what situation does the claim stand in?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction
from claimcheck.model.tiers import DESIGN_TIER
from claimcheck.verdict.bearing import (
    is_aimless,
    is_beside,
    is_elsewhere,
    is_pieced_together,
    is_unproven_safety,
)
from claimcheck.verdict.deciding import CLOSE_OUTCOME, OF_EVERYBODY, standing
from claimcheck.verdict.figures import NOT_COMPARED, Compared, compare, impossible
from claimcheck.verdict.limits import chance_of, extent_of, part_of, weight_of
from claimcheck.verdict.reading import Reading, read_trial
from claimcheck.verdict.situation import (
    EvidenceState,
    Primary,
    Result,
    ResultRole,
    Scope,
    Situation,
    StudyDesign,
)
from claimcheck.verdict.told import force_of, form_of, told_of, voice_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.claim import Claim
    from claimcheck.model.verdict import Match

_ANSWERS = {EvidenceState.SETTLED, EvidenceState.MIXED}
_STATES = (  # how near a trial comes to an answer
    EvidenceState.SETTLED,
    EvidenceState.RETRACTED,
    EvidenceState.UNSETTLED,
    EvidenceState.NOT_MEASURED,
    EvidenceState.CONDITION_DIFFERS,
    EvidenceState.NOT_IN_CORPUS,
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The situation of a claim, the trial that decides it, and all that were read, best first.

    Where that trial tells of no primary outcome, `lender` is the one whose failed primary counts.
    """

    situation: Situation
    deciding: Reading | None
    readings: tuple[Reading, ...]
    trace: tuple[str, ...]
    compared: Compared = NOT_COMPARED
    lender: Reading | None = None

    @property
    def answers_for_primary(self) -> Reading | None:
        """The trial whose primary outcome the verdict speaks of."""
        return self.lender or self.deciding


def weigh(claim: Claim, matches: tuple[Match, ...]) -> Weighed:
    """Answer the situation that a claim stands in, given everything that bears on it."""
    by_trial: dict[str, list[Match]] = {}
    for row in matches:
        by_trial.setdefault(row.trial.id, []).append(row)
    readings = [read_trial(tuple(rows), claim.direction) for rows in by_trial.values()]
    readings.sort(key=_rank)
    alone = impossible(claim)
    if not readings:
        situation = Situation(
            claim.direction,
            claim.certainty,
            EvidenceState.NOT_IN_CORPUS,
            design=StudyDesign.UNKNOWN,
            kind=claim.kind,
            figures=alone.kind,
        )
        trace = ("no trial of this intervention in the evidence",)
        return Weighed(situation, None, (), trace, alone)
    return _settle(claim, _null_first(claim, tuple(readings)), alone)


def _null_first(claim: Claim, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Put a trial whose primary outcome failed before one whose lesser results improved.

    A claim of no effect is carried by a null primary outcome beside positive secondary ones.
    """
    first = readings[0].best
    if claim.direction is not Direction.NO_EFFECT or first is None:
        return readings
    if first.role is ResultRole.PRIMARY or first.result is not Result.IMPROVED:
        return readings
    missed = [
        one
        for one in readings
        if one.evidence is EvidenceState.SETTLED and one.primary is Primary.MISSED
    ]
    return (*missed, *(one for one in readings if one not in missed))


def _rank(reading: Reading) -> tuple[float, ...]:
    """Cited first; what answers, as it is called; whose figures are told; design; then size."""
    fit = round(reading.match.scores.intervention, 1)
    return (*_tier(reading), -fit, -(reading.trial.design.enrolled or 0))


def _tier(reading: Reading) -> tuple[float, ...]:
    return (
        _STATES.index(reading.evidence) > _STATES.index(EvidenceState.RETRACTED),
        not reading.match.cited,
        _STATES.index(reading.evidence),
        reading.built_up,
        not (reading.best is not None and reading.best.match.figures),
        reading.match.scores.outcome < CLOSE_OUTCOME,
        not reading.match.same_people,
        reading.surrogate,
        DESIGN_TIER[reading.trial.design.type],
        not reading.named,
    )


def _settle(claim: Claim, readings: tuple[Reading, ...], alone: Compared) -> Weighed:
    first = readings[0]
    top = _top(claim, readings)
    trace = [_trace(reading) for reading in readings]
    evidence, primary, trial_primary = first.evidence, first.primary, first.trial_primary
    if evidence is EvidenceState.SETTLED and _disagree(claim, top):
        evidence = EvidenceState.MIXED
        trace.append("the best trials disagree")
    if claim.direction is Direction.NO_EFFECT and first.in_two_minds:
        evidence = EvidenceState.MIXED if evidence is EvidenceState.SETTLED else evidence
        trace.append("results of like weight disagree")
    lender = None
    if primary is Primary.UNKNOWN and first.best is not None:
        primary, trial_primary, lender = _borrow(first, readings)
    if is_aimless(claim, first, readings):
        evidence = EvidenceState.UNSETTLED
        trace.append("the claim names neither outcome nor condition")
    if is_beside(claim, first):
        evidence = EvidenceState.UNSETTLED
        trace.append("what differed is another outcome than the claim's")
    if is_pieced_together(claim, first):
        evidence = EvidenceState.UNSETTLED
        trace.append("what the claim denies is inferred from the text around")
    if is_elsewhere(claim, first):
        evidence = EvidenceState.NOT_IN_CORPUS
        trace.append("the claim speaks of another study than the record's")
    if is_unproven_safety(claim, first):
        evidence = EvidenceState.UNSETTLED
        trace.append("a finding of no difference in harm does not show that a treatment is safe")
    best = first.best if evidence in _ANSWERS else None
    compared = _compared(claim, first) if best and alone is NOT_COMPARED else alone
    primary = primary if best else Primary.UNKNOWN
    situation = Situation(
        direction=claim.direction,
        certainty=claim.certainty,
        evidence=evidence,
        primary=primary,
        trial_primary=trial_primary if best else Primary.UNKNOWN,
        result=best.result if best else Result.NONE,
        role=best.role if best else ResultRole.NONE,
        told=told_of(claim, first, best, primary),
        design=first.design,
        form=form_of(claim, first.match.manner),
        force=force_of(claim),
        extent=extent_of(best),
        scope=Scope(best.match.reach.value) if best else Scope.CONCEPT,
        kind=claim.kind,
        weight=weight_of(first.trial),
        figures=compared.kind,
        chance=chance_of(best),
        part=part_of(readings),
        voice=voice_of(claim),
    )
    return Weighed(situation, first, readings, tuple(trace), compared, lender if best else None)


def _compared(claim: Claim, first: Reading) -> Compared:
    """Answer how a claim's figures stand beside those it may mean: of outcomes of its concept."""
    alike = [row.outcome for row in first.rows if row.match.scores.outcome >= CLOSE_OUTCOME]
    return compare(claim, alike, first.trial, first.match.manner)


def _top(claim: Claim, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Answer the trials that must agree: of the best tier; all that settle, if nothing changed."""
    if claim.direction is Direction.NO_EFFECT:
        return tuple(one for one in readings if one.evidence is EvidenceState.SETTLED)
    return next(tuple(group) for _, group in groupby(readings, key=_tier))


def _trace(reading: Reading) -> str:
    best = reading.best
    what = f"{best.outcome.name}: {best.result} ({best.role})" if best else reading.evidence.value
    return f"{reading.trial.id}: {reading.match.because}; {what}"


def _disagree(claim: Claim, top: tuple[Reading, ...]) -> bool:
    """Tell whether trials of one tier say different things."""
    if claim.direction is Direction.BENEFIT:
        stances = {_stance(reading) for reading in top}
        return True in stances and False in stances
    bests = [reading.best for reading in top if reading.best is not None]
    results = {best.result for best in bests}
    if claim.direction is Direction.NO_EFFECT:
        first = top[0].best
        nulls = [best for best in bests if best.result is Result.NULL]
        whole = any(standing(best.role) <= OF_EVERYBODY for best in nulls)
        return first is not None and first.result is Result.IMPROVED and whole
    return Result.IMPROVED in results and Result.WORSENED in results


def _stance(reading: Reading) -> bool | None:
    """Answer whether a trial shows the benefit; None where it only hints at it."""
    if reading.best is None or reading.surrogate:
        return None
    if reading.primary is Primary.MISSED or reading.best.result is not Result.IMPROVED:
        return False
    whole = reading.best.role in {ResultRole.PRIMARY, ResultRole.UNKNOWN}
    return True if whole or reading.primary is Primary.MET else None


def _borrow(
    first: Reading, readings: tuple[Reading, ...]
) -> tuple[Primary, Primary, Reading | None]:
    """Answer how primaries ended, from the other trials where the deciding one has none.

    With them goes the first trial whose primary outcome failed, where that is what was borrowed. A
    study without a comparison has nothing to borrow: what others met is not what it showed.
    """
    if first.best is not None and first.best.role is ResultRole.WITHIN_GROUP:
        return first.primary, first.trial_primary, None
    if first.trial_primary is not Primary.UNKNOWN or first.improved_as_a_whole:
        return first.primary, first.trial_primary, None
    others = [r for r in readings if r.evidence is EvidenceState.SETTLED and r is not first]
    primary = first.primary if first.named else _agreed(r.primary for r in others)
    trial_primary = _agreed(r.trial_primary for r in others)
    missed = Primary.MISSED
    failed = (
        one
        for one in others
        if (primary is missed and one.primary is missed)
        or (primary is not missed and trial_primary is missed and one.trial_primary is missed)
    )
    return primary, trial_primary, next(failed, None)


def _agreed(states: Iterable[Primary]) -> Primary:
    known = {state for state in states if state is not Primary.UNKNOWN}
    if not known:
        return Primary.UNKNOWN
    return Primary.MET if Primary.MET in known else Primary.MISSED
