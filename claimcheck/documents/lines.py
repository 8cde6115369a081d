"""The lines of a source: where each one starts and ends, and which one an offset stands on."""

from __future__ import annotations

import re
from bisect import bisect_right

from claimcheck.model.document import Span

_BREAK = re.compile(r"\r\n|\r|\n")


class LineIndex:
    """Where the lines of a source stand; CRLF, LF and a lone CR each end one."""

    __slots__ = ("_ends", "_starts", "source")

    def __init__(self, source: str) -> None:
        breaks = [match.span() for match in _BREAK.finditer(source)]
        self.source = source
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(source)]

    def __len__(self) -> int:
        return len(self._starts)

    def line_column(self, offset: int) -> tuple[int, int]:
        """Answer on which line and in which column, both from 1, a code point stands."""
        row = self.row(offset)
        return row + 1, offset - self._starts[row] + 1

    def row(self, offset: int) -> int:
        """Answer on which line, from 0, a code point stands."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, row: int) -> Span:
        """Answer what range a line, counted from 0, covers without its line end."""
        return Span(self._starts[row], self._ends[row])

    def text(self, row: int) -> str:
        """Answer a line's words, without its line end."""
        return self.source[self._starts[row] : self._ends[row]]
