"""What does a sentence report of an outcome: which way it went, how surely, in which numbers?"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.reading.clauses import PREDICATES, clauses
from claimcheck.reading.context import governed
from claimcheck.reading.estimates import Estimate, PFigure, estimates, p_values
from claimcheck.reading.outcome_names import ResultWords, names_in
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Hit, Reading

GAP = 4  # tokens between two words of one predicate: "significantly greater overall improvement"
_OPEN, _CLOSE = "([", ")]"
_PART = "subgroup-result"


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
    "cause": Change.WORSEN,
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
class Result:
    """What one clause reports: the names of the outcomes, the predicate, and the figures.

    `first` and `last` are the clause's tokens, `head` the predicate's; `significant` is None
    where nothing tells. `by_arm` says that its intervals hold one arm's value each.
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
    by_arm: bool = False

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
    hits = [hit for hit in reading.hits if not _is_of_one_group(hit, reading)]
    of_arms = _of_arms(estimates(text, reading.span))
    for first, last in clauses(reading, words.breaks):
        span = reading.slice(first, last)
        ps = p_values(text, span)
        told = estimates(text, span)
        found = tuple(one for one in told if one.span.end not in of_arms)
        chains = list(_chains(reading, first, last, named))
        cues = frozenset(h.cue.kind for h in hits if first <= h.first < last)
        if any(hit.first < last for hit in reading.of(_PART)):
            cues |= {_PART}  # whom a sentence speaks of, it speaks of to its end
        for chain in chains or [()]:
            change = _change(chain, negations) if chain else Change.UNKNOWN
            head = (chain[0].first, chain[-1].last) if chain else None
            names = tuple(names_in(reading, first, last, head, words))
            if chain or ps or found:
                significant = _significance(reading, first, last, ps)
                yield Result(
                    reading,
                    first,
                    last,
                    head,
                    change,
                    names,
                    significant,
                    ps,
                    found,
                    cues,
                    by_arm=len(found) < len(told),
                )


def _is_of_one_group(hit: Hit, reading: Reading) -> bool:
    """Tell whether words that compare stand in others that do not: "compared with baseline"."""
    return hit.cue.kind == "between" and any(
        other.first <= hit.first and hit.last <= other.last
        for other in reading.of("within", "each")
    )


def _of_arms(found: Sequence[Estimate]) -> frozenset[int]:
    """Answer where the intervals end that hold one arm's value each: "27 (CI …) and 23 (CI …)".

    They compare nothing; that of a comparison names its measure, or holds zero.
    """
    plain = [one for one in found if one.measure is None and one.ci and one.ci[0] > 0]
    return frozenset(one.span.end for one in plain) if len(plain) > 1 else frozenset()


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
