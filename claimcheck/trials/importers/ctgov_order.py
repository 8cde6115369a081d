"""Which group of a comparison comes first, and does the estimate go that way?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import Scale
from claimcheck.trials.importers.ctgov_figures import all_of, mapped, short
from claimcheck.trials.importers.ctgov_groups import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claimcheck.trials.importers.ctgov_figures import Figures
    from claimcheck.trials.importers.ctgov_groups import Group
    from claimcheck.trials.importers.ctgov_values import Cell
    from claimcheck.trials.importers.ctgov_words import Words

_PAIR = 2
_BETWEEN = 60  # code points between the names of two groups that a text compares
_CELLS = 40  # of a long listing, these are enough to tell the order by
_CLOSE = 0.34  # an order is told if one fits the estimate three times as well as the other


@dataclass(frozen=True, slots=True)
class Oriented:
    """A comparison with what is tested first; `directed` tells that this is known.

    `turned` says that the registry gave it the other way round.
    """

    groups: list[Group]
    figures: Figures
    directed: bool = False
    turned: str | None = None


def orient(
    listed: list[Group],
    figures: Figures,
    cells: Sequence[Cell],
    *,
    told: int,
    hazard: bool,
    margin: bool,
) -> Oriented:
    """Answer a comparison with what is tested first, and the estimate in that order.

    The registry lists groups in any order. Which of them the estimate was taken from is told by
    the values of the arms, else by words (`told`, see told_order); where neither tells, it is what
    is tested, against its control. Of two treatments the first is the one that a `margin` is for.
    `cells` are the values that the analysis may be of; a `hazard` goes with shares of people only.
    """
    if len(listed) != _PAIR or listed[0].arm == listed[1].arm:
        return Oriented(listed, figures)
    first, second = listed
    order = _order(first, second, figures, cells, hazard=hazard) or told
    sides = _sides(first.side, second.side)
    if sides is None:
        kept = [second, first] if order < 0 else listed
        return Oriented(kept, figures, directed=margin and order >= 0)
    if sides < 0:
        first, second, order = second, first, -order
    groups = [first, second]
    if order >= 0:
        return Oriented(groups, figures, directed=True)
    turned = f"the registry gives {second.arm} against {first.arm}; turned about"
    if figures.scale is not Scale.RATIO:
        return Oriented(
            groups, _turned(figures, lambda one: 0.0 - one), directed=True, turned=turned
        )
    if any(one <= 0 for one in all_of(figures)):
        return Oriented(groups, replace(figures, scale=Scale.UNKNOWN))
    return Oriented(
        groups, _turned(figures, lambda one: short(1 / one)), directed=True, turned=turned
    )


def told_order(listed: Sequence[Group], text: str, words: Words) -> int:
    """Answer 1 where a text compares the first of two groups with the second, -1 the other way.

    0 where it does neither in so many words ("in X compared to Y").
    """
    if len(listed) != _PAIR or not text:
        return 0
    plain = text.casefold()
    titles = [group.title.casefold() for group in listed]
    if not all(titles) or titles[0] in titles[1] or titles[1] in titles[0]:
        return 0
    if any(plain.count(title) != 1 for title in titles):
        return 0
    starts = [plain.index(title) for title in titles]
    ahead = 0 if starts[0] < starts[1] else 1
    between = plain[starts[ahead] + len(titles[ahead]) : starts[1 - ahead]]
    if len(between) > _BETWEEN or not words.says("compared", between):
        return 0
    return -1 if ahead else 1


def _sides(first: Side, second: Side) -> int | None:
    """Answer 1 where the first is what is tested, -1 where the second is, None if unknown."""
    if first == second or Side.CONTROL not in {first, second}:
        return None
    return 1 if second is Side.CONTROL else -1


def _order(
    first: Group, second: Group, figures: Figures, cells: Sequence[Cell], *, hazard: bool
) -> int:
    """Answer 1 where the estimate is first minus (over) second by the arms' values, -1 if not."""
    estimate, scale = figures.estimate, figures.scale
    if estimate is None or scale not in {Scale.DIFFERENCE, Scale.RATIO}:
        return 0
    ratio = scale is Scale.RATIO
    found = {
        _fits(estimate, one.level(first.arm), one.level(second.arm), scale)
        for one in cells[:_CELLS]
        if not ratio or one.counted or (one.geometric and not hazard)
    } - {0}
    return found.pop() if len(found) == 1 else 0


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


def _turned(figures: Figures, change: Callable[[float], float]) -> Figures:
    changed = mapped(figures, change)
    return replace(changed, ci=(changed.ci[1], changed.ci[0]) if changed.ci else None)
