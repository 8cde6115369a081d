"""What does a trial report claim of itself: in its title, the wording of its results, its end?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.claim import (
    Certainty,
    Claim,
    ClaimKind,
    CueHit,
    Direction,
    Strength,
    Wording,
)
from claimcheck.model.document import Span
from claimcheck.reading.context import governed
from claimcheck.reading.sections import Part

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from claimcheck.model.document import Document
    from claimcheck.reading.nlp import Hit
    from claimcheck.reading.sections import Sentence
    from claimcheck.rulebook.types import Rulebook

_LAST = 2  # sentences that conclude a report which does not say where it concludes
_REACH = 8  # tokens over which "no difference in" takes back what follows
_WORDING = {
    "equivalence-from-null": Wording.EQUIVALENCE,
    "trend": Wording.TREND,
    "subgroup": Wording.SUBGROUP,
    "within-group": Wording.WITHIN_GROUP,
    "strength": Wording.ADVICE,
}
_OF_NULLS = frozenset({"equivalence-from-null", "trend"})  # what is made of no difference
_IN_RESULTS = frozenset({"trend"})  # what oversells a result where it is told


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A claim of a report on itself, and where it stands.

    `admits` says that its sentence first tells what did not differ, `sweeping` that it speaks of
    all outcomes.
    """

    claim: Claim
    admits: bool
    place: Part
    sweeping: bool


def own_claims(
    document: Document, told: Sequence[Sentence], made: Iterable[Claim], rulebook: Rulebook
) -> tuple[OwnClaim, ...]:
    """Answer the claims of a report's title and conclusion, and what else its wording sells."""
    concluding = [one for one in told if one.part is Part.CONCLUSION] or list(told[-_LAST:])
    places = [(one.span, Part.CONCLUSION) for one in concluding]
    title = _title(document)
    conceding = frozenset(rulebook.words.get("conceding", ()))
    claims = _not_conceded(
        _not_denied(
            claim
            for claim in made
            if claim.kind is ClaimKind.EFFICACY
            and (_place(claim, places) or (title and _is_promised_by(title, claim, told)))
        ),
        {one.span for one in told if not conceding.isdisjoint(one.reading.lowers[:1])},
    )
    promised = [claim.sentence for claim in claims if claim.direction is Direction.BENEFIT]
    for sentence in told:
        ends = sentence in concluding
        if not ends and sentence.part is not Part.RESULTS:
            continue
        kinds = None if ends else _IN_RESULTS
        sold = next(
            (h for h in _sold(sentence, rulebook) if not kinds or h.cue.value in kinds), None
        )
        if sold is not None and not any(span.overlaps(sentence.span) for span in promised):
            claims.append(_selling(document, sentence, sold))
        if ends:
            claims = [_worded(claim, sentence, rulebook) for claim in claims]
    ordered = sorted(claims, key=lambda claim: (claim.sentence, claim.span))
    places = [*([(title, Part.TITLE)] if title else []), *places]
    places += [(one.span, one.part) for one in told]
    return tuple(
        OwnClaim(
            replace(claim, id=f"c{at}"),
            admits=_admits(claim, ordered, told),
            place=_place(claim, places) or Part.OTHER,
            sweeping=_says(claim, "selling-sweeping", told),
        )
        for at, claim in enumerate(ordered, start=1)
    )


def _is_promised_by(title: Span, claim: Claim, told: Iterable[Sentence]) -> bool:
    """Tell whether a title asserts what it names: "X improves Y", not "X in improving Y"."""
    return title.holds(claim.span) and _says(claim, "title-assertion", told)


def _says(claim: Claim, kind: str, told: Iterable[Sentence]) -> bool:
    return any(
        claim.span.holds(hit.span)
        for sentence in told
        if sentence.span.overlaps(claim.span)
        for hit in sentence.reading.of(kind)
    )


def _place(claim: Claim, places: Iterable[tuple[Span, Part]]) -> Part | None:
    return next((part for span, part in places if span.overlaps(claim.span)), None)


def _title(document: Document) -> Span | None:
    title = document.title
    if not title or not document.text.startswith(title):
        return None
    return Span(0, len(title))


def _admits(claim: Claim, claims: Iterable[Claim], told: Iterable[Sentence]) -> bool:
    begins = claim.outcome.span.start if claim.outcome else claim.span.start
    for one in claims:
        null = one.direction is Direction.NO_EFFECT and one.sentence == claim.sentence
        if null and one.span.start < begins:
            return True
    return any(
        hit.span.start < begins
        for sentence in told
        if sentence.span.overlaps(claim.span)
        for hit in sentence.reading.of("effect-null", "same")
    )


def _not_denied(claims: Iterable[Claim]) -> list[Claim]:
    """Drop a benefit whose own clause says that there was none: "no more effective in reducing"."""
    found = list(claims)
    denied = [claim.span for claim in found if claim.direction is Direction.NO_EFFECT]
    return [
        claim
        for claim in found
        if claim.direction is not Direction.BENEFIT
        or not any(span.overlaps(claim.span) for span in denied)
    ]


def _not_conceded(claims: Sequence[Claim], conceding: Container[Span]) -> list[Claim]:
    """Drop a benefit that is conceded before the failure: "although A improved, B did not".

    `conceding` are the sentences that open with such a word.
    """
    failed = [claim for claim in claims if claim.direction is Direction.NO_EFFECT]
    return [
        claim
        for claim in claims
        if claim.direction is not Direction.BENEFIT
        or claim.sentence not in conceding
        or not any(one.sentence == claim.sentence and one.span > claim.span for one in failed)
    ]


def _sold(sentence: Sentence, rulebook: Rulebook) -> Iterator[Hit]:
    """Yield the words that sell a result, but not those that a negation or an aim governs."""
    reading = sentence.reading
    if reading.of("selling-open"):
        return
    taken_back = (
        *governed(reading, rulebook.scopes, "negation", pseudo="negation-pseudo"),
        *governed(reading, rulebook.scopes, "aim"),
    )
    nulls = reading.of("effect-null")
    for hit in reading.of("selling"):
        denied = any(one.holds(hit.first) for one in taken_back)
        null = any(one.first <= hit.first < one.last + _REACH for one in nulls)
        if hit.cue.value in _OF_NULLS or not (denied or null):
            yield hit


def _worded(claim: Claim, sentence: Sentence, rulebook: Rulebook) -> Claim:
    """Add to a claim what the words that sell it make of the result: "both treatments"."""
    added = {
        _WORDING[hit.cue.value]
        for hit in _sold(sentence, rulebook)
        if claim.span.holds(hit.span) and hit.cue.value in _WORDING
    }
    return replace(claim, wording=claim.wording | added) if added - claim.wording else claim


def _selling(document: Document, sentence: Sentence, hit: Hit) -> Claim:
    """Make a claim of benefit of a sentence that sells without naming an effect."""
    span = sentence.span
    wording = _WORDING.get(hit.cue.value or "")
    block = next(at for at, one in enumerate(document.blocks) if one.span.overlaps(span))
    return Claim(
        id="",
        span=span,
        sentence=span,
        block=block,
        section=0,
        text=document.text[span.start : span.end],
        kind=ClaimKind.EFFICACY,
        direction=Direction.BENEFIT,
        certainty=Certainty.HEDGED if sentence.reading.of("hedge") else Certainty.ASSERTED,
        strength=Strength.CONDITIONAL_CAUSAL,
        intervention=None,
        outcome=None,
        wording=frozenset({wording} if wording else ()),
        cues=(CueHit(hit.cue.id, hit.span, document.text[hit.start : hit.end]),),
    )
