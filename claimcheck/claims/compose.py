"""Which parts does a claim have, given its predicate and its outcome?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.claims import parts
from claimcheck.claims.changes import Change
from claimcheck.claims.discourse import Memory, conditions_in, inherited_condition, resolved
from claimcheck.claims.grounds import asks
from claimcheck.claims.strength import strength_of
from claimcheck.claims.subjects import subject_of
from claimcheck.model.claim import (
    Certainty,
    Claim,
    ClaimKind,
    CueHit,
    Direction,
    DisclosureKind,
    DisclosureReach,
    Mention,
    Resolution,
    Wording,
)
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.claims.effects import Effect
    from claimcheck.claims.outcomes import OutcomeHit
    from claimcheck.claims.scene import Scene
    from claimcheck.claims.words import Words
    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Reading

_WORDING = {
    "strong": Wording.STRONG,
    "association": Wording.ASSOCIATION,
    "descriptive": Wording.DESCRIPTIVE,
    "counted": Wording.DESCRIPTIVE,
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


def claim_of(
    scene: Scene,
    memory: Memory,
    words: Words,
    *,
    effect: Effect,
    others: Sequence[Effect],
    outcome: OutcomeHit | None,
    beside: Sequence[OutcomeHit],
    way: Direction,
) -> Claim:
    """Answer the claim that a predicate of a sentence makes on one outcome; its id stays open.

    `beside` are all the outcomes that it governs: none of them is the illness that is treated.
    """
    text, reading, passage = scene.text, scene.passage.reading, scene.passage
    subject = subject_of(scene, memory, effect, others, words)
    first, last = _clause_tokens(scene, effect, outcome, words.edges)
    span = reading.slice(first, last)
    # "More likely to recover" is no hedge.
    hedges = [h for h in reading.of("hedge") if not effect.first <= h.first < effect.last]
    hedged = any(scene.clauses[h.first] == scene.clauses[effect.first] for h in hedges) or any(
        hit.first < effect.first for hit in hedges
    )
    return Claim(
        id="",
        span=span,
        sentence=reading.span,
        block=passage.place.block,
        section=passage.place.section,
        text=text[span.start : span.end],
        kind=ClaimKind.QUESTION if asks(passage) else _kind(outcome),
        direction=way,
        certainty=Certainty.HEDGED if hedged else Certainty.ASSERTED,
        strength=strength_of(reading),
        intervention=subject,
        outcome=_outcome(scene, effect, outcome),
        condition=_condition(
            scene,
            memory,
            words,
            changed=()
            if outcome is None or _is_condition(effect, outcome)
            else tuple(one.term.span for one in beside),
        ),
        population=_population(text, reading),
        comparator=_comparator(scene),
        timeframe=parts.first_hit(text, reading, "timeframe", reading.span),
        magnitude=scene.magnitude,
        attribution=scene.attribution,
        headline=passage.place.headline,
        wording=_wordings(scene, effect, outcome),
        disclosures=scene.told,
        cues=tuple(
            CueHit(hit.cue.id, hit.span, text[hit.start : hit.end])
            for hit in reading.hits
            if hit.first < last and first < hit.last
        ),
        interventions=tuple(item.mention for item in scene.named),
    )


def _outcome(scene: Scene, effect: Effect, outcome: OutcomeHit | None) -> Mention | None:
    if outcome is not None and _is_condition(effect, outcome):
        return None
    if outcome is not None:
        return parts.mention(scene.text, outcome.term)
    inherits = effect.change in (Change.NONE, Change.REPEAT) or not effect.generic
    before = scene.before
    if inherits and before is not None and before.kind is ClaimKind.SAFETY:
        return None
    if inherits and before is not None and before.outcome is not None:
        return resolved(before.outcome, Resolution.ANAPHOR)
    return None


def _is_condition(effect: Effect, outcome: OutcomeHit) -> bool:
    """Tell whether what a predicate governs is the illness that is treated, not what is changed.

    "Reduces asthma" changes it; "is effective in asthma" and "improves asthma" treat it.
    """
    return outcome.term.term.kind is TermKind.CONDITION and (
        effect.generic or effect.change in (Change.IMPROVE, Change.NONE)
    )


def _kind(outcome: OutcomeHit | None) -> ClaimKind:
    if outcome is not None and outcome.term.term.outcome_class is OutcomeClass.SAFETY:
        return ClaimKind.SAFETY
    return ClaimKind.EFFICACY


def _condition(
    scene: Scene, memory: Memory, words: Words, *, changed: tuple[Span, ...]
) -> Mention | None:
    """Answer the illness that is treated: none of what is said to be changed."""
    own = [
        item
        for item in conditions_in(scene.text, scene.passage.reading, words)
        if not any(item.mention.span.overlaps(span) for span in changed)
    ]
    section = scene.passage.place.section
    inherited = inherited_condition(memory.topics, section)
    if own and (not own[0].symptom or inherited is None or inherited.symptom):
        return own[0].mention
    if inherited is None:
        return None
    from_heading = inherited is memory.topics.section_conditions.get(section)
    return resolved(inherited.mention, Resolution.HEADING if from_heading else Resolution.TITLE)


def _population(text: str, reading: Reading) -> Mention | None:
    for hit in reading.terms_of(TermKind.POPULATION):
        return Mention(text[hit.start : hit.end], hit.span, hit.term.id)
    return None


def _comparator(scene: Scene) -> Mention | None:
    for item in scene.named:
        if item.comparator:
            return item.mention
    return parts.first_hit(scene.text, scene.passage.reading, "control", scene.passage.reading.span)


def _wordings(scene: Scene, effect: Effect, outcome: OutcomeHit | None) -> frozenset[Wording]:
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
        found.add(
            Wording.DESCRIPTIVE if _is_of_itself(effect, outcome, reading) else Wording.CAUSAL
        )
    return frozenset(found)


def _is_of_itself(effect: Effect, outcome: OutcomeHit | None, reading: Reading) -> bool:
    """Tell whether the outcome is said to change, not to be changed: "blood pressure improved"."""
    if outcome is None or outcome.inside or outcome.term.last > effect.first:
        return False
    return reading.lowers[effect.last : effect.last + 1] != ("by",)


def _clause_tokens(
    scene: Scene, effect: Effect, outcome: OutcomeHit | None, edges: frozenset[str]
) -> tuple[int, int]:
    """Answer the tokens [first, last) of the clause that a predicate stands in."""
    reading = scene.passage.reading
    clause = scene.clauses[effect.first]
    inside = [index for index, number in enumerate(scene.clauses) if number == clause]
    first, last = inside[0], inside[-1] + 1
    if outcome is not None:
        first, last = min(first, outcome.term.first), max(last, outcome.term.last)
    while last - 1 > first and reading.lowers[last - 1] in edges:
        last -= 1
    while first < last - 1 and reading.lowers[first] in edges:
        first += 1
    return first, last
