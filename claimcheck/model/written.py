"""How are the figures of an analysis written for people?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import Scale

if TYPE_CHECKING:
    from claimcheck.model.trial import Analysis, PValue

MINUS = "\u2212"
_FIGURE = re.compile(r"\d")
# Significant digits: of a computed ratio as it is told; at most, of one that was reported.
_DIGITS, _REPORTED = 3, 5
_SMALLEST_P = 0.0001  # below it a p-value is written with an exponent
_DECIMALS_AT_MOST = 6


def figures_of(analysis: Analysis) -> str:
    """Answer estimate, interval and p in one line; an empty text where none is known."""
    values = (analysis.estimate, *(analysis.ci or (None, None)))
    estimate, low, high = map(_short, values) if _is_computed(analysis) else _aligned(*values)
    parts = []
    if estimate and analysis.measure:
        # A figure of the measure's own must not run into the estimate.
        parts.append(f"{analysis.measure}{':' if _FIGURE.search(analysis.measure) else ''}")
    parts.append(estimate)
    if low and high:
        parts.append(f"({analysis.ci_level:g}% CI {low} to {high})")
    elif low or high:
        parts.append(f"({analysis.ci_level:g}% CI {f'from {low}' if low else f'up to {high}'})")
    p = _p(analysis.p) if analysis.p is not None else ""
    return ", ".join(filter(None, (" ".join(filter(None, parts)), p)))


def _aligned(*values: float | None) -> list[str]:
    """Write figures that stand together, with a minus sign; "" for one that is not known.

    Each gets as many decimals as the others share, since a record drops final zeros.
    """
    places = [None if value is None else _places(value) for value in values]
    texts = []
    for index, (value, own) in enumerate(zip(values, places, strict=True)):
        if value is None or own is None:
            texts.append("")
            continue
        others = [one for at, one in enumerate(places) if at != index and one is not None]
        digits = max(own, min(others, default=own))
        texts.append(f"{value:.{digits}f}".replace("-", MINUS))
    return texts


def _places(value: float) -> int:
    return min(_DECIMALS_AT_MOST, len(f"{value:.6f}".rstrip("0").partition(".")[2]))


def _p(p: PValue) -> str:
    sign = "" if p.sign == "=" else p.sign
    if 0 < p.value < _SMALLEST_P:
        return f"p {sign}{p.value:.1e}"
    whole, _, part = f"{p.value:.6f}".rstrip("0").partition(".")
    return f"p {sign}{whole}.{part.ljust(2, '0')}"


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
