"""A table made piece by piece where the drafts are judged: no report is sent, or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimcheck.cli.gate import fails
from claimcheck.model.coverage import Coverage
from claimcheck.reports import table

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimcheck.cli.engine import Telling
    from claimcheck.config import Settings
    from claimcheck.model.report import DocumentReport, Tool
    from claimcheck.reports import View


class Piece(NamedTuple):
    """What is told of one document: its part of the table, what it covers, and if it fails."""

    text: str
    coverage: Coverage
    fails: bool


def in_view(view: View) -> Telling[Piece]:
    """Answer what tells of each document of a run in this view."""

    def telling(
        tool: Tool, settings: tuple[Settings, ...]
    ) -> Callable[[int, DocumentReport], Piece]:
        several = len(settings) > 1

        def tell(number: int, report: DocumentReport) -> Piece:
            coverage = Coverage.of(report.verdicts)
            text = table.piece(report, coverage, view, tool, several=several)
            return Piece(text, coverage, fails(report, settings[number]))

        return tell

    return telling


def together(pieces: tuple[Piece, ...], total: Coverage, view: View, tool: Tool) -> str:
    """Answer the whole table; `total` is what all pieces cover."""
    end = table.ending(total, len(pieces), view, tool)
    return "".join([*(one.text for one in pieces), end])
