"""The line format that editors and grep understand: `path:line:col: CODE [level] message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.reports.findings import findings
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from claimcheck.model.report import Report
    from claimcheck.reports import View


def render(report: Report, view: View) -> str:
    """Answer a line an issue, by document and place."""
    return "".join(
        f"{clean(one.path)}:{one.start.line}:{one.start.column}: "
        f"{' '.join(filter(None, (one.rule, f'[{one.level}]', one.because, one.records)))}\n"
        for one in findings(report, view)
        if one.suppressed is None
    )
