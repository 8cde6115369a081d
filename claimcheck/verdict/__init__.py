"""What is to be said of a claim, and the rules that say so."""

from __future__ import annotations

from claimcheck.verdict.judge import judge
from claimcheck.verdict.ruling import Rulings
from claimcheck.verdict.situation import Situation, situation_fields

__all__ = ["Rulings", "Situation", "judge", "situation_fields"]
