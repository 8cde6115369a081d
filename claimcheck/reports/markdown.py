"""A summary in Markdown, for a job's summary page or a comment on a pull request."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from claimcheck.model.as_dict import trial_url
from claimcheck.model.coverage import Coverage
from claimcheck.model.verdict import Level, VerdictKind
from claimcheck.reports.evidence import bearing_on, records, why
from claimcheck.reports.numbers import numbers
from claimcheck.reports.rows import claims_in, rows_of
from claimcheck.reports.words import (
    FINDINGS,
    SIGNS,
    VERDICTS,
    clean,
    outcome_name,
    role_name,
    shorten,
    trial_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.model.report import DocumentReport, Notice, Report
    from claimcheck.model.verdict import Evidence
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

MAX_ROWS = 200  # of a group: a summary page takes 1 MiB
MAX_EVIDENCE = 4
MAX_WORDS = 300
# All that Markdown could act on: "https://" and "www." would become links, and a name after an @
# would be called upon.
_ACTIVE = re.compile(r"[\\`*_\[\]|~#!$^]|:(?=//)|(?<=www)\.")
_CALL = re.compile(r"@(?=\w)")


def render(report: Report, view: View) -> Iterator[str]:
    """Answer what was found, document by document, and what was covered."""
    verdicts = [verdict for one in report.documents for verdict in one.verdicts]
    yield f"## claimcheck\n\n{plain(Coverage.of(verdicts).summary(report.tool))}\n"
    if not report.documents:
        yield "\nNothing was checked: no document was read.\n"
    for problem in view.problems:
        yield f"\n- **not read**: {plain(str(problem))}\n"
    for one in report.documents:
        yield from _document(one, view)


def plain(text: str) -> str:
    """Answer words of a draft or a record so that Markdown and HTML show them as they are."""
    escaped = _ACTIVE.sub(r"\\\g<0>", html.escape(clean(text), quote=False))
    return _CALL.sub("@\u200b", escaped)


def _document(one: DocumentReport, view: View) -> Iterator[str]:
    rows = rows_of(one, view)
    notices = [told for told in one.notices if not told.baselined and not view.only]
    listed = (rows.findings, rows.no_evidence, rows.supported, rows.suppressed, rows.baselined)
    if not any(listed) and not notices:
        return
    yield f"\n### {plain(one.document.name)}\n"
    if rows.findings:
        yield "\n| line | claim | verdict | evidence |\n| ---: | --- | --- | --- |\n"
        told: dict[tuple[str, ...], tuple[int, set[str]]] = {}
        yield from (_row(row, told) for row in rows.findings[:MAX_ROWS])
        yield _more(rows.findings)
    for notice in notices:
        yield _notice(notice)
    if view.quiet:
        return
    yield from _folded("Not in your evidence", rows.no_evidence)
    yield from _folded("Supported", rows.supported)
    yield from _folded("Suppressed in the draft", rows.suppressed)
    yield from _folded("In the baseline", rows.baselined)


def _row(row: Row, told: dict[tuple[str, ...], tuple[int, set[str]]]) -> str:
    """Write a row of the table; `told` holds what rows before it told of the same evidence."""
    verdict = row.verdict
    shown = tuple(map(_evidence, bearing_on(verdict.evidence)[:MAX_EVIDENCE]))
    first, said = told.setdefault(shown, (row.line, set()))
    evidence = f"as at line {first}" if shown and said else "<br>".join(shown) or "none"
    level = f" ({verdict.level})" if verdict.level else ""
    parts = [
        f"{SIGNS[verdict.kind]} **{VERDICTS[verdict.kind]}**{level} {plain(verdict.rule)}",
        plain(why(verdict, said)),
        f"*{plain(verdict.advice)}*" if verdict.advice not in {"", *said} else "",
    ]
    said |= {verdict.because, verdict.advice}
    claim = f"“{plain(shorten(row.text, MAX_WORDS))}”"
    return f"| {_lines(row)} | {claim} | {'<br>'.join(filter(None, parts))} | {evidence} |\n"


def _evidence(row: Evidence) -> str:
    trial, outcome = row.match.trial, row.match.outcome
    named = f"{plain(trial_name(trial))}"
    if url := trial_url(trial):
        named = f"[{named}](<{quote(clean(url), safe=':/?&=#%+,;@~')}>)"
    named += f" ({plain(trial.id)})"
    if outcome is None:
        return f"{named}: {plain(row.because)}"
    told = f"{named}, {role_name(outcome)}: {plain(outcome_name(outcome))}"
    if row.analysis is None:
        return f"{told}, {plain(row.because)}"
    figures = plain(numbers(row.analysis))
    return f"{told}, {figures}: ".replace(", :", ":") + FINDINGS[row.analysis.finding.kind]


def _folded(title: str, rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    yield f"\n<details><summary>{title} ({claims_in(rows)})</summary>\n\n"
    for row in rows[:MAX_ROWS]:
        yield f"- {_lines(row)}: “{plain(shorten(row.text, MAX_WORDS))}”: {_why(row)}\n"
    yield _more(rows)
    yield "\n</details>\n"


def _why(row: Row) -> str:
    verdict = row.verdict
    if reason := next((one.suppressed for one in verdict.issues if one.suppressed), ""):
        return f"{plain(verdict.rule)}: {plain(reason)}"
    rows = sorted(bearing_on(verdict.evidence), key=lambda one: one.verdict is not verdict.kind)
    if verdict.kind is VerdictKind.SUPPORTED and rows:
        return _evidence(rows[0])
    return plain(f"{verdict.because} {records(rows[:1])}")


def _lines(row: Row) -> str:
    return ", ".join(map(str, (row.line, *row.also)))


def _more(rows: Sequence[Row]) -> str:
    left = len(rows) - MAX_ROWS
    return f"\nand {left} more\n" if left > 0 else ""


def _notice(notice: Notice) -> str:
    place = f"line {notice.line}: " if notice.line else ""
    level = f"**{notice.level}** " if notice.level is not Level.NOTE else ""
    return f"\n- {level}{place}{plain(notice.message)}\n"
