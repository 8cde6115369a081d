"""Which outcomes does a report define, and in what role; and which of them does a result name?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.model.trial import Better, OutcomeKind, Role
from claimcheck.reading.roles import namings
from claimcheck.reading.sections import Part
from claimcheck.rulebook.types import OutcomeClass, TermKind
from claimcheck.terms.outcomes import similarity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.reading.nlp import Reading
    from claimcheck.reading.role_names import RoleWords
    from claimcheck.reading.sections import Sentence
    from claimcheck.terms import Terms

Moments = frozenset[tuple[str, str]]  # number and unit of every time that words name
VERBATIM = 0.9  # where a defined outcome holds a result's very words
SAME = 0.5  # similarity from which a result speaks of a defined outcome
_KINDS = {
    OutcomeClass.CLINICAL: OutcomeKind.EFFICACY,
    OutcomeClass.BIOMARKER: OutcomeKind.BIOMARKER,
    OutcomeClass.MECHANISM: OutcomeKind.BIOMARKER,
    OutcomeClass.SAFETY: OutcomeKind.SAFETY,
    OutcomeClass.PROCESS: OutcomeKind.PROCESS,
}
_TURNED = (Better.LOWER, Better.HIGHER)
# "≤ 2", "of 0-2"; a range from 0 to a higher figure is the scale's own, and p-values are no state.
_STATE = re.compile(r"(?<![pP])(?<![pP] )[≤≥<>](?=\s?\d)|\b0\s?[-–]\s?[1-3]\b(?!\d)")
OUTCOMES = (TermKind.OUTCOME, TermKind.INSTRUMENT)
_PLANNED = (Part.OBJECTIVE, Part.METHODS, Part.BACKGROUND)
_TOLD = (Part.RESULTS, Part.OTHER)
_ORDER = (Role.PRIMARY, Role.SECONDARY, Role.EXPLORATORY)


@dataclass(frozen=True, slots=True)
class Defined:
    """An outcome that the report names as such: its words, role and place."""

    name: str
    role: Role
    span: Span
    timepoint: str | None
    moments: Moments


@dataclass(frozen=True, slots=True)
class Concept:
    """What the vocabulary knows of an outcome's name."""

    id: str | None
    kind: OutcomeKind
    better: Better


def defined_in(text: str, sentences: Sequence[Sentence], words: RoleWords) -> tuple[Defined, ...]:
    """Answer the outcomes that the report defines, primary ones first, each once."""
    planned = [s for s in sentences if s.part in _PLANNED]
    found = _defined(text, planned, words)
    if not any(one.role is Role.PRIMARY for one in found):
        told = [s for s in sentences if s.part in _TOLD]
        found += [one for one in _defined(text, told, words) if one.name[0].isalpha()]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.role), one.span)))


def _defined(text: str, sentences: Sequence[Sentence], words: RoleWords) -> list[Defined]:
    found: dict[tuple[Role, str], Defined] = {}
    for sentence in sentences:
        for role, span in _joined(text, sentence.reading, words):
            name = " ".join(text[span.start : span.end].split())
            when = timepoint_in(sentence.reading, span)
            moments = moments_in(sentence.reading, span)
            one = Defined(name, role, span, when, moments)
            found.setdefault((role, name.lower()), one)
    return list(found.values())


def _joined(text: str, reading: Reading, words: RoleWords) -> Iterator[tuple[Role, Span]]:
    """Yield the names of a sentence; "the number and size of lesions" is one of them."""
    start: int | None = None
    for naming in namings(reading, words):
        said = text[naming.span.start : naming.span.end].lower().split()
        if said and words.has("explains", said[0]):
            continue
        begin = naming.span.start if start is None else start
        if all(words.has("amounts", word) or words.has("determiners", word) for word in said):
            start = begin
            continue
        yield naming.role, Span(begin, naming.span.end)
        start = None


def timepoint_in(reading: Reading, span: Span) -> str | None:
    """Answer the time that stands in a stretch of a sentence, the longest of several."""
    found = [hit.span for hit in reading.of("timeframe") if span.holds(hit.span)]
    if not found:
        return None
    start = reading.span.start
    one = max(found, key=lambda place: place.end - place.start)
    return " ".join(reading.text[one.start - start : one.end - start].split())


def moments_in(reading: Reading, span: Span) -> Moments:
    """Answer the number and the unit of every time in a stretch: "at 24 hours", "day 7"."""
    found = set()
    for hit in reading.of("timeframe"):
        if not span.holds(hit.span):
            continue
        for at in range(hit.first, hit.last):
            if reading.lowers[at][0].isdecimal():
                unit = at + 1 if at + 1 < hit.last else at - 1
                found.add((reading.lowers[at], reading.stems[unit]))
    return frozenset(found)


def concept_of(name: str, terms: Terms) -> Concept:
    """Answer the concept that an outcome's name holds, its kind and which way is better."""
    hits = [hit for hit in terms.hits(name) if hit.term.kind in OUTCOMES]
    if not hits:
        return Concept(None, OutcomeKind.EFFICACY, _better_by_words(name, terms))
    # The instrument says more than the word for what it measures.
    hit = max(hits, key=lambda h: (h.term.kind is TermKind.INSTRUMENT, h.end - h.start))
    return Concept(
        hit.concept, _KINDS[hit.term.outcome_class], _better(hit.term.better, name, terms)
    )


def _better(known: Better | None, name: str, terms: Terms) -> Better:
    words = terms.lists
    told = terms.content(name, drop=())
    if told & words.get("outcome-time-to", frozenset()) and known is Better.LOWER:
        return Better.UNKNOWN
    if known in _TURNED and (state := _STATE.search(name)):
        # People who are on one side of a threshold are counted, not what is measured.
        below = state.group() not in {"≥", ">"}
        return Better.HIGHER if below is (known is Better.LOWER) else Better.LOWER
    amends = terms.lists.get("outcome-amends", frozenset())
    if known is Better.LOWER and told & amends:
        return Better.HIGHER
    return known or _better_by_words(name, terms)


def _better_by_words(name: str, terms: Terms) -> Better:
    told = terms.content(name, drop=())
    for value in (Better.LOWER, Better.HIGHER):
        if told & terms.lists.get(f"outcome-{value}-better", frozenset()):
            return value
    return Better.UNKNOWN


def spelled(name: str, short: Mapping[str, str]) -> str:
    """Answer a name with the short forms that the report defines written out beside them."""
    plain = (word.strip("()[],;:.") for word in name.split())
    return " ".join(f"{word} {short[word]}" if word in short else word for word in plain)


def alike(name: str, other: str, terms: Terms, short: Mapping[str, str]) -> float:
    """Answer how surely a result's words speak of a defined outcome, from 0 to 1."""
    told, wanted = spelled(name, short), spelled(other, short)
    ours, theirs = terms.content(told), terms.content(wanted)
    if not ours or not theirs or _are_apart(told, wanted, terms):
        return 0.0
    score = similarity(told, wanted, terms)
    if len(terms.overlap(ours, theirs)) == len(ours):
        verbatim = " " in name and name.casefold() in other.casefold()
        score = max(score, VERBATIM if verbatim else SAME)
    return score


def _are_apart(name: str, other: str, terms: Terms) -> bool:
    """Tell whether both name instruments, and not one in common."""
    ours, theirs = (
        {hit.term.id for hit in terms.hits(one) if hit.term.kind is TermKind.INSTRUMENT}
        for one in (name, other)
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)
