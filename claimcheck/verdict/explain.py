"""How are a record's figures put into words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.trial import Comparison, FindingKind, Role
from claimcheck.model.written import figures_of
from claimcheck.verdict.row import is_per_protocol

if TYPE_CHECKING:
    from claimcheck.model.trial import Analysis, Outcome, Trial

MEASURED_AT_MOST = 5  # names listed where nothing answers
NOT_NOTHING = {"active", "usual-care"}  # controls that may have done as much good as the treatment

_FINDINGS = {
    FindingKind.IMPROVED: "improved",
    FindingKind.WORSENED: "worsened",
    FindingKind.DIFFERS: "significant difference",
    FindingKind.NO_DIFFERENCE: "no significant difference",
    FindingKind.NON_INFERIOR: "non-inferior",
    FindingKind.NOT_REPORTED: "not reported",
}


def describe_outcome(outcome: Outcome) -> str:
    """Answer one line: name, role, estimate, interval, p and what they show."""
    analysis = outcome.analysis
    role = "" if outcome.role is Role.UNKNOWN else f", {outcome.role.value}"
    if analysis.comparison is Comparison.WITHIN_GROUP:
        role += ", before and after"
    if is_per_protocol(outcome) and "protocol" not in outcome.name.casefold():
        role += ", per protocol"
    shown = _FINDINGS[analysis.finding.kind]
    parts = (f"{outcome.name}{role}", _figures(analysis), shown)
    return ": ".join(part for part in parts if part)


def describe_result(trial: Trial, outcome: Outcome) -> str:
    """Answer an outcome as `describe_outcome` does, and beside what, unless that is a placebo."""
    beside = compared_with(trial, outcome) if trial.design.control in NOT_NOTHING else ""
    return f"{describe_outcome(outcome)} {beside}".strip()


def compared_with(trial: Trial, outcome: Outcome) -> str:
    """Answer "compared with ...": empty where it is not known with what, or the name tells it."""
    if outcome.analysis.comparison is Comparison.WITHIN_GROUP:
        return ""
    names = _comparators(trial, outcome)
    if len(names) != 1 or names[0].split()[0].casefold() in outcome.name.casefold():
        return ""
    return f"compared with {names[0]}"


def _comparators(trial: Trial, outcome: Outcome) -> list[str]:
    """Answer the comparators that an outcome may be against: the one, or those of its groups."""
    named = [one.name for one in trial.comparators]
    groups = {group.casefold() for group in outcome.analysis.groups}
    if len(named) == 1 or not groups:
        return named
    groups |= {arm.name.casefold() for arm in trial.arms if arm.id.casefold() in groups}
    return [name for name in named if name.casefold() in groups]


def _figures(analysis: Analysis) -> str:
    """Answer measure, estimate, interval and p; the measure alone may hold the figures."""
    alone = analysis.measure if analysis.estimate is None else ""
    return ", ".join(filter(None, (alone, figures_of(analysis))))


def measured(trial: Trial) -> str:
    """Answer the outcomes of a trial by name, the first few of them."""
    names = list(dict.fromkeys(outcome.name for outcome in trial.outcomes))
    more = len(names) - MEASURED_AT_MOST
    listed = ", ".join(names[:MEASURED_AT_MOST])
    return f"{listed} and {more} more" if more > 0 else listed
