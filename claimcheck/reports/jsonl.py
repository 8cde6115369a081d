"""The report as JSON Lines: a line a claim, then a line a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.as_dict import SCHEMA_VERSION, document_head, tool_to_dict
from claimcheck.reports.json import chosen, error_to_dict
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.report import Report
    from claimcheck.reports import View


def render(report: Report, view: View) -> Iterator[str]:
    """Answer lines of `type` claim, document (its counts and notices) and error."""
    for line in _lines(report, view):
        yield to_json(line, indent=None) + "\n"


def _lines(report: Report, view: View) -> Iterator[dict[str, Any]]:
    tool = {"schema_version": SCHEMA_VERSION, "tool": tool_to_dict(report.tool)}
    for one in report.documents:
        for claim in chosen(one, view):
            yield {"type": "claim", "document": one.document.name, **claim}
        yield {"type": "document", **tool, **document_head(one, report.tool)}
    for problem in view.problems:
        yield {"type": "error", "error": error_to_dict(problem)}
