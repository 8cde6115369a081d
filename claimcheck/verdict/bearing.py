"""Does the evidence that was found bear on the claim at all?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.claim import ClaimKind, Direction, Resolution, Wording
from claimcheck.model.verdict import Manner, Reach
from claimcheck.verdict.deciding import CLOSE_OUTCOME
from claimcheck.verdict.row import is_safety
from claimcheck.verdict.situation import EvidenceState, Result

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.verdict.reading import Reading


def is_elsewhere(claim: Claim, first: Reading) -> bool:
    """Tell whether a claim speaks of the background, and at no study of the record."""
    if Wording.BACKGROUND not in claim.wording or first.match.cited:
        return False
    return not _points_at(claim, first)


def is_unproven_safety(claim: Claim, first: Reading) -> bool:
    """Tell whether a claim of benefit is answered by an outcome on harm that shows nothing."""
    if claim.direction is not Direction.BENEFIT or first.best is None:
        return False
    if first.match.manner & {Manner.SAFE, Manner.TOLERATED}:
        return False  # its words are judged by what was found
    null = first.best.result in {Result.NULL, Result.NON_INFERIOR}
    return null and (claim.kind is ClaimKind.SAFETY or is_safety(first.best.outcome))


def is_beside(claim: Claim, first: Reading) -> bool:
    """Tell whether an answer to another outcome would contradict the claim.

    That fewer people had a stroke or died does not contradict that strokes did not differ.
    """
    if first.best is None or first.best.match.scores.outcome >= CLOSE_OUTCOME:
        return False
    if claim.direction is Direction.NO_EFFECT:
        return first.best.result in {Result.IMPROVED, Result.WORSENED}
    return claim.direction is Direction.BENEFIT and first.best.result is Result.WORSENED


def is_pieced_together(claim: Claim, first: Reading) -> bool:
    """Tell whether neither treatment nor outcome stands in the words that would be contradicted.

    "After a setback in 2008", below a headline on scans, denies nothing of what they showed.
    """
    if claim.direction is not Direction.NO_EFFECT or first.best is None:
        return False
    parts = (claim.intervention, claim.outcome)
    inferred = all(one is not None and one.resolution is not Resolution.CLAUSE for one in parts)
    return inferred and first.best.result in {Result.IMPROVED, Result.WORSENED}


def is_aimless(claim: Claim, first: Reading, readings: tuple[Reading, ...]) -> bool:
    """Tell whether a claim names neither outcome nor condition, and trials are in several.

    One on "health benefits" names no outcome, and no condition but what its own words name.
    """
    if first.best is None or first.match.cited or first.best.match.reach is not Reach.GENERAL:
        return False
    if claim.condition is not None:
        inherited = claim.condition.resolution is not Resolution.CLAUSE
        return inherited and Manner.VAGUE in first.match.manner
    return any(
        not first.match.fields & reading.match.fields
        for reading in readings
        if reading.evidence is EvidenceState.SETTLED
    )


def _points_at(claim: Claim, reading: Reading) -> bool:
    """Tell whether the claim's words point at this very study: by its year or its size."""
    trial = reading.trial
    if reading.best is not None and reading.best.match.figures:
        return True
    numbers = set(re.findall(r"\d+", claim.text.replace(",", "")))
    return bool(numbers & {str(trial.year), str(trial.design.enrolled)})
