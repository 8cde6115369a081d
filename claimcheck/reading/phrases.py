"""Which of many phrases stand in a row of words?

A table by first word. Compiling spaCy's PhraseMatcher over the whole vocabulary would cost more
than reading a page: it makes a Doc of every phrase.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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


# How many words a phrase has, the words, and its key.
Entry = tuple[int, tuple[str, ...], str]
# By second word ("" for none), the phrases that begin with one first word: "no" opens dozens.
Seconds = dict[str, list[Entry]]
Table = dict[str, Seconds]
# The keys of a word alone, and the longer phrases that it begins, if any does.
Way = tuple[tuple[str, ...], Seconds | None]
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

    def find(self, row: tuple[str, ...]) -> Iterator[Found]:
        """Yield every phrase in a row of words that have their form."""
        known = self.table
        for first, word in enumerate(row):
            if word in known:
                alone, longer = way_of(known[word])
                for key in alone:
                    yield key, first, first + 1
                if longer is not None and first + 1 < len(row) and row[first + 1] in longer:
                    yield from opened(longer[row[first + 1]], row, first)


def way_of(seconds: Seconds) -> Way:
    """Answer what a word opens in the form in which a row is looked through for it."""
    alone = tuple([key for _, _, key in seconds.get("", ())])
    return alone, seconds if len(seconds) > bool(alone) else None


def opened(entries: Iterable[Entry], row: tuple[str, ...], first: int) -> list[Found]:
    """Answer which of the phrases stand in a row whose first two words are theirs."""
    return [
        (key, first, first + length)
        for length, phrase, key in entries
        if length == 2 or row[first : first + length] == phrase  # noqa: PLR2004
    ]
