"""Labels of the drafts of our own: what each claim should get, and where that differs today.

A label stands in a comment at the end of the draft, `VERDICT REASON | words of the claim`. A line
`known MISSED` below it, or `known verdict` or `known reason`, says what the program gets wrong of
it today, and `known extra | words` that it reports a claim where there is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK = "<!-- labels\n"
RIGHT, MISSED, VERDICT, REASON, EXTRA = "right", "missed", "verdict", "reason", "extra"


class Label(NamedTuple):
    """A claim as a reader sees it, what it should get, and what is known to differ."""

    quote: str
    span: Span
    verdict: str
    reason: str
    known: str = RIGHT


class Got(NamedTuple):
    """A claim as the program reports it."""

    span: Span
    verdict: str
    reason: str


def place(source: str, quote: str) -> Span:
    """Answer where the draft says these words, whatever the line breaks; they stand there once."""
    words = r"\s+".join(re.escape(word) for word in quote.split())
    (found,) = re.finditer(words, source.partition(MARK)[0])
    return Span(*found.span())


def labels(source: str) -> tuple[list[Label], list[Span]]:
    """Answer the labels of a draft, and the places where claims are known to be made up."""
    read: list[Label] = []
    extra: list[Span] = []
    for line in source.partition(MARK)[2].partition("-->")[0].splitlines():
        told, _, quote = line.partition(" | ")
        first, second = told.split()
        if first == "known" and second == EXTRA:
            extra.append(place(source, quote))
        elif first == "known":
            assert second in {MISSED, VERDICT, REASON}, line
            read[-1] = read[-1]._replace(known=second)
        else:
            read.append(Label(quote, place(source, quote), first, second))
    return read, extra


def _likeness(one: Span, other: Span) -> float:
    """Answer which share of two spans is common to both."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(common, 0) / (max(one.end, other.end) - min(one.start, other.start))


def pairs(spans: Sequence[Span], others: Sequence[Span]) -> dict[int, int]:
    """Lay spans beside the spans that they share most with, each beside one at most."""
    ranked = sorted(
        (
            (-_likeness(one, other), i, j)
            for i, one in enumerate(spans)
            for j, other in enumerate(others)
        )
    )
    taken: dict[int, int] = {}
    for likeness, i, j in ranked:
        if likeness < 0 and i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def outcome(label: Label, got: Got | None) -> str:
    """Answer what the program gets wrong of a claim."""
    if got is None:
        return MISSED
    if got.verdict != label.verdict:
        return VERDICT
    return RIGHT if got.reason == label.reason else REASON


def differences(source: str, reported: Iterable[Got]) -> list[str]:
    """Answer, in words, where what the program does and what the labels know part ways."""
    claims = list(reported)
    read, extra = labels(source)
    beside = pairs([label.span for label in read], [claim.span for claim in claims])
    told = []
    for number, label in enumerate(read):
        claim = claims[beside[number]] if number in beside else None
        now = outcome(label, claim)
        if now != label.known:
            shown = f"got {claim.verdict} {claim.reason}" if claim else "no claim found"
            told.append(f"{label.quote!r}: {now}, marked {label.known} ({shown})")
    spare = [claim for number, claim in enumerate(claims) if number not in beside.values()]
    known = pairs(extra, [claim.span for claim in spare])
    told += [
        f"{source[span.start : span.end]!r}: no longer reported, marked extra"
        for number, span in enumerate(extra)
        if number not in known
    ]
    told += [
        f"{source[claim.span.start : claim.span.end]!r}: extra ({claim.verdict} {claim.reason})"
        for number, claim in enumerate(spare)
        if number not in known.values()
    ]
    return told
