"""Which efficacy and safety claims does a document make?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.claims import parts
from claimcheck.claims.disclosures import Ledger
from claimcheck.claims.discourse import (
    Candidate,
    Memory,
    conditions_in,
    interventions_in,
    resolved,
    topics,
)
from claimcheck.claims.effects import Change, Effect, direction, effect_of_figures, effects
from claimcheck.claims.grounds import Grounds, grounds_of, stands, vetoed
from claimcheck.claims.parts import OutcomeHit, Words
from claimcheck.claims.passage import Passage, passages
from claimcheck.claims.strength import strength_of
from claimcheck.model.claim import (
    Certainty,
    Claim,
    ClaimKind,
    CueHit,
    Direction,
    Disclosure,
    DisclosureKind,
    DisclosureReach,
    Mention,
    Resolution,
    Wording,
)
from claimcheck.model.document import Span
from claimcheck.reading.context import clause_of
from claimcheck.reading.sentences import Splitter
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.model.document import Document
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.rulebook.types import Rulebook

_WORDING = {
    "strong": Wording.STRONG,
    "association": Wording.ASSOCIATION,
    "descriptive": Wording.DESCRIPTIVE,
    "trend": Wording.TREND,
    "equivalence": Wording.EQUIVALENCE,
    "superiority": Wording.SUPERIORITY,
    "rapid": Wording.RAPID,
    "lasting": Wording.LASTING,
    "anecdote": Wording.ANECDOTE,
    "background": Wording.BACKGROUND,
    "advice": Wording.ADVICE,
    "animal": Wording.ANIMAL,
}
_LEADS = frozenset({"background"})  # what must stand before the predicate to speak of it
_TOLD_WORDING = {
    DisclosureKind.NOT_SIGNIFICANT: Wording.NOT_SIGNIFICANT,
    DisclosureKind.WITHIN_GROUP: Wording.WITHIN_GROUP,
    DisclosureKind.SUBGROUP: Wording.SUBGROUP,
}


@dataclass(frozen=True, slots=True)
class _Scene:
    """One sentence with everything that its claims share."""

    text: str
    passage: Passage
    named: tuple[Candidate, ...]
    clauses: tuple[int, ...]
    grounds: Grounds
    told: tuple[Disclosure, ...]
    attribution: Mention | None
    before: Claim | None  # the claim that this sentence may go on speaking of


def extract(document: Document, rulebook: Rulebook, reader: Reader) -> tuple[Claim, ...]:
    """Answer every claim of the document, in order; the same document gives the same claims."""
    words = _words(rulebook)
    read = list(passages(document, reader, Splitter.of(rulebook)))
    memory = Memory(topics(document.text, read))
    ledger = Ledger()
    out: list[Claim] = []
    for order, passage in enumerate(read):
        before = memory.continues(paragraph=passage.paragraph, order=order)
        scene = _scene(document, passage, ledger, words, before)
        found = list(_claims_of(scene, memory, rulebook, words))
        ledger.note(
            tuple(d for d in scene.told if d.reach is DisclosureReach.SENTENCE)
            + tuple(_null_told(claim) for claim in found if claim.direction is Direction.NO_EFFECT),
            passage,
        )
        memory.note(scene.named, paragraph=passage.paragraph, order=order)
        memory.note_claims(tuple(found), paragraph=passage.paragraph, order=order)
        out += found
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(out, start=1))


def _words(rulebook: Rulebook) -> Words:
    lists = rulebook.words
    return Words(
        *(
            frozenset(lists.get(name, ()))
            for name in ("coordinators", "fillers", "deterioration", "risk", "clause_breaks")
        ),
        numerals=lists.get("numerals", ()),
    )


def _scene(
    document: Document, passage: Passage, ledger: Ledger, words: Words, before: Claim | None
) -> _Scene:
    text, reading = document.text, passage.reading
    named = interventions_in(text, reading)
    has_figures = parts.magnitude(text, reading.span) is not None
    return _Scene(
        text=text,
        passage=passage,
        named=named,
        clauses=clause_of(reading, words.breaks),
        grounds=grounds_of(
            passage, named, has_figures=has_figures, continuing=before is not None
        ),
        told=(*ledger.in_sentence(text, passage), *ledger.before(passage)),
        attribution=_attribution(document, reading),
        before=before,
    )


def _attribution(document: Document, reading: Reading) -> Mention | None:
    said = parts.first_hit(document.text, reading, "attribution", reading.span)
    if said is not None:
        return said
    for span in document.attributed:
        if span.overlaps(reading.span):
            inside = Span(max(span.start, reading.span.start), min(span.end, reading.span.end))
            return Mention(document.text[inside.start : inside.end], inside)
    return None


def _claims_of(
    scene: _Scene, memory: Memory, rulebook: Rulebook, words: Words
) -> Iterator[Claim]:
    passage, reading = scene.passage, scene.passage.reading
    if vetoed(passage, rulebook.scopes):
        return
    found = effects(reading, rulebook.scopes, clauses=scene.clauses, fillers=words.fillers)
    if not any(effect.change is not Change.REPEAT for effect in found):
        figured = effect_of_figures(reading, words.numerals)
        found = (*found, figured) if figured is not None else found
    made: list[Claim] = []
    for effect in found:
        others = [other for other in found if other is not effect]
        outcomes = parts.outcomes_of(effect, reading, scene.clauses, others, words)
        outcomes = tuple(o for o in outcomes if parts.clinical(o.term)) or outcomes
        if not stands(effect, outcomes, scene.grounds, passage, rulebook.scopes):
            continue
        for outcome in outcomes or (None,):
            way = direction(effect, outcome.better if outcome else None)
            if way is None and outcome is None and scene.before is not None:
                way = scene.before.direction
            if way is not None:
                made.append(_claim(scene, memory, effect, outcome, way))
    yield from _distinct(made)


def _claim(
    scene: _Scene, memory: Memory, effect: Effect, outcome: OutcomeHit | None, way: Direction
) -> Claim:
    text, reading, passage = scene.text, scene.passage.reading, scene.passage
    subject = _intervention(scene, memory, effect)
    span = _clause_span(scene, effect, outcome)
    hedges = reading.of("hedge")
    hedged = any(scene.clauses[h.first] == scene.clauses[effect.first] for h in hedges) or any(
        hit.first < effect.first for hit in hedges
    )
    return Claim(
        id="",
        span=span,
        sentence=reading.span,
        block=passage.block,
        section=passage.section,
        text=text[span.start : span.end],
        kind=_kind(outcome),
        direction=way,
        certainty=Certainty.HEDGED if hedged else Certainty.ASSERTED,
        strength=strength_of(reading),
        intervention=subject,
        outcome=_outcome(scene, effect, outcome),
        condition=_condition(scene, memory, outcome),
        population=_population(text, reading),
        comparator=_comparator(scene),
        timeframe=parts.first_hit(text, reading, "timeframe", reading.span),
        magnitude=parts.magnitude(text, reading.span),
        attribution=scene.attribution,
        headline=passage.headline,
        wording=_wordings(scene, effect),
        disclosures=scene.told,
        cues=tuple(
            CueHit(hit.cue.id, hit.span, text[hit.span.start : hit.span.end])
            for hit in reading.hits
            if hit.span.overlaps(span)
        ),
        interventions=tuple(item.mention for item in scene.named),
    )


def _outcome(scene: _Scene, effect: Effect, outcome: OutcomeHit | None) -> Mention | None:
    if outcome is not None:
        return parts.mention(scene.text, outcome.term)
    inherits = effect.change in (Change.NONE, Change.REPEAT) or not effect.generic
    if inherits and scene.before is not None and scene.before.outcome is not None:
        return resolved(scene.before.outcome, Resolution.ANAPHOR)
    return None


def _kind(outcome: OutcomeHit | None) -> ClaimKind:
    if outcome is not None and outcome.term.term.outcome_class is OutcomeClass.SAFETY:
        return ClaimKind.SAFETY
    return ClaimKind.EFFICACY


def _intervention(scene: _Scene, memory: Memory, effect: Effect) -> Mention | None:
    clause = scene.clauses[effect.first]
    subjects = [item for item in scene.named if not item.comparator] or list(scene.named)
    own = [item for item in subjects if scene.clauses[item.first] == clause]
    before = [item for item in own if item.first < effect.first]
    earlier = [item for item in subjects if item.first < effect.first]
    for group in (before, own, list(reversed(earlier)), subjects):
        if group:
            return group[0].mention
    return memory.recall(paragraph=scene.passage.paragraph, section=scene.passage.section)


def _condition(scene: _Scene, memory: Memory, outcome: OutcomeHit | None) -> Mention | None:
    own = [
        item
        for item in conditions_in(scene.text, scene.passage.reading)
        if outcome is None or not item.span.overlaps(outcome.term.span)
    ]
    if own:
        return own[0]
    section = memory.topics.section_conditions.get(scene.passage.section)
    if section is not None:
        return resolved(section, Resolution.HEADING)
    title = memory.topics.title_condition
    return resolved(title, Resolution.TITLE) if title is not None else None


def _population(text: str, reading: Reading) -> Mention | None:
    for hit in reading.terms_of(TermKind.POPULATION):
        return Mention(text[hit.span.start : hit.span.end], hit.span, hit.term.id)
    return None


def _comparator(scene: _Scene) -> Mention | None:
    for item in scene.named:
        if item.comparator:
            return item.mention
    return parts.first_hit(scene.text, scene.passage.reading, "control", scene.passage.reading.span)


def _wordings(scene: _Scene, effect: Effect) -> frozenset[Wording]:
    reading = scene.passage.reading
    found = {
        _WORDING[hit.cue.kind]
        for hit in reading.hits
        if hit.cue.kind in _WORDING and (hit.cue.kind not in _LEADS or hit.first < effect.first)
    }
    found |= {
        _TOLD_WORDING[item.kind]
        for item in scene.told
        if item.reach is DisclosureReach.SENTENCE and item.kind in _TOLD_WORDING
    }
    if effect.hit.cue.kind == "effect" and Wording.ASSOCIATION not in found:
        found.add(Wording.CAUSAL)
    return frozenset(found)


def _clause_span(scene: _Scene, effect: Effect, outcome: OutcomeHit | None) -> Span:
    reading = scene.passage.reading
    clause = scene.clauses[effect.first]
    inside = [index for index, number in enumerate(scene.clauses) if number == clause]
    first, last = inside[0], inside[-1] + 1
    if outcome is not None:
        first, last = min(first, outcome.term.first), max(last, outcome.term.last)
    while last - 1 > first and reading.lowers[last - 1] in (",", ";", ".", "and", "but"):
        last -= 1
    while first < last - 1 and reading.lowers[first] in (",", ";", "and", "but", "however", "-", "•"):
        first += 1
    return reading.slice(first, last)


def _distinct(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Drop what says the same: one claim a sentence, intervention, outcome and direction.

    A claim without an outcome goes where another of the same direction names one.
    """
    seen: set[tuple[str, str, Direction]] = set()
    named = {claim.direction for claim in claims if claim.outcome is not None}
    bare = False
    for claim in claims:
        if claim.outcome is None and (claim.direction in named or bare):
            continue
        key = (
            (claim.intervention.concept or claim.intervention.text) if claim.intervention else "",
            (claim.outcome.concept or claim.outcome.text) if claim.outcome else "",
            claim.direction,
        )
        if key not in seen:
            seen.add(key)
            bare = bare or claim.outcome is None
            yield claim


def _null_told(claim: Claim) -> Disclosure:
    return Disclosure(
        DisclosureKind.NULL_OUTCOME,
        claim.span,
        claim.text,
        DisclosureReach.SENTENCE,
        concept=claim.outcome.concept if claim.outcome else None,
        intervention=claim.intervention.concept if claim.intervention else None,
    )
