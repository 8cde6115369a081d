"""What does one trial say of a claim?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction
from claimcheck.model.trial import (
    Comparison,
    DesignType,
    FindingKind,
    Hypothesis,
    OutcomeKind,
    Role,
)
from claimcheck.model.verdict import Beyond, Reach
from claimcheck.trials.join import is_switched
from claimcheck.verdict.situation import EvidenceState, Primary, Result, ResultRole, StudyDesign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.trial import Analysis, Outcome, Trial
    from claimcheck.model.verdict import Match

_RESULTS = {
    FindingKind.IMPROVED: Result.IMPROVED,
    FindingKind.DIFFERS: Result.DIFFERS,
    FindingKind.WORSENED: Result.WORSENED,
    FindingKind.NO_DIFFERENCE: Result.NULL,
    FindingKind.NON_INFERIOR: Result.NON_INFERIOR,
    FindingKind.NOT_REPORTED: Result.NONE,
}
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
_ROLES = {
    Role.PRIMARY: ResultRole.PRIMARY,
    Role.SECONDARY: ResultRole.SECONDARY,
    Role.SUBGROUP: ResultRole.SUBGROUP,
    Role.EXPLORATORY: ResultRole.EXPLORATORY,
    Role.UNKNOWN: ResultRole.UNKNOWN,
}
_ALL, _MODIFIED, _KEPT = "itt", "mitt", "per-protocol"  # whom an analysis counts
_PER_PROTOCOL = re.compile(r"\bper.protocol\b", re.IGNORECASE)  # a term of art in a name
_RANK = (  # from the strongest role to the weakest
    ResultRole.PRIMARY,
    ResultRole.SWITCHED,
    ResultRole.SECONDARY,
    ResultRole.UNKNOWN,
    ResultRole.SUBGROUP,
    ResultRole.EXPLORATORY,
    ResultRole.WITHIN_GROUP,
)
_STANDING = (  # roles of like weight: of the main question, of everybody studied, of less
    {ResultRole.PRIMARY},
    {ResultRole.SWITCHED, ResultRole.SECONDARY, ResultRole.UNKNOWN},
    {ResultRole.SUBGROUP, ResultRole.EXPLORATORY, ResultRole.WITHIN_GROUP},
)
OF_EVERYBODY = 1  # the place there, up to which a result is of all the people studied
NO_EFFECT = frozenset({Result.NULL, Result.NON_INFERIOR})  # what bears out a claim of no effect
CLOSE_OUTCOME = 0.8  # from here an outcome is the claim's own, below it is kin


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome of a trial that answers the claim, with the analysis that counts."""

    match: Match
    outcome: Outcome
    analysis: Analysis
    result: Result
    role: ResultRole


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
        _row(match, match.outcome, direction) for match in matches if match.outcome is not None
    )
    told = tuple(row for row in rows if row.result is not Result.NONE)
    # Where the words single out an outcome whose result is not known, no other one answers.
    named = _named(rows)
    silent = bool(named) and all(row.result is Result.NONE for row in named)
    best = None if silent else _best(told, direction)
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


def _named(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Answer the rows that the claim's words single out; none that are kin, where one is its own.

    "No difference in non-fatal heart attacks" is no word on a composite of which they are a part.
    """
    return tuple(row for row in _own(rows) or rows if row.match.reach is Reach.NAMED)


def _own(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Answer the rows on the claim's own outcome, and not on its kin."""
    return tuple(row for row in rows if row.match.scores.outcome >= CLOSE_OUTCOME)


def _row(match: Match, outcome: Outcome, direction: Direction) -> Row:
    result, role = _weigh(outcome)
    if direction is Direction.HARM and result is Result.IMPROVED and not match.own:
        result = Result.DIFFERS  # better for one of the treatments is worse for another
    return Row(match, outcome, outcome.analysis, result, role)


def _weigh(outcome: Outcome) -> tuple[Result, ResultRole]:
    analysis = outcome.analysis
    result = _RESULTS[analysis.finding.kind]
    if result is Result.NULL and analysis.hypothesis is not Hypothesis.SUPERIORITY:
        result = Result.NON_INFERIOR
    if outcome.subgroup is not None or outcome.role is Role.SUBGROUP:
        return result, ResultRole.SUBGROUP
    if is_of_fewer(outcome):
        return result, ResultRole.EXPLORATORY
    if analysis.comparison is Comparison.WITHIN_GROUP:
        return result, ResultRole.WITHIN_GROUP
    return result, ResultRole.SWITCHED if is_switched(outcome) else _ROLES[outcome.role]


def is_of_fewer(outcome: Outcome) -> bool:
    """Tell whether an analysis leaves out people, and that of all of them does not bear it out.

    One per protocol is never the answer; one of a modified population is, unless all were analysed
    as well and showed nothing.
    """
    first, others = outcome.analysis, outcome.analyses[1:]
    if is_per_protocol(outcome):
        return True
    return first.population == _MODIFIED and any(
        one.population == _ALL and _RESULTS[one.finding.kind] is Result.NULL for one in others
    )


def is_per_protocol(outcome: Outcome) -> bool:
    """Tell whether the analysis that counts is of those alone who kept to the treatment."""
    return outcome.analysis.population == _KEPT or bool(_PER_PROTOCOL.search(outcome.name))


def result_of(outcome: Outcome) -> Result:
    """Answer what the first analysis of an outcome shows."""
    return _weigh(outcome)[0]


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


def _best(rows: tuple[Row, ...], direction: Direction) -> Row | None:
    """Answer the row that decides: what the words single out, else the strongest role."""
    if not rows:
        return None
    own, rows = _own(rows), answering(rows)
    primary = [row for row in rows if row.role is ResultRole.PRIMARY]
    if direction is Direction.NO_EFFECT and own:
        return _strongest(rows)
    wanted = {"benefit": Result.IMPROVED, "harm": Result.WORSENED, "no-effect": Result.NULL}
    good = wanted[direction.value]
    for group in (primary, rows):
        if fitting := [row for row in group if row.result is good]:
            return min(fitting, key=lambda row: _RANK.index(row.role))
    return (primary or rows)[0]


def answering(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Answer the rows that bear on the claim most: singled out, else its own, else its kin."""
    return _named(rows) or _own(rows) or rows


def _strongest(rows: tuple[Row, ...]) -> Row:
    """Answer the row that decides over a claim of no effect: of the best standing, a null one.

    What a primary outcome shows is not denied by a lesser result that was null.
    """
    return min(rows, key=lambda row: (standing(row.role), row.result not in NO_EFFECT))


def standing(role: ResultRole) -> int:
    """Answer how much a result of this role weighs against others, the most first."""
    return next(at for at, roles in enumerate(_STANDING) if role in roles)


def _primary(rows: Iterable[Row]) -> Primary:
    return _sum(row.result for row in rows if row.role is ResultRole.PRIMARY)


def primary_of(trial: Trial) -> Primary:
    """Answer how a trial's primary efficacy outcomes ended."""
    weighed = (
        _weigh(outcome)
        for outcome in trial.outcomes
        if outcome.role is Role.PRIMARY and not is_safety(outcome)
    )
    return _sum(result for result, role in weighed if role is ResultRole.PRIMARY)


def is_safety(outcome: Outcome) -> bool:
    """Tell whether a record calls an outcome one of harm done."""
    return outcome.kind is OutcomeKind.SAFETY or outcome.concept == "adverse events"


def _sum(results: Iterable[Result]) -> Primary:
    known = [result for result in results if result is not Result.NONE]
    if any(result in {Result.IMPROVED, Result.NON_INFERIOR, Result.DIFFERS} for result in known):
        return Primary.MET
    return Primary.MISSED if known else Primary.UNKNOWN
