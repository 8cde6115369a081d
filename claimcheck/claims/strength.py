"""How strong a relation does a sentence assert: none, correlational, conditional causal, causal?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Strength

if TYPE_CHECKING:
    from claimcheck.reading.nlp import Reading


def strength_of(reading: Reading) -> Strength:
    """Answer the strength of a read sentence (Sumner 2014's scale, folded to four).

    Words of association make it correlational, a hedge beside a causal verb conditional.
    """
    effects = reading.of("effect", "effect-generic", "effect-compare")
    if reading.of("association"):
        return Strength.CORRELATIONAL
    if not effects:
        return Strength.NONE
    if reading.of("hedge"):
        return Strength.CONDITIONAL_CAUSAL
    if all(hit.cue.kind == "effect-compare" for hit in effects):
        return Strength.CORRELATIONAL
    return Strength.CAUSAL
