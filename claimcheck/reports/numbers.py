"""How are the figures of a record written for people?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import Comparison, Scale
from claimcheck.reports.words import MINUS, clean

if TYPE_CHECKING:
    from claimcheck.model.trial import Analysis

_FIGURE = re.compile(r"\d")
# Significant digits: of a computed ratio as it is told; at most, of one that was reported.
_DIGITS, _REPORTED = 3, 5


def numbers(analysis: Analysis) -> str:
    """Answer estimate, interval and p in one line; an empty text where none is known."""
    values = (analysis.estimate, *(analysis.ci or (None, None)))
    estimate, low, high = map(_short, values) if _is_computed(analysis) else _aligned(*values)
    parts = []
    if estimate and analysis.measure:
        measure = clean(analysis.measure)
        # A figure of its own must not run into the estimate.
        parts.append(f"{measure}{':' if _FIGURE.search(measure) else ''} {estimate}")
    elif estimate:
        parts.append(estimate)
    if low and high:
        parts.append(f"({analysis.ci_level:g}% CI {low} to {high})")
    elif low or high:
        parts.append(f"({analysis.ci_level:g}% CI {f'from {low}' if low else f'up to {high}'})")
    told = " ".join(parts)
    if analysis.p is not None:
        sign = "" if analysis.p.sign == "=" else analysis.p.sign
        told = (
            f"{told}, p {sign}{_p(analysis.p.value)}" if told else f"p {sign}{_p(analysis.p.value)}"
        )
    if told and analysis.comparison is Comparison.WITHIN_GROUP:
        told += ", within the group"
    return told


def _p(value: float) -> str:
    if 0 < value < 0.0001:  # noqa: PLR2004
        return f"{value:.1e}"
    text = f"{value:.6f}".rstrip("0")
    return text + "0" * max(0, 2 - len(text.partition(".")[2]))


def _is_computed(analysis: Analysis) -> bool:
    """Tell whether a ratio has more digits than papers give, as one that was turned about has."""
    values = (analysis.estimate, *(analysis.ci or ()))
    known = [value for value in values if value is not None]
    return analysis.scale is Scale.RATIO and any(
        value != float(f"{value:.{_REPORTED}g}") for value in known
    )


def _short(ratio: float | None) -> str:
    """Write a ratio with the digits that papers give, but never as if it had no effect."""
    if ratio is None:
        return ""
    written = (f"{ratio:#.{digits}g}".rstrip(".") for digits in range(_DIGITS, _REPORTED + 2))
    return next((one for one in written if (float(one) == 1) == (ratio == 1)), f"{ratio:g}")


def _aligned(*values: float | None) -> list[str]:
    """Write numbers with as many decimals as the others share, since a record drops final zeros."""
    places = [None if value is None else _places(value) for value in values]
    written = []
    for index, (value, own) in enumerate(zip(values, places, strict=True)):
        if value is None or own is None:
            written.append("")
            continue
        others = [one for at, one in enumerate(places) if at != index and one is not None]
        digits = max(own, min(others, default=own))
        written.append(f"{value:.{digits}f}".replace("-", MINUS))
    return written


def _places(value: float) -> int:
    return min(6, len(f"{value:.6f}".rstrip("0").partition(".")[2]))
