"""What becomes of fetched records: trials in the store, or files as they came."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.cli import streams
from claimcheck.errors import InputError, Location
from claimcheck.model.imported import Skipped, Source
from claimcheck.paths import rules_dir
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.config import Settings
    from claimcheck.trials.fetch.studies import Fetched


def import_all(fetched: Iterable[Fetched], folder: Path, settings: Settings) -> list[InputError]:
    """Import what comes into the store of a folder, all at once; answer what is of no use.

    Nothing is written before the last has come.
    """
    from claimcheck.app.importing import Importing  # noqa: PLC0415  (--help needs none of it)
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415
    from claimcheck.trials.database.writer import writing  # noqa: PLC0415
    from claimcheck.trials.importers import import_source  # noqa: PLC0415

    came = list(fetched)
    if not came:
        return []
    importing = Importing(lambda: load_rulebook(rules_dir(), *settings.rules))
    useless: list[InputError] = []
    today = datetime.now(tz=UTC).date().isoformat()
    with writing(folder, today=today, join=importing.join) as store:
        for one in came:
            source = Source(one.name, lambda data=one.data: BytesIO(data))  # type: ignore[misc]
            found = list(import_source(source, importing.read_prose))
            trials = [trial for trial in found if not isinstance(trial, Skipped)]
            for trial in trials:
                store.put(trial)
            if not trials:
                reasons = dict.fromkeys(each.reason for each in found if isinstance(each, Skipped))
                why = "; ".join(reasons) or "holds no trial"
                useless.append(InputError(f"{one.wanted.name}: came, but cannot be used: {why}"))
        changes = store.changes()
    for one in came:
        streams.print_text(f"{_came(one)}\n")
    told = [f"{count} {change.value}" for change, count in changes.items() if count]
    streams.print_text(f"{', '.join(told) or 'nothing imported'}, in {clean(str(folder))}\n")
    return useless


def write_all(fetched: Iterable[Fetched], folder: Path) -> None:
    """Write each record into a folder as it comes, in a file of its own."""
    for one in fetched:
        path = folder / one.name
        _write(path, one.data)
        streams.print_text(f"{_came(one)}: {clean(path.as_posix())}\n")


def make_folder(folder: Path) -> Path:
    """Answer a folder that is there. Raises InputError, before anything is sent for it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot be made: {error.strerror}"
        raise InputError(message, location=Location(str(folder))) from error
    return folder


def _came(one: Fetched) -> str:
    return f"{'from the cache' if one.kept else 'fetched'} {clean(one.wanted.name)}"


def _write(path: Path, data: bytes) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise InputError(message, location=Location(str(path))) from error
