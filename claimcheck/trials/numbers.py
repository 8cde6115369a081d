"""The figures of an analysis, and what can be told of each alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import Better, Hypothesis, Scale

if TYPE_CHECKING:
    from claimcheck.model.trial import PValue

Interval = tuple[float | None, float | None]

# Names of measures, in a record's own vocabulary, whose null is beyond doubt. What only looks like
# one of them ("log odds ratio", "relative risk reduction") is left unknown.
_RATIO = re.compile(r"\b(?:(?:hazard|odds|risk|rate|prevalence) ratio|relative risk)\b")
_REDUCTION = re.compile(r"\bper ?cent(?:age)? (?:reduction|decrease)\b")
_DIFFERENCE = re.compile(r"\b(?:difference|mean change|change from baseline)\b")
_UNCERTAIN = re.compile(r"\b(?:log|ln|relative risk (?:reduction|increase)|percent(?:age)? of)\b")
_SHORT = {
    "hr": Scale.RATIO,
    "or": Scale.RATIO,
    "rr": Scale.RATIO,
    "md": Scale.DIFFERENCE,
    "smd": Scale.DIFFERENCE,
    "wmd": Scale.DIFFERENCE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The figures that a finding is read from.

    `estimate` and `ci` are in the outcome's units, `ci_level` in per cent (two-sided, or the level
    of the one bound that is given), `alpha` a two-sided probability.
    """

    estimate: float | None = None
    ci: Interval | None = None
    ci_level: float = 95.0
    p: PValue | None = None
    scale: Scale = Scale.UNKNOWN
    better: Better = Better.UNKNOWN
    hypothesis: Hypothesis = Hypothesis.SUPERIORITY
    margin: float | None = None
    alpha: float = 0.05


def scale_of(measure: str | None) -> Scale:
    """Answer the scale that a measure's name settles beyond doubt, else unknown."""
    if not measure:
        return Scale.UNKNOWN
    name = " ".join(measure.lower().split())
    if name in _SHORT:
        return _SHORT[name]
    if _UNCERTAIN.search(name):
        return Scale.UNKNOWN
    for pattern, scale in (
        (_RATIO, Scale.RATIO),
        (_REDUCTION, Scale.PERCENT_REDUCTION),
        (_DIFFERENCE, Scale.DIFFERENCE),
    ):
        if pattern.search(name):
            return scale
    return Scale.UNKNOWN


def null_of(scale: Scale) -> float | None:
    """Answer the value that means no effect; None where the scale is unknown."""
    return {Scale.UNKNOWN: None, Scale.RATIO: 1.0}.get(scale, 0.0)


def is_significant(p: PValue | None, alpha: float) -> bool | None:
    """Tell whether a p-value lies below the threshold; None where that cannot be known."""
    if p is None:
        return None
    if p.sign == "<":
        return True if p.value <= alpha else None
    if p.sign == ">":
        return False if p.value >= alpha else None
    return p.value < alpha


def interval_text(numbers: Numbers) -> str:
    """Show the interval for people: "95% CI -0.32 to 0.12"."""
    low, high = numbers.ci or (None, None)
    level = f"{show(numbers.ci_level)}% CI"
    if low is None:
        return f"one-sided {level} up to {show(high)}"
    if high is None:
        return f"one-sided {level} from {show(low)}"
    return f"{level} {show(low)} to {show(high)}"


def show(number: float | None) -> str:
    """Show a number for people."""
    return f"{number:.10g}" if number is not None else "?"
