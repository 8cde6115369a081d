"""Trial records on disk: YAML or JSON files into Trials, and back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from claimcheck.errors import CorpusError, Location
from claimcheck.trials.as_record import trial_to_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimcheck.model.trial import Trial
    from claimcheck.trials.schema import Place

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain data read from a file, with the line on which each part of it begins."""

    value: Any
    path: str
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line_of(self, place: Place) -> int | None:
        """Answer the line of a part, or of the nearest part around it."""
        for end in range(len(place), -1, -1):
            if (line := self.lines.get(place[:end])) is not None:
                return line
        return None


def load_corpus(*dirs: Path) -> tuple[Trial, ...]:
    """Answer the records of these folders, by id; of two with one id the later folder's stands.

    Raises CorpusError with every fault of every file.
    """
    found: dict[str, Trial] = {}
    errors: list[CorpusError] = []
    for folder in dirs:
        here: dict[str, Path] = {}
        for path in record_files(Path(folder)):
            try:
                trials = read_file(path)
            except CorpusError as error:
                errors.append(error)
                continue
            for trial in trials:
                if trial.id in here:
                    message = f"the id {trial.id!r} stands in {here[trial.id]} as well"
                    errors.append(CorpusError(message, location=Location(str(path))))
                here[trial.id] = path
                found[trial.id] = trial
    _refuse(errors)
    return tuple(found[key] for key in sorted(found))


def load_trial(path: Path | str) -> Trial:
    """Answer the one trial that a record file tells of; raises CorpusError."""
    trials = read_file(Path(path))
    if len(trials) != 1:
        message = f"must hold one record, holds {len(trials)}"
        raise CorpusError(message, location=Location(str(path)))
    return trials[0]


def read_trials(path: Path | str) -> list[Trial]:
    """Answer the trials in a record file, in a list of records, or in a folder of either.

    Raises CorpusError with every fault found.
    """
    path = Path(path)
    return list(load_corpus(path)) if path.is_dir() else list(read_file(path))


def trial_from_dict(mapping: Mapping[str, object]) -> Trial:
    """Answer the trial that a record, as plain data, tells of; raises CorpusError."""
    return _trial(Marked(mapping, ""), ())


def record_files(folder: Path) -> list[Path]:
    """Answer the record files of a folder, sorted by name; raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError("no such folder of trial records", location=Location(str(folder)))
    try:
        return sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")
        )
    except OSError as error:
        raise CorpusError(_reason(error), location=Location(str(folder))) from error


def read_file(path: Path) -> tuple[Trial, ...]:
    """Answer the trials of one file, which holds a record or a list of records."""
    return tuple(trial for trial, _ in read_marked(path))


def read_marked(path: Path) -> list[tuple[Trial, Marked]]:
    """Answer the trials of one file, each with the lines of its parts."""
    marked = _read(path)
    if not isinstance(marked.value, list):
        return [(_trial(marked, ()), marked)]
    read, errors = [], []
    for index in range(len(marked.value)):
        part = _part(marked, index)
        try:
            read.append((_trial(part, ()), part))
        except CorpusError as error:
            errors.append(error)
    _refuse(errors)
    return read


def dump_trial(trial: Trial) -> str:
    """Answer a record in YAML, its keys in the format's order, without what is not known."""
    return yaml.dump(
        trial_to_record(trial),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=100,
        default_flow_style=None,
    )


def add_record(path: Path | str, into: Path | str) -> list[Path]:
    """Copy the records of a file into a folder, one file each; answer the files written.

    Raises CorpusError if a record is faulty or the folder has one of that id already.
    """
    trials = read_trials(path)
    folder = Path(into)
    targets = [folder / f"{trial.id}.yaml" for trial in trials]
    for target in targets:
        if target.exists() or targets.count(target) > 1:
            raise CorpusError("there is a record of this id already", location=Location(str(target)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for trial, target in zip(trials, targets, strict=True):
            target.write_text(dump_trial(trial), encoding="utf-8")
    except OSError as error:
        raise CorpusError(_reason(error), location=Location(str(folder))) from error
    return targets


def _trial(marked: Marked, within: Place) -> Trial:
    # pydantic is loaded only where a record is read.
    from claimcheck.trials.build import build  # noqa: PLC0415
    from claimcheck.trials.schema import Record, parse  # noqa: PLC0415

    if not hasattr(marked.value, "keys"):
        _refuse_faults(marked, [(within, "a record must be a mapping of keys to values")])
    parsed = parse(dict(marked.value))
    built = build(parsed) if isinstance(parsed, Record) else parsed
    if isinstance(built, list):
        _refuse_faults(marked, built)
        raise AssertionError
    return built


def _part(marked: Marked, index: int) -> Marked:
    lines = {place[1:]: line for place, line in marked.lines.items() if place[:1] == (index,)}
    return Marked(marked.value[index], marked.path, lines)


def _refuse_faults(marked: Marked, faults: list[tuple[Place, str]]) -> None:
    errors = []
    for place, message in faults:
        line = marked.line_of(place) or marked.line_of(_flat(place))
        location = Location(marked.path, line) if marked.path else None
        shown = f"{_dotted(_flat(place))}: {message}" if place else message
        errors.append(CorpusError(shown, location=location))
    _refuse(errors)


def _refuse(errors: Iterable[CorpusError]) -> None:
    """Raise what was found, all at once."""
    errors = list(errors)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise CorpusError("\n".join(map(str, errors)))


def _flat(place: Place) -> Place:
    """Name an analysis that lies flat in its outcome by the outcome."""
    return place


def _dotted(place: Place) -> str:
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _read(path: Path) -> Marked:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CorpusError(_reason(error), location=Location(str(path))) from error
    value = yaml.load(data, Loader=yaml.CSafeLoader)  # noqa: S506
    return Marked(value, str(path), {})


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


