"""What an analysis shows: from its numbers where they carry it, else from what the record states.

A missing p-value or interval never means that there was no effect.
"""

from __future__ import annotations

from dataclasses import dataclass

from claimcheck.model.trial import Basis, Better, Finding, FindingKind, Hypothesis, Scale
from claimcheck.trials.numbers import Numbers, interval_text, is_significant, null_of, show

EFFECTS = frozenset({FindingKind.IMPROVED, FindingKind.WORSENED, FindingKind.DIFFERS})


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
    """Tell whether words and figures agree on whether there is an effect; its sign is not asked.

    What is not inferior may well be told as no difference.
    """
    if read.tied and {stated, read.kind} <= EFFECTS | {FindingKind.NO_DIFFERENCE}:
        return True
    if stated in EFFECTS or read.kind in EFFECTS:
        return stated in EFFECTS and read.kind in EFFECTS
    told_as_null = stated is FindingKind.NO_DIFFERENCE and read.kind is FindingKind.NON_INFERIOR
    return stated is read.kind or told_as_null


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
        told = f"p {p}" if p.sign == "<" else f"p {p}, below {show(alpha)}"
        return Reading(shows_effect(numbers), told)
    if p.sign == "=" and p.value == alpha:
        return Reading(FindingKind.NO_DIFFERENCE, f"p {p}, at the threshold", tied=True)
    told = f"p {p}" if p.sign == ">" else f"p {p}, above {show(alpha)}"
    return Reading(FindingKind.NO_DIFFERENCE, told)


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
        return Reading(shows_effect(numbers), f"{shown} excludes {show(null)}")
    if level > wanted + 1e-9 or not _holds(numbers, null):
        return None
    if null in (low, high):
        return Reading(FindingKind.NO_DIFFERENCE, f"{shown} reaches {show(null)}", tied=True)
    return Reading(FindingKind.NO_DIFFERENCE, f"{shown} crosses {show(null)}")


def _holds(numbers: Numbers, null: float) -> bool:
    """Tell whether the two-sided interval surely holds the null, though one bound may be absent."""
    low, high = numbers.ci or (None, None)
    estimate = numbers.estimate
    above = high if high is not None else estimate
    below = low if low is not None else estimate
    return above is not None and below is not None and below <= null <= above


def shows_effect(numbers: Numbers) -> FindingKind:
    """Answer which way the estimate goes, significant or not: improved, worsened or differs."""
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
    inside = _is_inside(numbers)
    if inside is None:
        return None
    shown = f"{interval_text(numbers)} against the margin {show(numbers.margin)}"
    by_null = read_interval(numbers)
    if by_null and by_null.kind is FindingKind.IMPROVED:
        return by_null
    if inside:
        return Reading(FindingKind.NON_INFERIOR, f"{shown}: {numbers.hypothesis.value} shown")
    if by_null and by_null.kind in EFFECTS:
        return by_null
    return Reading(FindingKind.NO_DIFFERENCE, f"{shown}: {numbers.hypothesis.value} not shown")


def _is_inside(numbers: Numbers) -> bool | None:
    """Tell whether the interval keeps clear of the margin; None where that cannot be known.

    The margin is a size: a ratio's may be given on either side of 1. Equivalence asks for both
    bounds, non-inferiority for the one on the worse side.
    """
    if numbers.margin is None or numbers.ci is None or numbers.scale is Scale.UNKNOWN:
        return None
    low, high = numbers.ci
    edge = abs(numbers.margin)
    lower, upper = -edge, edge
    if numbers.scale is Scale.RATIO:
        if not edge:
            return None
        lower, upper = sorted((edge, 1 / edge))
    above = None if low is None else low > lower
    below = None if high is None else high < upper
    if numbers.hypothesis is Hypothesis.EQUIVALENCE:
        return None if above is None or below is None else above and below
    if numbers.better is Better.UNKNOWN:
        return None
    reduction = numbers.scale is Scale.PERCENT_REDUCTION
    return above if (numbers.better is Better.HIGHER) != reduction else below


def _read_margin_p(numbers: Numbers) -> Reading | None:
    verdict = is_significant(numbers.p, numbers.alpha)
    if verdict is None:
        return None
    told = f"p {numbers.p} for {numbers.hypothesis.value}"
    if verdict:
        return Reading(FindingKind.NON_INFERIOR, told)
    return Reading(FindingKind.NO_DIFFERENCE, f"{told}, not below {show(numbers.alpha)}")


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
