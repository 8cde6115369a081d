"""Files that a run is to write: none may be one that it reads, or that it writes twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.cli.drafts import STDIN
from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claimcheck.cli.drafts import Draft
    from claimcheck.cli.engine import Against


def check_targets(
    targets: Iterable[Path],
    drafts: Iterable[Draft],
    evidence: Against,
    *,
    beside: Iterable[Path] = (),
) -> None:
    """Raise InputError where a file to be written is read for this run, or is written twice.

    `beside` are files that are written as well. Said before any work is done.
    """
    read = [draft.path for draft in drafts if draft.path is not None]
    read += [Path(path) for path in evidence.paths if path != STDIN]
    seen = [*beside]
    for target in targets:
        if target.exists() and not target.is_file():  # a device or a pipe loses nothing
            continue
        if _is_among(target, read):
            message = "is read for this report, and would be written over; name another file"
            raise InputError(message, location=Location(str(target)))
        if target in seen or _is_among(target, seen):
            message = "would be written twice; name another file for one of the two"
            raise InputError(message, location=Location(str(target)))
        seen.append(target)


def _is_among(target: Path, files: Sequence[Path]) -> bool:
    return target.exists() and any(one.exists() and target.samefile(one) for one in files)
