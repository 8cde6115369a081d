"""Files that a run is to write: none may be one that it reads, or that it writes twice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.cli.drafts import STDIN
from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        if any(is_same(target, one) for one in read):
            message = "is read for this report, and would be written over; name another file"
            raise InputError(message, location=Location(str(target)))
        if target in seen or any(is_same(target, one) for one in seen):
            message = "would be written twice; name another file for one of the two"
            raise InputError(message, location=Location(str(target)))
        seen.append(target)


def is_same(path: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file that is there."""
    try:
        return path.samefile(other)
    except OSError:
        return False
