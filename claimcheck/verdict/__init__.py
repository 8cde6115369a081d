"""What is to be said of a claim, and the rules that say so."""

from __future__ import annotations

from claimcheck.verdict.judge import judge
from claimcheck.verdict.situation import Situation, situation_fields

__all__ = ["Situation", "judge", "situation_fields"]
