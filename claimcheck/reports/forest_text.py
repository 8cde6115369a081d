"""A trial's results as a forest plot at the terminal."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from claimcheck.model.counted import counted
from claimcheck.model.trial import FindingKind
from claimcheck.reports.forest import NULL_AT, figures, known_by, remarks
from claimcheck.reports.words import FINDINGS, role_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.reports.forest import Bar, Forest, ForestRow

FINDING_STYLES = {
    FindingKind.IMPROVED: "green",
    FindingKind.WORSENED: "bold magenta",
    FindingKind.DIFFERS: "cyan",
    FindingKind.NO_DIFFERENCE: "bold",
    FindingKind.NON_INFERIOR: "green",
    FindingKind.NOT_REPORTED: "yellow",
}
_GAP = 2
_WIDE, _NARROW = 35, 21  # cells of the plot: odd, so that the null has a cell of its own
_WIDE_FROM = 110
_NAME_SHARE = 0.45
_NULL, _LINE, _OVER_NULL, _BETTER = "│", "─", "┼", "░"


def draw(forest: Forest, *, width: int, color: bool = False) -> str:
    """Answer the results as lines of at most `width` cells, the last one ended by a newline."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    plot = (_WIDE if width >= _WIDE_FROM else _NARROW) if forest.is_drawn else 0
    names = int((width - plot - 3 * _GAP) * _NAME_SHARE)
    columns = names, plot, width - names - plot - (3 if plot else 2) * _GAP
    for role, rows in groupby(forest.rows, key=lambda row: role_name(row.outcome)):
        _line(console, Text(role, "bold"))
        for row in rows:
            _row(row, columns, console)
    for line in _foot(forest, names, plot):
        for wrapped in line.wrap(console, width):
            _line(console, wrapped)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def _line(console: Console, line: Text) -> None:
    console.print(line, no_wrap=True, crop=False, overflow="ignore")


def _row(row: ForestRow, columns: tuple[int, int, int], console: Console) -> None:
    names, plot, results = columns
    left = list(Text(row.name).wrap(console, names))
    for remark in remarks(row):
        wrapped = Text(remark, "dim").wrap(console, names - _GAP)
        left += [Text(" " * _GAP).append_text(line) for line in wrapped]
    right = _result(row).wrap(console, results)
    for at in range(max(len(left), len(right))):
        line = Text(" " * _GAP)
        line.append_text(_padded(left[at] if at < len(left) else Text(), names))
        if plot:
            drawn = cells(row.bar, plot) if at == 0 and row.bar else _ground(row.bar, plot)
            style = FINDING_STYLES[row.analysis.finding.kind] if at == 0 and row.bar else "dim"
            line.append(" " * _GAP).append(drawn, style)
        line.append(" " * _GAP)
        line.append_text(right[at] if at < len(right) else Text())
        _line(console, line)


def _padded(text: Text, width: int) -> Text:
    padded = text.copy()
    padded.truncate(width, pad=True)
    return padded


def _result(row: ForestRow) -> Text:
    """Answer the figures, the finding, and how it is known where not by these figures."""
    kind = row.analysis.finding.kind
    told = Text()
    if known := figures(row.analysis):
        told.append(f"{known}\n")
    told.append(FINDINGS[kind], FINDING_STYLES[kind])
    if basis := known_by(row.analysis):
        told.append(f"\n{basis}", "dim")
    return told


def cells(bar: Bar, width: int) -> str:
    """Answer a bar as `width` characters, an odd number, the line of no effect in their middle.

    The half in which results are good is shaded, where that is known.
    """
    null = width // 2
    drawn = list(_ground(bar, width))
    low = 0 if bar.goes_on[0] else _beside(bar.low, width)
    high = width - 1 if bar.goes_on[1] else _beside(bar.high, width)
    if low is not None and high is not None:
        drawn[low : high + 1] = _LINE * (high - low + 1)
        drawn[low], drawn[high] = "├", "┤"
        if bar.goes_on[0]:
            drawn[low] = "◄"
        if bar.goes_on[1]:
            drawn[high] = "►"
    drawn[null] = _NULL if drawn[null] == _NULL else _OVER_NULL
    mid = _cell(bar.mid, width)
    if mid is not None:
        drawn[mid] = "■" if low is not None and high is not None else "□"
    return "".join(drawn)


def _ground(bar: Bar | None, width: int) -> str:
    """Answer what a bar is drawn on: the line of no effect, and the better side where known."""
    better = bar.better if bar else 0
    left, right = (_BETTER if better == side else " " for side in (-1, 1))
    return f"{left * (width // 2)}{_NULL}{right * (width // 2)}"


def _beside(place: float | None, width: int) -> int | None:
    """Answer the cell of a bound, on its own side of the null: rounding must not let it cross."""
    at, null = _cell(place, width), _cell(NULL_AT, width)
    if at is None or place is None or at != null:
        return at
    return at + (place > NULL_AT) - (place < NULL_AT)


def _cell(place: float | None, width: int) -> int | None:
    return None if place is None else min(width - 1, max(0, round(place * (width - 1))))


def _foot(forest: Forest, names: int, plot: int) -> Iterator[Text]:
    """Answer what stands under the bars: the axis that they share, or that there is none."""
    indent = " " * (names + 2 * _GAP)
    if plot and forest.ticks:
        axis = [" "] * (plot + 4)
        for place, label in forest.ticks:
            at = max(0, (_cell(place, plot) or 0) - len(label) // 2)
            axis[at : at + len(label)] = label
        yield Text(indent + "".join(axis).rstrip(), "dim")
    elif plot:
        yield Text(indent + _NULL.center(plot).rstrip(), "dim")
    if plot:
        shaded = any(row.bar and row.bar.better for row in forest.rows)
        better = f"{_BETTER} the better side; " if shaded else ""
        yield Text(f"{_NULL} no effect; {better}{forest.scales}", "dim")
    if forest.left_out:
        yield Text(f"and {counted(forest.left_out, 'more outcome')}", "dim")
