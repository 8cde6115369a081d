"""Whose words is a sentence?"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from claimcheck.model.claim import Mention
from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.document import Document
    from claimcheck.reading.nlp import Hit, Reading

_NEAR_SPEAKER = 3  # tokens between "said" and who said it


def attribution_of(document: Document, reading: Reading) -> Mention | None:
    """Answer whose words a sentence is: the speaker, else what is quoted; None if nobody's."""
    for hit in reading.of("attribution"):
        if speaker := _speaker(document.text, reading, hit):
            return speaker
    # They stand in order and apart: the first that ends behind the sentence's start is the one.
    quotes = document.attributed
    at = bisect_right(quotes, reading.span.start, key=attrgetter("end"))
    for span in quotes[at : at + 1]:
        if span.overlaps(reading.span):
            inside = Span(max(span.start, reading.span.start), min(span.end, reading.span.end))
            return Mention(document.text[inside.start : inside.end], inside)
    return None


def _speaker(text: str, reading: Reading, said: Hit) -> Mention | None:
    """Answer the nearest run of names, or of people named by their part, beside "said"."""
    people = [(hit.first, hit.last) for hit in reading.of("speaker")]
    beside = [
        run
        for run in (*people, *_names(text, reading))
        if _distance(run, said) <= _NEAR_SPEAKER
        and not (run[0] < said.last and said.first < run[1])
    ]
    if not beside:
        return None
    first, last = min(beside, key=lambda run: (_distance(run, said), run[0] - run[1]))
    span = reading.slice(first, last)
    return Mention(text[span.start : span.end], span)


def _distance(run: tuple[int, int], said: Hit) -> int:
    return min(abs(run[0] - said.last), abs(said.first - run[1]))


def _names(text: str, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield runs of two capitalised words or more."""
    run: list[int] = []
    for index, (start, end) in enumerate(zip(reading.starts, reading.ends, strict=True)):
        word = text[start:end]
        if word[:1].isupper() and word[-1:].isalpha():
            run.append(index)
            continue
        if len(run) > 1:
            yield run[0], run[-1] + 1
        run = []
    if len(run) > 1:
        yield run[0], run[-1] + 1
