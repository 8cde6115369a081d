"""What do a claim's own words make of its evidence, and what have they told the reader of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction, DisclosureKind, DisclosureReach, Strength, Wording
from claimcheck.model.trial import Role
from claimcheck.model.verdict import Manner, Reach
from claimcheck.verdict.situation import (
    Force,
    Form,
    Primary,
    Result,
    ResultRole,
    StudyDesign,
    Told,
    Voice,
)

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim, Disclosure
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.row import Row

_FITTING = {  # what a draft may say to tell a reader of a result's role
    ResultRole.SECONDARY: {DisclosureKind.SECONDARY, DisclosureKind.EXPLORATORY},
    ResultRole.UNKNOWN: {DisclosureKind.SECONDARY, DisclosureKind.EXPLORATORY},
    ResultRole.SUBGROUP: {DisclosureKind.SUBGROUP, DisclosureKind.EXPLORATORY},
    ResultRole.EXPLORATORY: {
        DisclosureKind.EXPLORATORY,
        DisclosureKind.SUBGROUP,
        DisclosureKind.SECONDARY,
    },
    ResultRole.WITHIN_GROUP: {
        DisclosureKind.WITHIN_GROUP,
        DisclosureKind.UNCONTROLLED,
        DisclosureKind.SMALL,
    },
}
_DESIGN_TOLD = {
    StudyDesign.UNCONTROLLED: {
        DisclosureKind.UNCONTROLLED,
        DisclosureKind.WITHIN_GROUP,
        DisclosureKind.SMALL,
    },
    StudyDesign.OBSERVATIONAL: {DisclosureKind.ASSOCIATION, DisclosureKind.UNCONTROLLED},
    StudyDesign.CASE: {DisclosureKind.CASE},
}
_WORDING = {
    Wording.SUBGROUP: DisclosureKind.SUBGROUP,
    Wording.WITHIN_GROUP: DisclosureKind.WITHIN_GROUP,
    Wording.NOT_SIGNIFICANT: DisclosureKind.NOT_SIGNIFICANT,
    Wording.ANECDOTE: DisclosureKind.CASE,
}
_NOT_SIGNIFICANT = {DisclosureKind.NOT_SIGNIFICANT, DisclosureKind.TREND}


def form_of(claim: Claim, manner: frozenset[Manner]) -> Form:
    """Answer what the claim's words make of the comparison, or of harm."""
    if Manner.TOLERATED in manner:
        return Form.TOLERATED
    if Manner.SAFE in manner:
        # "No side effects were seen" tells what was found, and promises nothing.
        return Form.TOLERATED if force_of(claim) is Force.LOOSE else Form.SAFE
    if Wording.EQUIVALENCE in claim.wording:
        return Form.EQUIVALENCE
    if Wording.TREND in claim.wording:
        return Form.TREND
    if claim.direction is Direction.NO_EFFECT and Manner.UNPROVEN in manner:
        return Form.UNPROVEN
    slight = Manner.SLIGHT in manner and claim.direction is Direction.NO_EFFECT
    return Form.SLIGHT if slight else Form.PLAIN


def force_of(claim: Claim) -> Force:
    """Answer how much the claim makes of the relation."""
    if Wording.STRONG in claim.wording:
        return Force.STRONG
    if Wording.ADVICE in claim.wording:
        return Force.ADVICE
    if Wording.CAUSAL in claim.wording and claim.strength is Strength.CAUSAL:
        return Force.CAUSAL
    loose = {Wording.ASSOCIATION, Wording.DESCRIPTIVE, Wording.WITHIN_GROUP}
    if claim.wording & loose or claim.strength is Strength.CORRELATIONAL:
        return Force.LOOSE
    return Force.CAUSAL if Wording.CAUSAL in claim.wording else Force.PLAIN


def voice_of(claim: Claim) -> Voice:
    """Answer who speaks in the claim."""
    return Voice.ANECDOTE if Wording.ANECDOTE in claim.wording else Voice.PLAIN


def told_of(claim: Claim, reading: Reading, best: Row | None, primary: Primary) -> Told:
    """Answer what the draft has told of the weakness of a study's answer.

    `best` is the result that answers, None where none does, and `primary` tells how the claim's own
    outcome ended, where that is a primary one.
    """
    # A result of its own: an instrument, a time, figures, or another outcome than the primary.
    general = best is not None and best.match.reach is Reach.GENERAL
    another = not general and primary is Primary.UNKNOWN
    figures = claim.magnitude is not None or claim.timeframe is not None
    if (reading.named or figures or another) and _null_told(claim, reading):
        return Told.NULL
    kinds = _kinds(claim)
    if best is not None and best.result is Result.NULL:
        return Told.ROLE if kinds & _NOT_SIGNIFICANT else Told.NOTHING
    fitting = _DESIGN_TOLD.get(reading.design, set())
    if best is not None and reading.design not in {StudyDesign.OBSERVATIONAL, StudyDesign.CASE}:
        fitting = fitting | _FITTING.get(best.role, set())
    return Told.ROLE if kinds & fitting else Told.NOTHING


def _kinds(claim: Claim) -> set[DisclosureKind]:
    """Answer what is told of a result's role, in the claim's words or near before them."""
    near = {one.kind for one in claim.disclosures if one.reach is not DisclosureReach.SECTION}
    return near | {kind for wording, kind in _WORDING.items() if wording in claim.wording}


def _null_told(claim: Claim, reading: Reading) -> bool:
    """Tell whether the draft has told that a primary outcome of this study failed."""
    own = claim.outcome.concept if claim.outcome else None
    failed = {row.outcome.concept for row in reading.rows if row.outcome.role is Role.PRIMARY}
    return any(
        disclosure.kind is DisclosureKind.NULL_PRIMARY
        or (
            disclosure.kind is DisclosureKind.NULL_OUTCOME
            and (disclosure.concept is None or disclosure.concept in failed | {own})
        )
        for disclosure in claim.disclosures
        if _same_treatment(disclosure, claim)
    )


def _same_treatment(disclosure: Disclosure, claim: Claim) -> bool:
    if disclosure.intervention is None or claim.intervention is None:
        return True
    own = {claim.intervention.concept, claim.intervention.text.casefold()}
    return disclosure.intervention.casefold() in own
