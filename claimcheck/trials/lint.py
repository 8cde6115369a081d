"""What is doubtful in trial records, though it can be: sought before anyone relies on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.errors import CorpusError, Location
from claimcheck.model.trial import (
    Basis,
    DesignType,
    FindingKind,
    Hypothesis,
    OutcomeKind,
    Role,
    Scale,
)
from claimcheck.model.verdict import Level
from claimcheck.trials.build import numbers_of
from claimcheck.trials.findings import (
    agrees,
    read_interval,
    read_p,
    shows_effect,
)
from claimcheck.trials.marked import Marked, trial_or_faults
from claimcheck.trials.store import read_marked, record_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from claimcheck.model.trial import Analysis, Outcome, Trial
    from claimcheck.trials.schema import Place

_PLANNED = frozenset({DesignType.RANDOMIZED, DesignType.CROSSOVER})


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong (error) or doubtful (warning, note) about a record."""

    level: Level
    trial: str
    message: str
    location: Location | None = None

    def __str__(self) -> str:
        where = f"{self.location}: " if self.location else f"{self.trial}: "
        return f"{where}[{self.level.value}] {self.message}"


def lint_files(*paths: Path) -> tuple[Remark, ...]:
    """Answer what is wrong or doubtful in these record files and folders, in order of files."""
    remarks: list[Remark] = []
    sound: list[tuple[Trial, Marked]] = []
    for path in paths:
        try:
            files = record_files(path) if path.is_dir() else [path]
        except CorpusError as error:
            remarks.append(_broken(path, error))
            continue
        for file in files:
            try:
                records = read_marked(file).records()
            except CorpusError as error:
                remarks.append(_broken(file, error))
                continue
            for record in records:
                read = trial_or_faults(record)
                if isinstance(read, list):
                    remarks += [_broken(file, error) for error in read]
                else:
                    sound.append((read, record))
    return (*remarks, *_lint(sound))


def lint(trials: Iterable[Trial]) -> tuple[Remark, ...]:
    """Answer what is doubtful in these trials, in their order."""
    return tuple(_lint([(trial, Marked({})) for trial in trials]))


def _broken(path: Path, error: CorpusError) -> Remark:
    location = error.location or Location(str(path))
    return Remark(Level.ERROR, path.stem, error.message, location)


def _lint(read: list[tuple[Trial, Marked]]) -> Iterator[Remark]:
    for trial, marked in read:
        for level, place, message in _doubts(trial, marked):
            where = marked.location(marked.written(place))
            yield Remark(level, trial.id, message, where)
    yield from _twice(read)


def _doubts(trial: Trial, marked: Marked) -> Iterator[tuple[Level, Place, str]]:
    if not trial.source:
        yield Level.WARNING, (), "no source: say where the facts were read"
    if not trial.interventions:
        yield Level.WARNING, (), "no interventions: no claim will find it"
    if not trial.outcomes:
        yield Level.WARNING, (), "no outcomes: nothing can be judged by it"
    elif not any(outcome.role is Role.PRIMARY for outcome in trial.outcomes):
        level = Level.WARNING if trial.design.type in _PLANNED else Level.NOTE
        yield level, ("outcomes",), "no primary outcome: a missed one would go unseen"
    for i, outcome in enumerate(trial.outcomes):
        for j, analysis in enumerate(outcome.analyses):
            place = ("outcomes", i, "analyses", j)
            for message in _analysis_doubts(outcome, analysis, _stated(marked, place)):
                yield Level.WARNING, place, f"{outcome.name}: {message}"


def _stated(marked: Marked, place: Place) -> str | None:
    """Answer the finding as the file words it; figures may have outweighed it since."""
    stated = marked.at((*marked.written(place), "finding"))
    return stated if isinstance(stated, str) else None


def _analysis_doubts(outcome: Outcome, analysis: Analysis, stated: str | None) -> Iterator[str]:
    numbers = numbers_of(analysis, outcome.better)
    by_p, by_interval = read_p(numbers), read_interval(numbers)
    finding, shown = analysis.finding, shows_effect(numbers)
    superiority = analysis.hypothesis is Hypothesis.SUPERIORITY
    if superiority and by_p and by_interval and not agrees(by_p.kind, by_interval):
        yield f"{by_interval.because}, but {by_p.because}; the p-value decides"
    if {finding.kind, shown} == {FindingKind.IMPROVED, FindingKind.WORSENED}:
        yield f"stated as {finding.kind.value}, but by the sign of its estimate {shown.value}"
    if stated and finding.basis is Basis.REPORTED and stated != finding.kind.value:
        yield f"stated as {stated}, but read as {finding.kind.value}: {finding.because}"
    if analysis.ci and analysis.scale is Scale.UNKNOWN and not analysis.p:
        yield "the interval says nothing, since its scale is unknown"
    missing = finding.kind is FindingKind.NOT_REPORTED and outcome.kind is OutcomeKind.EFFICACY
    if missing and outcome.role is Role.PRIMARY:
        yield "a primary outcome without a result"


def _twice(read: list[tuple[Trial, Marked]]) -> Iterator[Remark]:
    owners: dict[str, list[tuple[Trial, Marked]]] = defaultdict(list)
    for trial, marked in read:
        owners[f"id {trial.id}"].append((trial, marked))
        for kind in ("pmid", "doi", "nct", "isrctn", "pmcid"):
            if value := getattr(trial.identifiers, kind):
                owners[f"{kind} {value}"].append((trial, marked))
    for what, several in owners.items():
        first, *others = several
        for trial, marked in others:
            message = f"has the {what}, as has {first[1].path or first[0].id}"
            yield Remark(Level.WARNING, trial.id, message, marked.location(("identifiers",)))
