"""How a finished report reaches the terminal or the pipe."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.cli import streams
from claimcheck.config import OutputFormat
from claimcheck.model.coverage import Coverage
from claimcheck.reports import View, render_parts

if TYPE_CHECKING:
    from claimcheck.config import Settings
    from claimcheck.errors import ClaimcheckError
    from claimcheck.model.report import Report
    from claimcheck.rulebook.types import VerdictRule

# These list findings and nothing else.
FINDINGS_ALONE = frozenset(
    {OutputFormat.LINE, OutputFormat.GITHUB, OutputFormat.GITLAB, OutputFormat.RDJSON}
)


def output_view(
    settings: Settings, problems: list[ClaimcheckError], rules: tuple[VerdictRule, ...]
) -> View:
    """Answer how a report is to be shown by these settings."""
    return View(
        only=settings.only,
        least=settings.min_confidence,
        verbose=settings.verbose,
        quiet=settings.quiet,
        rules=rules,
        problems=tuple(problems),
        width=streams.table_width(settings.width),
        color=streams.use_color(settings.color),
    )


class Shown(StrEnum):
    """What of a report is printed."""

    REPORT = "report"
    GAPS = "gaps"
    STATISTICS = "statistics"


SHOWN_IN = (OutputFormat.TABLE, OutputFormat.JSON, OutputFormat.JSONL)  # where not the report is


def print_report(
    report: Report, settings: Settings, view: View, shown: Shown = Shown.REPORT
) -> None:
    """Print a report, or what is asked for of it, in the form that the settings name."""
    if shown is not Shown.REPORT:
        _print_part(report, settings.format, view, shown)
        return
    parts = render_parts(report, settings.format, view)
    if settings.format is OutputFormat.TABLE:
        streams.print_text("".join(parts))
        return
    streams.print_parts(parts)
    if settings.format in FINDINGS_ALONE:
        # These forms list findings alone: without this a green run would not say what it covered.
        streams.warn(Coverage.of_documents(report.documents).summary(report.tool))


def _print_part(report: Report, form: OutputFormat, view: View, shown: Shown) -> None:
    from claimcheck.reports import gaps, statistics  # noqa: PLC0415  (most runs ask for neither)

    part = gaps if shown is Shown.GAPS else statistics
    if form is OutputFormat.JSON:
        streams.print_data(part.render_json(report, view))
    elif form is OutputFormat.JSONL:
        streams.print_parts(part.render_jsonl(report, view))
    else:
        streams.print_text(part.render_text(report, view))
