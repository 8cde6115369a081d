"""Which efficacy and safety claims does a document make?"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.claims.barred import barred
from claimcheck.claims.changes import Change
from claimcheck.claims.compose import claim_of
from claimcheck.claims.disclosures import Ledger
from claimcheck.claims.discourse import Memory, Weights
from claimcheck.claims.effects import (
    KINDS,
    direction,
    direction_inside,
    effects,
)
from claimcheck.claims.figured import effect_of_figures
from claimcheck.claims.grounds import grounds_for, stands, vetoed
from claimcheck.claims.outcomes import FIGURES, clinical, outcomes_of
from claimcheck.claims.passage import Passage
from claimcheck.claims.scene import Scene, Setting, scene_of
from claimcheck.claims.sides import as_of_the_treatment
from claimcheck.claims.sift import sift
from claimcheck.claims.words import Words
from claimcheck.model.claim import (
    Claim,
    ClaimKind,
    Direction,
    Disclosure,
    DisclosureKind,
    DisclosureReach,
)
from claimcheck.reading.context import clause_of
from claimcheck.reading.sentences import Splitter
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.claims.effects import Effect
    from claimcheck.claims.outcomes import OutcomeHit
    from claimcheck.model.document import Document
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.rulebook.types import Rulebook


def extract(
    document: Document, rulebook: Rulebook, reader: Reader, *, keep_all: bool = False
) -> tuple[Claim, ...]:
    """Answer every claim of the document, in order; the same document gives the same claims.

    `keep_all` reads also what cannot hold a claim: the answer is the same, and comes later.
    """
    words = Words.of(rulebook)
    weights = Weights(document.text, words)
    splitter = Splitter.of(rulebook)
    kept = deque(sift(document, reader, splitter, weights, keep_all=keep_all))
    memory = Memory(weights.topics())
    ledger = Ledger()
    out: list[Claim] = []
    while kept:  # what is done with is let go of
        one = kept.popleft()
        place, order = one.place, one.order
        found: list[Claim] = []
        if one.sketch is not None:
            reading = one.reading or reader.lay_out(document.text, one.sketch)
            before = memory.continues(paragraph=place.paragraph, order=order)
            told = (*one.told, *ledger.before(place))
            recent = memory.speaks(order=order)
            setting = Setting(Passage(reading, place), one.named, told, before, recent=recent)
            found += _claims_of(document, setting, memory, rulebook, words)
        said = tuple(claim for claim in found if claim.kind is not ClaimKind.QUESTION)
        nulls = [_null_told(claim) for claim in said if claim.direction is Direction.NO_EFFECT]
        ledger.note((*one.told, *nulls), place)
        memory.note(one.named, paragraph=place.paragraph, order=order)
        memory.note_claims(said, paragraph=place.paragraph, order=order)
        out += found
    whole = _with_side_effects(out)
    return tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(whole, start=1))


def _with_side_effects(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims, harm as one of safety where no other claim is on what is harmed."""
    aimed_at = {
        named
        for claim in claims
        if claim.direction is not Direction.HARM
        for named in _outcome_names(claim)
    }
    for claim in claims:
        named = _outcome_names(claim)
        harm = claim.direction is Direction.HARM and claim.kind is ClaimKind.EFFICACY
        aside = harm and named and aimed_at.isdisjoint(named)
        yield replace(claim, kind=ClaimKind.SAFETY) if aside else claim


def _outcome_names(claim: Claim) -> frozenset[str]:
    if claim.outcome is None:
        return frozenset()
    return frozenset({claim.outcome.text.lower(), claim.outcome.concept or ""} - {""})


def _claims_of(
    document: Document, setting: Setting, memory: Memory, rulebook: Rulebook, words: Words
) -> Iterator[Claim]:
    reading = setting.passage.reading
    if vetoed(setting.passage) or _says_nothing(reading, words):
        return
    clauses = clause_of(reading, words.breaks)
    found = _predicates(reading, clauses, memory, rulebook, words)
    if not found:
        return
    scene = scene_of(document, setting, clauses)
    made: list[Claim] = []
    for effect in found:
        others = [other for other in found if other is not effect]
        outcomes = (
            ()
            if effect.change is Change.REPEAT
            else outcomes_of(effect, reading, clauses, others, words)
        )
        outcomes = tuple(o for o in outcomes if clinical(o.term)) or outcomes
        if barred(effect, outcomes, scene, others, scopes=rulebook.scopes, words=words):
            continue
        grounds = grounds_for(effect, scene.grounds, clauses, reading, words)
        if stands(effect, outcomes, grounds, scene.passage):
            for outcome in _told_of(effect, outcomes):
                way = _way(effect, outcome, scene, words)
                if way is None:
                    continue
                made.append(
                    claim_of(
                        scene,
                        memory,
                        words,
                        effect=effect,
                        others=others,
                        outcome=outcome,
                        beside=outcomes,
                        way=way,
                    )
                )
    yield from _distinct(made)


def _says_nothing(reading: Reading, words: Words) -> bool:
    """Tell at a glance that a sentence has no predicate, nor figures that may stand for one."""
    return not reading.of(*KINDS) and effect_of_figures(reading, words) is None


def _predicates(
    reading: Reading, clauses: Sequence[int], memory: Memory, rulebook: Rulebook, words: Words
) -> tuple[Effect, ...]:
    """Answer what a sentence says is done, by its words or, where they do not say, its figures."""
    found = effects(reading, rulebook.scopes, clauses=clauses, words=words)
    if not memory.topics.interventions:
        found = tuple(effect for effect in found if effect.hit.cue.kind != "effect-course")
    if any(effect.change is not Change.REPEAT for effect in found) or not _speaks(reading):
        return found
    figured = effect_of_figures(reading, words)
    return (*found, figured) if figured is not None else found


def _speaks(reading: Reading) -> bool:
    """Tell whether a sentence says so much that figures in it may stand for a predicate."""
    return bool(
        reading.of(*KINDS, *FIGURES, "disclosure", "drug-stem", "other-treatment")
        or reading.terms_of(TermKind.INTERVENTION)
    )


def _way(
    effect: Effect, outcome: OutcomeHit | None, scene: Scene, words: Words
) -> Direction | None:
    """Answer what a predicate says of the treatment on one outcome; None if it cannot be told."""
    way = _direction(effect, outcome, scene.passage.reading, words)
    if way is None and outcome is None and scene.before is not None:
        way = scene.before.direction
    return None if way is None else as_of_the_treatment(effect, way, scene)


def _told_of(effect: Effect, outcomes: Sequence[OutcomeHit]) -> tuple[OutcomeHit | None, ...]:
    """Answer the outcomes, None for none; "effective and safe" speaks of more than safety."""
    safety = all(hit.term.term.outcome_class is OutcomeClass.SAFETY for hit in outcomes)
    alone = not outcomes or (effect.generic and safety and effect.change is Change.IMPROVE)
    return (*outcomes, None) if alone else tuple(outcomes)


def _direction(
    effect: Effect, outcome: OutcomeHit | None, reading: Reading, words: Words
) -> Direction | None:
    if outcome is None:
        return direction(effect, None)
    if outcome.inside:
        return direction_inside(effect, outcome.better, reading, words)
    return direction(effect, outcome.better)


def _distinct(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Drop what says the same: one claim a sentence, intervention, outcome and direction.

    A claim without an outcome goes where another of the same treatment and direction names one.
    """
    seen: set[tuple[str, str, Direction]] = set()
    named = {
        (_treatment(claim), claim.direction)
        for claim in claims
        if claim.outcome is not None and claim.kind is ClaimKind.EFFICACY
    }
    for claim in claims:
        treated = _treatment(claim)
        if claim.outcome is None and (treated, claim.direction) in named:
            continue
        key = (treated, claim.outcome.text.lower() if claim.outcome else "", claim.direction)
        if key not in seen:
            seen.add(key)
            yield claim


def _treatment(claim: Claim) -> str:
    return (claim.intervention.concept or claim.intervention.text) if claim.intervention else ""


def _null_told(claim: Claim) -> Disclosure:
    return Disclosure(
        DisclosureKind.NULL_OUTCOME,
        claim.span,
        claim.text,
        DisclosureReach.SENTENCE,
        concept=claim.outcome.concept if claim.outcome else None,
        intervention=claim.intervention.concept if claim.intervention else None,
    )
