"""Where a trial's results stand to the line of no effect: what page and terminal both draw."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import Basis, Better, Role, Scale
from claimcheck.reports.numbers import numbers
from claimcheck.reports.words import clean, outcome_name
from claimcheck.trials.join import is_switched
from claimcheck.trials.numbers import null_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from claimcheck.model.trial import Analysis, Outcome, Trial

NULL_AT = 0.5
_ROLES = tuple(Role)
_REGISTERED = {
    Role.SECONDARY: "primary in the report, secondary in the registry",
    Role.EXPLORATORY: "primary in the report, exploratory in the registry",
    Role.SUBGROUP: "primary in the report, a subgroup in the registry",
    Role.UNKNOWN: "primary in the report, not named in the registry",
}
_MARGIN = 0.04  # left free at both ends, so that a mark at the end is seen whole
_WIDEST = math.log(20)  # of a ratio: one wild interval must not press the others flat
_TICKS = (
    (0.9, 1, 1.1),
    (0.8, 1, 1.25),
    (0.67, 1, 1.5),
    (0.5, 1, 2),
    (0.2, 0.5, 1, 2, 5),
    (0.1, 0.3, 1, 3, 10),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """An estimate and its interval, from 0 at the left end to 1; the null stands at `NULL_AT`.

    `low` or `high` is None where there is no such bound. `goes_on` tells of the left and the right
    end whether the interval reaches past what is drawn. `better` is -1 where results left of the
    null are the good ones, 1 where those right of it are, 0 where that is not known.
    """

    mid: float | None
    low: float | None
    high: float | None
    goes_on: tuple[bool, bool] = (False, False)
    better: int = 0


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One analysis of one outcome; `bar` is None where the record has nothing to draw."""

    outcome: Outcome
    analysis: Analysis
    name: str
    lit: bool = False
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Forest:
    """The results of a trial, primary ones on top.

    `ticks` stand under the bars where all share one axis, as ratios do; without them each outcome
    is drawn to a scale of its own. `left_out` counts the outcomes that are not shown.
    """

    rows: tuple[ForestRow, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    left_out: int = 0

    @property
    def is_drawn(self) -> bool:
        """Tell whether there is anything to draw at all."""
        return any(row.bar is not None for row in self.rows)

    @property
    def scales(self) -> str:
        """Say which bars can be held against one another."""
        drawn = {row.analysis.scale is Scale.RATIO for row in self.rows if row.bar is not None}
        if drawn == {True}:
            return "all ratios are drawn to one scale"
        if drawn == {False}:
            return "each outcome is drawn to a scale of its own"
        return "ratios are drawn to one scale, each other outcome to its own"


def forest(trial: Trial, *, lit: Collection[Outcome] = (), most: int | None = None) -> Forest:
    """Answer how the results of a trial are drawn; `lit` are the outcomes that a claim is about.

    At most so many outcomes are shown: first those that are lit, then the primary ones.
    """
    by_role = sorted(trial.outcomes, key=lambda one: _ROLES.index(one.role))
    ranked = sorted(range(len(by_role)), key=lambda at: by_role[at] not in lit)
    kept = [by_role[at] for at in sorted(ranked[:most])]
    measured = [(outcome, analysis) for outcome in kept for analysis in outcome.analyses]
    reach = _reaches(measured)
    rows = tuple(
        ForestRow(
            outcome,
            analysis,
            _name(outcome, analysis, trial),
            outcome in lit,
            _bar(analysis, outcome.better, reach.get(_key(outcome, analysis), 0.0)),
        )
        for outcome, analysis in measured
    )
    drawn = [row for row in rows if row.bar is not None]
    ratios = bool(drawn) and all(row.analysis.scale is Scale.RATIO for row in drawn)
    ticks = _ticks(max(reach.values())) if ratios else ()
    return Forest(rows, ticks, len(ranked) - len(kept))


def _name(outcome: Outcome, analysis: Analysis, trial: Trial) -> str:
    """Answer the outcome's name, with who was compared where it has several analyses."""
    name = outcome_name(outcome)
    if len(outcome.analyses) == 1 or not analysis.groups:
        return name
    arms = {arm.id: arm.name for arm in trial.arms}
    return f"{name}: {' against '.join(clean(arms.get(one, one)) for one in analysis.groups)}"


def remarks(row: ForestRow) -> Iterator[str]:
    """Answer what a reader should know of an outcome besides its figures."""
    outcome, analysis = row.outcome, row.analysis
    if analysis.measure and analysis.estimate is not None:
        yield clean(analysis.measure)
    if outcome.registered_role and is_switched(outcome):
        yield f"outcome-switched: {_REGISTERED[outcome.registered_role]}"
    elif outcome.registered_role is Role.PRIMARY:
        yield "the primary outcome that was registered"
    if outcome.note:
        yield clean(outcome.note)


def figures(analysis: Analysis) -> str:
    """Answer estimate, interval and p without the measure, which stands with the name."""
    return numbers(replace(analysis, measure=None))


def known_by(analysis: Analysis) -> str:
    """Answer how a finding is known where not by the figures beside it, else an empty text."""
    finding = analysis.finding
    if finding.basis is Basis.REPORTED and figures(analysis):
        return ""
    computed = analysis.method if finding.basis is Basis.COMPUTED else None
    return clean(computed or finding.because)


def _key(outcome: Outcome, analysis: Analysis) -> tuple[object, ...]:
    """Answer what results share an axis: ratios all do, others only with the same outcome's."""
    if analysis.scale is Scale.RATIO:
        return (Scale.RATIO,)
    return analysis.scale, outcome.name.casefold(), analysis.measure


def _reaches(measured: Iterable[tuple[Outcome, Analysis]]) -> dict[tuple[object, ...], float]:
    """Answer how far from the null each axis must reach."""
    reaches: dict[tuple[object, ...], float] = {}
    for outcome, analysis in measured:
        low, high = analysis.ci or (None, None)
        far = [
            abs(place)
            for value in (analysis.estimate, low, high)
            if (place := _place(value, analysis.scale)) is not None
        ]
        if far:
            key = _key(outcome, analysis)
            reaches[key] = max(reaches.get(key, 0.0), *far)
    if (Scale.RATIO,) in reaches:
        reaches[Scale.RATIO,] = min(reaches[Scale.RATIO,], _WIDEST)
    return reaches


def _place(value: float | None, scale: Scale) -> float | None:
    """Answer how far from the null a value lies, ratios by their logarithm."""
    null = null_of(scale)
    if value is None or null is None or not math.isfinite(value):
        return None
    if scale is Scale.RATIO:
        return math.log(value) if value > 0 else None
    return value - null


def _bar(analysis: Analysis, better: Better, reach: float) -> Bar | None:
    low, high = analysis.ci or (None, None)
    places = [_place(value, analysis.scale) for value in (analysis.estimate, low, high)]
    if all(place is None for place in places):
        return None
    mid, low_at, high_at = (_at(place, reach) for place in places)
    # A bound that is not told, or a ratio's nought, lies beyond whatever is drawn.
    bounded = analysis.ci is not None
    goes_on = (
        (bounded and low_at is None) or min(_known(mid, low_at)) < 0,
        (bounded and high_at is None) or max(_known(mid, high_at)) > 1,
    )
    side = {Better.LOWER: -1, Better.HIGHER: 1, Better.UNKNOWN: 0}[better]
    return Bar(
        mid if mid is not None and 0 <= mid <= 1 else None,
        None if goes_on[0] else _within(low_at),
        None if goes_on[1] else _within(high_at),
        goes_on,
        -side if analysis.scale is Scale.PERCENT_REDUCTION else side,
    )


def _within(place: float | None) -> float | None:
    return None if place is None else min(1.0, max(0.0, place))


def _known(*places: float | None) -> list[float]:
    return [place for place in places if place is not None] or [NULL_AT]


def _at(place: float | None, reach: float) -> float | None:
    if place is None:
        return None
    return NULL_AT + (NULL_AT - _MARGIN) * (place / reach if reach else 0.0)


def _ticks(reach: float) -> tuple[tuple[float, str], ...]:
    """Answer the round numbers to write under the axis of ratios."""
    fitting = [ticks for ticks in _TICKS if math.log(ticks[-1]) <= reach]
    chosen = fitting[-1] if fitting else (1,)
    return tuple((_at(math.log(tick), reach) or NULL_AT, f"{tick:g}") for tick in chosen)
