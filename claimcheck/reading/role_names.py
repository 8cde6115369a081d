"""What does the name of an outcome consist of, and which words lead to it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimcheck.reading.nlp import Reading
    from claimcheck.rulebook.types import Rulebook

BRIDGE = 16  # tokens between a head and its link: "of this trial with respect to efficacy"
OPEN, CLOSE = "([", ")]"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of rules/lexicon/report-roles.yaml."""

    lists: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rulebook: Rulebook) -> RoleWords:
        """Take the lists from a rulebook; a list that it lacks is empty."""
        return cls({n: frozenset(w) for n, w in rulebook.words.items() if n.startswith("role-")})

    def has(self, name: str, word: str) -> bool:
        """Tell whether a list of this name holds the word."""
        return word in self.lists.get(f"role-{name}", frozenset())


def items(reading: Reading, first: int, last: int, words: RoleWords) -> Iterator[tuple[int, int]]:
    """Yield the names of a list, each without what joins it to the next."""
    lowers = reading.lowers
    depth, begin = 0, first
    for at in range(first, last):
        depth = max(0, depth + (lowers[at] in OPEN) - (lowers[at] in CLOSE))
        if depth or lowers[at] not in (",", ";", "and"):
            continue
        follows = next((w for w in lowers[at + 1 : last] if w != "and"), "")
        if not words.has("continues", follows) and not follows.isdecimal():
            yield from _item(reading, begin, at, words)
            begin = at + 1
    yield from _item(reading, begin, last, words)


def _item(reading: Reading, first: int, last: int, words: RoleWords) -> Iterator[tuple[int, int]]:
    first, last = _trim(reading, first, last)
    while first < last and _leads(reading.lowers, first, words):
        first += 2
    said = reading.lowers[first:last]
    if said and not all(words.has("pronouns", word) for word in said):
        yield first, last


def _leads(lowers: tuple[str, ...], first: int, words: RoleWords) -> bool:
    return words.has("headings", " ".join(lowers[first : first + 2]))


def _trim(reading: Reading, first: int, last: int) -> tuple[int, int]:
    lowers = reading.lowers
    while first < last and lowers[first] in {",", ".", ";", ":", "-", "•"}:
        first += 1
    while first < last and lowers[last - 1] in {
        ",",
        ".",
        ";",
        ":",
        "and",
        "the",
        "as",
        "a",
        "with",
    }:
        last -= 1
    return first, last
