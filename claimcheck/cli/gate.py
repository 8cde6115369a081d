"""The gate: does a report pass what its settings ask for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.config import FailOn, Settings
from claimcheck.model.report import NoticeKind
from claimcheck.model.verdict import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.model.coverage import Coverage
    from claimcheck.model.report import DocumentReport, Notice, Report
    from claimcheck.model.verdict import Confidence

_FAILING = {
    FailOn.ERROR: frozenset({Level.ERROR}),
    FailOn.WARNING: frozenset({Level.ERROR, Level.WARNING}),
    FailOn.NOTE: frozenset(Level),
    FailOn.NEVER: frozenset[Level](),
}


def has_findings(report: Report, settings: Sequence[Settings]) -> bool:
    """Tell whether a document fails by its own settings."""
    return any(fails(one, of) for one, of in zip(report.documents, settings, strict=True))


def fails(document: DocumentReport, settings: Settings) -> bool:
    """Tell whether a document holds an open issue or notice at or above the level that fails."""
    failing = _FAILING[settings.fail_on]
    return not settings.exit_zero and not failing.isdisjoint(
        _levels(document, settings.min_confidence)
    )


def coverage_gap(got: Coverage, settings: Settings) -> str | None:
    """Answer what a run that covered this lacks of the coverage that is asked for, or None.

    A run without claims lacks nothing.
    """
    wanted = settings.require_coverage
    if wanted is None or settings.exit_zero or not got.claims:
        return None
    if 100 * got.judged >= wanted * got.claims:
        return None
    return (
        f"coverage is {got.percent:g} %, {wanted:g} % is required: "
        f"{got.judged} of {got.claims} claims could be judged"
    )


def _counts(notice: Notice) -> bool:
    return not notice.baselined and notice.kind is not NoticeKind.UNCHANGED


def _levels(document: DocumentReport, least: Confidence) -> set[Level]:
    return {
        *(notice.level for notice in document.notices if _counts(notice)),
        *(
            issue.level
            for verdict in document.verdicts
            if verdict.confidence.reaches(least)
            for issue in verdict.issues
            if issue.suppressed is None
        ),
    }
