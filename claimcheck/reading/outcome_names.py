"""Which outcomes does a predicate of a result speak of?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Reading
    from claimcheck.rulebook.types import Rulebook, Scope

NAME = 40  # tokens that an outcome's name may have
_OPEN, _CLOSE = "([", ")]"
_GROUPS = ("group", "arm")
_WORD = 4  # letters from which a word names more than a group: not "A", "and", "III"


@dataclass(frozen=True, slots=True)
class ResultWords:
    """The lists of rules/lexicon/report-results.yaml, and the breaks of clauses."""

    lists: Mapping[str, frozenset[str]]
    scopes: Mapping[str, Scope]
    breaks: frozenset[str]

    @classmethod
    def of(cls, rulebook: Rulebook) -> ResultWords:
        """Take the lists from a rulebook; a list that it lacks is empty."""
        lists = {n: frozenset(w) for n, w in rulebook.words.items() if n.startswith("result-")}
        return cls(lists, rulebook.scopes, frozenset(rulebook.words.get("clause_breaks", ())))

    def has(self, name: str, word: str) -> bool:
        """Tell whether a list of this name holds the word."""
        return word in self.lists.get(f"result-{name}", frozenset())


def names_in(
    reading: Reading, first: int, last: int, head: tuple[int, int] | None, words: ResultWords
) -> Iterator[Span]:
    """Yield the names of the outcomes that a predicate speaks of."""
    spans = []
    if head:
        sides = [_object(reading, head[1], last, words), _subject(reading, first, head[0], words)]
        if _is_predicative(reading, head[0], words):
            sides.reverse()
        spans = [side for side in sides if side and _is_name(reading, *side, words)]
    if spans:
        yield from _listed(reading, *spans[0], words)
        return
    terms = reading.terms_of(TermKind.OUTCOME, TermKind.INSTRUMENT)
    inside = [t for t in terms if first <= t.first < last]
    joined = [t for t in terms if head and first <= t.first and t.last == head[0]]
    if joined and head:  # "hearing improvement" is a name of its own
        yield reading.slice(joined[0].first, head[1])
    elif inside:
        for term in inside:
            yield reading.slice(_qualified(reading.lowers, term.first, first, words), term.last)
    elif not head and (side := _opening(reading, first, last, words)):
        yield reading.slice(*side)


def _qualified(lowers: tuple[str, ...], at: int, first: int, words: ResultWords) -> int:
    """Answer where a name begins with what qualifies it: "well-controlled asthma"."""
    while at > first and words.has("qualifies", lowers[at - 1]):
        at -= 1
        while at > first and (lowers[at - 1] == "-" or words.has("degree", lowers[at - 1])):
            at -= 1
    return at


def _is_predicative(reading: Reading, at: int, words: ResultWords) -> bool:
    """Tell whether the predicate speaks of what stands before it: "was lower", "did not differ"."""
    before = at - 1
    while before >= 0 and words.has("aux", reading.lowers[before]):
        if words.has("predicative", reading.lowers[before]):
            return True
        before -= 1
    return False


def _object(reading: Reading, start: int, last: int, words: ResultWords) -> tuple[int, int] | None:
    lowers = reading.lowers
    first = start
    while first < last and (
        words.has("leads", lowers[first])
        or (first + 1 < last and words.has("regard", lowers[first + 1]))
    ):
        first += 1
    end = first
    while end < last and end - first < NAME:
        if (past := _past_aside(lowers, end, last)) and end > first:
            end = past
        if words.has("stops", lowers[end]):
            break
        if lowers[end] == "in" and end > first:
            break
        if lowers[end] == "," and not _goes_on(lowers, end, last, words):
            break
        end += 1
    return (first, end) if end > first else None


def _goes_on(lowers: tuple[str, ...], comma: int, last: int, words: ResultWords) -> bool:
    """Tell whether the comma parts a list, whose "and" or "or" comes before anything else."""
    for word in lowers[comma + 1 : last]:
        if word in ("and", "or"):
            return True
        if words.has("stops", word) and word not in ("(", "["):
            return False
    return False


def _subject(reading: Reading, first: int, end: int, words: ResultWords) -> tuple[int, int] | None:
    lowers = reading.lowers
    while end > first and words.has("aux", lowers[end - 1]):
        end -= 1
    begin = first
    while begin < end and lowers[begin] in (",", ";", "and", "but", "while", "whereas"):
        begin += 1
    if begin < end and words.has("openers", lowers[begin]):
        comma = next((i for i in range(begin, end) if lowers[i] == ","), None)
        if comma is not None:
            begin = comma + 1
    while begin < end and words.has("leads", lowers[begin]):
        begin += 1
    at = begin + 1
    while at < end:
        if past := _past_aside(lowers, at, end):
            at = past
        if words.has("cuts", lowers[at]):
            if lowers[at] != "in" or not _is_amount(lowers[begin:at], words):
                return begin, at
            begin = at + 1  # "mean change and percentage change in weight"
        at += 1
    return (begin, end) if end > begin else None


def _is_amount(lowers: tuple[str, ...], words: ResultWords) -> bool:
    return all(words.has("change", word) or words.has("leads", word) for word in lowers)


def _past_aside(lowers: tuple[str, ...], at: int, last: int) -> int | None:
    """Answer the token behind an aside if a list goes on there: "pain (p = 0.03) and mood"."""
    if lowers[at] not in _OPEN:
        return None
    depth = 0
    for end in range(at, last):
        depth += (lowers[end] in _OPEN) - (lowers[end] in _CLOSE)
        if depth == 0:
            goes_on = end + 2 < last and lowers[end + 1] in (",", "and", "or")
            return end + 1 if goes_on else None
    return None


def _opening(reading: Reading, first: int, last: int, words: ResultWords) -> tuple[int, int] | None:
    """Answer the noun that opens a clause of mere figures: "Mortality was 5% and 7%"."""
    lowers = reading.lowers
    for at in range(first, last):
        if lowers[at] in ("was", "were", "occurred", "averaged", ":") and at > first:
            side = _subject(reading, first, at, words)
            return side if side and _is_name(reading, *side, words) else None
    return None


def _is_name(reading: Reading, first: int, last: int, words: ResultWords) -> bool:
    """Tell whether some word says more than who was treated, with what, and when."""
    if not reading.lowers[first][0].isalnum():
        return False
    given = [
        term
        for term in reading.terms_of(TermKind.INTERVENTION)
        if first <= term.first and term.last <= last
    ]
    if reading.stems[first] in _GROUPS and all(
        len(w) < _WORD for w in reading.lowers[first + 1 : last]
    ):
        return False  # "groups A and B"
    return any(
        not any(term.first <= at < term.last for term in given)
        and not words.has("people", stem)
        and not words.has("people", lower)
        and any(char.isalpha() for char in lower)
        and not lower[0].isdecimal()
        for at, (stem, lower) in enumerate(
            zip(reading.stems[first:last], reading.lowers[first:last], strict=True), first
        )
    )


def _listed(reading: Reading, first: int, last: int, words: ResultWords) -> Iterator[Span]:
    """Yield the names of a list; "systolic and diastolic pressure" is one."""
    lowers = reading.lowers
    parts: list[tuple[int, int]] = []
    begin, depth = first, 0
    for at in range(first, last + 1):
        word = lowers[at] if at < last else ","
        depth = max(0, depth + (word in _OPEN) - (word in _CLOSE)) if at < last else 0
        if depth or word not in (",", "and", "or", ";"):
            continue
        if at > begin:
            parts.append((begin, at))
        begin = at + 1
    sound = all(_is_name(reading, *part, words) for part in parts)
    shared = any(e - b == 1 and not _is_term(reading, b, e) for b, e in parts[:-1])
    shared = shared and not any(lowers[at] in _OPEN for at in range(first, last))
    if len(parts) > 1 and sound and not shared:
        for begin, end in parts:
            lead = begin
            stop = next((at for at in range(begin + 1, end) if lowers[at] in _OPEN), end)
            while lead < stop - 1 and words.has("leads", lowers[lead]):
                lead += 1
            yield reading.slice(lead, stop)
    else:
        yield reading.slice(first, last)


def _is_term(reading: Reading, first: int, last: int) -> bool:
    return any(first <= hit.first and hit.last <= last for hit in reading.terms) or (
        len(reading.lowers[first]) > 1
        and reading.text[
            reading.starts[first] - reading.span.start : reading.ends[last - 1] - reading.span.start
        ][:2].isupper()
    )
