"""What does a list of names hold? CSV with a row a thing, or plain text with a name a line."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.rulebook.types import Rulebook

MAX_BYTES = 100_000_000
MAX_ROWS = 1_000_000
_DELIMITERS = ",\t;|"
_BETWEEN = re.compile(r"\s*[|;\n]\s*")
_SHOWN = 8  # columns that an error names
_NULL = b"\x00"
# The rules' lists of what columns are called.
NAME_COLUMNS, SYNONYM_COLUMNS = "list-name-column", "list-synonym-column"


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of a list, by all its names; its own name comes first."""

    names: tuple[str, ...]


def decoded(data: bytes, *, name: str) -> str:
    """Answer the text of a list's file; raises InputError for what is no text, or not UTF-8."""
    place = Location(name)
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError("is damaged UTF-16; save it as UTF-8", location=place) from error
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        message = "is a packed file or a workbook; unpack it, or save it as CSV"
        raise InputError(message, location=place)
    if _NULL in data:
        message = "is a binary file, no list of names; save it as CSV or as text"
        raise InputError(message, location=place)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8; save it as UTF-8", location=Location(name, line)) from error


def entries(
    text: str, rulebook: Rulebook, *, name: str, columns: Sequence[str] = ()
) -> Iterator[Entry | None]:
    """Answer the things that a list names, and None for a row without a name.

    `columns` are those that hold names, the first of them the things' own; where none is given
    they are known by their headings. Raises InputError where no column of names can be told, and
    for a table that is broken.
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    if not head:
        raise InputError("is empty", location=Location(name))
    delimiter, wanted = _layout(head, rulebook.words, name, columns)
    if delimiter is not None:
        yield from _rows(text, delimiter, wanted, name)
        return
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    _check_length(len(lines), name)
    yield from (Entry((" ".join(line.split()),)) for line in lines)


def _layout(
    head: str, known: Mapping[str, tuple[str, ...]], name: str, columns: Sequence[str]
) -> tuple[str | None, list[int]]:
    """Answer what parts the cells of a table, and which cells hold names; None: it is no table."""
    most = max(_DELIMITERS, key=head.count)
    try:
        cells = next(csv.reader([head], delimiter=most), [])
    except csv.Error as error:
        message = f"is no table and no list of names: {error}"
        raise InputError(message, location=Location(name, 1)) from error
    headings = [_plain(cell) for cell in cells]
    if columns:
        missing = [column for column in columns if _plain(column) not in headings]
        if missing:
            message = f"has no column {missing[0]!r}; its columns are {_listed(cells)}"
            raise InputError(message, location=Location(name))
        return most, [headings.index(_plain(column)) for column in columns]
    own = [headings.index(one) for one in known.get(NAME_COLUMNS, ()) if one in headings]
    if own:
        others = known.get(SYNONYM_COLUMNS, ())
        also = [at for at, heading in enumerate(headings) if heading in others and at != own[0]]
        return most, [own[0], *also]
    if len(cells) > 1:
        message = f"no column of names among {_listed(cells)}; name one with --column"
        raise InputError(message, location=Location(name))
    return None, []


def _rows(text: str, delimiter: str, wanted: list[int], name: str) -> Iterator[Entry | None]:
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        headed = False
        for row in table:
            if not any(cell.strip() for cell in row):
                continue
            if not headed:
                headed = True
                continue
            _check_length(table.line_num, name)
            yield _entry([row[at] if at < len(row) else "" for at in wanted])
    except csv.Error as error:
        message = f"is a broken table: {error}"
        raise InputError(message, location=Location(name, table.line_num)) from error


def _check_length(lines: int, name: str) -> None:
    if lines > MAX_ROWS:
        message = f"has more than {MAX_ROWS:,} lines; split it"
        raise InputError(message, location=Location(name))


def _entry(cells: list[str]) -> Entry | None:
    own, *others = cells
    listed = [part for cell in others for part in _BETWEEN.split(cell)]
    names = tuple(
        dict.fromkeys(plain for one in (own, *listed) if (plain := " ".join(one.split())))
    )
    return Entry(names) if own.strip() else None


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").casefold().split())


def _listed(cells: list[str]) -> str:
    shown = ", ".join(repr(cell.strip()[:40]) for cell in cells[:_SHOWN])
    return f"{shown} …" if len(cells) > _SHOWN else shown
