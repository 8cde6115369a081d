"""Do the figures in a claim's words fit those of the record?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.model.trial import Scale
from claimcheck.model.verdict import Manner
from claimcheck.reading.numbers import FigureKind, doses, figures
from claimcheck.reading.shares import shares
from claimcheck.verdict.situation import Figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Analysis, Outcome, Trial

# A figure this many times the record's largest, and so many points above it, is no rounding.
FAR = 1.25
POINTS_ABOVE = 2.0
FAR_DOSE = 1.5  # a dose this many times the largest, or less than the least by as much
FAR_P = 0.5  # a p-value below this share of the record's smallest
_NUMBER = re.compile(r"(?<![\d.·])(?:\d+(?:[.·]\d+)?|[.·]\d+)")
# Cues that tell of more of an outcome.
_MORE = frozenset({"effect.higher", "effect.more", "effect.increase"})
_POINTS = re.compile(r"\bpoints?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of laying a claim's figures beside the record's, and the two in words."""

    kind: Figures = Figures.NONE
    said: str = ""
    recorded: str = ""


NOT_COMPARED = Compared()


def compare(
    claim: Claim, outcomes: Iterable[Outcome], trial: Trial, manner: frozenset[Manner] = frozenset()
) -> Compared:
    """Answer what is wrong with the figures of a claim beside the outcomes that answer it.

    What is wrong with them alone is for `impossible` to say.
    """
    analyses = [analysis for outcome in outcomes for analysis in outcome.analyses]
    if Manner.SHARE in manner and (wrong := _share(claim, analyses, trial)) is not None:
        return wrong
    for check in (_dose, _percent, _ratio, _p_value):
        if (found := check(claim, analyses, trial)) is not None:
            return found
    return NOT_COMPARED


def impossible(claim: Claim) -> Compared:
    """Answer a share of a group in the claim that no whole number of people makes."""
    text = next((share.text for share in shares(claim.text) if not share.possible), None)
    return NOT_COMPARED if text is None else Compared(Figures.IMPOSSIBLE, text)


def _share(claim: Claim, analyses: list[Analysis], trial: Trial) -> Compared | None:
    """Answer for a percentage told as one of people: it is how far the mean changed.

    Only where no analysis counts people, and the record's words nowhere have the figure.
    """
    told = _of(claim.magnitude.text if claim.magnitude else "", FigureKind.PERCENT)
    if not told or any(_rates(analysis) for analysis in analyses):
        return None
    means = [value for analysis in analyses for value in _change_of_mean(analysis)]
    if not _fits(told[0], means) or _fits(told[0], _everything(trial)):
        return None
    return Compared(Figures.SHARE, told[0], _listed(means))


def _change_of_mean(analysis: Analysis) -> Iterator[float]:
    """Yield by how much in a hundred the mean of one group differs from the other's."""
    if analysis.scale is Scale.PERCENT_REDUCTION and analysis.estimate is not None:
        yield abs(analysis.estimate)
    for one, other in pairwise(_sides(analysis)):
        if min(one, other) > 0:
            yield 100 * abs(one - other) / max(one, other)


def _percent(claim: Claim, analyses: list[Analysis], trial: Trial) -> Compared | None:
    """Answer for the percentage by which a claim says that its outcome changed."""
    told = claim.magnitude.text if claim.magnitude else ""
    if not _of(told, FigureKind.PERCENT):
        return None
    # Of several the least is compared: another one may be of something else.
    all_told = _of(claim.text, FigureKind.PERCENT) or _of(told, FigureKind.PERCENT)
    figure = min(all_told, key=lambda one: max(_numbers(one)))
    more = any(one.cue in _MORE for one in claim.cues)
    relative = [value for analysis in analyses for value in _relative(analysis, more=more)]
    if not relative:
        return None
    absolute = [value for analysis in analyses for value in _absolute(analysis)]
    if _POINTS.search(figure):
        wrong = bool(absolute) and _fits(figure, relative) and not _fits(figure, absolute)
        return Compared(Figures.POINTS, figure, _listed(absolute)) if wrong else None
    if not _fits(figure, _everything(trial)):
        largest = max((*relative, *absolute))
        if max(_numbers(figure)) > FAR * largest + POINTS_ABOVE:
            return Compared(Figures.MORE, figure, _listed(relative))
    alone = len(all_told) == 1 and _fits(figure, relative) and not _fits(figure, absolute)
    return Compared(Figures.RELATIVE, figure, _listed(absolute)) if alone and absolute else None


def _fits(figure: str, values: Iterable[float]) -> bool:
    """Tell whether a figure is one of these values, rounded as it is."""
    places = len(_NUMBER.findall(figure)[-1].replace("·", ".").partition(".")[2])
    said = max(_numbers(figure))
    return any(abs(value - said) <= 0.5 * 10.0**-places for value in values)


def _dose(claim: Claim, _analyses: list[Analysis], trial: Trial) -> Compared | None:
    """Answer for a dose: none that was given is near it, in the same unit."""
    told = list(doses(claim.text))
    texts = [one for arm in trial.arms for one in (arm.dose, arm.name)]
    texts += [name for named in trial.interventions for name in named.names]
    texts += [outcome.name for outcome in trial.outcomes]
    given = [dose for text in texts if text for dose in doses(text)]
    for dose in told:
        same = [one.amount for one in given if one.unit == dose.unit]
        if same and not min(same) / FAR_DOSE <= dose.amount <= max(same) * FAR_DOSE:
            return Compared(Figures.DOSE, dose.text, _range(same, dose.unit))
    return None


def _range(amounts: list[float], unit: str) -> str:
    low, high = min(amounts), max(amounts)
    return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit}"


def _ratio(claim: Claim, analyses: list[Analysis], _trial: Trial) -> Compared | None:
    """Answer for a hazard, odds or risk ratio."""
    figure = next(iter(_of(claim.text, FigureKind.RATIO)), None)
    known = [a.estimate for a in analyses if a.scale is Scale.RATIO and a.estimate]
    if figure is None or not known:
        return None
    said = _numbers(figure)[-1]
    nearest = min(known, key=lambda value: abs(value - said))
    if said <= 0 or (said - 1) * (nearest - 1) < 0:
        return None
    far = abs(1 - said) > FAR * abs(1 - nearest) + POINTS_ABOVE / 100
    return Compared(Figures.MORE, figure, f"{nearest:g}") if far else None


def _p_value(claim: Claim, analyses: list[Analysis], _trial: Trial) -> Compared | None:
    figure = next(iter(_of(claim.text, FigureKind.P_VALUE)), None)
    known = [a.p for a in analyses if a.p is not None]
    if figure is None or not known or any(one.sign == "<" for one in known):
        return None
    said, least = _numbers(figure)[-1], min(one.value for one in known)
    far = said < FAR_P * least and "<" not in figure
    return Compared(Figures.MORE, figure, f"p {least:g}") if far else None


def _numbers(text: str) -> list[float]:
    return [float(number.replace("·", ".")) for number in _NUMBER.findall(text)]


def _of(text: str, kind: FigureKind) -> list[str]:
    return [one.text for one in figures(text, Span(0, len(text))) if one.kind is kind]


def _relative(analysis: Analysis, *, more: bool) -> Iterator[float]:
    """Yield by how much in a hundred one group differs from the other, at its best.

    Where a claim tells of `more`, 0.5 is half the risk, or twice that of the other group.
    """
    ends = [end for end in analysis.ci or () if end is not None]
    if analysis.estimate is None:
        ends = []
    elif analysis.scale is Scale.RATIO:
        yield from (100 * abs(1 - ratio) for ratio in (analysis.estimate, *ends))
        if analysis.estimate > 1 or (more and analysis.estimate > 0):
            yield 100 * abs(1 - 1 / analysis.estimate)
    elif analysis.scale is Scale.PERCENT_REDUCTION:
        yield from (abs(value) for value in (analysis.estimate, *ends))
    for one, other in pairwise(_sides(analysis)):
        if one * other > 0:
            yield 100 * abs(one - other) / max(abs(one), abs(other))
            yield 100 * abs(one - other) / min(abs(one), abs(other))


def _absolute(analysis: Analysis) -> Iterator[float]:
    """Yield the shares of people in each group, in a hundred, and how far they are apart."""
    rates = _rates(analysis)
    yield from rates
    yield from (abs(one - other) for one, other in pairwise(rates))


def _rates(analysis: Analysis) -> list[float]:
    return [100 * v.events / v.n for v in analysis.values if v.events is not None and v.n]


def _sides(analysis: Analysis) -> list[float]:
    """Answer what each group showed: the share with an event, the mean or the median."""
    if rates := _rates(analysis):
        return rates
    shown = (v.mean if v.mean is not None else v.median for v in analysis.values)
    return [value for value in shown if value is not None]


def _everything(trial: Trial) -> Iterator[float]:
    """Yield every number that stands in the words of a record."""
    for outcome in trial.outcomes:
        texts = [outcome.name, outcome.note or ""]
        texts += [analysis.measure or "" for analysis in outcome.analyses]
        for text in texts:
            yield from _numbers(text)


def _listed(values: Iterable[float]) -> str:
    return ", ".join(dict.fromkeys(f"{value:.0f} %" for value in values))
