"""What comparison follows from the values of two arms, where nobody reported one?

Needs scipy, which comes with the extra `stats`; without it nothing is computed. What is computed
is a plain test of two independent groups: no adjustment, no pairing, no strata.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from claimcheck.model.trial import PValue, Scale

WITHOUT_SCIPY = (
    "arm values would allow a comparison, but scipy is not installed: the extra stats brings it"
)
LEVEL = 95.0  # per cent, of every interval that is computed
_FEW = 5  # expected events below which chi-squared gives way to Fisher's exact test
_PEOPLE = 2  # in an arm, at least, for a spread
_SMALLEST_P = 1e-12


class Mean(NamedTuple):
    """One arm's mean, with the standard error of it and how many people it is of."""

    mean: float
    error: float
    n: int


class Count(NamedTuple):
    """How many of an arm's n people had the event."""

    events: int
    n: int


@dataclass(frozen=True, slots=True)
class Computed:
    """A comparison of two arms: first minus (or over) second, with a 95 % interval."""

    measure: str
    method: str
    scale: Scale
    estimate: float
    ci: tuple[float, float] | None
    p: PValue


def is_available() -> bool:
    """Tell whether scipy is there to compute with."""
    return find_spec("scipy") is not None


@lru_cache(maxsize=1)
def _special() -> Any:  # noqa: ANN401  (scipy has no types of its own)
    """Load scipy late: it is an extra, and slow to load."""
    return import_module("scipy.special")


def mean_of(
    mean: float, *, n: int, sd: float | None = None, se: float | None = None
) -> Mean | None:
    """Answer an arm's mean to compare, from its SD or standard error; None where none follows."""
    if n < _PEOPLE:
        return None
    error = se if se is not None else sd / math.sqrt(n) if sd is not None else None
    if error is None or not math.isfinite(error) or error < 0 or not math.isfinite(mean):
        return None
    return Mean(mean, error, n)


def mean_from_interval(
    mean: float, *, n: int, ci: tuple[float, float], level: float
) -> Mean | None:
    """Answer an arm's mean to compare, from its interval at a level in per cent.

    None where the interval does not lie about the mean, so rests on no normal distribution.
    """
    low, high = ci
    if n < _PEOPLE or not low <= mean <= high or not 50 <= level < 100:  # noqa: PLR2004
        return None
    if abs((high - mean) - (mean - low)) > 0.1 * (high - low):
        return None
    return mean_of(
        mean, n=n, se=(high - low) / 2 / float(_special().stdtrit(n - 1, 0.5 + level / 200))
    )


def compare_means(first: Mean, second: Mean, *, adjusted: bool = False) -> Computed | None:
    """Answer the difference of two means by Welch's t-test; None where neither mean varies."""
    squares = first.error**2, second.error**2
    error = math.sqrt(sum(squares))
    if not error or not math.isfinite(error):
        return None
    below = squares[0] ** 2 / (first.n - 1) + squares[1] ** 2 / (second.n - 1)
    freedom = sum(squares) ** 2 / below if below else float(first.n + second.n - 2)
    estimate = first.mean - second.mean
    p = 2 * float(_special().stdtr(freedom, -abs(estimate / error)))
    reach = float(_special().stdtrit(freedom, 0.5 + LEVEL / 200)) * error
    if not (math.isfinite(p) and math.isfinite(reach)):
        return None
    kind = "adjusted means and their standard errors" if adjusted else "means and SDs of the arms"
    return Computed(
        measure="mean difference",
        method=f"Welch's t-test from {kind}",
        scale=Scale.DIFFERENCE,
        estimate=_short(estimate),
        ci=_about(estimate, estimate - reach, estimate + reach),
        p=_p(p),
    )


def compare_counts(first: Count, second: Count) -> Computed | None:
    """Answer the difference of two shares of people; None where it cannot show anything.

    That is where all or none had the event, or so few that no split of them were significant.

    Fisher's exact test where fewer than five events are expected in a cell, else chi-squared
    without correction; the interval is Newcombe's (score intervals combined).
    """
    if not (0 <= first.events <= first.n and 0 <= second.events <= second.n):
        return None
    events, people = first.events + second.events, first.n + second.n
    if not first.n or not second.n or events in {0, people}:
        return None
    smallest = min(events, people - events) * min(first.n, second.n) / people
    if smallest < _FEW:
        method, exact = "Fisher's exact test from events of the arms", _fisher(first, second)
        if exact is None:
            return None
        p = exact
    else:
        method = "chi-squared test from events of the arms"
        p = float(_special().chdtrc(1, _chi_squared(first, second)))
    estimate = first.events / first.n - second.events / second.n
    low, high = _newcombe(first, second, estimate)
    return Computed(
        measure="risk difference, percentage points",
        method=method,
        scale=Scale.DIFFERENCE,
        estimate=_short(100 * estimate),
        ci=_about(100 * estimate, 100 * low, 100 * high),
        p=_p(p),
    )


def _chi_squared(first: Count, second: Count) -> float:
    events, people = first.events + second.events, first.n + second.n
    cross = first.events * (second.n - second.events) - second.events * (first.n - first.events)
    return people * cross**2 / (first.n * second.n * events * (people - events))


def _fisher(first: Count, second: Count) -> float | None:
    """Sum the chances of every table that is no likelier than the one seen.

    None where no table could be significant: so few events tell nothing either way.
    """
    events, people = first.events + second.events, first.n + second.n
    lowest, highest = max(0, events - second.n), min(events, first.n)
    log_gamma = _special().gammaln

    def log_choose(n: int, k: int) -> float:
        return float(log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1))

    whole = log_choose(people, events)
    chances = {
        k: math.exp(log_choose(first.n, k) + log_choose(second.n, events - k) - whole)
        for k in range(lowest, highest + 1)
    }

    def of(k: int) -> float:
        seen = chances[k] * (1 + 1e-7)
        return min(1.0, math.fsum(chance for chance in chances.values() if chance <= seen))

    if min(of(lowest), of(highest)) >= 1 - LEVEL / 100:
        return None
    return of(first.events)


def _newcombe(first: Count, second: Count, estimate: float) -> tuple[float, float]:
    one, two = _wilson(first), _wilson(second)
    a, b = first.events / first.n, second.events / second.n
    low = estimate - math.hypot(a - one[0], two[1] - b)
    high = estimate + math.hypot(one[1] - a, b - two[0])
    return low, high


def _wilson(count: Count) -> tuple[float, float]:
    z = float(_special().ndtri(0.5 + LEVEL / 200))
    share, n = count.events / count.n, count.n
    middle = share + z**2 / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return (middle - reach) / (1 + z**2 / n), (middle + reach) / (1 + z**2 / n)


def _p(p: float) -> PValue:
    return PValue(float(f"{min(1.0, p):.4g}")) if p >= _SMALLEST_P else PValue(_SMALLEST_P, "<")


def _about(estimate: float, low: float, high: float) -> tuple[float, float]:
    """Round an interval so that it still holds its rounded estimate."""
    middle = _short(estimate)
    return min(_short(low), middle), max(_short(high), middle)


def _short(number: float) -> float:
    return float(f"{number:.5g}")
