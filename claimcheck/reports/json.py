"""The whole report as one JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.as_dict import (
    SCHEMA_VERSION,
    claims_to_dicts,
    document_head,
    tool_to_dict,
)
from claimcheck.model.verdict import Confidence
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.errors import ClaimcheckError
    from claimcheck.model.report import DocumentReport, Report
    from claimcheck.reports import View


def render(report: Report, view: View) -> Iterator[str]:
    """Answer `report.to_dict()` as text, piece by piece; what could not be read comes as `errors`.

    The claims of a large draft, laid out at once, would fill a gigabyte.
    """
    yield f'{{\n  "schema_version": {to_json(SCHEMA_VERSION)},\n'
    yield f'  "tool": {_nested(tool_to_dict(report.tool), 1)},\n  "documents": '
    yield from _list((_document(one, report, view) for one in report.documents), 1)
    if view.problems:
        errors = [error_to_dict(problem) for problem in view.problems]
        yield f',\n  "errors": {_nested(errors, 1)}'
    yield "\n}\n"


def _document(one: DocumentReport, report: Report, view: View) -> Iterator[str]:
    head = _nested(document_head(one, report.tool), 2)
    yield head.removesuffix("\n    }") + ',\n      "claims": '
    yield from _list(([_nested(claim, 4)] for claim in chosen(one, view)), 3)
    yield "\n    }"


def _list(items: Iterable[Iterable[str]], depth: int) -> Iterator[str]:
    opened = False
    for item in items:
        yield ("," if opened else "[") + "\n" + "  " * (depth + 1)
        yield from item
        opened = True
    yield "\n" + "  " * depth + "]" if opened else "[]"


def _nested(value: Any, depth: int) -> str:  # noqa: ANN401  (any JSON value)
    # No string of JSON holds a line break of its own.
    return to_json(value).replace("\n", "\n" + "  " * depth)


def chosen(report: DocumentReport, view: View) -> Iterator[dict[str, Any]]:
    """Answer the claims whose verdict was asked for."""
    for claim in claims_to_dicts(report):
        chosen = not view.only or claim["verdict"] in view.only
        if chosen and Confidence(claim["confidence"]).reaches(view.least):
            yield claim


def error_to_dict(error: ClaimcheckError) -> dict[str, Any]:
    """Answer what went wrong, and where, for a machine."""
    return {
        "type": type(error).__name__,
        "message": error.message,
        "path": error.location.path if error.location else None,
        "line": error.location.line if error.location else None,
    }
