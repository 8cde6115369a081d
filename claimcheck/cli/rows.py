"""A list of trials as lines or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.cli import streams
from claimcheck.model.counted import counted
from claimcheck.reports.words import clean, shorten
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.trials.index import Row

_FIELDS = ("id", "title", "year", "design", "url")


def print_rows(rows: Iterable[Row], *, as_json: bool) -> None:
    """Print one line a trial, then how many there are; or a JSON array."""
    rows = list(rows)
    if as_json:
        listed = [{name: getattr(row, name) for name in _FIELDS} for row in rows]
        streams.print_data(to_json(listed) + "\n")
        return
    width = streams.table_width(None)
    room = max((len(row.id) for row in rows), default=0) + 2
    lines = []
    for row in rows:
        line = f"{row.id:<{room}}{row.year or '':<6}{row.design:<15}"
        lines.append(line + shorten(clean(row.title), max(20, width - len(line))) + "\n")
    count = len(rows)
    lines.append(f"{counted(count, 'trial')}\n")
    streams.print_text("".join(lines))
