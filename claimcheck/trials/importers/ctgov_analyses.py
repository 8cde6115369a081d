"""What does one reported analysis of a registered outcome compare, and what came of it?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Analysis,
    Better,
    Comparison,
    FindingKind,
    Hypothesis,
    PValue,
    Scale,
)
from claimcheck.trials.findings import find
from claimcheck.trials.importers.ctgov_fields import (
    AbsurdError,
    clean,
    name,
    number,
    shorten,
    text,
)
from claimcheck.trials.importers.ctgov_groups import Group, Side
from claimcheck.trials.importers.ctgov_hypotheses import MARGINAL, read_hypothesis, read_margin
from claimcheck.trials.importers.ctgov_pvalues import read_p_value
from claimcheck.trials.numbers import Interval, Numbers, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_pvalues import ReadP
    from claimcheck.trials.importers.ctgov_values import Cell
    from claimcheck.trials.importers.ctgov_words import Words

_LABEL = 60  # code points of a description that still is a label, and no sentence
_METHOD = 120
_PAIR = 2
_CELLS = 40  # of a long listing, these are enough to tell the order by
_LEVELS = (50.0, 100.0)  # per cent: the levels of an interval that can be meant
_CLOSE = 0.5  # a difference fits one order of the groups if it is off by half as much as the other


@dataclass(frozen=True, slots=True)
class Setting:
    """What an analysis is read in the light of: its outcome's title, groups, values, direction."""

    title: str
    groups: Mapping[str, Group]
    cells: Sequence[Cell]
    better: Better
    population: str | None
    words: Words


@dataclass(frozen=True, slots=True)
class Read:
    """An analysis as read: what sets it apart from its fellows, and what is to be noted of it."""

    analysis: Analysis
    label: str = ""
    notes: tuple[str, ...] = ()
    directed: bool = (
        False  # the first group is what is tested, the second what it is tested against
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    estimate: float | None
    ci: Interval | None
    level: float
    scale: Scale
    notes: tuple[str, ...] = ()


def read_analysis(data: Fields, setting: Setting) -> Read:
    """Answer what an analysis says. Raises AbsurdError where a number in it cannot be one."""
    words = setting.words
    listed = _groups(data, setting)
    figures = _figures(data, words)
    read = _p_value(data, words)
    comparison = _comparison(data, listed, setting)
    listed, figures, directed, turned = _orient(listed, figures, data, setting)
    comment = text(data, "nonInferiorityComment")
    hypothesis = read_hypothesis(text(data, "nonInferiorityType"), comment, words)
    margin = None
    if hypothesis is not Hypothesis.SUPERIORITY and comment:
        largest = max((abs(one) for one in _all(figures)), default=math.inf)
        margin = read_margin(comment, scale=figures.scale, largest=largest, words=words)
    p, missed = _settle_one_sided(read, figures)
    numbers = Numbers(
        estimate=figures.estimate,
        ci=figures.ci,
        ci_level=figures.level,
        p=p,
        scale=figures.scale,
        better=setting.better if directed or len(listed) < _PAIR else Better.UNKNOWN,
        hypothesis=hypothesis,
        margin=margin,
        alpha=read.alpha,
    )
    label = _label(data)
    cell = _cell(label, setting)
    arms = tuple(dict.fromkeys(group.arm for group in listed))
    analysis = Analysis(
        finding=find(numbers),
        groups=arms,
        comparison=comparison,
        measure=shorten("; ".join(filter(None, (name(data, "paramType"), label))), _METHOD) or None,
        scale=figures.scale,
        estimate=figures.estimate,
        ci=figures.ci,
        ci_level=figures.level if figures.ci else 95.0,
        p=p,
        population=setting.population,
        hypothesis=hypothesis,
        margin=margin,
        alpha=read.alpha,
        values=tuple(one for one in cell.arm_values() if one.arm in arms) if cell else (),
        method=_method(data, one_sided=read.one_sided),
    )
    notes = (*figures.notes, *filter(None, (read.note, missed, turned)))
    return Read(analysis, label, notes, directed)


def _groups(data: Fields, setting: Setting) -> list[Group]:
    ids = data.get("groupIds")
    found = ids if isinstance(ids, list) else []
    return [setting.groups[one] for one in found if isinstance(one, str) and one in setting.groups]


def _figures(data: Fields, words: Words) -> _Figures:
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
    figures = _Figures(estimate, ci, level, Scale.UNKNOWN, tuple(notes))
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


def _scaled(measure: str, figures: _Figures, words: Words) -> _Figures:
    """Tell the scale by the measure's name; a ratio in per cent becomes a plain one."""
    found = _all(figures)
    scale = scale_of(measure)
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
        return replace(_mapped(figures, lambda one: _short(one / 100)), scale=scale)
    return replace(figures, scale=scale)


def _p_value(data: Fields, words: Words) -> ReadP:
    raw = data.get("pValue")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        raw = repr(raw)
    if raw is not None and not isinstance(raw, str):
        raise AbsurdError("pValue is no number and no text")
    method = f"{text(data, 'statisticalMethod')}; {text(data, 'paramType')}"
    kind = text(data, "nonInferiorityType")
    others = text(data, "nonInferiorityComment") if kind else ""
    return read_p_value(
        clean(raw or ""),
        comment=text(data, "pValueComment"),
        method=method,
        others=others,
        words=words,
    )


def _settle_one_sided(read: ReadP, figures: _Figures) -> tuple[PValue | None, str | None]:
    """Leave out a one-sided p near 1: the effect may well lie on the side that it does not test."""
    p = read.p
    if p and read.one_sided and p.sign != "<" and p.value > 1 - read.alpha and figures.ci:
        return None, f"a one-sided p of {p} left out: it tests the other side alone"
    return p, None


def _comparison(data: Fields, listed: list[Group], setting: Setting) -> Comparison:
    """Tell whether an analysis compares groups; one that lists one group may still do so."""
    if len({group.arm for group in listed}) != 1:
        return Comparison.BETWEEN_GROUP
    told = (text(data, "paramType"), text(data, "groupDescription"), text(data, "estimateComment"))
    several = len(setting.groups) >= _PAIR
    if several and setting.words.says("against", *told, setting.title):
        return Comparison.BETWEEN_GROUP
    return Comparison.WITHIN_GROUP


def _orient(
    listed: list[Group], figures: _Figures, data: Fields, setting: Setting
) -> tuple[list[Group], _Figures, bool, str | None]:
    """Put what is tested first, and the estimate in that order.

    The registry lists groups in any order. Which of them the estimate was taken from is told by
    the values of the arms; where they do not tell, it is what is tested, against its control.
    """
    if len(listed) != _PAIR or listed[0].arm == listed[1].arm:
        return listed, figures, False, None
    first, second = listed
    order = _order(first, second, figures, data, setting)
    sides = _sides(first.side, second.side)
    if sides is None:
        # Of two treatments the one named first is held to be the one that a margin is for.
        margin = order >= 0 and text(data, "nonInferiorityType") in MARGINAL
        return ([second, first] if order < 0 else listed), figures, margin, None
    if sides < 0:
        first, second, order = second, first, -order
    if order >= 0:
        return [first, second], figures, True, None
    turned = f"the registry gives {second.arm} against {first.arm}; turned about"
    if figures.scale is Scale.RATIO:
        if any(one <= 0 for one in _all(figures)):
            return [first, second], replace(figures, scale=Scale.UNKNOWN), False, None
        return [first, second], _turned(figures, lambda one: _short(1 / one)), True, turned
    return [first, second], _turned(figures, lambda one: 0.0 - one), True, turned


def _sides(first: Side, second: Side) -> int | None:
    """Answer 1 where the first is what is tested, -1 where the second is, None if unknown."""
    if first == second:
        return None
    if Side.CONTROL in {first, second}:
        return 1 if second is Side.CONTROL else -1
    return None


def _order(first: Group, second: Group, figures: _Figures, data: Fields, setting: Setting) -> int:
    """Answer 1 where the estimate is first minus (over) second by the arms' values, -1 if not."""
    estimate = figures.estimate
    if estimate is None or figures.scale not in {Scale.DIFFERENCE, Scale.RATIO}:
        return 0
    cell = _cell(_label(data), setting)
    cells = [cell] if cell else setting.cells[:_CELLS]
    found = {
        _fits(estimate, one.level(first.arm), one.level(second.arm), figures.scale)
        for one in cells
        if figures.scale is Scale.DIFFERENCE or _counts_alike(one, data, setting)
    } - {0}
    return found.pop() if len(found) == 1 else 0


def _counts_alike(cell: Cell, data: Fields, setting: Setting) -> bool:
    """Tell whether a ratio of this measure goes with the ratio of the arms' values.

    Hazards go against times and against shares of people who are free of the event.
    """
    if setting.words.says("hazard", text(data, "paramType")):
        return cell.counted and not setting.words.says("survival-like", setting.title, cell.label)
    return cell.counted or cell.geometric


def _fits(estimate: float, one: float | None, two: float | None, scale: Scale) -> int:
    if one is None or two is None:
        return 0
    if scale is Scale.RATIO:
        if min(estimate, one, two) <= 0:
            return 0
        estimate, difference = math.log(estimate), math.log(one / two)
    else:
        difference = one - two
    ahead, behind = abs(estimate - difference), abs(estimate + difference)
    if min(ahead, behind) > _CLOSE * max(ahead, behind):
        return 0
    return 1 if ahead < behind else -1


def _turned(figures: _Figures, change: Callable[[float], float]) -> _Figures:
    mapped = _mapped(figures, change)
    return replace(mapped, ci=(mapped.ci[1], mapped.ci[0]) if mapped.ci else None)


def _mapped(figures: _Figures, change: Callable[[float], float]) -> _Figures:
    def changed(one: float | None) -> float | None:
        return None if one is None else change(one)

    ci = (changed(figures.ci[0]), changed(figures.ci[1])) if figures.ci else None
    return replace(figures, estimate=changed(figures.estimate), ci=ci)


def _all(figures: _Figures) -> list[float]:
    return [one for one in (figures.estimate, *(figures.ci or ())) if one is not None]


def _label(data: Fields) -> str:
    """Answer what sets an analysis apart ("Month 12"): a description that is no sentence."""
    for key in ("groupDescription", "estimateComment"):
        told = text(data, key)
        for end in (len(told), *(told.find(mark) for mark in (". ", ": "))):
            if 0 < end <= _LABEL:
                return told[:end].strip(" .:;")
    return ""


def _cell(label: str, setting: Setting) -> Cell | None:
    """Answer the values that an analysis is of: the only ones, or those of its label."""
    if len(setting.cells) == 1:
        return setting.cells[0]
    plain = label.casefold()
    found = [one for one in setting.cells if plain and one.label.casefold() == plain]
    return found[0] if len(found) == 1 else None


def _method(data: Fields, *, one_sided: bool) -> str | None:
    told = shorten(text(data, "statisticalMethod"), _METHOD)
    return f"{told or 'test'}, one-sided" if one_sided else told or None


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def settled(analyses: Iterable[Analysis]) -> bool:
    """Tell whether one of these analyses settles a comparison between groups."""
    return any(
        one.finding.kind is not FindingKind.NOT_REPORTED
        and one.comparison is Comparison.BETWEEN_GROUP
        for one in analyses
    )
