"""What does a sentence say that is done to an outcome? Its predicates, chained and negated."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.claims.changes import Change, combine, direction_of, opposite
from claimcheck.model.claim import Direction
from claimcheck.model.trial import Better
from claimcheck.reading.context import Governed, governed
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.rulebook.types import Scope


_GENERIC = ("effect-generic", "effect-null", "effect-course")
_TRAILING = "effect-trailing"
KINDS = ("effect", "effect-compare", "effect-repeat", _TRAILING, *_GENERIC)
_CHAIN = 4  # tokens that may stand between two predicates of one chain
_SCALED = 10  # tokens after a predicate in which "as fast as" may stand
_RISK = 3  # tokens after a predicate in which its risk stands
_STEP = (2, 4)  # tokens from the one "as" to the other


class Effect(NamedTuple):
    """A predicate: its cue, the tokens [first, last) of its chain, what it does, and if negated."""

    hit: Hit
    first: int
    last: int
    change: Change
    negator: Hit | None
    generic: bool
    compares: bool
    risk: bool = False  # of a risk, even one that the rules know no name for

    @property
    def negated(self) -> bool:
        """Tell whether it is denied."""
        return self.negator is not None


def effects(
    reading: Reading,
    scopes: Mapping[str, Scope],
    *,
    clauses: Sequence[int],
    words: Words,
) -> tuple[Effect, ...]:
    """Answer the predicates of a sentence in order, each chain of predicates as one."""
    negations = governed(reading, scopes, "negation", pseudo="negation-pseudo")
    out: list[Effect] = []
    hits = _without_named(reading, clauses, words)
    position = 0
    while position < len(hits):
        chain = [hits[position]]
        while position + 1 < len(hits) and _chains(
            reading, chain[-1], hits[position + 1], clauses, words
        ):
            position += 1
            chain.append(hits[position])
        position += 1
        out.append(_of_risk(_scaled(_effect(chain, negations), reading), reading, words))
    return tuple(sorted((*out, *_elided(out, reading, clauses)), key=lambda e: e.first))


def _elided(found: Sequence[Effect], reading: Reading, clauses: Sequence[int]) -> Iterator[Effect]:
    """Yield the predicate that "but not fatigue" leaves out: the one before it, negated."""
    own = {clauses[effect.first] for effect in found}
    for hit in reading.of("negation"):
        clause = clauses[hit.first]
        opens = hit.first == 0 or clauses[max(0, hit.first - 2)] != clause
        before = [effect for effect in found if clauses[effect.first] == clause - 1]
        if clause not in own and opens and before and not before[-1].negated:
            own.add(clause)
            yield before[-1]._replace(first=hit.first, last=hit.last, negator=hit)


def _is_amount(hit: Hit, reading: Reading, words: Words) -> bool:
    """Tell whether a comparative only measures: "longer than ten years", "less than 75 mg"."""
    after = reading.lowers[hit.last : hit.last + 2]
    return (
        hit.cue.kind in ("effect-compare", "effect")
        and len(after) > 1
        and after[0] in words.comparing
        and (after[1] in words.numerals or after[1][0].isdecimal())
    )


def _trails_nothing(hit: Hit, reading: Reading) -> bool:
    """Tell whether "free" stands behind no outcome: "pain free" against "free of charge"."""
    if hit.cue.kind != _TRAILING:
        return False
    measured = reading.terms_of(TermKind.OUTCOME, TermKind.INSTRUMENT, TermKind.CONDITION)
    return not any(term.last == hit.first for term in measured) or any(
        term.first < hit.first and hit.last < term.last for term in measured
    )


def _without_named(reading: Reading, clauses: Sequence[int], words: Words) -> list[Hit]:
    """Drop predicates that are part of an outcome's name which another governs: "slows decline"."""
    names = [
        term
        for term in reading.terms_of(TermKind.OUTCOME, TermKind.INSTRUMENT)
        if term.last - term.first > 1
    ]
    kept: list[Hit] = []
    for hit in reading.of(*KINDS):
        if _is_amount(hit, reading, words) or _trails_nothing(hit, reading):
            continue
        named = any(name.first <= hit.first and hit.last <= name.last for name in names)
        led = kept and clauses[kept[-1].first] == clauses[hit.first]
        close = led and hit.first - kept[-1].last <= _CHAIN
        if not (named and (close or hit.cue.value == Change.ALTER)):
            kept.append(hit)
    return kept


def _chains(reading: Reading, one: Hit, two: Hit, clauses: Sequence[int], words: Words) -> bool:
    if clauses[one.first] != clauses[two.first]:
        return False
    between = reading.lowers[one.last : two.first]
    if one.cue.kind == "effect-null":
        return len(between) <= 2 * _CHAIN and "," not in between
    if any(word in words.joiners for word in between):
        return False
    if two.cue.kind == "effect-null" and one.cue.kind == "effect-generic":
        return len(between) <= 2 * _CHAIN  # "the benefit of the drug is minimal"
    return len(between) <= 1 or (
        len(between) <= _CHAIN
        and (_brings(one, two) or all(word in words.fillers for word in between))
    )


def _brings(one: Hit, two: Hit) -> bool:
    """Tell whether one predicate brings about the other: "caused a similar reduction"."""
    return one.cue.value == Change.CAUSE and two.cue.kind == "effect"


def _effect(chain: Sequence[Hit], negations: Sequence[Governed]) -> Effect:
    change = Change(chain[-1].cue.value or "none")
    for hit in reversed(chain[:-1]):
        change = combine(Change(hit.cue.value or "none"), change)
    inside = {(n.hit.first, n.hit.last) for n in negations for h in chain if _within(n.hit, h)}
    negators = (
        negation.hit
        for negation in negations
        for hit in chain
        if negation.holds(hit.first) and (negation.hit.first, negation.hit.last) not in inside
    )
    head = chain[0]
    return Effect(
        hit=head,
        first=head.first,
        last=chain[-1].last,
        change=change,
        negator=next(negators, None),
        generic=chain[-1].cue.kind == "effect-null"
        or all(hit.cue.kind in _GENERIC for hit in chain),
        compares=chain[-1].cue.kind not in _GENERIC
        and any(hit.cue.kind == "effect-compare" for hit in chain),
    )


def _scaled(effect: Effect, reading: Reading) -> Effect:
    """Take "did not fall as fast as" for what it says: that it fell, and less."""
    if effect.negator is None or effect.compares:
        return effect
    after = reading.lowers[effect.last : effect.last + _SCALED]
    steps = [index for index, word in enumerate(after) if word == "as"]
    if any(_STEP[0] <= two - one <= _STEP[1] for one, two in pairwise(steps)):
        return effect._replace(change=opposite(effect.change), negator=None, compares=True)
    return effect


def _of_risk(effect: Effect, reading: Reading, words: Words) -> Effect:
    """Tell whether it is a risk that goes up or down, of whatever."""
    grows = effect.change is Change.INCREASE and not effect.compares
    if effect.change is not Change.DECREASE and not grows:
        return effect
    said = [*range(effect.first, effect.last + _RISK), *range(effect.first - _RISK, effect.first)]
    for at in said:
        if 0 <= at < len(reading.lowers) and reading.lowers[at] in words.chances:
            return effect._replace(risk=True)
    return effect


def _within(inner: Hit, outer: Hit) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def direction(effect: Effect, better: Better | None) -> Direction | None:
    """Answer what the predicate says of an outcome that is better so; None if it cannot be told."""
    if effect.risk and better is None:
        better = Better.LOWER
    return direction_of(effect.change, better, negated=effect.negated)


def direction_inside(
    effect: Effect, better: Better | None, reading: Reading, words: Words
) -> Direction | None:
    """Answer what a predicate says that is part of the outcome's own name.

    "Shorter colds" and "tumor shrinkage" tell of something good; "memory loss" and "weight gain"
    only name an outcome, and claim nothing.
    """
    said = reading.lowers[effect.first : effect.last]
    if effect.change is Change.DECREASE and words.deterioration.isdisjoint(said):
        return Direction.NO_EFFECT if effect.negated else Direction.BENEFIT
    if effect.change is Change.INCREASE and better is not Better.HIGHER:
        return None
    return direction(effect, better) if effect.change is not Change.DECREASE else None
