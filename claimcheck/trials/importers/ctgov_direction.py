"""What does a registered outcome measure, and which way is good for people?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck.model.trial import Better, OutcomeKind
from claimcheck.rulebook.types import OutcomeClass, TermKind
from claimcheck.trials.importers.ctgov_fields import parts, text

if TYPE_CHECKING:
    from claimcheck.rulebook.types import Term
    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_words import Words

_KINDS = {
    OutcomeClass.CLINICAL: OutcomeKind.EFFICACY,
    OutcomeClass.BIOMARKER: OutcomeKind.BIOMARKER,
    OutcomeClass.MECHANISM: OutcomeKind.BIOMARKER,
    OutcomeClass.SAFETY: OutcomeKind.SAFETY,
    OutcomeClass.PROCESS: OutcomeKind.PROCESS,
}
_OTHER_WAY = {Better.LOWER: Better.HIGHER, Better.HIGHER: Better.LOWER}
_SHORT = re.compile(r"\((?=[^()]*[A-Z])[\w/-]{2,10}\)")
_SIGN = re.compile(r"[<>≤≥=]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an outcome measures: its concept where that is one, its kind, its good direction."""

    concept: str | None
    kind: OutcomeKind
    better: Better


def read_meaning(measure: Fields, title: str, words: Words) -> Meaning:
    """Answer what an outcome's title, unit and description tell of its meaning."""
    found = _terms(title, words)
    concepts = dict.fromkeys(term.concept or term.id for term in found)
    narrowest = _narrowest(tuple(concepts), words)
    return Meaning(
        concept=narrowest,
        kind=_kind(found, title, words),
        better=_better(measure, title, found, words),
    )


def _terms(title: str, words: Words) -> tuple[Term, ...]:
    """Answer what a title names; what it abbreviates in brackets is what it spells out before.

    "Right atrial (RA) pressure" has nothing to do with what else is called RA.
    """
    wanted = {TermKind.OUTCOME, TermKind.INSTRUMENT}
    hits = [hit.term for hit in words.terms.hits(_SHORT.sub(" ", title)) if hit.term.kind in wanted]
    if not hits:
        every = words.terms.hits(title)
        hits = [hit.term for hit in every if hit.term.kind is TermKind.INSTRUMENT]
    return tuple({term.id: term for term in hits}.values())


def _narrowest(concepts: tuple[str, ...], words: Words) -> str | None:
    """Answer the one concept that all the others are wider than; None where there are several."""
    wider = {one for concept in concepts for one in words.terms.ancestors(concept)}
    left = [one for one in concepts if one not in wider]
    return left[0] if len(left) == 1 else None


def _kind(found: tuple[Term, ...], title: str, words: Words) -> OutcomeKind:
    if words.says("safety", title):
        return OutcomeKind.SAFETY
    if words.says("kinetics", title):
        return OutcomeKind.BIOMARKER
    kinds = {_KINDS[term.outcome_class] for term in found}
    if len(kinds) == 1:
        return kinds.pop()
    if not kinds and words.says("process", title):
        return OutcomeKind.PROCESS
    return OutcomeKind.EFFICACY


def _better(measure: Fields, title: str, found: tuple[Term, ...], words: Words) -> Better:
    """Tell which way the outcome's own figures are good, in doubt neither.

    Counts of people turn on what they are counted for, times on what they are times to.
    """
    unit, kind = text(measure, "unitOfMeasure"), text(measure, "paramType")
    vague = words.terms.phrases.get("registry-vague", ())
    known = _of_terms(tuple(one for one in found if (one.concept or one.id) not in vague))
    if words.says("time-to", title):
        return _of_time(measure, title, unit, known, words)
    counted = kind in {"COUNT_OF_PARTICIPANTS", "NUMBER"} and words.says("people", unit)
    if counted or words.says("people-counted", title, unit):
        return _of_people(title, known, words)
    if words.says("signless", title):
        return Better.UNKNOWN  # a reduction of 5 may stand there as 5 or as -5
    told = _as_described(text(measure, "description"), words)
    if told is not Better.UNKNOWN and words.says("score", unit, title):
        return told
    return known


def _of_terms(found: tuple[Term, ...]) -> Better:
    """Answer the direction that the terms agree on; an instrument's outweighs an outcome's."""
    for kind in (TermKind.INSTRUMENT, TermKind.OUTCOME):
        ways = {term.better for term in found if term.kind is kind and term.better is not None}
        if len(ways) == 1:
            return ways.pop()
        if ways:
            break
    return Better.UNKNOWN


def _of_people(title: str, known: Better, words: Words) -> Better:
    good, bad = words.says("attained", title), words.says("worse", title)
    if good != bad:
        return Better.HIGHER if good else Better.LOWER
    measured = _SIGN.search(title) or words.says("threshold", title)
    if good or measured or known is not Better.LOWER:
        return Better.UNKNOWN  # people counted for a high value, or for a low one
    return Better.LOWER


def _of_time(measure: Fields, title: str, unit: str, known: Better, words: Words) -> Better:
    """Tell whether soon is good; what hazards are compared goes by the event, times against it."""
    good, bad = words.says("attained", title), words.says("worse", title)
    if good != bad:
        event = Better.HIGHER if good else Better.LOWER
    else:
        event = known if known is Better.LOWER and not good else Better.UNKNOWN
    measures = [text(one, "paramType") for one in parts(measure, "analyses")]
    hazards = [words.says("risk", one) for one in measures if one]
    if not words.says("time-unit", unit) or (hazards and all(hazards)):
        return event
    return Better.UNKNOWN if any(hazards) else _OTHER_WAY.get(event, Better.UNKNOWN)


def _as_described(description: str, words: Words) -> Better:
    """Answer what a description says of its scores ("higher scores indicate worse pain")."""
    if not description:
        return Better.UNKNOWN
    lists = ("higher", "lower", "good", "bad", "scored", "means")
    any_way, *each = _patterns(tuple(map(words.pattern, lists)))
    if not any_way.search(description):
        return Better.UNKNOWN
    ways = set()
    for pattern, way in zip(each, _WAYS, strict=True):
        if pattern.search(description):
            ways.add(way)
    return ways.pop() if len(ways) == 1 else Better.UNKNOWN


_WAYS = (Better.HIGHER, Better.LOWER, Better.LOWER, Better.HIGHER)


@lru_cache(maxsize=8)
def _patterns(lists: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Answer patterns for any of these, higher is good, higher is bad, lower is good, is bad."""
    higher, lower, good, bad, scored, means = lists
    gap = r"[^.;]{0,60}?"
    between = rf"\s+(?:\w+\s+){{0,2}}{scored}"
    patterns = [rf"(?:{higher}|{lower}){between}"] + [
        rf"{side}{between}{gap}(?:=|{means}){gap}{sense}"
        for side, sense in ((higher, good), (higher, bad), (lower, good), (lower, bad))
    ]
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)
