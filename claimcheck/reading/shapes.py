"""Into which tokens does a chunk of a simple shape fall?

A word, words with hyphens between, or a number, in brackets or quotation marks and with stops
behind: most chunks that are no plain word. spaCy's tokenizer says the same, at ten times the price.
"""

from __future__ import annotations

import re
from itertools import accumulate, combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_SHAPE = re.compile(
    r"""(?P<before>[(\["“]?)
    (?:(?P<words>[A-Za-z]+(?:[-/][A-Za-z]+)*)|(?P<name>[A-Za-z]+\d+)
    |(?P<number>\d+(?:[.,]\d+)*)(?P<percent>%?))
    (?P<behind>[)\]"”:;,?!]*(?P<stop>\.?)[)\]"”]?)""",
    re.VERBOSE,
)
_STOPS = frozenset(",.;:?!)")  # one of them stands behind most words that do not stand alone
_JOIN = re.compile(r"([-/])")


def parted(chunk: str, special: AbstractSet[str]) -> tuple[list[str], list[int]] | None:
    """Answer the tokens of a chunk and where each begins; None where its shape is not simple.

    `special` are the words that the tokenizer takes apart, or leaves whole, by a rule of their own:
    what holds one of them is not simple.
    """
    word, last = chunk[:-1], chunk[-1:]
    if last in _STOPS and word.isascii() and word.isalpha():  # as for most
        whole = special.isdisjoint((chunk, word, last)) and (
            last != "." or _is_stop(chunk, len(word))
        )
        return ([word, last], [0, len(word)]) if whole else None
    found = _SHAPE.fullmatch(chunk)
    if found is None:
        return None
    if found["stop"] and not _is_stop(chunk, found.start("stop")):
        return None
    core = _JOIN.split(found["words"]) if found["words"] else [found["name"] or found["number"]]
    forms = [*found["before"], *core, *(found["percent"] or ""), *found["behind"]]
    edges = [0, *accumulate(map(len, forms))]
    if not special.isdisjoint([chunk[start:end] for start, end in combinations(edges, 2)]):
        return None
    return forms, edges[:-1]


def _is_stop(chunk: str, at: int) -> bool:
    """Tell whether a full stop is a token of its own: not behind a single capital, as in "U.S."."""
    before = chunk[max(0, at - 2) : at]
    return not before[-1].isupper() or (before.isalpha() and before.isupper() and len(before) > 1)
