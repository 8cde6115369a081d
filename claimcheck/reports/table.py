"""The table that an editor reads at a terminal, in columns where there is room, else stacked."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from claimcheck.model.coverage import Coverage
from claimcheck.model.verdict import Level, VerdictKind
from claimcheck.reports.addresses import spelled
from claimcheck.reports.cells import (
    STYLES,
    Told,
    also_at,
    carried_by,
    label,
    lines_of,
    missing,
    parts,
    quoted,
    rule,
    sayings,
)
from claimcheck.reports.evidence import bearing_on
from claimcheck.reports.rows import claims_in, rows_of
from claimcheck.reports.words import SIGNS, VERDICTS, clean, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from claimcheck.model.report import DocumentReport, Notice, Report, Tool
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

COLUMNS_FROM = 110  # narrower than this, columns are squeezed beyond reading
_NAME = 8  # columns of the longest name of a part
_BESIDE = _NAME + 4  # columns that a part's text leaves to its name and the blanks around it
SHOWN_LINES = 6  # of a group, unless it was asked for
BEGINNING = 60  # of claims that begin alike, one is shown


def render(report: Report, view: View) -> Iterator[str]:
    """Yield the verdicts on every document, what they rest on, and what was covered."""
    documents, tool = report.documents, report.tool
    for one in documents:
        yield piece(one, Coverage.of(one.verdicts), view, tool, several=len(documents) > 1)
    yield ending(Coverage.of_documents(documents), len(documents), view, tool)


def piece(one: DocumentReport, coverage: Coverage, view: View, tool: Tool, *, several: bool) -> str:
    """Answer what the table says of a document: of one among several, also what was covered."""
    out = io.StringIO()
    console = _console(out, view)
    told = f"{clean(one.document.name)}: no efficacy claim found"
    if one.verdicts or one.notices or not several:
        _document(one, view, console)
        told = coverage.summary(tool)
    if several:
        _say(Text(told, "bold"), console)
        _say(Text(), console)
    return _tidy(out)


def ending(total: Coverage, documents: int, view: View, tool: Tool) -> str:
    """Answer the end of a table: what was covered in all of so many documents."""
    out = io.StringIO()
    told = total.summary(tool) if documents else "Nothing was checked: no document was read."
    if documents > 1:
        told = f"In all {documents} documents: {told}"
    _say(Text(told, "bold"), _console(out, view))
    return _tidy(out)


def _console(out: io.StringIO, view: View) -> Console:
    return Console(
        file=out,
        width=view.width,
        height=25,  # of no account, but else asked of the system at every line
        force_terminal=view.color,
        color_system="standard" if view.color else None,
        no_color=not view.color,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )


def _tidy(out: io.StringIO) -> str:
    # Rich pads some lines to the width; a golden file and a diff want none of that.
    return spelled("".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1]))


def _say(text: Text, console: Console, *, indent: int = 0) -> None:
    """Print a text; without colours as it is, or line by line: rich's layout takes ten times it."""
    if not console.no_color:
        console.print(Padding(text, (0, 0, 0, indent)) if indent else text)
        return
    blank, plain = " " * indent, text.plain
    if cell_len(plain) + indent <= console.width and plain.isprintable():  # as most do
        console.file.write(f"{blank}{plain}\n")
        return
    lines = text.wrap(console, console.width - indent)
    console.file.writelines(f"{blank}{line.plain}\n" for line in lines)


def _document(one: DocumentReport, view: View, console: Console) -> None:
    _say(Text(clean(one.document.name), "bold underline"), console)
    rows = rows_of(one, view)
    in_columns = view.width >= COLUMNS_FROM and not view.verbose
    if rows.findings and in_columns:
        _columns(rows.findings, view, console)
    else:
        _say(Text(), console)
        _stack(rows.findings, view, console)
    if view.quiet:  # what turns the gate red is told all the same
        _notices([told for told in one.notices if told.level is not Level.NOTE], view, console)
        return
    if rows.supported:
        _group(VerdictKind.SUPPORTED, rows.supported, carried_by, view, console)
    if rows.no_evidence:
        _group(VerdictKind.NO_EVIDENCE, rows.no_evidence, missing, view, console)
    if rows.suppressed:
        _suppressed(rows.suppressed, view, console)
    if rows.baselined:
        _baselined(rows.baselined, view, console)
    _notices(one.notices, view, console)


def _with_told(rows: Sequence[Row]) -> Iterator[tuple[Row, Told]]:
    """Pair each row with what rows before it have told of its evidence."""
    first: dict[object, Row] = {}
    said: dict[object, frozenset[str]] = {}
    for row in rows:
        bearing = bearing_on(row.verdict.evidence)
        shown = frozenset((one.match.trial.id, one.match.outcome) for one in bearing)
        like = first.setdefault(shown, row)
        before = said.get(shown, frozenset())
        yield row, Told(like if shown and like is not row else None, before)
        said[shown] = before | sayings(row.verdict)


def _stack(rows: Sequence[Row], view: View, console: Console) -> None:
    for row, told in _with_told(rows):
        head = Text(lines_of(row), "bold").append("  ", "not bold").append_text(label(row.verdict))
        _say(head.append("  ").append_text(rule(row.verdict)), console)
        _say(quoted(row, view, 3 * (view.width - 4)), console, indent=2)
        _named(parts(row, told, view), console)
        _say(Text(), console)


def _named(texts: Iterable[tuple[str, Text]], console: Console) -> None:
    """Print texts, each beside its name; as a table of rich, which takes long, only in colours."""
    if console.no_color:
        for name, body in texts:
            lines = body.wrap(console, console.width - _BESIDE, overflow="fold")
            for at, line in enumerate(lines):
                console.file.write(f"  {'' if at else name:<{_NAME}}  {line.plain}\n")
        return
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.add_column(width=_NAME, no_wrap=True)
    grid.add_column(overflow="fold")
    for name, body in texts:
        grid.add_row(Text(name, "dim"), body)
    console.print(Padding(grid, (0, 0, 0, 2)))


def _columns(rows: Sequence[Row], view: View, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False, padding=(0, 1), expand=True)
    table.add_column("line", justify="right", no_wrap=True)
    table.add_column("claim", ratio=32, overflow="fold")
    table.add_column("verdict", ratio=36, overflow="fold")
    table.add_column("evidence", ratio=42, overflow="fold")
    for row, told in _with_told(rows):
        claim = quoted(row, view, 300)
        if row.also:
            claim.append(f"\n{also_at(row)}", "dim")
        verdict = label(row.verdict).append("\n").append_text(rule(row.verdict))
        shown = dict(parts(row, told, view))
        for name, body in shown.items():
            if name != "evidence":
                verdict.append("\n" if name == "why" else f"\n{name}: ").append_text(body)
        table.add_row(Text(str(row.line)), claim, verdict, shown.get("evidence", Text("none")))
    console.print(table)


def _group(
    kind: VerdictKind,
    rows: Sequence[Row],
    told_by: Callable[[Row], str],
    view: View,
    console: Console,
) -> None:
    title = f"{SIGNS[kind]} {VERDICTS[kind].capitalize()} ({claims_in(rows)})"
    _say(Text(title, STYLES[kind]), console)
    if view.verbose:
        _stack(rows, view, console)
        return
    by_reason: dict[str, list[Row]] = {}
    for row in rows:
        by_reason.setdefault(told_by(row), []).append(row)
    for reason, same in by_reason.items():
        _say(Text(reason), console, indent=2)
        alike = _alike(same)
        shown = alike if kind in view.only else alike[:SHOWN_LINES]
        for row, times in shown:
            _line(row, view, console, times=times)
        if len(shown) < len(alike):
            more = f"and {len(alike) - len(shown)} more (--only {kind} lists them all)"
            _say(Text(f"    {more}", "dim"), console)
    _say(Text(), console)


def _alike(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    """Join rows of one line that begin alike, as they would look the same once they are cut."""
    found: dict[object, tuple[Row, int]] = {}
    for row in rows:
        outcome = row.verdict.claim.outcome
        key = (row.line, row.also, outcome and outcome.text, row.text[:BEGINNING])
        first, times = found.get(key, (row, 0))
        found[key] = first, times + 1
    return list(found.values())


def _line(row: Row, view: View, console: Console, *, times: int = 1) -> None:
    outcome = row.verdict.claim.outcome
    told = f"{lines_of(row)} ({times} claims)" if times > 1 else lines_of(row)
    place = f"    {told:<9} "
    about = f"{shorten(clean(outcome.text), 28)}: " if outcome else ""
    room = max(20, view.width - len(place) - len(about) - 2)
    line = (
        Text(place, "dim")
        .append(about, "not dim")
        .append(f"“{shorten(row.text, room)}”", "not dim")
    )
    line.truncate(view.width, overflow="ellipsis")
    _say(line, console)


def _suppressed(rows: Sequence[Row], view: View, console: Console) -> None:
    console.print(Text(f"Suppressed in the draft ({claims_in(rows)})", "dim"))
    for row in rows:
        reason = next((one.suppressed for one in row.verdict.issues if one.suppressed), "")
        told = f"{row.verdict.rule}: {clean(reason)}" if reason else row.verdict.rule
        console.print(Padding(Text(told), (0, 0, 0, 2)))
        _line(row, view, console)
    console.print()


def _baselined(rows: Sequence[Row], view: View, console: Console) -> None:
    console.print(Text(f"In the baseline ({claims_in(rows)})", "dim"))
    shown = rows if view.verbose else rows[:SHOWN_LINES]
    for row in shown:
        _line(row, view, console)
    if len(shown) < len(rows):
        more = f"    and {len(rows) - len(shown)} more (--verbose lists them all)"
        console.print(Text(more, "dim"))
    console.print()


def _notices(notices: Sequence[Notice], view: View, console: Console) -> None:
    if not notices or view.only:
        return
    standing = [notice for notice in notices if not notice.baselined]
    for notice in sorted(standing, key=lambda notice: notice.line or 0):
        place = f"line {notice.line}: " if notice.line else ""
        style = "" if notice.level is Level.NOTE else "bold"
        _say(Text(f"! {place}{clean(notice.message)}", style), console)
    _say(Text(), console)
