"""Which letters must stand in a text for a pattern to match it at all?

Searching every sentence for every pattern costs as much as all else that is done to it; most hold
none of the words that a pattern needs.
"""

from __future__ import annotations

import re

# The public parser of patterns is gone since Python 3.11, and there is no other.
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEAST = 3  # letters that tell something
_KEPT = 24_000  # rows of letters; the same stand in many chunks
_LETTERS = re.compile(rf"[a-z]{{{_LEAST},}}")  # all that a pattern needs is made of
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# Letters that stand for "i", "s" and "k" where case does not count, and are no small form of them.
_TWISTED = re.compile("[\u0130\u0131\u017f\u212a]")


class Needs:
    """Patterns by what they need; each is a flag, in the order in which they are given."""

    def __init__(self, needed: Sequence[frozenset[str] | None]) -> None:
        """Take what each pattern needs, as `needed_by` has it."""
        self._always = self._all = 0
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[str, int] = {}
        for at, words in enumerate(needed):
            flag = 1 << at
            self._all |= flag
            if words is None:
                self._always |= flag
            for word in sorted(words or ()):
                self._by_start.setdefault(word[:_LEAST], []).append((word, flag))

    @property
    def always(self) -> int:
        """Answer the flags of patterns that may match anything."""
        return self._always

    def of(self, chunk: str) -> int:
        """Answer the flags of the patterns for which a text without white space has the letters."""
        if not chunk.isascii() and _TWISTED.search(chunk):
            return self._all
        flags = 0
        for run in _LETTERS.findall(chunk.lower()):
            if run not in self._known:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                self._known[run] = self._of_letters(run)
            flags |= self._known[run]
        return flags

    def _of_letters(self, run: str) -> int:
        flags = 0
        for at in range(len(run) - _LEAST + 1):
            for word, flag in self._by_start.get(run[at : at + _LEAST], ()):
                if run.startswith(word, at):
                    flags |= flag
        return flags


def needed_by(pattern: str) -> frozenset[str] | None:
    """Answer lower-case words of which one stands in every match; None where no such are known."""
    return _of_row(parser.parse(pattern, re.IGNORECASE | re.VERBOSE))


def _of_row(row: Iterable[Any]) -> frozenset[str] | None:
    """Answer the most telling of what the parts of a row, which all must match, need."""
    found: list[frozenset[str]] = []
    run = ""
    for kind, value in row:
        letter = chr(value) if kind is op.LITERAL else ""
        if letter.isascii() and letter.isalpha():
            run += letter.lower()
            continue
        found.append(frozenset({run}))
        run = ""
        if (needed := _of_part(kind, value)) is not None:
            found.append(needed)
    found.append(frozenset({run}))
    telling = [words for words in found if min(map(len, words), default=0) >= _LEAST]
    return max(telling, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _of_part(kind: Any, value: Any) -> frozenset[str] | None:  # noqa: ANN401  (as the parser has it)
    if kind is op.BRANCH:
        ways = [_of_row(way) for way in value[1]]
        if any(way is None for way in ways):
            return None
        return frozenset().union(*(way for way in ways if way is not None))
    if kind is op.SUBPATTERN:
        return _of_row(value[3])
    if kind is op.ATOMIC_GROUP:
        return _of_row(value)
    if kind in _REPEATS and value[0] > 0:
        return _of_row(value[2])
    return None
