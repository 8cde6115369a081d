"""What limits a result: whom it reaches, how large the study is, how it was tested?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.tiers import FEW
from claimcheck.model.trial import DesignType
from claimcheck.verdict.situation import (
    Chance,
    EvidenceState,
    Extent,
    Part,
    Result,
    Weight,
)

if TYPE_CHECKING:
    from claimcheck.model.trial import Trial
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.row import Row

USUAL_ALPHA = 0.05
_EARLY = {"pilot", "early phase 1", "early_phase1", "phase 1", "phase1", "phase 1b", "1", "1b"}


def extent_of(best: Row | None) -> Extent:
    """Answer in what a claim reaches past the deciding result; of several the worst."""
    if best is None or not best.match.beyond:  # as for most
        return Extent.WITHIN
    return min((Extent(one.value) for one in best.match.beyond), key=tuple(Extent).index)


def weight_of(trial: Trial) -> Weight:
    """Answer how much a study of this size and phase can carry; a pooled one carries all."""
    if trial.design.type is DesignType.META_ANALYSIS:
        return Weight.FULL
    few = trial.design.enrolled is not None and trial.design.enrolled < FEW
    early = (trial.design.phase or "").casefold() in _EARLY
    return Weight.EARLY if few or early else Weight.FULL


def chance_of(best: Row | None) -> Chance:
    """Answer whether a result would pass the usual threshold, and misses the study's own."""
    if best is None or best.analysis.p is None or best.result is not Result.NULL:
        return Chance.PLAIN
    p, alpha = best.analysis.p, best.analysis.alpha
    passed = p.sign != ">" and p.value < USUAL_ALPHA
    return Chance.CORRECTED if passed and alpha < USUAL_ALPHA else Chance.PLAIN


def part_of(readings: tuple[Reading, ...]) -> Part:
    """Answer whether the claim's words single out a part of the people studied that improved."""
    settled = (one for one in readings if one.evidence is EvidenceState.SETTLED)
    return Part.PART if any(reading.match.part for reading in settled) else Part.WHOLE
