"""The studies that a claim was laid beside, as the page shows them: who, how, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.forest import NULL_AT, figures, forest, known_by, remarks
from claimcheck.reports.html.links import Link, links
from claimcheck.reports.html.safe import fit
from claimcheck.reports.words import (
    FINDINGS,
    clean,
    role_name,
    trial_design,
    trial_methods,
    trial_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.model.verdict import Evidence
    from claimcheck.reports.forest import Bar, Forest, ForestRow

OUTCOMES_AT_MOST = 10
_SAYS = {
    VerdictKind.SUPPORTED: "points the way of the claim",
    VerdictKind.OVERSTATED: "alone does not carry it",
    VerdictKind.CONTRADICTED: "says the opposite",
    VerdictKind.NO_EVIDENCE: "",
}
_ALIKE = 20


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar in per cent of the plot's width; a bound that is None is not drawn."""

    mid: str | None
    line: tuple[str, str] | None
    caps: tuple[str, ...]
    goes_on: tuple[bool, bool]
    better: str | None  # where the better half begins


@dataclass(frozen=True, slots=True)
class Result:
    """A row of the plot: an outcome, what was found, and what it alone says of the claim."""

    name: str
    remarks: tuple[str, ...]
    figures: str
    finding: str
    finding_kind: str
    basis: str
    lit: bool
    drawn: Drawn | None
    verdict: VerdictKind | None = None

    @property
    def says(self) -> str:
        """What this result alone says of the claim; empty where it says nothing."""
        return "" if self.verdict is None else _SAYS[self.verdict]


@dataclass(frozen=True, slots=True)
class Study:
    """A study beside a claim. `results` are grouped by role; `ticks` are (place, label)."""

    id: str
    name: str
    title: str
    design: str
    status: str
    cited: bool
    links: tuple[Link, ...]
    told: str
    results: tuple[tuple[str, tuple[Result, ...]], ...] = ()
    ticks: tuple[tuple[str, str], ...] = ()
    scales: str = ""
    shaded: bool = False
    left_out: int = 0


def study(trial: Trial, rows: Sequence[Evidence], *, answers: bool = True) -> Study:
    """Answer a study with the rows of evidence that it gave to one claim.

    `answers` tells that it measured what the claim is about, and not just something near it.
    """
    answering = [row for row in rows if row.match.outcome is not None]
    lit = _lit(answering) if answers else []
    plot = forest(trial, lit=lit, most=OUTCOMES_AT_MOST) if answering else None
    told = "" if answering else clean(rows[0].because)
    bare = replace(about(trial), cited=any(row.match.cited for row in rows), told=fit(told))
    if plot is None:
        return bare
    verdicts = [(row.match.outcome, row.verdict) for row in answering if row.match.outcome]
    return replace(
        bare,
        results=tuple(_results(plot, verdicts)),
        ticks=tuple((_percent(place), label) for place, label in plot.ticks),
        scales=plot.scales if plot.is_drawn else "",
        shaded=any(row.bar and row.bar.better for row in plot.rows),
        left_out=plot.left_out,
    )


def about(trial: Trial) -> Study:
    """Answer who did what in a study, without its results."""
    name, title = trial_name(trial), clean(trial.title)
    if name[:_ALIKE] == title[:_ALIKE]:  # a study without a short name is called by its title
        name, title = title, ""
    return Study(
        id=trial.id,
        name=fit(name),
        title=fit(title),
        design=fit(", ".join(_design(trial))),
        status=fit(clean(trial.status or "")),
        cited=False,
        links=tuple(links(trial)),
        told="",
    )


def _design(trial: Trial) -> Iterator[str]:
    if built := trial_design(replace(trial, status=None)):
        yield built
    yield from trial_methods(trial)


def _lit(rows: Sequence[Evidence]) -> list[Outcome]:
    """Answer the outcomes that the claim is about: the best match, and what is like it."""
    if not rows:
        return []
    best = rows[0].match
    return [
        row.match.outcome
        for row in rows
        if row.match.outcome is not None
        and row.match.reach is best.reach
        and row.verdict is rows[0].verdict
        and row.match.outcome.concept == (best.outcome and best.outcome.concept)
        and (best.outcome is None or row.match.outcome.role is best.outcome.role)
    ]


def _results(
    plot: Forest, verdicts: Sequence[tuple[Outcome, VerdictKind]]
) -> Iterator[tuple[str, tuple[Result, ...]]]:
    for _, rows in groupby(plot.rows, key=lambda row: row.outcome.role):
        same = list(rows)
        yield (
            role_name(same[0].outcome),
            tuple(_result(row, verdicts) for row in same),
        )


def _result(row: ForestRow, verdicts: Sequence[tuple[Outcome, VerdictKind]]) -> Result:
    kind = row.analysis.finding.kind
    return Result(
        name=fit(row.name),
        remarks=tuple(fit(remark) for remark in remarks(row)),
        figures=figures(row.analysis),
        finding=FINDINGS[kind],
        finding_kind=kind.value,
        basis=fit(known_by(row.analysis)),
        lit=row.lit,
        drawn=_drawn(row.bar) if row.bar else None,
        verdict=next((verdict for outcome, verdict in verdicts if outcome == row.outcome), None),
    )


def _drawn(bar: Bar) -> Drawn:
    left = 0.0 if bar.goes_on[0] else bar.low
    right = 1.0 if bar.goes_on[1] else bar.high
    return Drawn(
        mid=None if bar.mid is None else _percent(bar.mid),
        line=None if left is None or right is None else (_percent(left), _percent(right)),
        caps=tuple(_percent(cap) for cap in (bar.low, bar.high) if cap is not None),
        goes_on=bar.goes_on,
        better={-1: "0%", 1: _percent(NULL_AT), 0: None}[bar.better],
    )


def _percent(place: float) -> str:
    return f"{100 * place:.2f}".rstrip("0").rstrip(".") + "%"


def by_study(rows: Iterable[Evidence]) -> list[tuple[Trial, list[Evidence]]]:
    """Answer rows of evidence study by study, in the order in which the studies first come."""
    grouped: dict[str, tuple[Trial, list[Evidence]]] = {}
    for row in rows:
        grouped.setdefault(row.match.trial.id, (row.match.trial, []))[1].append(row)
    return list(grouped.values())
