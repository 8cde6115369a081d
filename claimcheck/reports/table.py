"""The table that an editor reads at a terminal, in columns where there is room, else stacked."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimcheck.model.coverage import Coverage
from claimcheck.model.verdict import Level, VerdictKind
from claimcheck.reports.rows import rows_of
from claimcheck.reports.words import (
    FINDINGS,
    SIGNS,
    VERDICTS,
    clean,
    numbers,
    outcome_name,
    role_name,
    shorten,
    trial_design,
    trial_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claimcheck.model.report import DocumentReport, Notice, Report
    from claimcheck.model.verdict import Evidence
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

COLUMNS_FROM = 100  # narrower than this, columns are squeezed beyond reading
SHOWN_EVIDENCE = 4
_STYLES = {
    VerdictKind.SUPPORTED: "green",
    VerdictKind.OVERSTATED: "bold red",
    VerdictKind.CONTRADICTED: "bold magenta",
    VerdictKind.NO_EVIDENCE: "yellow",
}


def render(report: Report, view: View) -> str:
    """Answer the verdicts on every document, what they rest on, and what was covered."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=view.width,
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        no_color=not view.color,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    several = len(report.documents) > 1
    for one in report.documents:
        _document(one, view, console)
        if several:
            console.print(Text(Coverage.of(one.verdicts).summary(report.tool), "bold"))
            console.print()
    everything = [verdict for one in report.documents for verdict in one.verdicts]
    total = Coverage.of(everything).summary(report.tool)
    if several:
        total = f"In all {len(report.documents)} documents: {total}"
    console.print(Text(total, "bold"))
    # Rich pads some lines to the width; a golden file and a diff want none of that.
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _document(one: DocumentReport, view: View, console: Console) -> None:
    console.print(Text(clean(one.document.name), "bold underline"))
    console.print()
    rows = rows_of(one, view)
    if rows.findings:
        lay = _columns if view.width >= COLUMNS_FROM else _stack
        lay(rows.findings, view, console)
    if view.quiet:
        return
    if rows.supported:
        _group(VerdictKind.SUPPORTED, rows.supported, _carried_by, view, console)
    if rows.no_evidence:
        _group(VerdictKind.NO_EVIDENCE, rows.no_evidence, _because, view, console)
    if rows.suppressed:
        _suppressed(rows.suppressed, view, console)
    if one.notices and not view.only:
        _notices(one.notices, console)


def _stack(rows: Sequence[Row], view: View, console: Console) -> None:
    for row in rows:
        grid = Table.grid(padding=(0, 2), expand=False)
        grid.add_column(width=8, no_wrap=True)
        grid.add_column()
        console.print(Text(_lines_of(row)).append("  ").append_text(_label(row)))
        console.print(Padding(_quoted(row, view, 3 * (view.width - 4)), (0, 0, 0, 2)))
        for name, body in _parts(row, view):
            grid.add_row(Text(name, "dim"), body)
        console.print(Padding(grid, (0, 0, 0, 2)))
        console.print()


def _columns(rows: Sequence[Row], view: View, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False, padding=(0, 1))
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("claim", ratio=30)
    table.add_column("verdict", ratio=38)
    table.add_column("evidence", ratio=42)
    table.expand = True
    for row in rows:
        line = Text(str(row.line))
        claim = _quoted(row, view, 400)
        if row.also:
            claim.append(f"\nalso at line {', '.join(map(str, row.also))}", "dim")
        verdict = _label(row)
        parts = dict(_parts(row, view))
        for name, body in parts.items():
            if name != "evidence":
                verdict.append(f"\n{'' if name == 'why' else f'{name}: '}", "dim").append_text(body)
        table.add_row(line, claim, verdict, parts.get("evidence", Text("none")))
    console.print(table)
    console.print()


def _lines_of(row: Row) -> str:
    also = f" (also at line {', '.join(map(str, row.also))})" if row.also else ""
    return f"line {row.line}{also}"


def _label(row: Row) -> Text:
    verdict = row.verdict
    label = Text(f"{SIGNS[verdict.kind]} {VERDICTS[verdict.kind].upper()}", _STYLES[verdict.kind])
    level = f" [{verdict.level}]" if verdict.level else ""
    return label.append(f"  {verdict.rule} {verdict.reason.value}{level}", "not bold dim")


def _quoted(row: Row, view: View, most: int) -> Text:
    return Text(f"“{row.text if view.verbose else shorten(row.text, most)}”")


def _parts(row: Row, view: View) -> Iterator[tuple[str, Text]]:
    verdict = row.verdict
    yield "why", Text(clean(verdict.because))
    others = [one for one in verdict.issues if one.suppressed is None and one.rule != verdict.rule]
    for other in others:
        yield "also", Text(f"{other.rule} {clean(other.because)}")
    if verdict.evidence:
        yield "evidence", _evidence(verdict.evidence, view)
    if verdict.notes:
        yield "note", Text("\n".join(map(clean, verdict.notes)))
    if verdict.advice:
        yield "advice", Text(clean(verdict.advice), "italic")
    if view.verbose:
        yield "read as", Text(_reading(row))
        yield "trace", Text("\n".join(map(clean, verdict.trace)) or "none", "dim")


def _reading(row: Row) -> str:
    claim = row.verdict.claim
    named = [
        f"{name} {clean(mention.text)!r}"
        for name in ("intervention", "outcome", "condition", "population", "timeframe")
        if (mention := getattr(claim, name)) is not None
    ]
    parts = [f"{claim.direction}, {claim.certainty}, strength {int(claim.strength)}", *named]
    return f"{'; '.join(parts)}; confidence {row.verdict.confidence}"


def _evidence(rows: Sequence[Evidence], view: View) -> Text:
    shown = rows if view.verbose else rows[:SHOWN_EVIDENCE]
    told = Text()
    for trial, group in groupby(shown, key=lambda row: row.match.trial):
        cited = "cited" if any(row.match.cited for row in rows if row.match.trial == trial) else ""
        about = ", ".join(part for part in (cited, trial_design(trial)) if part)
        told.append("\n" if told else "")
        told.append(trial_name(trial), "bold").append(f" ({about})" if about else "")
        for row in group:
            told.append("\n").append_text(_evidence_row(row))
        if view.verbose:
            told.append(f"\nrecord {trial.id}", "dim")
    if len(shown) < len(rows):
        told.append(f"\nand {len(rows) - len(shown)} more (--verbose)", "dim")
    return told


def _evidence_row(row: Evidence) -> Text:
    outcome = row.match.outcome
    if outcome is None:
        return Text(f"· {clean(row.because)}")
    told = Text(f"· {role_name(outcome)}: {outcome_name(outcome)}")
    if row.analysis is None:
        return told.append(f", {clean(row.because)}")
    figures = numbers(row.analysis)
    told.append(f", {figures}" if figures else "")
    return told.append(": ").append(FINDINGS[row.analysis.finding.kind], _STYLES[row.verdict])


def _group(
    kind: VerdictKind,
    rows: Sequence[Row],
    told_by: Callable[[Row], str],
    view: View,
    console: Console,
) -> None:
    title = f"{SIGNS[kind]} {VERDICTS[kind].capitalize()} ({len(rows)})"
    console.print(Text(title, _STYLES[kind]))
    if view.verbose:
        _stack(rows, view, console)
        return
    by_reason: dict[str, list[Row]] = {}
    for row in rows:
        by_reason.setdefault(told_by(row), []).append(row)
    for reason, same in by_reason.items():
        console.print(Padding(Text(reason), (0, 0, 0, 2)))
        _one_line_each(same, view, console)
    console.print()


def _one_line_each(rows: Iterable[Row], view: View, console: Console) -> None:
    for row in rows:
        place = f"    {_lines_of(row)}  "
        room = max(20, view.width - len(place) - 2)
        line = Text(place, "dim").append(f"“{shorten(row.text, room)}”", "not dim")
        line.truncate(view.width, overflow="ellipsis")
        console.print(line, no_wrap=True)


def _because(row: Row) -> str:
    return clean(row.verdict.because)


def _carried_by(row: Row) -> str:
    best = next(iter(row.verdict.evidence), None)
    note = f" Note: {' '.join(map(clean, row.verdict.notes))}" if row.verdict.notes else ""
    if best is None or best.match.outcome is None:
        return _because(row) + note
    return f"{trial_name(best.match.trial)}, {_evidence_row(best).plain[2:]}.{note}"


def _suppressed(rows: Sequence[Row], view: View, console: Console) -> None:
    console.print(Text(f"Suppressed in the draft ({len(rows)})", "dim"))
    for row in rows:
        reason = next((one.suppressed for one in row.verdict.issues if one.suppressed), "")
        told = f"{row.verdict.rule}: {clean(reason)}" if reason else f"{row.verdict.rule}"
        console.print(Padding(Text(told), (0, 0, 0, 2)))
        _one_line_each([row], view, console)
    console.print()


def _notices(notices: Sequence[Notice], console: Console) -> None:
    for notice in notices:
        place = f"line {notice.line}: " if notice.line else ""
        style = "" if notice.level is Level.NOTE else "bold"
        console.print(Text(f"! {place}{clean(notice.message)}", style))
    console.print()
