"""What is found in a sentence, and which of several that overlap stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from claimcheck.model.document import Span
from claimcheck.rulebook.types import Cue, Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_AnyHit = TypeVar("_AnyHit", "Hit", "TermHit")
# Kinds that compete for the same words: of overlapping hits the longest stays.
_RIVALS = {
    "effect",
    "effect-generic",
    "effect-compare",
    "effect-null",
    "effect-course",
    "effect-trailing",
    "effect-repeat",
    "negation-pseudo",
}


class Hit(NamedTuple):  # a long text has a hundred thousand: no other value is made as fast
    """A cue found in a sentence: tokens [first, last), and where in the document's text."""

    cue: Cue
    first: int
    last: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the document's text; of most it is never asked."""
        return Span(self.start, self.end)


class TermHit(NamedTuple):
    """A term found in a sentence: tokens [first, last), and where in the document's text."""

    term: Term
    first: int
    last: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands in the document's text; of most it is never asked."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its tokens and everything that the rules know in it.

    `span` counts in the document's text; `starts` and `ends` are the tokens' offsets there;
    `lowers` and `stems` the tokens' forms. Hits and terms are asked for by kind, dozens of times.
    """

    span: Span
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    lowers: tuple[str, ...]
    stems: tuple[str, ...]
    hits: tuple[Hit, ...]
    terms: tuple[TermHit, ...]
    _hits: Mapping[str, tuple[Hit, ...]] = field(init=False, repr=False, compare=False)
    _terms: Mapping[TermKind, tuple[TermHit, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        hits: dict[str, list[Hit]] = {}
        for hit in self.hits:
            hits.setdefault(hit.cue.kind, []).append(hit)
        terms: dict[TermKind, list[TermHit]] = {}
        for term in self.terms:
            terms.setdefault(term.term.kind, []).append(term)
        object.__setattr__(self, "_hits", {kind: tuple(found) for kind, found in hits.items()})
        object.__setattr__(self, "_terms", {kind: tuple(found) for kind, found in terms.items()})

    def of(self, *kinds: str) -> tuple[Hit, ...]:
        """The hits of these kinds, in order."""
        known = self._hits
        if len(kinds) == 1:
            return known.get(kinds[0], ())
        found = [known[kind] for kind in kinds if kind in known]
        if len(found) < 2:  # noqa: PLR2004
            return found[0] if found else ()
        return tuple([hit for hit in self.hits if hit.cue.kind in kinds])

    def terms_of(self, *kinds: TermKind) -> tuple[TermHit, ...]:
        """The terms of these kinds, in order."""
        known = self._terms
        if len(kinds) == 1:
            return known.get(kinds[0], ())
        found = [known[kind] for kind in kinds if kind in known]
        if len(found) < 2:  # noqa: PLR2004
            return found[0] if found else ()
        return tuple([hit for hit in self.terms if hit.term.kind in kinds])

    def slice(self, first: int, last: int) -> Span:
        """Where tokens [first, last) stand in the document's text."""
        return Span(self.starts[first], self.ends[last - 1])


def longest_rivals(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Keep the longest of the cues that compete for the same words."""
    rivals = [hit for hit in hits if hit.cue.kind in _RIVALS]
    if stand_apart(rivals):  # as for most
        return tuple(hits)
    return tuple(_first_of_rivals(hits, rivals))


def stand_apart(found: Iterable[Hit | TermHit]) -> bool:
    """Tell whether each begins behind the one before it."""
    return all(one.last <= two.first for one, two in pairwise(found))


def _first_of_rivals(hits: Iterable[Hit], rivals: Sequence[Hit]) -> Iterator[Hit]:
    taken_to = -1
    for hit in hits:
        if hit.cue.kind in _RIVALS:
            if hit.first < taken_to or _in_longer(hit, rivals):
                continue
            taken_to = hit.last
        yield hit


def _in_longer(hit: _AnyHit, others: Iterable[_AnyHit]) -> list[_AnyHit]:
    """Answer which of the others a hit stands in that are longer."""
    first, last = hit.first, hit.last
    return [
        other
        for other in others
        if other.first <= first and last <= other.last and other.last - other.first > last - first
    ]


_GROUP = {
    TermKind.OUTCOME: "outcome",
    TermKind.INSTRUMENT: "outcome",
    TermKind.INTERVENTION: "intervention",
    TermKind.CONDITION: "condition",
    TermKind.POPULATION: "population",
}


def longest_terms(terms: Sequence[TermHit]) -> tuple[TermHit, ...]:
    """Keep the longest of a group's overlapping terms; an intervention eats an outcome."""
    if stand_apart(terms):  # as for most
        return tuple(terms)
    ordered = sorted(terms, key=lambda hit: (hit.first, -hit.last, hit.term.kind, hit.term.id))
    if all(one.last <= two.first or one[1:3] == two[1:3] for one, two in pairwise(ordered)):
        return tuple(ordered)  # "pain" is a condition as well as an outcome: neither is longer
    return tuple([hit for hit in ordered if not _is_eaten(hit, _in_longer(hit, ordered))])


def _is_eaten(hit: TermHit, longer: Iterable[TermHit]) -> bool:
    group = _GROUP[hit.term.kind]
    return any(
        _GROUP[other.term.kind] == group or other.term.kind is TermKind.INTERVENTION
        for other in longer
    )
