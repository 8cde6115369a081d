"""Where does a sentence that tells results turn to its next result?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.reading.nlp import Reading

PREDICATES = ("effect", "effect-compare", "effect-null", "result-compare", "result-differ", "same")
_FRESH = (("and",), ("or",), ("with",))
_JOINS = ("and", "or", ",")


def clauses(reading: Reading, breaks: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Answer the token ranges [first, last) of a sentence's clauses, in order.

    A break outside brackets ends one; so does a comma or "and" where both sides have a predicate
    and the next side starts anew.
    """
    count = len(reading.lowers)
    edges = sorted({0, count, *_hard(reading, breaks)})
    out: list[tuple[int, int]] = []
    for first, last in pairwise(edges):
        out += _soft(reading, first, last)
    return tuple(_merged(reading, out))


def _hard(reading: Reading, breaks: frozenset[str]) -> list[int]:
    depth, out = 0, []
    for at, word in enumerate(reading.lowers):
        depth = max(0, depth + (word in "([") - (word in ")]"))
        if depth == 0 and word in breaks and at and word != ":":
            out.append(at)
    return out


def _soft(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Part a stretch at "), and" and ", and" where a predicate stands on either side."""
    heads = [h.first for h in reading.of(*PREDICATES) if first <= h.first < last]
    out, begin, depth = [], first, 0
    for at in range(first, last):
        word = reading.lowers[at]
        depth = max(0, depth + (word in "([") - (word in ")]"))
        if depth or word not in _JOINS or at <= begin:
            continue
        if reading.lowers[at - 1] in _JOINS:
            continue
        closed = reading.lowers[at - 1] in ")]" or (
            word == "," and reading.lowers[at + 1 : at + 2] in _FRESH
        )
        before = any(begin <= head < at for head in heads)
        after = any(at < head < last for head in heads)
        if closed and before and after:
            out.append((begin, at))
            begin = at
    return [*out, (begin, last)]


def _merged(reading: Reading, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give a clause without a predicate of its own to the one before it, or to the next."""
    heads = [hit.first for hit in reading.of(*PREDICATES, "effect-generic")]
    out: list[tuple[int, int]] = []
    lead: int | None = None
    for first, last in parts:
        own = any(first <= head < last for head in heads)
        if own:
            out.append((first if lead is None else lead, last))
            lead = None
        elif out:
            out[-1] = (out[-1][0], last)
        elif lead is None:
            lead = first
    if lead is not None and not out:
        out.append((lead, len(reading.lowers)))
    return out
