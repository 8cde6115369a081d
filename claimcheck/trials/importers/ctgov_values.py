"""What did each arm of a registered outcome show?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.model.trial import ArmValue
from claimcheck.trials import compute
from claimcheck.trials.importers.ctgov_fields import (
    AbsurdError,
    decimals,
    name,
    number,
    parts,
    shorten,
    text,
    token,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_groups import Group
    from claimcheck.trials.importers.ctgov_words import Words

CELLS = 400  # classes and categories of one outcome that are read; the largest real ones have fewer
_LABEL = 120
_LEVEL = re.compile(r"(\d{2}(?:\.\d+)?)\s*% Confidence Interval")
_SD, _SE = "Standard Deviation", "Standard Error"
_MEANS = frozenset({"MEAN", "LEAST_SQUARES_MEAN"})
_GEOMETRIC = frozenset({"GEOMETRIC_MEAN", "GEOMETRIC_LEAST_SQUARES_MEAN"})


@dataclass(frozen=True, slots=True)
class _Kind:
    """What sort of value a measure reports."""

    param: str
    dispersion: str
    level: float | None  # of the interval about each value, in per cent
    of_people: bool
    share: bool
    modelled: bool


@dataclass(frozen=True, slots=True)
class Value:
    """What one arm showed, as the record keeps it and as it is compared."""

    kept: ArmValue
    level: float | None = None  # what an estimate is laid beside
    mean: compute.Mean | None = None
    count: compute.Count | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The values of one class and category of an outcome, by arm."""

    label: str
    counted: bool  # shares or numbers of people
    geometric: bool
    adjusted: bool
    level_of: bool = False  # one level of a scale, over which people are spread
    values: Mapping[str, Value] = field(default_factory=dict)

    def arm_values(self, arms: Iterable[str] | None = None) -> tuple[ArmValue, ...]:
        """Answer the values of these arms (of all) as a record keeps them, in that order."""
        listed = self.values if arms is None else arms
        kept = [self.values[arm].kept for arm in listed if arm in self.values]
        return tuple(
            one for one in kept if (one.n, one.mean, one.median, one.events) != (None,) * 4
        )

    def level(self, arm: str) -> float | None:
        """Answer the figure of an arm that an estimate is taken from."""
        return self.values[arm].level if arm in self.values else None


def read_cells(measure: Fields, groups: Mapping[str, Group], words: Words) -> list[Cell]:
    """Answer the values of an outcome, a cell for each class and category."""
    kind = _kind(measure, words)
    found = []
    of_measure = _people(measure)
    for one in parts(measure, "classes"):
        people = {**of_measure, **_people(one)}
        categories = parts(one, "categories")
        for category in categories:
            titles = [name(one, "title"), name(category, "title")]
            label = shorten(": ".join(title for title in titles if title), _LABEL)
            found.append(
                Cell(
                    label,
                    counted=kind.of_people,
                    geometric=kind.param in _GEOMETRIC,
                    level_of=len(categories) > 1,
                    adjusted=kind.dispersion != _SD or kind.param == "LEAST_SQUARES_MEAN",
                    values=dict(_values(kind, category, people, groups)),
                )
            )
            if len(found) == CELLS:
                return found
    return found


def _kind(measure: Fields, words: Words) -> _Kind:
    param, dispersion = token(measure, "paramType"), token(measure, "dispersionType")
    unit = text(measure, "unitOfMeasure")
    people = param == "COUNT_OF_PARTICIPANTS" or (param == "NUMBER" and words.says("people", unit))
    level = _LEVEL.match(dispersion)
    return _Kind(
        param,
        dispersion,
        level=float(level[1]) if level and compute.is_available() else None,
        of_people=people,
        share=param == "NUMBER" and words.says("percent", unit),
        modelled=words.says("modelled", text(measure, "title"), text(measure, "description")),
    )


def _people(data: Fields) -> dict[str, int]:
    """Answer how many people were analysed in each group."""
    found: dict[str, int] = {}
    for denominator in parts(data, "denoms"):
        if token(denominator, "units") == "Participants":
            for one in parts(denominator, "counts"):
                count = whole(one, "value")
                if count is not None:
                    found[token(one, "groupId")] = count
    return found


def _values(
    kind: _Kind, category: Fields, people: Mapping[str, int], groups: Mapping[str, Group]
) -> Iterator[tuple[str, Value]]:
    for one in parts(category, "measurements"):
        group = token(one, "groupId")
        if group not in groups:
            continue
        arm, n = groups[group].arm, people.get(group)
        try:
            value = number(one, "value")
            if value is None:
                continue
            if kind.of_people:
                yield arm, _share(one, value, kind, arm, n) if kind.share else _count(value, arm, n)
            else:
                yield arm, _measured(one, value, kind, arm, n)
        except AbsurdError:
            continue


def _count(value: float, arm: str, n: int | None) -> Value:
    """Read a number of people."""
    if not n or not value.is_integer() or not 0 <= value <= n:
        return Value(ArmValue(arm, n=n), level=value)
    count = compute.Count(int(value), n)
    return Value(ArmValue(arm, n=n, events=value), level=100 * value / n, count=count)


def _share(one: Fields, value: float, kind: _Kind, arm: str, n: int | None) -> Value:
    """Read a share of people, as events where it is that of a whole number of people."""
    if not n or not 0 <= value <= 100 or kind.modelled:  # noqa: PLR2004
        return Value(ArmValue(arm, n=n), level=value)
    events = round(value * n / 100)
    blunt = 0.5 * 10.0 ** -decimals(one, "value") * n / 100
    if abs(value * n / 100 - events) > blunt + 1e-9:
        return Value(ArmValue(arm, n=n), level=value)
    count = compute.Count(events, n)
    return Value(ArmValue(arm, n=n, events=float(events)), level=value, count=count)


def _measured(one: Fields, value: float, kind: _Kind, arm: str, n: int | None) -> Value:
    if kind.param == "MEDIAN":
        return Value(ArmValue(arm, n=n, median=value), level=value)
    if kind.param not in _MEANS:
        return Value(ArmValue(arm, n=n), level=value)
    spread = number(one, "spread")
    spread = spread if spread is not None and spread >= 0 else None
    sd = spread if kind.dispersion == _SD else None
    se = spread if kind.dispersion == _SE else None
    mean = compute.mean_of(value, n=n, sd=sd, se=se) if n else None
    if kind.level and n:
        low, high = number(one, "lowerLimit"), number(one, "upperLimit")
        if low is not None and high is not None:
            mean = compute.mean_from_interval(value, n=n, ci=(low, high), level=kind.level)
    return Value(ArmValue(arm, n=n, mean=value, sd=sd), level=value, mean=mean)
