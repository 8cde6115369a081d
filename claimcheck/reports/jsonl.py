"""The report as JSON Lines: a line a claim, then a line a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.reports.json import chosen, error_to_dict
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.report import Report
    from claimcheck.reports import View


def render(report: Report, view: View) -> str:
    """Answer lines of `type` claim, document (its counts and notices) and error."""
    return "".join(to_json(line, indent=None) + "\n" for line in _lines(report, view))


def _lines(report: Report, view: View) -> Iterator[dict[str, Any]]:
    content = report.to_dict()
    version, tool = content["schema_version"], content["tool"]
    for document in content["documents"]:
        claims = document.pop("claims")
        for claim in chosen(claims, view):
            yield {"type": "claim", "document": document["name"], **claim}
        yield {"type": "document", "schema_version": version, "tool": tool, **document}
    for problem in view.problems:
        yield {"type": "error", "error": error_to_dict(problem)}
