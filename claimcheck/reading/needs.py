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
_SETS = 3  # that are looked at of a pattern: where two or three must be met, few texts meet all
_KEPT = 24_000  # rows of letters; the same stand in many chunks
_LETTERS = re.compile(rf"[a-z]{{{_LEAST},}}")  # all that a pattern needs is made of
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# Letters that stand for "i", "s" and "k" where case does not count, and are no small form of them.
_TWISTED = re.compile("[\u0130\u0131\u017f\u212a]")


class Needs:
    """Patterns by what they need; each is a flag, in the order in which they are given."""

    def __init__(self, needed: Sequence[Sequence[frozenset[str]]]) -> None:
        """Take what each pattern needs, as `needed_by` has it.

        For every pattern there is a mark for each set of words of which it needs one: those of the
        first sets stand lowest, then those of the second.
        """
        self._count = len(needed)
        self._always = self._all = 0
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[str, int] = {}
        for at, sets in enumerate(needed):
            for level in range(_SETS):
                mark = 1 << (level * self._count + at)
                self._all |= mark
                if level >= len(sets):
                    self._always |= mark
                    continue
                for word in sorted(sets[level]):
                    self._by_start.setdefault(word[:_LEAST], []).append((word, mark))

    def of(self, chunk: str) -> int:
        """Answer the marks for which a text without white space has the letters."""
        lower = chunk.lower()
        if not chunk.isascii():
            if _TWISTED.search(chunk):
                return self._all
        elif chunk.isalpha():
            return self._of_run(lower)
        marks = 0
        for run in _LETTERS.findall(lower):
            marks |= self._of_run(run)
        return marks

    def met(self, marks: int) -> int:
        """Answer the flags of the patterns that may match a text with these marks in all."""
        marks |= self._always
        flags = (1 << self._count) - 1
        for level in range(_SETS):
            flags &= marks >> (level * self._count)
        return flags

    def _of_run(self, run: str) -> int:
        marks = self._known.get(run)
        if marks is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[run] = marks = self._of_letters(run)
        return marks

    def _of_letters(self, run: str) -> int:
        marks = 0
        begun = self._by_start.get
        for at in range(len(run) - _LEAST + 1):
            for word, mark in begun(run[at : at + _LEAST], ()):
                if run.startswith(word, at):
                    marks |= mark
        return marks


def needed_by(pattern: str) -> tuple[frozenset[str], ...]:
    """Answer sets of lower-case words, of each of which one stands in every match.

    The most telling come first, and there are few; none where a match may be without any.
    """
    return tuple(_sets_of(parser.parse(pattern, re.IGNORECASE | re.VERBOSE))[:_SETS])


def _sets_of(row: Iterable[Any]) -> list[frozenset[str]]:
    """Answer what the parts of a row, which all must match, need, the most telling first."""
    found: list[frozenset[str]] = []
    run: list[Any] = []  # of letters
    for part in row:
        kind, value = part
        if kind is op.LITERAL and chr(value).isascii() and chr(value).isalpha():
            run.append(part)
            continue
        found.append(_word_of(run))
        # The parser takes what all ways begin with out before them: "ma" of "make" and "made".
        found += _of_ways([[*run, *way] for way in value[1]]) if kind is op.BRANCH else []
        found += _of_part(kind, value)
        run = []
    found.append(_word_of(run))
    telling = [words for words in found if min(map(len, words), default=0) >= _LEAST]
    telling.sort(key=lambda words: (min(map(len, words)), -len(words)), reverse=True)
    return telling


def _word_of(run: Iterable[Any]) -> frozenset[str]:
    return frozenset({"".join(chr(value).lower() for _, value in run)})


def _of_ways(rows: Iterable[Iterable[Any]]) -> list[frozenset[str]]:
    """Answer what is needed whichever of several rows is taken."""
    ways = map(_sets_of, rows)
    return [frozenset().union(*sets) for sets in zip(*ways, strict=False)]


def _of_part(kind: Any, value: Any) -> list[frozenset[str]]:  # noqa: ANN401  (as the parser has it)
    if kind is op.SUBPATTERN:
        return _sets_of(value[3])
    if kind is op.ATOMIC_GROUP:
        return _sets_of(value)
    if kind in _REPEATS and value[0] > 0:
        return _sets_of(value[2])
    return []
