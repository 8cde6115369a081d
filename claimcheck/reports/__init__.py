"""Reports: one renderer a format, from a Report to text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from claimcheck.config import OutputFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.errors import ClaimcheckError
    from claimcheck.model.report import Report
    from claimcheck.model.verdict import Verdict, VerdictKind
    from claimcheck.rulebook.types import VerdictRule

__all__ = ["View", "render", "render_parts"]


@dataclass(frozen=True, slots=True)
class View:
    """How a report is to be shown.

    `only` chooses the verdicts that are listed, all where it is empty; counts and coverage are
    always those of the whole run. `rules` describe the codes, `problems` what could not be read.
    """

    width: int = 100
    color: bool = False
    verbose: bool = False
    quiet: bool = False
    only: tuple[VerdictKind, ...] = ()
    rules: tuple[VerdictRule, ...] = ()
    problems: tuple[ClaimcheckError, ...] = ()

    def shows(self, verdict: Verdict) -> bool:
        """Tell whether a verdict is among those asked for."""
        return not self.only or verdict.kind in self.only


def render(report: Report, form: OutputFormat, view: View) -> str:
    """Answer the report in one of its forms, ending in a newline unless there is nothing to say."""
    return "".join(render_parts(report, form, view))


def render_parts(report: Report, form: OutputFormat, view: View) -> Iterable[str]:
    """Answer the same piece by piece, so that a large report need not stand in memory at once."""
    # Each form is imported when it is asked for: rich alone takes longer than a line report.
    match form:
        case OutputFormat.TABLE:
            from claimcheck.reports import table  # noqa: PLC0415

            return [table.render(report, view)]
        case OutputFormat.JSON:
            from claimcheck.reports import json  # noqa: PLC0415

            return json.render(report, view)
        case OutputFormat.JSONL:
            from claimcheck.reports import jsonl  # noqa: PLC0415

            return jsonl.render(report, view)
        case OutputFormat.LINE:
            from claimcheck.reports import line  # noqa: PLC0415

            return [line.render(report, view)]
        case OutputFormat.GITHUB:
            from claimcheck.reports import github  # noqa: PLC0415

            return [github.render(report, view)]
        case OutputFormat.SARIF:
            from claimcheck.reports import sarif  # noqa: PLC0415

            return [sarif.render(report, view)]
        case _:
            assert_never(form)
