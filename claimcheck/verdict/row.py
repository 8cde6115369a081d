"""What does one outcome of a trial show, and how much does it weigh in the trial?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction
from claimcheck.model.trial import Comparison, FindingKind, Hypothesis, OutcomeKind, Role
from claimcheck.trials.join import is_switched
from claimcheck.verdict.situation import Result, ResultRole

if TYPE_CHECKING:
    from claimcheck.model.trial import Analysis, Outcome
    from claimcheck.model.verdict import Match

_RESULTS = {
    FindingKind.IMPROVED: Result.IMPROVED,
    FindingKind.DIFFERS: Result.DIFFERS,
    FindingKind.WORSENED: Result.WORSENED,
    FindingKind.NO_DIFFERENCE: Result.NULL,
    FindingKind.NON_INFERIOR: Result.NON_INFERIOR,
    FindingKind.NOT_REPORTED: Result.NONE,
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


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome of a trial that answers the claim, with the analysis that counts."""

    match: Match
    outcome: Outcome
    analysis: Analysis
    result: Result
    role: ResultRole


def row_of(match: Match, outcome: Outcome, direction: Direction) -> Row:
    """Answer the row of an outcome that may answer a claim of this direction."""
    result, role = shown_by(outcome)
    if direction is Direction.HARM and result is Result.IMPROVED and not match.own:
        result = Result.DIFFERS  # better for one of the treatments is worse for another
    return Row(match, outcome, outcome.analysis, result, role)


def shown_by(outcome: Outcome) -> tuple[Result, ResultRole]:
    """Answer what the first analysis of an outcome shows, and the part that it plays."""
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
    return shown_by(outcome)[0]


def is_safety(outcome: Outcome) -> bool:
    """Tell whether a record calls an outcome one of harm done."""
    return outcome.kind is OutcomeKind.SAFETY or outcome.concept == "adverse events"
