"""What does one trial say of a claim?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import DesignType, Role
from claimcheck.model.verdict import Beyond, Reach
from claimcheck.verdict.deciding import answering, deciding, named, standing
from claimcheck.verdict.row import is_safety, row_of, shown_by
from claimcheck.verdict.situation import EvidenceState, Primary, Result, ResultRole, StudyDesign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.claim import Direction
    from claimcheck.model.trial import Trial
    from claimcheck.model.verdict import Match
    from claimcheck.verdict.row import Row

_DESIGNS = {
    DesignType.RANDOMIZED: StudyDesign.CONTROLLED,
    DesignType.CROSSOVER: StudyDesign.CONTROLLED,
    DesignType.META_ANALYSIS: StudyDesign.CONTROLLED,
    DesignType.SINGLE_ARM: StudyDesign.UNCONTROLLED,
    DesignType.COHORT: StudyDesign.OBSERVATIONAL,
    DesignType.CASE_CONTROL: StudyDesign.OBSERVATIONAL,
    DesignType.OBSERVATIONAL: StudyDesign.OBSERVATIONAL,
    DesignType.CASE_REPORT: StudyDesign.CASE,
    DesignType.UNKNOWN: StudyDesign.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one trial says of a claim: the row that decides, and how its primary outcomes ended."""

    match: Match
    trial: Trial
    rows: tuple[Row, ...]
    best: Row | None
    evidence: EvidenceState
    primary: Primary
    trial_primary: Primary
    design: StudyDesign

    @property
    def improved_as_a_whole(self) -> bool:
        """Whether the people studied as a whole improved on what the claim speaks of."""
        whole = {ResultRole.PRIMARY, ResultRole.UNKNOWN}
        return any(row.result is Result.IMPROVED and row.role in whole for row in self.rows)

    @property
    def in_two_minds(self) -> bool:
        """Whether a null result is as much of an answer as another one that improved."""
        if self.best is None or self.best.result is not Result.NULL:
            return False
        weight = standing(self.best.role)
        alike = (row for row in answering(self.rows) if standing(row.role) == weight)
        return any(row.result is Result.IMPROVED for row in alike)

    @property
    def surrogate(self) -> bool:
        """Whether a claim of benefit in general is answered by a biomarker alone."""
        return (
            self.best is not None
            and self.best.match.biomarker
            and self.best.match.reach is Reach.GENERAL
        )

    @property
    def built_up(self) -> bool:
        """Whether the claim calls this study better built, or larger, than it was."""
        return self.best is not None and Beyond.DESIGN in self.best.match.beyond

    @property
    def named(self) -> bool:
        """Whether the claim's own words single out the deciding outcome."""
        return self.best is not None and self.best.match.reach is Reach.NAMED


def read_trial(matches: tuple[Match, ...], direction: Direction) -> Reading:
    """Answer what one trial says of a claim; all the matches are of that trial, best first."""
    trial = matches[0].trial
    rows = tuple(
        row_of(match, match.outcome, direction) for match in matches if match.outcome is not None
    )
    told = tuple(row for row in rows if row.result is not Result.NONE)
    # Where the words single out an outcome whose result is not known, no other one answers.
    singled_out = named(rows)
    silent = bool(singled_out) and all(row.result is Result.NONE for row in singled_out)
    best = None if silent else deciding(told, direction)
    return Reading(
        matches[0],
        trial,
        rows,
        best,
        _state(matches[0], rows, best),
        _primary(told),
        primary_of(trial),
        _DESIGNS[trial.design.type],
    )


def _state(first: Match, rows: tuple[Row, ...], best: Row | None) -> EvidenceState:
    if first.trial.status == "retracted":
        return EvidenceState.RETRACTED
    if first.another:
        return EvidenceState.NOT_IN_CORPUS
    if first.condition_fits is False:
        return EvidenceState.CONDITION_DIFFERS
    if not rows:
        return EvidenceState.NOT_MEASURED
    return EvidenceState.UNSETTLED if best is None else EvidenceState.SETTLED


def _primary(rows: Iterable[Row]) -> Primary:
    return _sum(row.result for row in rows if row.role is ResultRole.PRIMARY)


def primary_of(trial: Trial) -> Primary:
    """Answer how a trial's primary efficacy outcomes ended."""
    weighed = (
        shown_by(outcome)
        for outcome in trial.outcomes
        if outcome.role is Role.PRIMARY and not is_safety(outcome)
    )
    return _sum(result for result, role in weighed if role is ResultRole.PRIMARY)


def _sum(results: Iterable[Result]) -> Primary:
    known = [result for result in results if result is not Result.NONE]
    if any(result in {Result.IMPROVED, Result.NON_INFERIOR, Result.DIFFERS} for result in known):
        return Primary.MET
    return Primary.MISSED if known else Primary.UNKNOWN
