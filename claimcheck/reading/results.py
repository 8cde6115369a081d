"""What does a sentence report of an outcome: which way it went, how surely, in which numbers?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.reading.clauses import PREDICATES, clauses
from claimcheck.reading.context import governed
from claimcheck.reading.estimates import Estimate, PFigure, estimates, p_values
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.rulebook.types import Rulebook, Scope

GAP = 4  # tokens between two words of one predicate: "significantly greater overall improvement"
NAME = 40  # tokens that an outcome's name may have
_OPEN, _CLOSE = "([", ")]"


class Change(StrEnum):
    """Which way a result says that an outcome went."""

    DECREASE = "decrease"
    INCREASE = "increase"
    IMPROVE = "improve"
    WORSEN = "worsen"
    NONE = "none"
    UNKNOWN = "unknown"


_OF_CUE = {
    "decrease": Change.DECREASE,
    "prevent": Change.DECREASE,
    "relieve": Change.IMPROVE,
    "increase": Change.INCREASE,
    "improve": Change.IMPROVE,
    "worsen": Change.WORSEN,
    "none": Change.NONE,
    "same": Change.NONE,
}
_FLIPPED = {
    Change.DECREASE: Change.INCREASE,
    Change.INCREASE: Change.DECREASE,
    Change.WORSEN: Change.IMPROVE,
    Change.IMPROVE: Change.WORSEN,
}


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


@dataclass(frozen=True, slots=True)
class Result:
    """What one clause reports: the names of the outcomes, the predicate, and the figures.

    `first` and `last` are the clause's tokens, `head` the predicate's; `significant` is None
    where nothing tells.
    """

    reading: Reading
    first: int
    last: int
    head: tuple[int, int] | None
    change: Change
    names: tuple[Span, ...]
    significant: bool | None
    ps: tuple[PFigure, ...]
    estimates: tuple[Estimate, ...]
    cues: frozenset[str] = field(default=frozenset())

    @property
    def span(self) -> Span:
        """Where the clause stands in the text."""
        return self.reading.slice(self.first, self.last)


def results(
    text: str, reading: Reading, words: ResultWords, *, named: frozenset[str] = frozenset()
) -> Iterator[Result]:
    """Yield what the clauses of a sentence report, where they have a predicate or figures.

    `named` holds words, lower case, that belong to the outcome's name and so tell no change:
    "weight loss", "improvement in pain".
    """
    negations = governed(reading, words.scopes, "negation", pseudo="negation-pseudo")
    for first, last in clauses(reading, words.breaks):
        span = reading.slice(first, last)
        ps, found = p_values(text, span), estimates(text, span)
        chains = list(_chains(reading, first, last, named))
        cues = frozenset(hit.cue.kind for hit in reading.hits if first <= hit.first < last)
        for chain in chains or [()]:
            change = _change(chain, negations) if chain else Change.UNKNOWN
            head = (chain[0].first, chain[-1].last) if chain else None
            names = tuple(_names(reading, first, last, head, words))
            if chain or ps or found:
                significant = _significance(reading, first, last, ps)
                yield Result(
                    reading, first, last, head, change, names, significant, ps, found, cues
                )


def _chains(
    reading: Reading, first: int, last: int, own: frozenset[str]
) -> Iterator[tuple[Hit, ...]]:
    """Yield the clause's predicates, words that stand close together as one."""
    hits = [h for h in reading.of(*PREDICATES) if first <= h.first < last]
    named = [
        t for t in reading.terms_of(TermKind.OUTCOME, TermKind.INSTRUMENT) if t.last - t.first > 1
    ]
    hits = [h for h in hits if not any(t.first <= h.first and h.last <= t.last for t in named)]
    inside = _bracketed(reading, first, last)
    hits = [h for h in hits if h.first not in inside]
    amounts = [a for a in reading.of("result-amount") if reading.lowers[a.last - 1 : a.last]]
    hits = [h for h in hits if not any(_measures(a, h, reading) for a in amounts)]
    hits = [h for h in hits if not own.issuperset(reading.stems[h.first : h.last])]
    hits.sort(key=lambda hit: (hit.first, -hit.last))
    chain: list[Hit] = []
    for hit in hits:
        joined = chain and (
            hit.first < chain[-1].last
            or (
                hit.first - chain[-1].last <= GAP
                and not any(w in ",;()[]and" for w in reading.lowers[chain[-1].last : hit.first])
            )
        )
        if chain and not joined:
            yield tuple(chain)
            chain = []
        chain.append(hit)
    if chain:
        yield tuple(chain)


def _measures(amount: Hit, hit: Hit, reading: Reading) -> bool:
    """Tell whether a comparative only says how many: "one or more", "less than 5 mm"."""
    if not (amount.first <= hit.first and hit.last <= amount.last):
        return False
    than = reading.lowers[amount.last - 1] == "than"
    after = reading.lowers[amount.last : amount.last + 1]
    return not than or bool(after and (after[0][0].isdecimal() or after[0] in ("half", "or")))


def _bracketed(reading: Reading, first: int, last: int) -> frozenset[int]:
    depth, inside = 0, set()
    for at in range(first, last):
        depth = max(0, depth + (reading.lowers[at] in _OPEN) - (reading.lowers[at] in _CLOSE))
        if depth:
            inside.add(at)
    return frozenset(inside)


def _change(chain: Sequence[Hit], negations: Sequence[object]) -> Change:
    changes = [_OF_CUE.get(hit.cue.value or "", Change.UNKNOWN) for hit in chain]
    if Change.NONE in changes:
        return Change.NONE
    for negation in negations:
        if any(negation.holds(hit.first) for hit in chain):  # type: ignore[attr-defined]
            return Change.NONE
    if len(chain) > 1 and chain[-1].cue.kind == "result-compare" and chain[-2].cue.kind == "effect":
        chain, changes = chain[:-1], changes[:-1]  # "reduced more"
    change = changes[-1]
    smaller = any(
        hit.cue.kind == "effect-compare" and c is Change.DECREASE and hit.last <= chain[-1].first
        for hit, c in zip(chain[:-1], changes[:-1], strict=True)
    )
    return _FLIPPED.get(change, change) if smaller else change


def _significance(reading: Reading, first: int, last: int, ps: Sequence[PFigure]) -> bool | None:
    told = {hit.cue.value for hit in reading.of("significance") if first <= hit.first < last}
    if "no" in told or any(p.value is None for p in ps):
        return False
    return True if "yes" in told else None


def _names(
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
    inside = [t.span for t in terms if first <= t.first < last]
    if inside:
        yield from inside
    elif not head and (side := _opening(reading, first, last, words)):
        yield reading.slice(*side)


def _is_predicative(reading: Reading, at: int, words: ResultWords) -> bool:
    """Tell whether the predicate speaks of what stands before it: "was lower", "did not differ"."""
    before = at - 1
    while before >= 0 and words.has("aux", reading.lowers[before]):
        if reading.lowers[before] in ("was", "were", "is", "are", "did", "been", "remained"):
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
            return begin, at
        at += 1
    return (begin, end) if end > begin else None


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
        if depth or word not in (",", "and", ";"):
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
