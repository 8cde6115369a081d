"""Which outcomes does a predicate govern, and which way of each is better?"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.claims.changes import Change
from claimcheck.model.trial import Better
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.claims.effects import Effect
    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Reading, TermHit

_NEAR = 9  # tokens between a predicate and the outcome it governs
_NEAR_COMPARED = 4  # likewise for "fewer", "lower", which stand close to theirs
_APPOSED = frozenset({(",", "a"), (",", "an"), (",", "the")})  # "fatigue, a common symptom"
_OPPOSITE = {Better.LOWER: Better.HIGHER, Better.HIGHER: Better.LOWER}
FIGURES = ("versus", "from-to", "rate")  # what figures say of themselves, without a predicate
_STEP = 5  # tokens between coordinated outcomes


class OutcomeHit(NamedTuple):
    """An outcome as a claim names it: its term, and which way of it is better."""

    term: TermHit
    better: Better | None
    inside: bool = False  # the predicate is part of its name


def outcomes_of(
    effect: Effect, reading: Reading, clauses: Sequence[int], others: Sequence[Effect], words: Words
) -> tuple[OutcomeHit, ...]:
    """Answer the outcomes that a predicate governs, coordinated ones apart, nearest first."""
    terms = [hit for hit in _candidates(reading) if _is_object(effect, hit, reading, words)]
    clause = clauses[effect.first]
    mine = [hit for hit in terms if clauses[hit.first] == clause]
    linked = max((h.last for h in reading.of("association") if h.last <= effect.first), default=0)
    before = [hit for hit in mine if linked <= hit.first and hit.last <= effect.first]
    after = [hit for hit in mine if hit.first >= effect.last]
    inside = [hit for hit in mine if hit.first < effect.last and hit.last > effect.first]
    limit = min(
        (o.first for o in others if o.first >= effect.last and clauses[o.first] == clause),
        default=len(reading.lowers),
    )
    ahead = [hit for hit in after if hit.first < limit]
    if effect.change is Change.CAUSE and reading.lowers[effect.last : effect.last + 1] == ("by",):
        ahead, after = [], []
    if effect.hit.cue.kind == "effect-course":
        chosen = _coordinated(reading, inside, words) if inside else []
    elif inside:
        chosen = inside[:1]
    elif before and before[-1].last == effect.first and not _objects(reading, effect, ahead):
        chosen = _coordinated(reading, list(reversed(before)), words)
    elif ahead and ahead[0].first - effect.last <= (_NEAR_COMPARED if effect.compares else _NEAR):
        chosen = _coordinated(reading, ahead, words)
    elif before and _may_follow(effect, reading, clauses, others, words):
        chosen = _coordinated(reading, list(reversed(before)), words)
    elif (ahead or effect.generic) and after and after[0].first - effect.last <= _NEAR:
        chosen = after[:1]
    else:
        chosen = []
    return tuple(
        OutcomeHit(
            hit, better_of(hit, reading, words, effect), hit in inside and hit.first <= effect.first
        )
        for hit in _apart(chosen)
    )


def _may_follow(
    effect: Effect,
    reading: Reading,
    clauses: Sequence[int],
    others: Sequence[Effect],
    words: Words,
) -> bool:
    """Tell whether the outcome may stand before the predicate: "pain fell", "pain was lower".

    Not where another predicate stands before it, whose object that outcome then is.
    """
    kind, clause = effect.hit.cue.kind, clauses[effect.first]
    if effect.change is Change.CAUSE:
        return reading.lowers[effect.last : effect.last + 1] == ("by",)
    if kind == "effect":
        return not any(clauses[o.first] == clause and o.last <= effect.first for o in others)
    near = reading.lowers[max(0, effect.first - 3) : effect.first]
    return kind != "effect-compare" or any(word in words.copulas for word in near)


def _is_object(effect: Effect, hit: TermHit, reading: Reading, words: Words) -> bool:
    """Tell whether a term may be what is changed: no agent ("killed by heat"), no mere illness.

    Of an illness only the risk goes up: "a higher risk of asthma", never "raised in asthma".
    """
    before = reading.lowers[max(0, hit.first - 3) : hit.first]
    if before and before[-1] in words.agents:
        return False
    if effect.hit.cue.kind in FIGURES and hit.term.kind is TermKind.CONDITION:
        return False
    return (
        hit.term.kind is not TermKind.CONDITION
        or effect.change is not Change.INCREASE
        or any(
            word in words.risk for word in (*before, *reading.lowers[effect.first : effect.last])
        )
    )


def _objects(reading: Reading, effect: Effect, ahead: Sequence[TermHit]) -> bool:
    """Tell whether an outcome follows at once, as an object does."""
    if not ahead:
        return False
    between = reading.lowers[effect.last : ahead[0].first]
    return len(between) <= 3 and "," not in between  # noqa: PLR2004


def _candidates(reading: Reading) -> tuple[TermHit, ...]:
    """Answer what a sentence may say is changed, in order; of "MS fatigue" the fatigue alone.

    What only tells which people are meant is none of it: "patients with lung cancer live longer".
    """
    people = reading.terms_of(TermKind.POPULATION)
    measured = [
        hit
        for hit in reading.terms_of(TermKind.OUTCOME, TermKind.INSTRUMENT)
        if not any(one.first < hit.first and hit.last <= one.last for one in people)
    ]
    eaten = {index for hit in measured for index in range(hit.first, hit.last)}
    treated = {
        index
        for hit in reading.terms_of(TermKind.INTERVENTION)
        for index in range(hit.first, hit.last)
    }
    headed = {hit.first for hit in measured}
    conditions = [
        hit
        for hit in reading.terms_of(TermKind.CONDITION)
        if eaten.isdisjoint(range(hit.first, hit.last)) and hit.last not in headed
    ]
    kept = [
        hit for hit in (*measured, *conditions) if treated.isdisjoint(range(hit.first, hit.last))
    ]
    return tuple(sorted(kept, key=lambda hit: (hit.first, -hit.last)))


def _coordinated(reading: Reading, hits: Sequence[TermHit], words: Words) -> list[TermHit]:
    """Keep the first and those that hang on it by "and", commas and little else."""
    chosen = [hits[0]]
    for hit in hits[1:]:
        one, two = sorted((chosen[-1], hit), key=lambda item: item.first)
        between = reading.lowers[one.last : two.first]
        joined = any(word in words.coordinators for word in between)
        loose = sum(
            word not in words.coordinators and word not in words.fillers for word in between
        )
        if hit.term.kind is TermKind.CONDITION and not joined:
            break
        apposed = any(pair in _APPOSED for pair in pairwise(between))
        if len(between) > _STEP or not joined or loose > 1 or apposed:
            break
        chosen.append(hit)
    if any(hit.term.kind is not TermKind.CONDITION for hit in chosen):
        chosen = [hit for hit in chosen if hit.term.kind is not TermKind.CONDITION]
    return sorted(chosen, key=lambda hit: hit.first)


def _apart(hits: Sequence[TermHit]) -> list[TermHit]:
    seen: set[str] = set()
    out = []
    for hit in hits:
        if hit.term.id not in seen:
            seen.add(hit.term.id)
            out.append(hit)
    return out


def better_of(hit: TermHit, reading: Reading, words: Words, effect: Effect) -> Better | None:
    """Answer which way of the outcome, as named here, is better: a decline is better less."""
    better = _better_as_named(hit, reading, words, effect)
    before = hit.first - 1
    if before > effect.last and reading.lowers[before] == "of":
        before -= 1
    if before >= effect.last and reading.lowers[before] in words.absent:
        return (
            None if better is None else _OPPOSITE.get(better)
        )  # "more likely to have no days missed"
    return better


def _better_as_named(hit: TermHit, reading: Reading, words: Words, effect: Effect) -> Better | None:
    own = hit.term.id.split()  # "weight loss" is good as it is called
    inside = [word for word in reading.lowers[hit.first : hit.last] if word not in own]
    higher = hit.term.better is Better.HIGHER
    around = [
        reading.lowers[index]
        for index in range(max(0, hit.first - 3), min(len(reading.lowers), hit.last + 1))
        if not (effect.first <= index < effect.last or hit.first <= index < hit.last)
    ]
    if hit.term.kind is TermKind.CONDITION or any(
        word in words.deterioration and not (higher and word in words.risk) for word in inside
    ):
        return Better.LOWER
    if higher and any(word in words.deterioration and word not in words.risk for word in around):
        return Better.LOWER
    return hit.term.better


def clinical(hit: TermHit) -> bool:
    """Tell whether the term is something that happens to people, not a mechanism."""
    return hit.term.kind is not TermKind.OUTCOME or hit.term.outcome_class not in (
        OutcomeClass.MECHANISM,
        OutcomeClass.PROCESS,
    )
