"""What an analysis shows: from its numbers where they carry it, else from what the record states.

A missing p-value or interval never means that there was no effect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Basis,
    Better,
    Finding,
    FindingKind,
    Hypothesis,
    Scale,
)

if TYPE_CHECKING:
    from claimcheck.model.trial import PValue

Interval = tuple[float | None, float | None]

EFFECTS = frozenset({FindingKind.IMPROVED, FindingKind.WORSENED, FindingKind.DIFFERS})

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


@dataclass(frozen=True, slots=True)
class Reading:
    """What the figures show and why; `tied` where they lie exactly on the threshold."""

    kind: FindingKind
    because: str
    tied: bool = False


def find(
    numbers: Numbers, *, stated: FindingKind | None = None, basis: Basis | None = None
) -> Finding:
    """Answer what an analysis shows, why, and how it is known.

    `stated` and `basis` are what the record says. Figures outweigh words, unless `basis` says that
    the finding rests on words (a corrected threshold, say) or was computed from arm values.
    """
    if stated is FindingKind.NOT_REPORTED:
        stated = None
    read = None if basis in {Basis.STATED, Basis.COMPUTED} else read_numbers(numbers)
    if read is None or (stated is not None and _beyond_figures(stated, read, numbers)):
        return _stated(numbers, stated, basis)
    if stated is not None and agrees(stated, read):
        return Finding(stated, read.because, Basis.REPORTED)
    return Finding(read.kind, read.because, Basis.REPORTED)


def agrees(stated: FindingKind, read: Reading) -> bool:
    """Tell whether words and figures agree on whether there is an effect; its sign is not asked."""
    if read.tied and {stated, read.kind} <= EFFECTS | {FindingKind.NO_DIFFERENCE}:
        return True
    if stated in EFFECTS or read.kind in EFFECTS:
        return stated in EFFECTS and read.kind in EFFECTS
    return stated is read.kind


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


def read_numbers(numbers: Numbers) -> Reading | None:
    """Answer what the figures alone show; None where they settle nothing."""
    if numbers.hypothesis is not Hypothesis.SUPERIORITY:
        return _read_margin(numbers) or _read_margin_p(numbers) or read_interval(numbers)
    by_p, by_interval = read_p(numbers), read_interval(numbers)
    if by_p is None:
        return by_interval
    if by_interval is None or not agrees(by_p.kind, by_interval):
        return by_p
    return Reading(by_p.kind, f"{by_p.because}; {by_interval.because}", by_p.tied)


def read_p(numbers: Numbers) -> Reading | None:
    """Answer what the p-value alone shows; None where there is none or it settles nothing."""
    p, alpha = numbers.p, numbers.alpha
    verdict = is_significant(p, alpha)
    if p is None or verdict is None:
        return None
    if verdict:
        told = f"p {p}" if p.sign == "<" else f"p {p}, below {_show(alpha)}"
        return Reading(_effect(numbers), told)
    if p.sign == "=" and p.value == alpha:
        return Reading(FindingKind.NO_DIFFERENCE, f"p {p}, at the threshold", tied=True)
    told = f"p {p}" if p.sign == ">" else f"p {p}, above {_show(alpha)}"
    return Reading(FindingKind.NO_DIFFERENCE, told)


def is_significant(p: PValue | None, alpha: float) -> bool | None:
    """Tell whether a p-value lies below the threshold; None where that cannot be known."""
    if p is None:
        return None
    if p.sign == "<":
        return True if p.value <= alpha else None
    if p.sign == ">":
        return False if p.value >= alpha else None
    return p.value < alpha


def read_interval(numbers: Numbers) -> Reading | None:
    """Answer what the interval alone shows; None where the scale or its level settles nothing.

    An interval that holds the null at a level below 1 - alpha holds it at 1 - alpha as well, and
    one that excludes it at a level above excludes it there too; nothing else follows.
    """
    null = null_of(numbers.scale)
    if numbers.ci is None or null is None:
        return None
    low, high = numbers.ci
    both = low is not None and high is not None
    level = numbers.ci_level if both else 2 * numbers.ci_level - 100
    wanted = 100 * (1 - numbers.alpha)
    shown = interval_text(numbers)
    if (low is not None and low > null) or (high is not None and high < null):
        if level < wanted - 1e-9:
            return None
        return Reading(_effect(numbers), f"{shown} excludes {_show(null)}")
    if level > wanted + 1e-9 or not _holds(numbers, null):
        return None
    if null in (low, high):
        return Reading(FindingKind.NO_DIFFERENCE, f"{shown} reaches {_show(null)}", tied=True)
    return Reading(FindingKind.NO_DIFFERENCE, f"{shown} crosses {_show(null)}")


def interval_text(numbers: Numbers) -> str:
    """Show the interval for people: "95% CI -0.32 to 0.12"."""
    low, high = numbers.ci or (None, None)
    level = f"{_show(numbers.ci_level)}% CI"
    if low is None:
        return f"one-sided {level} up to {_show(high)}"
    if high is None:
        return f"one-sided {level} from {_show(low)}"
    return f"{level} {_show(low)} to {_show(high)}"


def _holds(numbers: Numbers, null: float) -> bool:
    """Tell whether the two-sided interval surely holds the null, though one bound may be absent."""
    low, high = numbers.ci or (None, None)
    estimate = numbers.estimate
    above = high if high is not None else estimate
    below = low if low is not None else estimate
    return above is not None and below is not None and below <= null <= above


def _effect(numbers: Numbers) -> FindingKind:
    """Answer which way a significant effect goes."""
    null = null_of(numbers.scale)
    side = _side(numbers, null) if null is not None else 0
    if numbers.scale is Scale.PERCENT_REDUCTION:
        side = -side
    if not side or numbers.better is Better.UNKNOWN:
        return FindingKind.DIFFERS
    higher = numbers.better is Better.HIGHER
    return FindingKind.IMPROVED if (side > 0) == higher else FindingKind.WORSENED


def _side(numbers: Numbers, null: float) -> int:
    low, high = numbers.ci or (None, None)
    if numbers.estimate is not None and numbers.estimate != null:
        return 1 if numbers.estimate > null else -1
    if low is not None and low > null:
        return 1
    return -1 if high is not None and high < null else 0


def _read_margin(numbers: Numbers) -> Reading | None:
    """Lay the interval beside the margin of non-inferiority or equivalence."""
    null = null_of(numbers.scale)
    if numbers.margin is None or numbers.ci is None or null is None:
        return None
    lower, upper = _margins(numbers.scale, abs(numbers.margin))
    low, high = numbers.ci
    sides = {
        Better.HIGHER: (low is not None and low > lower, low is not None, lower),
        Better.LOWER: (high is not None and high < upper, high is not None, upper),
    }
    if numbers.scale is Scale.PERCENT_REDUCTION:
        sides = {Better.HIGHER: (sides[Better.LOWER]), Better.LOWER: (sides[Better.HIGHER])}
    if numbers.hypothesis is Hypothesis.EQUIVALENCE:
        inside = low is not None and high is not None and low > lower and high < upper
        known, edge = low is not None and high is not None, numbers.margin
    elif numbers.better is Better.UNKNOWN:
        return None
    else:
        inside, known, edge = sides[numbers.better]
    if not known:
        return None
    shown = interval_text(numbers)
    if inside:
        by_null = read_interval(numbers)
        if by_null is not None and by_null.kind is FindingKind.IMPROVED:
            return by_null
        return Reading(FindingKind.NON_INFERIOR, f"{shown} stays within the margin {_show(edge)}")
    by_null = read_interval(numbers)
    if by_null is not None and by_null.kind in EFFECTS:
        return by_null
    told = f"{shown} reaches the margin {_show(edge)}: {numbers.hypothesis.value} not shown"
    return Reading(FindingKind.NO_DIFFERENCE, told)


def _margins(scale: Scale, margin: float) -> tuple[float, float]:
    """Answer the two edges; a ratio's margin may be given on either side of 1."""
    if scale is not Scale.RATIO:
        return -margin, margin
    outer = max(margin, 1 / margin) if margin else float("inf")
    return 1 / outer, outer


def _read_margin_p(numbers: Numbers) -> Reading | None:
    verdict = is_significant(numbers.p, numbers.alpha)
    if verdict is None:
        return None
    told = f"p {numbers.p} for {numbers.hypothesis.value}"
    if verdict:
        return Reading(FindingKind.NON_INFERIOR, told)
    return Reading(FindingKind.NO_DIFFERENCE, f"{told}, not below {_show(numbers.alpha)}")


def _beyond_figures(stated: FindingKind, read: Reading, numbers: Numbers) -> bool:
    """Tell whether words say non-inferior where the figures, for want of a margin, cannot."""
    return (
        stated is FindingKind.NON_INFERIOR
        and read.kind is not FindingKind.NON_INFERIOR
        and numbers.margin is None
        and not (numbers.p is not None and is_significant(numbers.p, numbers.alpha) is False)
    )


def _stated(numbers: Numbers, stated: FindingKind | None, basis: Basis | None) -> Finding:
    figures = [interval_text(numbers)] if numbers.ci is not None else []
    figures += [f"p {numbers.p}"] if numbers.p is not None else []
    known = Basis.COMPUTED if basis is Basis.COMPUTED and stated else Basis.STATED
    if stated is None:
        told = "no finding stated" if figures else "no p-value, interval or finding reported"
        return Finding(FindingKind.NOT_REPORTED, "; ".join([told, *figures]), known)
    told = "computed from arm values" if known is Basis.COMPUTED else "stated by the report"
    return Finding(stated, "; ".join([told, *figures]), known)


def _show(number: float | None) -> str:
    return f"{number:.10g}" if number is not None else "?"
