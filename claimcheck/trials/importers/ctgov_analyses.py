"""What does one reported analysis of a registered outcome compare, and what came of it?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Analysis,
    Better,
    Comparison,
    Finding,
    FindingKind,
    Hypothesis,
    Scale,
)
from claimcheck.trials.findings import find
from claimcheck.trials.importers.ctgov_fields import (
    AbsurdError,
    clean,
    name,
    shorten,
    text,
)
from claimcheck.trials.importers.ctgov_figures import all_of, read_figures
from claimcheck.trials.importers.ctgov_hypotheses import MARGINAL, read_hypothesis, read_margin
from claimcheck.trials.importers.ctgov_order import orient, told_order
from claimcheck.trials.importers.ctgov_pvalues import read_p_value
from claimcheck.trials.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_figures import Figures
    from claimcheck.trials.importers.ctgov_groups import Group
    from claimcheck.trials.importers.ctgov_pvalues import ReadP
    from claimcheck.trials.importers.ctgov_values import Cell
    from claimcheck.trials.importers.ctgov_words import Words

_DIGIT = re.compile(r"\d")
_LABEL = 60  # code points of a description that still is a label, and no sentence
_METHOD = 120
_PAIR = 2


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


def read_analysis(data: Fields, setting: Setting) -> Read:
    """Answer what an analysis says. Raises AbsurdError where a number in it cannot be one."""
    words = setting.words
    listed, comparison = _groups(data, setting)
    read = _p_value(data, words)
    label = _label(data)
    cell = _cell(label, setting)
    comment = text(data, "nonInferiorityComment")
    oriented = orient(
        listed,
        read_figures(data, words),
        _cells(data, cell, setting),
        told=told_order(listed, text(data, "estimateComment"), words),
        hazard=words.says("hazard", text(data, "paramType")),
        margin=text(data, "nonInferiorityType") in MARGINAL,
    )
    figures, directed = oriented.figures, oriented.directed
    hypothesis = read_hypothesis(text(data, "nonInferiorityType"), comment, words)
    margin = None
    if hypothesis is not Hypothesis.SUPERIORITY and directed and comment:
        largest = max((abs(one) for one in all_of(figures)), default=math.inf)
        margin = read_margin(comment, scale=figures.scale, largest=largest, words=words)
    read = _settle_one_sided(read, figures)
    arms = tuple(dict.fromkeys(group.arm for group in oriented.groups))
    numbers = Numbers(
        estimate=figures.estimate,
        ci=figures.ci,
        ci_level=figures.level,
        p=read.p,
        scale=figures.scale,
        better=setting.better if directed or len(arms) < _PAIR else Better.UNKNOWN,
        hypothesis=hypothesis,
        margin=margin,
        alpha=read.alpha,
    )
    analysis = Analysis(
        finding=_finding(numbers, cell, arms),
        groups=arms,
        comparison=comparison,
        measure=shorten("; ".join(filter(None, (name(data, "paramType"), label))), _METHOD) or None,
        scale=figures.scale,
        estimate=figures.estimate,
        ci=figures.ci,
        ci_level=figures.level if figures.ci else 95.0,
        p=read.p,
        population=setting.population,
        hypothesis=hypothesis,
        margin=margin,
        alpha=read.alpha,
        values=cell.arm_values(arms) if cell else (),
        method=_method(data, one_sided=read.one_sided),
    )
    notes = (*figures.notes, *filter(None, (read.note, oriented.turned)))
    return Read(analysis, label, notes, directed)


def _groups(data: Fields, setting: Setting) -> tuple[list[Group], Comparison]:
    """Answer the groups of an analysis, and whether it compares them.

    One that lists one group may still compare it, by its words, with the only other one.
    """
    ids = data.get("groupIds")
    found = ids if isinstance(ids, list) else []
    listed = [
        setting.groups[one] for one in found if isinstance(one, str) and one in setting.groups
    ]
    if len({group.arm for group in listed}) != 1:
        return listed, Comparison.BETWEEN_GROUP
    told = (text(data, "paramType"), text(data, "groupDescription"), text(data, "estimateComment"))
    every = list(setting.groups.values())
    if len(every) < _PAIR or not setting.words.says("against", *told, setting.title):
        return listed, Comparison.WITHIN_GROUP
    return every if len(every) == _PAIR else listed, Comparison.BETWEEN_GROUP


def _cells(data: Fields, cell: Cell | None, setting: Setting) -> Sequence[Cell]:
    """Answer the values that an estimate may be of.

    Hazards go against shares of people who are free of the event.
    """
    hazard = setting.words.says("hazard", text(data, "paramType"))
    if hazard and setting.words.says("survival-like", setting.title):
        return ()
    return [cell] if cell else setting.cells


def _finding(numbers: Numbers, cell: Cell | None, arms: tuple[str, ...]) -> Finding:
    """Answer what the figures show; a p-value alone takes its direction from the arms' values."""
    found = find(numbers)
    alone = found.kind is FindingKind.DIFFERS and numbers.scale is Scale.UNKNOWN
    if not alone or cell is None or len(arms) != _PAIR or numbers.better is Better.UNKNOWN:
        return found
    one, two = map(cell.level, arms)
    if one is None or two is None or one == two:
        return found
    good = (one > two) is (numbers.better is Better.HIGHER)
    return find(numbers, stated=FindingKind.IMPROVED if good else FindingKind.WORSENED)


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


def _settle_one_sided(read: ReadP, figures: Figures) -> ReadP:
    """Leave out a one-sided p near 1: the effect may well lie on the side that it does not test.

    The interval, which has two sides, is then read at twice the threshold.
    """
    p = read.p
    if p and read.one_sided and p.sign != "<" and p.value > 1 - read.alpha and figures.ci:
        note = f"a one-sided p of {p} left out: it tests the other side alone"
        return replace(read, p=None, alpha=2 * read.alpha, note=note)
    return read


def _label(data: Fields) -> str:
    """Answer what sets an analysis apart ("Month 12"): a description that is no sentence."""
    for key in ("groupDescription", "estimateComment"):
        told = text(data, key)
        head, mark, _ = told.partition(": ")
        if mark and len(head) <= _LABEL and ". " not in head:
            return head.strip(" .;")
        head, mark, _ = told.partition(". ")
        sentence = bool(mark) or told.endswith(".")
        # A full stop ends a label only if it looks like one: "FRC; Lobes; Day 12."
        if 0 < len(head) <= _LABEL and (not sentence or (";" in head and _DIGIT.search(head))):
            return head.strip(" .;")
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


def settled(analyses: Iterable[Analysis]) -> bool:
    """Tell whether one of these analyses settles a comparison between groups."""
    return any(
        one.finding.kind is not FindingKind.NOT_REPORTED
        and one.comparison is Comparison.BETWEEN_GROUP
        for one in analyses
    )
