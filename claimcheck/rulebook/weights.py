"""How much does each named cue weigh, where cues are weighed and not counted?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.errors import Location, RuleError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by the name of their cue, in groups; what is not named weighs nothing."""

    groups: Mapping[str, Mapping[str, float]]

    def score(self, group: str, cues: Mapping[str, float]) -> float:
        """Answer the weighed sum of a group's cues."""
        known = self.groups.get(group, {})
        return sum(known.get(name, 0.0) * value for name, value in cues.items() if value)


def load_weights(path: Path) -> Weights:
    """Read a file of weights; RuleError where it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        groups = {
            group: {name: float(weight) for name, weight in cues.items()}
            for group, cues in content["weights"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"is no file of weights: {error}"
        raise RuleError(message, location=Location(path.name)) from error
    return Weights(groups)
