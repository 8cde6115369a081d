"""Where does one sentence end and the next begin?

A splitter of our own: spaCy's sentencizer breaks at "P =.40" and "et al.", and a list of
abbreviations alone breaks "people with MS. However".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.rulebook.types import Rulebook

# A stop, what may close after it, reference marks, then white space; or the next sentence at once,
# "under scrutiny.Statins were", where no address ("Drugs.Com") is meant.
_STOP = re.compile(
    r"""(?P<stop>[.!?…]+)(?P<close>["'”’)\]»]*)(?P<ref>(?:\[[\d,\s–-]{1,12}\]|\d{1,3}(?:[,–-]\d{1,3})*(?=\s))*)(?P<close2>["'”’)\]»]*)
    (?:(?=\s)|(?<=[a-z]{3}[.!?])(?=["“]?[A-Z][a-z]+\s)(?!(?:Com|Org|Net|Gov|Edu)\b)|(?<=[a-z]{3}[.!?]["”])(?=[A-Z][a-z]+\s))""",
    re.VERBOSE,
)
_OPENING = frozenset("([\"“'‘")  # what may stand before a word, and is none of it
_NEXT = re.compile(r"\s*[\"“'‘(\[*_]*(?P<word>[^\s]+)")
_WORD = re.compile(r"[A-Za-z]+")
_MOST = 1_500  # code points of a sentence: each of its predicates is held against all else in it
_SIGNS = frozenset("±<>=≤≥%×")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Splitter:
    """The words on which the decision at a full stop turns."""

    never: frozenset[str]
    maybe: frozenset[str]
    openers: frozenset[str]
    lettered: frozenset[str]

    @classmethod
    def of(cls, rulebook: Rulebook) -> Splitter:
        """Take the word lists from the rules."""
        words = rulebook.words
        return cls(
            frozenset(words.get("abbreviations", ())),
            frozenset(words.get("abbreviations_maybe", ())),
            frozenset(words.get("openers", ())),
            frozenset(words.get("lettered", ())),
        )

    def split(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Yield the sentences of text[start:end], without the white space around them."""
        begin = start
        for stop in _STOP.finditer(text, start, end):
            if self._ends(text, begin, stop, end):
                yield from _within_reason(text, begin, stop.end())
                begin = stop.end()
        yield from _within_reason(text, begin, end)

    def _ends(self, text: str, begin: int, stop: re.Match[str], end: int) -> bool:
        following = _NEXT.match(text, stop.end(), end)
        if following is None:
            return False
        word = following["word"]
        if word[0] in _SIGNS or (stop["ref"] and text[max(0, stop.start() - 1)].isdigit()):
            return False  # "4.3 ± 1.5": a number, no stop with a reference behind it
        full_stop = stop["stop"] == "."
        if word[0].islower():
            return full_stop and stop["close"] in ("]", "»")
        if not full_stop or stop["close"].strip(")]"):
            return True
        return not self._is_abbreviation(text, begin, stop.start(), word)

    def _is_abbreviation(self, text: str, begin: int, end: int, word: str) -> bool:
        """Tell whether a full stop at `end` shortens the word before it, given the one behind."""
        token = _last_word(text, begin, end)
        lower = token.lower()
        opener = _WORD.match(word)
        opens = opener is not None and opener.group().lower() in self.openers
        if len(token) == 1 and token.isupper():
            previous = _last_word(text, begin, end - len(token) - 1)
            if previous.lower() in self.lettered:
                return False
            return not opens
        if lower in self.never:
            return not token.isupper() or len(token) == 1  # "MS." is no "Ms."
        if lower == "al":
            return not opens
        if lower in self.maybe or _DOTTED.fullmatch(token):
            return not opens
        return False


def _last_word(text: str, start: int, end: int) -> str:
    """Answer the word that ends a stretch of text; "" where none does."""
    begin = end
    while begin > start and not text[begin - 1].isspace() and text[begin - 1] not in _OPENING:
        begin -= 1
    return text[begin:end]


def _within_reason(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence; one without end, as of speech written down without stops, in parts."""
    while end - start > _MOST:
        blank = max(text.rfind(" ", start, start + _MOST), text.rfind("\n", start, start + _MOST))
        part = blank if blank > start else start + _MOST
        if trimmed := _trim(text, start, part):
            yield trimmed
        start = part
    if trimmed := _trim(text, start, end):
        yield trimmed


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end > start else None
