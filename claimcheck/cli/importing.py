"""`claimcheck trials import`: from files of any kind to the store of imported trials."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import progress, streams
from claimcheck.cli.corpus import settings_of
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    IntoOption,
)
from claimcheck.errors import CorpusError, InputError, Location
from claimcheck.model.imported import Skipped
from claimcheck.paths import data_dir, rules_dir
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from claimcheck.app.importing import Importing
    from claimcheck.model.trial import Trial
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.trials.database.writer import Change, Writer

EXAMPLES = """\b
Examples:
  claimcheck trials import NCT00067236.json paper.xml
  claimcheck trials import ctg-studies.json.zip --into evidence/
  curl -s https://example.org/study.json | claimcheck trials import -

\b
Read are ClinicalTrials.gov JSON (a study, a page of studies, a line each, the
bulk zip), PubMed XML, PubMed Central's JATS, .nbib, library records, plain
abstracts and records of our own, each also as .gz or in a .zip; which it is,
the content tells.
"""

_SHOWN = 20  # skipped records that are told one by one


@dataclass(slots=True)
class _Tally:
    """What an import has come to so far."""

    read: int = 0
    changes: dict[Change, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    barren: list[InputError] = field(default_factory=list)

    def so_far(self) -> str:
        """Answer how far it is."""
        return f"{self.read:,} trials read, {len(self.skipped):,} left out"


def import_trials(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Files, folders, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    into: IntoOption = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first record that cannot be used.")
    ] = False,
) -> None:
    """Import trials from registry files, papers and abstracts into your evidence.

    All of an import is kept, or, where it is stopped, none. A record that cannot be used is left
    out, and named at the end.
    """
    if not paths:
        raise InputError("nothing to import: name a file, a folder, or - for standard input")
    from claimcheck.app.importing import Importing  # noqa: PLC0415  (--help needs none of it)
    from claimcheck.trials.database.writer import writing  # noqa: PLC0415
    from claimcheck.trials.importers.sources import check_paths  # noqa: PLC0415

    check_paths(paths)
    importing = Importing(_rules)
    folder = into if into is not None else data_dir()
    tally = _Tally()
    today = datetime.now(tz=UTC).date().isoformat()
    with writing(folder, today=today, join=importing.join) as store:
        with progress.shown(tally.so_far):
            _fill(store, paths, importing, tally, strict=strict)
        tally.changes = store.changes()
    _tell(tally, folder)
    streams.print_error(tally.barren)
    raise typer.Exit(2 if tally.barren else 0)


def _rules() -> Rulebook:
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415  (prose alone needs it)

    return load_rulebook(rules_dir(), *settings_of(None).rules)


def _fill(
    store: Writer, paths: list[str], importing: Importing, tally: _Tally, *, strict: bool
) -> None:
    from claimcheck.app.importing import no_trial  # noqa: PLC0415

    # What is loaded by now stays; a collector that goes through it each time costs a tenth.
    gc.freeze()
    for path in dict.fromkeys(paths):
        used = 0
        before = len(tally.skipped)
        for found in importing.trials([path], stdin=sys.stdin.buffer):
            skipped = found if isinstance(found, Skipped) else _put(store, found)
            if skipped is None:
                used += 1
                tally.read += 1
            elif strict:
                raise InputError(skipped.reason, location=Location(skipped.name))
            else:
                tally.skipped.append(skipped)
        if not used:
            passed = tally.skipped[before:]
            if len({one.name for one in passed}) == 1:  # it is told below, and once is enough
                del tally.skipped[before:]
            tally.barren.append(InputError(no_trial(passed), location=Location(path)))


def _put(store: Writer, trial: Trial) -> Skipped | None:
    try:
        store.put(trial)
    except CorpusError as error:
        return Skipped(trial.id, " ".join(str(error).split()))
    return None


def _tell(tally: _Tally, folder: Path) -> None:
    parts = [f"{count} {change.value}" for change, count in tally.changes.items() if count]
    streams.print_text(f"{', '.join(parts) or 'nothing imported'}, in {clean(str(folder))}\n")
    for one in tally.skipped[:_SHOWN]:
        streams.warn(f"left out: {clean(one.name)}: {clean(one.reason)}")
    if len(tally.skipped) > _SHOWN:
        reasons = Counter(one.reason for one in tally.skipped[_SHOWN:])
        for reason, count in reasons.most_common(_SHOWN):
            streams.warn(f"left out: {count} more: {clean(reason)}")
    if tally.skipped:
        streams.warn(f"{len(tally.skipped)} left out in all")
