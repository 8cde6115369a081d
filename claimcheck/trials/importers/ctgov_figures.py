"""What figures does a reported analysis give: the estimate, its interval, and on what scale?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import Scale
from claimcheck.trials.importers.ctgov_fields import name, number, text
from claimcheck.trials.numbers import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_words import Words
    from claimcheck.trials.numbers import Interval

_LEVELS = (50.0, 100.0)  # per cent: the levels of an interval that can be meant


@dataclass(frozen=True, slots=True)
class Figures:
    """An estimate and its interval, `level` in per cent, and what was left out of them."""

    estimate: float | None
    ci: Interval | None
    level: float
    scale: Scale
    notes: tuple[str, ...] = ()


def read_figures(data: Fields, words: Words) -> Figures:
    """Read estimate and interval, and leave out of them what contradicts itself."""
    estimate, notes = number(data, "paramValue"), []
    low, high = number(data, "ciLowerLimit"), number(data, "ciUpperLimit")
    level = number(data, "ciPctValue")
    if level is not None and 0 < level < 1:
        level *= 100
    ci: Interval | None = None if low is None and high is None else (low, high)
    if ci and level is None:
        level = 95.0
        notes.append("the interval's level is not given: 95 % taken")
    if ci and level is not None and not _LEVELS[0] <= level < _LEVELS[1]:
        notes.append(f"an interval of {level:g} % left out")
        ci = None
    if low is not None and high is not None and low > high and ci:
        notes.append(f"an interval from {low:g} to {high:g} left out: its ends are reversed")
        ci = None
    if ci and estimate is not None and not _holds(ci, estimate):
        notes.append(f"the interval does not hold its estimate {estimate:g}: both left out")
        ci = estimate = None
    level = _two_sided_level(data, ci, level or 95.0)
    figures = Figures(estimate, ci, level, Scale.UNKNOWN, tuple(notes))
    return _scaled(name(data, "paramType"), figures, words)


def _holds(ci: Interval, estimate: float) -> bool:
    low, high = ci
    return (low is None or low <= estimate) and (high is None or estimate <= high)


def _two_sided_level(data: Fields, ci: Interval | None, level: float) -> float:
    """Answer the level as a record gives it: two-sided, or of the one bound that there is."""
    one_sided = text(data, "ciNumSides") == "ONE_SIDED"
    if ci and None in ci and not one_sided:
        return (100 + level) / 2  # half of what lies outside a two-sided interval
    if ci and None not in ci and one_sided and level > 75:  # noqa: PLR2004
        return 2 * level - 100  # one of its ends is the bound, and nobody says which
    return level


def _scaled(measure: str, figures: Figures, words: Words) -> Figures:
    """Tell the scale by the measure's name; a ratio in per cent becomes a plain one."""
    found = all_of(figures)
    scale = scale_of(measure)
    if words.says("unscaled", measure):
        return figures
    if scale is Scale.UNKNOWN and measure and not words.says("log", measure):
        if words.says("ratio", measure):
            scale = Scale.RATIO
        elif words.says("difference", measure):
            scale = Scale.DIFFERENCE
    if scale is not Scale.RATIO:
        return replace(figures, scale=scale)
    if any(one < 0 for one in found) or (found and max(found) == 0):
        return replace(figures, scale=Scale.UNKNOWN)  # it is logged, whatever its name says
    if words.says("percent", measure) and min(found, default=0) > 5:  # noqa: PLR2004
        return replace(mapped(figures, lambda one: short(one / 100)), scale=scale)
    return replace(figures, scale=scale)


def all_of(figures: Figures) -> list[float]:
    """Answer every figure that there is."""
    return [one for one in (figures.estimate, *(figures.ci or ())) if one is not None]


def mapped(figures: Figures, change: Callable[[float], float]) -> Figures:
    """Answer the figures, each of them changed."""

    def changed(one: float | None) -> float | None:
        return None if one is None else change(one)

    ci = (changed(figures.ci[0]), changed(figures.ci[1])) if figures.ci else None
    return replace(figures, estimate=changed(figures.estimate), ci=ci)


def short(value: float) -> float:
    """Answer a computed number without the noise of its last digits."""
    return float(f"{value:.6g}")
