"""The baselines of a run: read before any draft, held against what was found, written anew."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck import baseline
from claimcheck.baseline import Baseline
from claimcheck.cli import streams
from claimcheck.config import FailOn
from claimcheck.errors import ConfigError, Location
from claimcheck.model.counted import counted
from claimcheck.model.verdict import Level
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimcheck.baseline import Known
    from claimcheck.cli.engine import Checked
    from claimcheck.config import Settings

Baselines = dict[Path, Baseline]


def read(settings: Iterable[Settings], *, writing: bool = False) -> Baselines:
    """Answer the baselines that some settings name; when `writing`, one may be missing.

    Raises ConfigError for a file that is missing, or is no baseline: that one is not overwritten
    either.
    """
    paths = dict.fromkeys(one.baseline for one in settings)
    return {path: _read(path, writing=writing) for path in paths if path is not None}


def _read(path: Path, *, writing: bool) -> Baseline:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if writing:
            streams.check_writable(path)
            return Baseline({})
        raise ConfigError(
            "no such baseline; --write-baseline makes one of what is found now",
            location=Location(str(path)),
        ) from None
    except UnicodeDecodeError:
        raise ConfigError("is no baseline: not UTF-8 text", location=Location(str(path))) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ConfigError(message, location=Location(str(path))) from error
    return baseline.parse(text, name=str(path))


def hold(checked: Checked, baselines: Mapping[Path, Baseline]) -> Checked:
    """Answer what was checked with the findings that are known marked as such."""
    documents = tuple(
        baseline.apply(one, _path_from(path, one.document.name), baselines[path])
        if (path := settings.baseline) is not None
        else one
        for one, settings in zip(checked.report.documents, checked.settings, strict=True)
    )
    for path, one in baselines.items():
        _tell_of_the_gone(path, one)
    return replace(checked, report=replace(checked.report, documents=documents))


def write(checked: Checked, baselines: Mapping[Path, Baseline]) -> None:
    """Write what is found into the baselines that the settings name.

    Errors and warnings go in, notes where they would fail the gate. Entries of drafts that were not
    checked stay, unless the draft is gone.
    """
    found: dict[Path, Counter[Known]] = {path: Counter() for path in baselines}
    seen: dict[Path, set[str]] = {path: set() for path in baselines}
    for one, settings in zip(checked.report.documents, checked.settings, strict=True):
        if settings.baseline is not None:
            place = _path_from(settings.baseline, one.document.name)
            seen[settings.baseline].add(place)
            found[settings.baseline] += baseline.of_document(one, place, _levels(settings))
    for path, old in baselines.items():
        gone = _gone(path, old)
        for known, count in old.counts.items():
            if known.path not in seen[path] and known.path not in gone:
                found[path][known] = count
        streams.write_file(path, [baseline.dump(Baseline(found[path]))])
        number, drafts = found[path].total(), len({one.path for one in found[path]})
        told = f"{counted(number, 'finding')} in {counted(drafts, 'draft')}"
        told += " is" if number == 1 else " are"
        streams.warn(f"{clean(str(path))}: {told} known now")


def _levels(settings: Settings) -> frozenset[Level]:
    known = frozenset({Level.ERROR, Level.WARNING})
    return known | {Level.NOTE} if settings.fail_on is FailOn.NOTE else known


def _tell_of_the_gone(path: Path, one: Baseline) -> None:
    if gone := sorted(_gone(path, one)):
        streams.warn(
            f"{clean(str(path))} speaks of drafts that are gone: {', '.join(map(clean, gone))}; "
            "--write-baseline leaves them out"
        )


def _gone(path: Path, one: Baseline) -> frozenset[str]:
    return frozenset(
        name for name in one.paths() if not name.startswith("<") and not _exists(path.parent / name)
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _path_from(path: Path, name: str) -> str:
    """Answer a draft's path as the baseline at `path` has it: from its own folder, with slashes."""
    if name.startswith("<"):
        return name
    try:
        return Path(os.path.relpath(Path(name).absolute(), path.absolute().parent)).as_posix()
    except ValueError:  # another drive
        return Path(name).absolute().as_posix()
