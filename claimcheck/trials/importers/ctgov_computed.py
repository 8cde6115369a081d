"""What comparisons follow from the values of a registered outcome that nobody reported any of?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.model.trial import Analysis, Basis, Better, Scale
from claimcheck.trials import compute
from claimcheck.trials.findings import find, read_numbers
from claimcheck.trials.importers.ctgov_fields import text
from claimcheck.trials.importers.ctgov_groups import Side
from claimcheck.trials.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.trials.importers.ctgov_analyses import Setting
    from claimcheck.trials.importers.ctgov_fields import Fields
    from claimcheck.trials.importers.ctgov_groups import Group
    from claimcheck.trials.importers.ctgov_values import Cell, Value
    from claimcheck.trials.importers.ctgov_words import Words

MOST_CELLS = 12  # a measure of more classes is a listing, no result
_PAIR = 2


@dataclass(frozen=True, slots=True)
class ComputedCells:
    """Analyses computed for a measure: of its one cell, or parted by cell, with notes."""

    analyses: list[Analysis] = field(default_factory=list)
    parted: list[tuple[str, Analysis]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compute_cells(measure: Fields, setting: Setting, *, independent: bool) -> ComputedCells:
    """Answer the comparisons of what is tested with its control, from the values of the arms.

    Nothing is computed where the same people are in both groups (`independent` False), from values
    at baseline, or from long listings.
    """
    cells = [
        one
        for one in setting.cells
        if not one.level_of and not _is_baseline(one.label, setting.words)
    ]
    pairs = list(_pairs(list(setting.groups.values())))
    if not independent or not pairs or not 0 < len(cells) <= MOST_CELLS:
        return ComputedCells()
    if _is_baseline(setting.title, setting.words):
        return ComputedCells()
    if not compute.is_available():
        possible = any(_can(one, first, second) for one in cells for first, second in pairs)
        return ComputedCells(notes=[compute.WITHOUT_SCIPY] if possible else [])
    single = len(setting.cells) == 1
    found = [
        (one.label, analysis)
        for one in cells
        for first, second in pairs
        if (analysis := _compare(one, first, second, measure, setting))
    ]
    if single:
        return ComputedCells(analyses=[analysis for _, analysis in found])
    versus = len(pairs) > 1
    return ComputedCells(
        parted=[(_told(label, analysis, versus=versus), analysis) for label, analysis in found]
    )


def _told(label: str, analysis: Analysis, *, versus: bool) -> str:
    groups = " against ".join(analysis.groups) if versus else ""
    return ", ".join(filter(None, (label, groups)))


def _is_baseline(told: str, words: Words) -> bool:
    """Tell whether something is of the time before treatment, and no change from it."""
    return bool(told) and words.says("baseline", told) and not words.says("change", told)


def _pairs(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """Answer the comparisons to make: each tested group with the one control, or the only two."""
    unique = list({group.arm: group for group in groups}.values())
    controls = [group for group in unique if group.side is Side.CONTROL]
    if len(unique) == _PAIR:
        first, second = unique
        yield (second, first) if first.side < second.side else (first, second)
    elif len(controls) == 1:
        for group in unique:
            if group.side is Side.TESTED:
                yield group, controls[0]


def _can(cell: Cell, first: Group, second: Group) -> bool:
    one, two = (cell.values.get(group.arm) for group in (first, second))
    return bool(one and two and ((one.mean and two.mean) or (one.count and two.count)))


def _compare(
    cell: Cell, first: Group, second: Group, measure: Fields, setting: Setting
) -> Analysis | None:
    one, two = (cell.values.get(group.arm) for group in (first, second))
    computed = _test(one, two, adjusted=cell.adjusted) if one and two else None
    if computed is None or one is None or two is None:
        return None
    directed = first.side is Side.TESTED or second.side is Side.CONTROL
    numbers = Numbers(
        estimate=computed.estimate,
        ci=computed.ci,
        p=computed.p,
        scale=Scale.DIFFERENCE,
        better=setting.better if directed and first.side != second.side else Better.UNKNOWN,
    )
    read = read_numbers(numbers)
    unit = text(measure, "unitOfMeasure")
    plain = computed.measure if one.count else f"{computed.measure}, {unit}"
    return Analysis(
        finding=find(numbers, stated=read.kind if read else None, basis=Basis.COMPUTED),
        groups=(first.arm, second.arm),
        measure=plain[:120].rstrip(" ,"),
        scale=Scale.DIFFERENCE,
        estimate=computed.estimate,
        ci=computed.ci,
        p=computed.p,
        population=setting.population,
        values=(one.kept, two.kept),
        method=computed.method,
    )


def _test(one: Value, two: Value, *, adjusted: bool) -> compute.Computed | None:
    if one.mean and two.mean:
        return compute.compare_means(one.mean, two.mean, adjusted=adjusted)
    if one.count and two.count:
        return compute.compare_counts(one.count, two.count)
    return None
