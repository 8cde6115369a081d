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
_BEGINS = "^"  # before letters that no other letter stands before: "men", not "treatment"
_APART = (op.CATEGORY_SPACE, op.CATEGORY_DIGIT, op.CATEGORY_NOT_WORD)  # hold no letter
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
        # By their first letters: those that begin a run of letters, and those that may stand in it.
        self._beginning: dict[str, list[tuple[str, int]]] = {}
        self._within: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[str, int] = {}
        for at, sets in enumerate(needed):
            for level in range(_SETS):
                mark = 1 << (level * self._count + at)
                self._all |= mark
                if level >= len(sets):
                    self._always |= mark
                    continue
                for needs in sorted(sets[level]):
                    word = needs.removeprefix(_BEGINS)
                    places = self._within if word == needs else self._beginning
                    places.setdefault(word[:_LEAST], []).append((word, mark))

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
        for word, mark in self._beginning.get(run[:_LEAST], ()):
            if run.startswith(word):
                marks |= mark
        within = self._within.get
        for at in range(len(run) - _LEAST + 1):
            for word, mark in within(run[at : at + _LEAST], ()):
                if run.startswith(word, at):
                    marks |= mark
        return marks


def needed_by(pattern: str) -> tuple[frozenset[str], ...]:
    """Answer sets of lower-case words, of each of which one stands in every match.

    The most telling come first, and there are few; none where a match may be without any. A word
    with a caret stands only where no other letter is before it.
    """
    return tuple(_sets_of(parser.parse(pattern, re.IGNORECASE | re.VERBOSE))[:_SETS])


def _sets_of(row: Iterable[Any], *, apart: bool = False) -> list[frozenset[str]]:
    """Answer what the parts of a row, which all must match, need, the most telling first.

    `apart` tells that no letter stands right before the row.
    """
    found: list[frozenset[str]] = []
    run: list[Any] = []  # of letters
    begins = apart  # no letter stands before the run
    for part in row:
        kind, value = part
        if _is_letter(part):
            run.append(part)
            continue
        found.append(_word_of(run, begins=begins))
        # The parser takes what all ways begin with out before them: "ma" of "make" and "made".
        ways = [[*run, *way] for way in value[1]] if kind is op.BRANCH else []
        found += _of_ways(ways, apart=begins)
        begins = begins and not run
        found += _of_part(kind, value, apart=begins)
        begins = _is_apart([part], apart=begins)
        run = []
    found.append(_word_of(run, begins=begins))
    telling = [words for words in found if _shortest(words) >= _LEAST]
    telling.sort(key=lambda words: (_shortest(words), -len(words)), reverse=True)
    return telling


def _shortest(words: Iterable[str]) -> int:
    return min((len(word.removeprefix(_BEGINS)) for word in words), default=0)


def _is_letter(part: Any) -> bool:  # noqa: ANN401  (as the parser has it)
    kind, value = part
    return kind is op.LITERAL and chr(value).isascii() and chr(value).isalpha()


def _word_of(run: Iterable[Any], *, begins: bool) -> frozenset[str]:
    word = "".join(chr(value).lower() for _, value in run)
    return frozenset({f"{_BEGINS if begins else ''}{word}"})


def _of_ways(rows: Iterable[Iterable[Any]], *, apart: bool) -> list[frozenset[str]]:
    """Answer what is needed whichever of several rows is taken."""
    ways = [_sets_of(row, apart=apart) for row in rows]
    return [frozenset().union(*sets) for sets in zip(*ways, strict=False)]


def _of_part(kind: Any, value: Any, *, apart: bool) -> list[frozenset[str]]:  # noqa: ANN401
    if kind is op.SUBPATTERN:
        return _sets_of(value[3], apart=apart)
    if kind is op.ATOMIC_GROUP:
        return _sets_of(value, apart=apart)
    if kind in _REPEATS and value[0] > 0:
        return _sets_of(value[2], apart=apart)
    return []


def _is_apart(row: Iterable[Any], *, apart: bool) -> bool:
    """Tell whether a letter that follows a row has no other right before it.

    `apart` tells the same of what stands before the row.
    """
    for part in row:
        kind, value = part
        before = apart
        if kind is op.AT:
            apart = before or value in (op.AT_BOUNDARY, op.AT_BEGINNING)
        elif kind is op.LITERAL:
            apart = not _is_letter(part)
        elif kind is op.IN:
            apart = all(_is_sign(one) for one in value)
        elif kind is op.SUBPATTERN:
            apart = _is_apart(value[3], apart=before)
        elif kind is op.BRANCH:
            apart = all(_is_apart(way, apart=before) for way in value[1])
        elif kind in _REPEATS:
            apart = _is_apart(value[2], apart=False) and (before or value[0] > 0)
        elif kind not in (op.ASSERT, op.ASSERT_NOT):
            apart = False
    return apart


def _is_sign(item: Any) -> bool:  # noqa: ANN401
    """Tell whether a member of a set of characters is no letter."""
    kind, value = item
    if kind is op.LITERAL:
        return not _is_letter(item)
    return kind is op.CATEGORY and value in _APART
