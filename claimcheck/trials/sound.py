"""Is an outcome, as it stands, one that a record can tell of? Asked without writing the record."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from claimcheck.model.trial import FindingKind, Hypothesis
from claimcheck.trials.build import faults_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from claimcheck.model.trial import Analysis, ArmValue, Outcome, PValue
    from claimcheck.trials.numbers import Interval


def is_sound(outcome: Outcome, arms: Collection[str]) -> bool:
    """Tell whether a record of an outcome would be read as that very outcome; in doubt False.

    `arms` are the ids that its groups may have; none, where the trial names no arms. What the
    format refuses, or writes otherwise, is in doubt: the format itself has then to be asked.
    """
    part = outcome.subgroup.name if outcome.subgroup else None
    texts = (outcome.name, outcome.concept, outcome.timepoint, outcome.note, part)
    return (
        bool(outcome.name and outcome.analyses)
        and _are_plain((*texts, *outcome.components))
        and all(_is_sound(one, arms) for one in outcome.analyses)
    )


def _is_sound(analysis: Analysis, arms: Collection[str]) -> bool:
    superiority = analysis.hypothesis is Hypothesis.SUPERIORITY
    return (
        not (analysis.finding.kind is FindingKind.NON_INFERIOR and superiority)
        and _are_plain((analysis.measure, analysis.population, analysis.method, *analysis.groups))
        and _are_finite((analysis.estimate, analysis.margin))
        and (analysis.ci is None or _is_interval(analysis.ci))
        and (analysis.p is None or _is_p(analysis.p))
        and 50 <= analysis.ci_level < 100  # noqa: PLR2004  (as the format has it)
        and 0 < analysis.alpha < 1
        and all(map(_is_value, analysis.values))
        and not any(faults_of(analysis, arms))
    )


def _is_value(value: ArmValue) -> bool:
    return (
        bool(value.arm)
        and _are_plain((value.arm,))
        and _are_finite((value.mean, value.sd, value.median, value.events))
        and min(value.n or 0, value.sd or 0, value.events or 0) >= 0
    )


def _is_interval(ci: Interval) -> bool:
    low, high = ci
    if low is None or high is None:
        return (low, high) != (None, None) and _are_finite(ci)
    return _are_finite(ci) and low <= high


def _is_p(p: PValue) -> bool:
    return 0 <= p.value <= 1 and (p.sign, p.value) not in {("<", 0), (">", 1)}


def _are_plain(texts: Iterable[str | None]) -> bool:
    return all(
        text is None or (text.isprintable() and "  " not in text and text == text.strip() != "")
        for text in texts
    )


def _are_finite(numbers: Iterable[float | None]) -> bool:
    """Tell whether these are numbers, and none of them a negative zero."""
    return all(
        one is None or (math.isfinite(one) and (one != 0 or math.copysign(1, one) > 0))
        for one in numbers
    )
