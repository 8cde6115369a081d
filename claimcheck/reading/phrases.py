"""Which of many phrases stand in a row of words?

A table by first word. Compiling spaCy's PhraseMatcher over the whole vocabulary would cost more
than reading a page: it makes a Doc of every phrase.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

HYPHENS = frozenset("-‐‑–")
_TOKEN = re.compile(r"\w*n['’]t\b|\w[\w.]*\w|\w|['’](?:s|d|ll|re|ve|m)\b|[^\w\s-]", re.IGNORECASE)
# Where spaCy's English tokenizer parts a word that is written as one: "2K" as well as "2mg".
_PARTED = re.compile(r"(?<=\w)(?=n['’]t$)|(?<=^can)(?=not$)|(?<=\d)(?=[^\W\d_])", re.IGNORECASE)


def words_of(phrase: str) -> tuple[str, ...]:
    """Answer a phrase's words, hyphens left out: the finest parts that any tokenizer makes.

    A text's tokens go through this as well, since spaCy leaves "omega-3" and "H." whole and parts
    "low-dose", and a phrase must be found in itself.
    """
    return tuple(
        part
        for token in _TOKEN.findall(phrase)
        for part in _PARTED.split(token)
        if part not in HYPHENS
    )


class Phrases:
    """Phrases with the keys they stand for, each word brought to one form by `form`."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form
        self._single: dict[str, list[str]] = {}
        # By the first word, then by the second: "not" alone begins a hundred phrases.
        self._longer: dict[str, dict[str, list[tuple[int, tuple[str, ...], str]]]] = {}

    def add(self, key: str, phrases: Iterable[str]) -> None:
        """Add phrases under a key; a phrase may stand under several."""
        for phrase in phrases:
            words = tuple(self._form(word) for word in words_of(phrase))
            if len(words) == 1:
                self._single.setdefault(words[0], []).append(key)
            elif words:
                after = self._longer.setdefault(words[0], {})
                after.setdefault(words[1], []).append((len(words), words, key))

    def find(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Yield (key, first, last) for every phrase in words that already have their form."""
        row = tuple(words)
        seen: set[tuple[str, int, int]] = set()
        nexts = (*row[1:], "")
        for first, word in enumerate(row):
            for key in self._single.get(word, ()):
                yield from _once((key, first, first + 1), seen)
            after = self._longer.get(word)
            if after is None:
                continue
            for length, phrase, key in after.get(nexts[first], ()):
                if row[first : first + length] == phrase:
                    yield from _once((key, first, first + length), seen)


def _once(
    found: tuple[str, int, int], seen: set[tuple[str, int, int]]
) -> Iterator[tuple[str, int, int]]:
    """Yield what was not seen before."""
    if found not in seen:
        seen.add(found)
        yield found
