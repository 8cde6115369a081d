"""Lines and columns of a text, as an editor shows them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")


class Place(NamedTuple):
    """A line and a column, both counted from 1, the column in code points."""

    line: int
    column: int


class Lines:
    """Where the lines of a text start; CRLF, LF and a lone CR each end one."""

    __slots__ = ("_starts",)

    def __init__(self, source: str) -> None:
        """Find every line break once."""
        self._starts = (0, *(found.end() for found in _BREAK.finditer(source)))

    def place(self, offset: int) -> Place:
        """Answer on which line and in which column a code point stands."""
        row = max(0, bisect_right(self._starts, offset) - 1)
        return Place(row + 1, offset - self._starts[row] + 1)

    def end_place(self, start: int, end: int) -> Place:
        """Answer where a half-open range ends, on the line of its last code point."""
        if end <= start:
            return self.place(start)
        last = self.place(end - 1)
        return Place(last.line, last.column + 1)
