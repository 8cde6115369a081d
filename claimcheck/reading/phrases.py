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


# By second word ("" for none), the phrases that begin with one first word: "no" opens dozens.
Seconds = dict[str, list[tuple[int, tuple[str, ...], str]]]
Table = dict[str, Seconds]
# A key found in a row of words, and the words [first, last) there.
Found = tuple[str, int, int]


class Phrases:
    """Phrases with the keys they stand for, each word brought to one form by `form`."""

    def __init__(self, form: Callable[[str], str]) -> None:
        self._form = form
        self.table: Table = {}

    def add(self, key: str, phrases: Iterable[str]) -> None:
        """Add phrases under a key; a phrase may stand under several."""
        for phrase in phrases:
            words = tuple(self._form(word) for word in words_of(phrase))
            if words:
                second = words[1] if len(words) > 1 else ""
                entries = self.table.setdefault(words[0], {}).setdefault(second, [])
                if (entry := (len(words), words, key)) not in entries:
                    entries.append(entry)

    def __bool__(self) -> bool:
        return bool(self.table)

    def find(self, row: Sequence[str]) -> Iterator[Found]:
        """Yield every phrase in a row of words that have their form."""
        for first, word in enumerate(row):
            if (seconds := self.table.get(word)) is not None:
                yield from opened(seconds, row, first)


def opened(seconds: Seconds, row: Sequence[str], first: int) -> list[Found]:
    """Answer the phrases that stand in a row where a word of it opens these."""
    found = [(key, first, first + 1) for _, _, key in seconds[""]] if "" in seconds else []
    if first + 1 < len(row) and (longer := seconds.get(row[first + 1])) is not None:
        found += [
            (key, first, first + length)
            for length, phrase, key in longer
            if length == 2 or tuple(row[first : first + length]) == phrase  # noqa: PLR2004
        ]
    return found
