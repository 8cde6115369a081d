"""The Reviewdog Diagnostic Format: findings with ranges that count bytes of UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.lines import Lines, Place
from claimcheck.model.verdict import Level
from claimcheck.reports.findings import findings_of
from claimcheck.reports.places import byte_column, repository_path
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.report import DocumentReport, Report
    from claimcheck.reports import View
    from claimcheck.reports.findings import Finding

_SEVERITY = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.NOTE: "INFO"}


def render(report: Report, view: View) -> str:
    """Answer what is not suppressed, by document and place; ranges are half-open."""
    found = [one for document in report.documents for one in _diagnostics(document, view)]
    levels = {one["severity"] for one in found}
    worst = next((name for name in _SEVERITY.values() if name in levels), None)
    head: dict[str, Any] = {"source": {"name": "claimcheck"}}
    if worst:
        head["severity"] = worst
    return to_json({**head, "diagnostics": found}) + "\n"


def _diagnostics(report: DocumentReport, view: View) -> Iterator[dict[str, Any]]:
    lines = Lines(report.document.source)
    for one in findings_of(report, view):
        if one.suppressed is None:
            yield _diagnostic(one, lines)


def _diagnostic(one: Finding, lines: Lines) -> dict[str, Any]:
    told = "\n".join(part for part in (one.because, one.advice, *one.sources) if part)
    span: dict[str, Any] = {"start": _position(lines, one.start)}
    if one.end != one.start:
        span["end"] = _position(lines, one.end)
    return {
        "message": told,
        "location": {"path": repository_path(one.path), "range": span},
        "severity": _SEVERITY[one.level],
        "code": {"value": one.rule},
    }


def _position(lines: Lines, place: Place) -> dict[str, int]:
    return {"line": place.line, "column": byte_column(lines, place)}
