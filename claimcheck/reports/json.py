"""The whole report as one JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from claimcheck.errors import ClaimcheckError
    from claimcheck.model.report import Report
    from claimcheck.reports import View


def render(report: Report, view: View) -> str:
    """Answer `report.to_dict()` as text; what could not be read comes as `errors`."""
    content = report.to_dict()
    for document in content["documents"]:
        document["claims"] = chosen(document["claims"], view)
    if view.problems:
        content["errors"] = [error_to_dict(problem) for problem in view.problems]
    return to_json(content) + "\n"


def chosen(claims: list[dict[str, Any]], view: View) -> list[dict[str, Any]]:
    """Answer the claims whose verdict was asked for."""
    return [claim for claim in claims if not view.only or claim["verdict"] in view.only]


def error_to_dict(error: ClaimcheckError) -> dict[str, Any]:
    """Answer what went wrong, and where, for a machine."""
    return {
        "type": type(error).__name__,
        "message": error.message,
        "path": error.location.path if error.location else None,
        "line": error.location.line if error.location else None,
    }
