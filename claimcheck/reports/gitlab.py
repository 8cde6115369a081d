"""GitLab's code quality report: a JSON array of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.verdict import Level
from claimcheck.reports.findings import findings, worst_first
from claimcheck.reports.places import repository_path
from claimcheck.reports.words import ended
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from claimcheck.model.report import Report
    from claimcheck.reports import View
    from claimcheck.reports.findings import Finding

_SEVERITY = {Level.ERROR: "critical", Level.WARNING: "major", Level.NOTE: "info"}


def render(report: Report, view: View) -> str:
    """Answer what is not suppressed, worst first; an empty array where nothing was found."""
    return to_json([_entry(one) for one in worst_first(findings(report, view))]) + "\n"


def _entry(one: Finding) -> dict[str, Any]:
    told = " ".join(part for part in (ended(one.because), one.advice, one.records) if part)
    return {
        "description": f"{one.rule}: {told}",
        "check_name": one.rule,
        "fingerprint": one.fingerprint,
        "severity": _SEVERITY[one.level],
        "location": {"path": repository_path(one.path), "lines": {"begin": one.start.line}},
    }
