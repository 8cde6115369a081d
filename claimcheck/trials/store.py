"""Trial records on disk: YAML and JSON files into Trials, and back."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from claimcheck.errors import CorpusError, Location, combined
from claimcheck.trials import compiled
from claimcheck.trials.as_record import trial_to_record
from claimcheck.trials.database.file import FILE_NAME
from claimcheck.trials.index import TrialIndex
from claimcheck.trials.marked import MAX_DEPTH, Marked, to_trial
from claimcheck.trials.source import read_text, reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimcheck.model.trial import Trial
    from claimcheck.trials.schema import Place

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})
_AS_OF = re.compile(r"^As of:\s*(\d{4}-\d{2}-\d{2})\s*$", re.MULTILINE)


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
                trials = [to_trial(record) for record in read_marked(path).records()]
            except CorpusError as error:
                errors.append(error)
                continue
            for trial in trials:
                if trial.id in here:
                    message = f"the id {trial.id!r} stands in {here[trial.id]} as well"
                    errors.append(CorpusError(message, location=Location(str(path))))
                here[trial.id] = path
                found[trial.id] = trial
    if errors:
        raise combined(errors)
    return tuple(found[key] for key in sorted(found))


def load_index(*dirs: Path) -> TrialIndex:
    """Answer the records of these folders, ready for look-up, with the date they are as of."""
    folders = [Path(folder) for folder in dirs]
    as_of = max((date for folder in folders if (date := _as_of(folder))), default=None)
    # A folder that is missing must be told, not left out of the key and so passed over.
    there = all(folder.is_dir() for folder in folders)
    key = compiled.key_of((one, record_files(one)) for one in folders) if there else None
    if key is not None and (kept := compiled.fetch(key)) is not None:
        return TrialIndex(kept[0], as_of=as_of, fingerprint=kept[1])
    index = TrialIndex(load_corpus(*folders), as_of=as_of)
    if key is not None:
        compiled.store(key, index.trials, index.fingerprint)
    return index


def load_trial(path: Path | str) -> Trial:
    """Answer the one trial that a record file tells of; raises CorpusError."""
    records = read_marked(Path(path)).records()
    if len(records) != 1:
        message = f"must hold one trial record, holds {len(records)}"
        raise CorpusError(message, location=Location(str(path)))
    return to_trial(records[0])


def read_trials(path: Path | str) -> list[Trial]:
    """Answer the trials in a record file, in a list of records, or in a folder of either.

    Raises CorpusError with every fault found.
    """
    path = Path(path)
    if path.is_dir():
        return list(load_corpus(path))
    trials: list[Trial] = []
    errors: list[CorpusError] = []
    for record in read_marked(path).records():
        try:
            trials.append(to_trial(record))
        except CorpusError as error:
            errors.append(error)
    if errors:
        raise combined(errors)
    return trials


def trial_from_dict(mapping: Mapping[str, object]) -> Trial:
    """Answer the trial that a record, given as plain data, tells of; raises CorpusError."""
    return to_trial(Marked(mapping))


def record_files(folder: Path) -> list[Path]:
    """Answer the record files of a folder, sorted by name; raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError("no such folder of trial records", location=Location(str(folder)))
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in _SUFFIXES and not path.name.startswith(".")
        )
        # Beside imported trials may lie the files that they were imported from.
        imported = (folder / FILE_NAME).is_file()
        return [path for path in found if not imported or not _is_registrys(path)]
    except OSError as error:
        raise CorpusError(reason(error), location=Location(str(folder))) from error


def _is_registrys(path: Path) -> bool:
    if path.suffix.lower() != ".json":
        return False
    from claimcheck.trials.importers.sniff import HEAD, Kind, kind_of  # noqa: PLC0415  (rare)

    with path.open("rb") as file:
        return kind_of(file.read(HEAD)) is Kind.CTGOV


def dump_trial(trial: Trial) -> str:
    """Answer a record in YAML, its keys in the format's order, without what is not known."""
    from claimcheck.trials.yaml_text import write_yaml  # noqa: PLC0415  (most runs read no YAML)

    return write_yaml(trial_to_record(trial))


def add_record(path: Path | str, into: Path | str) -> list[Path]:
    """Copy the records of a file into a folder, one file each; answer the files written.

    Raises CorpusError if a record is faulty or the folder has one of that id already.
    """
    trials = read_trials(path)
    folder = Path(into)
    targets = [folder / f"{trial.id}.yaml" for trial in trials]
    for target in targets:
        if target.exists() or targets.count(target) > 1:
            message = "there is a record of this id already"
            raise CorpusError(message, location=Location(str(target)))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for trial, target in zip(trials, targets, strict=True):
            target.write_text(dump_trial(trial), encoding="utf-8")
    except OSError as error:
        raise CorpusError(reason(error), location=Location(str(folder))) from error
    return targets


def read_marked(path: Path) -> Marked:
    """Answer the plain data of a YAML or JSON file with its lines; raises CorpusError."""
    return parse_marked(read_text(path), path, as_json=path.suffix.lower() == ".json")


def parse_marked(text: str, path: Path, *, as_json: bool) -> Marked:
    """Answer the plain data of a record's text; `path` is what its errors call it."""
    from claimcheck.trials.yaml_text import read_yaml  # noqa: PLC0415  (most runs read no YAML)

    if not as_json:
        return read_yaml(text, path)
    lines: Mapping[Place, int] = {}
    with suppress(CorpusError):  # JSON is YAML but for a few corners; there lines are not known
        lines = read_yaml(text, path).lines
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise CorpusError(error.msg, location=Location(str(path), error.lineno)) from error
    except RecursionError as error:
        message = f"is nested more than {MAX_DEPTH} levels deep"
        raise CorpusError(message, location=Location(str(path))) from error
    except ValueError as error:
        raise CorpusError(str(error), location=Location(str(path))) from error
    return Marked(value, str(path), lines)


def _as_of(folder: Path) -> str | None:
    """Answer the date to which a folder's SOURCES.md says that its records were gathered."""
    with suppress(OSError, UnicodeDecodeError):
        if found := _AS_OF.search((folder / "SOURCES.md").read_text(encoding="utf-8")):
            return found.group(1)
    return None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one mapping")
    return mapping


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a finite number")
