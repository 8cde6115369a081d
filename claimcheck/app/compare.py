"""Does a press release conclude more than the abstract that it tells of?

Each statement of the release is laid beside the abstract's statement on the same things, and their
strengths are compared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from claimcheck.claims.passage import passages
from claimcheck.claims.strength import explain_strength
from claimcheck.reading.sections import Part, sentences
from claimcheck.reading.sentences import Splitter
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from claimcheck.model.claim import Strength
    from claimcheck.model.document import Document, Span
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.rulebook.types import Rulebook

_LAST = 2  # sentences that conclude an abstract which does not say where it concludes
_MIN_SHARED = 2  # words or concepts, below which two sentences are on different things
_MIN_LETTERS = 3
_DONE = (TermKind.INTERVENTION, TermKind.POPULATION)
_CONCEPT, _WORD = 2.0, 1.0  # what sharing one counts for


class Change(StrEnum):
    """What a release makes of the abstract's statement."""

    MORE = "more"
    SAME = "same"
    LESS = "less"
    UNMATCHED = "unmatched"  # the abstract concludes nothing on it


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with its strength, why, and the words that the answer rests on.

    Spans count in the text of the document that the sentence stands in.
    """

    span: Span
    text: str
    strength: Strength
    because: str
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A release's statement, the abstract's on the same things, and what both name."""

    release: Statement
    abstract: Statement | None
    change: Change
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Topic:
    statement: Statement
    names: Mapping[str, float]  # concepts and words, with what sharing each counts for
    about: frozenset[str]  # those of them that tell what the statement is about, not what was done


def compare(
    release: Document, abstract: Document, reader: Reader, rulebook: Rulebook
) -> tuple[Pair, ...]:
    """Answer every statement of the release beside the abstract's, in the release's order.

    Statements are sentences that assert a relation of any strength. The abstract answers with its
    conclusion; where that is silent, with its results; last with what asserts no relation.
    """
    topic = _topics(rulebook)
    told = [topic(one.reading) for one in passages(release, reader, Splitter.of(rulebook))]
    told = [one for one in told if one.statement.strength]
    tiers = _tiers(abstract, topic, reader, rulebook)
    rarity = Counter(name for one in (*told, *chain(*tiers)) for name in one.names)
    return tuple(_pair(one, tiers, rarity) for one in told)


def _tiers(
    abstract: Document,
    topic: Callable[[Reading], _Topic],
    reader: Reader,
    rulebook: Rulebook,
) -> tuple[list[_Topic], ...]:
    told = sentences(abstract.text, reader=reader, rulebook=rulebook)
    concluding = [one for one in told if one.part is Part.CONCLUSION] or list(told[-_LAST:])
    others = [one for one in told if one not in concluding]
    first, second = ([topic(one.reading) for one in part] for part in (concluding, others))
    return (
        [one for one in first if one.statement.strength],
        [one for one in second if one.statement.strength],
        [one for one in (*first, *second) if not one.statement.strength],
    )


def _pair(told: _Topic, tiers: Sequence[Sequence[_Topic]], rarity: Mapping[str, int]) -> Pair:
    for tier in tiers:
        near = [(_nearness(told, one, rarity), -at) for at, one in enumerate(tier)]
        best = max(near, default=(0.0, 0))
        if best[0]:
            found = tier[-best[1]]
            shared = tuple(sorted(told.names.keys() & found.names.keys()))
            change = _change(told.statement.strength, found.statement.strength)
            return Pair(told.statement, found.statement, change, shared)
    return Pair(told.statement, None, Change.UNMATCHED, ())


def _nearness(one: _Topic, other: _Topic, rarity: Mapping[str, int]) -> float:
    """Answer how much two sentences share, 0 where that may be chance; rare names tell more."""
    shared = one.names.keys() & other.names.keys()
    if one.about and other.about and one.about.isdisjoint(other.about):
        return 0.0  # the same treatment, for something else
    if sum(one.names[name] for name in shared) < _MIN_SHARED:
        return 0.0
    return sum(one.names[name] / rarity[name] for name in sorted(shared))


def _change(release: Strength, abstract: Strength) -> Change:
    if release > abstract:
        return Change.MORE
    return Change.SAME if release == abstract else Change.LESS


def _topics(rulebook: Rulebook) -> Callable[[Reading], _Topic]:
    filler = frozenset(rulebook.words.get("compare-filler", ()))

    def topic(reading: Reading) -> _Topic:
        named = {hit.term.id: _CONCEPT for hit in reading.terms}
        covered = {at for hit in reading.terms for at in range(hit.first, hit.last)}
        for at, (lower, stem) in enumerate(zip(reading.lowers, reading.stems, strict=True)):
            if at not in covered and lower.isalpha() and len(lower) >= _MIN_LETTERS:
                if lower in filler or stem in filler:
                    continue
                named.setdefault(stem, _WORD)
        done = {hit.term.id for hit in reading.terms_of(*_DONE)}
        return _Topic(_statement(reading), named, frozenset(named.keys() - done))

    return topic


def _statement(reading: Reading) -> Statement:
    strength, because, hits = explain_strength(reading)
    return Statement(reading.span, reading.text, strength, because, tuple(hit.span for hit in hits))
