"""What does one result show: its comparison, its figures, its finding?"""

from __future__ import annotations

import re
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
from claimcheck.reading.results import Change
from claimcheck.trials.findings import find
from claimcheck.trials.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    from claimcheck.model.document import Span
    from claimcheck.model.trial import Named
    from claimcheck.reading.estimates import Estimate, PFigure
    from claimcheck.reading.results import Result
    from claimcheck.trials.report.arms import Arms

    Figure = TypeVar("Figure", PFigure, Estimate)

_PAIR = 2
_WORD = re.compile(r"[^\W_]+")
_REFERENCE = 5  # tokens after "than" or "compared with" in which the reference group is named
_SIGNED = {Change.IMPROVE: FindingKind.IMPROVED, Change.WORSEN: FindingKind.WORSENED}
_OPPOSITE = {
    FindingKind.IMPROVED: FindingKind.WORSENED,
    FindingKind.WORSENED: FindingKind.IMPROVED,
}


def analyse(
    result: Result, at: int, count: int, *, better: Better, arms: Arms, trend: bool
) -> Analysis | None:
    """Answer what a result shows of the outcome named at this place among so many.

    None where it neither compares nor gives a figure that settles anything.
    """
    p = _pick(result.ps, result, at, count)
    if p and p.value and _is_of_another(p, result):
        p = None
    estimate = _pick(result.estimates, result, at, count)
    stated = None if _lists_arms(result, p) else _stated(result, better, arms, trend=trend, p=p)
    hypothesis = (
        Hypothesis.NON_INFERIORITY if "non-inferior" in result.cues else Hypothesis.SUPERIORITY
    )
    value = p.value if p else None
    if stated is None and value is None and estimate is None:
        return None
    numbers = Numbers(
        estimate=estimate.value if estimate else None,
        ci=estimate.ci if estimate else None,
        ci_level=estimate.ci_level if estimate else 95.0,
        p=_sound(value),
        scale=estimate.scale if estimate else Scale.UNKNOWN,
        better=better,
        hypothesis=hypothesis,
    )
    # "Similar in both groups" compares them; "improved in both groups" does not.
    alone = "each" in result.cues and result.change is not Change.NONE
    within = ("within" in result.cues or alone) and "between" not in result.cues
    return Analysis(
        find(numbers, stated=stated),
        groups=_groups(result, arms),
        comparison=Comparison.WITHIN_GROUP if within else Comparison.BETWEEN_GROUP,
        measure=estimate.measure if estimate else None,
        scale=numbers.scale,
        estimate=numbers.estimate,
        ci=numbers.ci,
        ci_level=numbers.ci_level,
        p=numbers.p,
        population=_population(result),
        hypothesis=hypothesis,
    )


def _groups(result: Result, arms: Arms) -> tuple[str, ...]:
    """Answer which arms a result compares; of several, the two that its words name."""
    if len(arms.arms) <= _PAIR:
        return tuple(arm.id for arm in arms.arms)
    said = set(result.reading.lowers[result.first : result.last])
    named = {arm.id: set(_parts(arm.name)) for arm in arms.arms}
    found = [
        id_
        for id_, own in named.items()
        if said & own.difference(*(other for key, other in named.items() if key != id_))
    ]
    return tuple(found) if len(found) == _PAIR else ()


def _is_of_another(p: PFigure, result: Result) -> bool:
    """Tell whether a p-value stands before the words that deny a difference.

    "Scores fell in both groups (p < 0.01), with no difference between them."
    """
    if result.change is not Change.NONE or result.head is None:
        return False
    return p.span.end <= result.reading.starts[result.head[0]]


def _lists_arms(result: Result, p: PFigure | None) -> bool:
    """Tell whether a result only lists what came in each arm: "the fall was 27 (CI …) with …"."""
    return (
        result.by_arm
        and p is None
        and result.significant is None
        and result.change is not Change.NONE
        and not result.cues & {"result-compare", "effect-compare", "result-differ"}
    )


def _sound(p: PValue | None) -> PValue | None:
    """Answer a p-value as a record may hold it: "P = 0.000" is printed by programs for < 0.001."""
    return PValue(0.001, "<") if p is not None and p.value == 0 else p


def _pick(figures: Sequence[Figure], result: Result, at: int, count: int) -> Figure | None:
    """Answer the figure that belongs to a name: its own place in a row, or the next behind it."""
    if not figures:
        return None
    if count > 1 and len(figures) == count:
        return figures[at]
    anchor = _anchor(result, at)
    return next((one for one in figures if one.span.end > anchor), figures[-1])


def _anchor(result: Result, at: int) -> int:
    name: Span | None = result.names[at] if at < len(result.names) else None
    head = result.reading.starts[result.head[0]] if result.head else result.span.start
    return max(name.start if name else 0, head)


def _stated(
    result: Result, better: Better, arms: Arms, *, trend: bool, p: PFigure | None
) -> FindingKind | None:
    if "non-inferior" in result.cues and result.significant is not False:
        return FindingKind.NON_INFERIOR
    if result.change is Change.NONE or result.significant is False or (p and p.value is None):
        return FindingKind.NO_DIFFERENCE
    if trend and result.significant is None:
        return FindingKind.NO_DIFFERENCE
    if result.change is Change.UNKNOWN:
        return FindingKind.DIFFERS if result.significant else None
    kind = _SIGNED.get(result.change)
    if kind is None:
        wanted = {Better.LOWER: Change.DECREASE, Better.HIGHER: Change.INCREASE}.get(better)
        if wanted is None:
            return FindingKind.DIFFERS
        kind = FindingKind.IMPROVED if result.change is wanted else FindingKind.WORSENED
    return _OPPOSITE[kind] if holder_is_comparator(result, arms) else kind


def holder_is_comparator(result: Result, arms: Arms) -> bool:
    """Tell whether the change is said of the comparator: "lower in the placebo group than …"."""
    tried = _mentions(result, arms.interventions, arms.comparators)
    held = _mentions(result, arms.comparators, arms.interventions)
    held += [
        hit.first
        for hit in result.reading.of("study-control", "control")
        if result.first <= hit.first < result.last
        and not any(name.overlaps(hit.span) for name in result.names)  # "well-controlled asthma"
    ]
    references = [
        hit.last for hit in result.reading.of("versus") if result.first <= hit.first < result.last
    ]

    def refers(at: int) -> bool:
        return any(0 <= at - last <= _REFERENCE for last in references)

    own = [at for at in tried if not refers(at)]
    other = [at for at in held if not refers(at)]
    return bool(other) and (not own or min(other) < min(own)) and bool(tried or references)


def _mentions(result: Result, ours: Sequence[Named], others: Sequence[Named]) -> list[int]:
    shared = {word for named in others for name in named.names for word in _parts(name)}
    wanted = {word for named in ours[:1] for name in named.names for word in _parts(name)} - shared
    wanted = {word for word in wanted if len(word) > 3}  # noqa: PLR2004
    return [at for at in range(result.first, result.last) if result.reading.lowers[at] in wanted]


def _parts(name: str) -> list[str]:
    """Answer the words of a name as tokens have them: those of "budesonide-formoterol" apart."""
    return _WORD.findall(name.lower())


def _population(result: Result) -> str | None:
    return next(
        (hit.cue.value for hit in result.reading.of("analysis-population")),
        None,
    )
