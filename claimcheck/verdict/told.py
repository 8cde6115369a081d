"""What do a claim's own words make of its evidence, and what have they told the reader of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import DisclosureKind, Strength, Wording
from claimcheck.model.trial import Role
from claimcheck.verdict.situation import Force, Form, Result, ResultRole, StudyDesign, Told

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.situation import Situation

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
_NOT_SIGNIFICANT = {DisclosureKind.NOT_SIGNIFICANT, DisclosureKind.TREND}


def form_of(claim: Claim) -> Form:
    """Answer what sort of comparison the claim makes."""
    if Wording.EQUIVALENCE in claim.wording:
        return Form.EQUIVALENCE
    return Form.TREND if Wording.TREND in claim.wording else Form.PLAIN


def force_of(claim: Claim) -> Force:
    """Answer how much the claim makes of the relation."""
    if Wording.STRONG in claim.wording:
        return Force.STRONG
    loose = {Wording.ASSOCIATION, Wording.DESCRIPTIVE, Wording.WITHIN_GROUP}
    if claim.wording & loose or claim.strength is Strength.CORRELATIONAL:
        return Force.LOOSE
    return Force.CAUSAL if Wording.CAUSAL in claim.wording else Force.PLAIN


def told_of(claim: Claim, reading: Reading, situation: Situation) -> Told:
    """Answer what the draft has told of the weakness that this situation has."""
    kinds = {disclosure.kind for disclosure in claim.disclosures}
    if Wording.SUBGROUP in claim.wording:
        kinds.add(DisclosureKind.SUBGROUP)
    if Wording.WITHIN_GROUP in claim.wording:
        kinds.add(DisclosureKind.WITHIN_GROUP)
    if Wording.NOT_SIGNIFICANT in claim.wording:
        kinds.add(DisclosureKind.NOT_SIGNIFICANT)
    if Wording.ANECDOTE in claim.wording:
        kinds.add(DisclosureKind.CASE)
    specific = reading.named or claim.magnitude is not None or claim.timeframe is not None
    if specific and _null_told(claim, reading):
        return Told.NULL
    if situation.result is Result.NULL:
        return Told.ROLE if kinds & _NOT_SIGNIFICANT else Told.NOTHING
    if situation.design is not StudyDesign.CONTROLLED:
        return Told.ROLE if kinds & _DESIGN_TOLD.get(situation.design, set()) else Told.NOTHING
    return Told.ROLE if kinds & _FITTING.get(situation.role, set()) else Told.NOTHING


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
    )
