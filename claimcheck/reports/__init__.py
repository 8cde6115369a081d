"""Reports: one renderer a format, from a Report to text."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from claimcheck.model.verdict import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.config import OutputFormat
    from claimcheck.errors import ClaimcheckError
    from claimcheck.model.report import Report
    from claimcheck.model.verdict import Verdict, VerdictKind
    from claimcheck.rulebook.types import VerdictRule

__all__ = ["View", "render", "render_parts"]


@dataclass(frozen=True, slots=True)
class View:
    """How a report is to be shown.

    `only` chooses the verdicts that are listed, all where it is empty, and `least` how sure they
    must be; counts and coverage are
    always those of the whole run. `rules` describe the codes, `problems` what could not be read.
    """

    width: int = 100
    color: bool = False
    verbose: bool = False
    quiet: bool = False
    only: tuple[VerdictKind, ...] = ()
    least: Confidence = Confidence.LOW
    rules: tuple[VerdictRule, ...] = ()
    problems: tuple[ClaimcheckError, ...] = ()

    def shows(self, verdict: Verdict) -> bool:
        """Tell whether a verdict is among those asked for."""
        chosen = not self.only or verdict.kind in self.only
        return chosen and verdict.confidence.reaches(self.least)


def render(report: Report, form: OutputFormat, view: View) -> str:
    """Answer the report in one of its forms, ending in a newline unless there is nothing to say."""
    return "".join(render_parts(report, form, view))


def render_parts(report: Report, form: OutputFormat, view: View) -> Iterable[str]:
    """Answer the same piece by piece, so that a large report need not stand in memory at once."""
    # Each form is a module of its own, imported when it is asked for: rich alone takes longer than
    # a line report.
    rendered: str | Iterable[str] = import_module(f"{__name__}.{form.value}").render(report, view)
    return [rendered] if isinstance(rendered, str) else rendered
