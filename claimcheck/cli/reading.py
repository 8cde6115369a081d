"""Drafts as they are read, in this process or in several."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.cli import progress
from claimcheck.errors import ClaimcheckError, InputError, Location

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claimcheck.cli.drafts import Draft
    from claimcheck.model.document import Document

FEW = 64  # drafts that are read sooner than other processes have begun


def read(draft: Draft) -> Document:
    """Answer a draft as it is read. Raises InputError."""
    from claimcheck import documents  # noqa: PLC0415  (its readers take a while to import)

    if draft.path is not None:
        return replace(documents.read_path(draft.path), name=draft.name)
    return documents.read_bytes(sys.stdin.buffer.read(), name=draft.name)


def read_good(
    drafts: Sequence[Draft],
    problems: list[ClaimcheckError],
    *,
    jobs: int = 1,
    meanwhile: Callable[[], object] | None = None,
    quiet: bool = False,
) -> list[tuple[Draft, Document]]:
    """Answer the drafts that can be read, each as it is read; why others cannot goes to `problems`.

    `meanwhile` is done where other processes read.
    """
    good: list[tuple[Draft, Document]] = []
    documents = read_all(drafts, jobs, meanwhile=meanwhile, quiet=quiet)
    for draft, found in zip(drafts, documents, strict=True):
        if isinstance(found, ClaimcheckError):
            problems.append(found)
        else:
            good.append((draft, found))
    return good


def read_all(
    drafts: Sequence[Draft],
    jobs: int,
    *,
    meanwhile: Callable[[], object] | None = None,
    quiet: bool = False,
) -> list[Document | ClaimcheckError]:
    """Answer of every draft what it is read as, or why it cannot be read.

    `meanwhile` is done where other processes read.
    """
    many = jobs > 1 and len(drafts) >= FEW
    read_already = _in_processes(drafts, jobs, meanwhile, quiet=quiet) if many else None
    if read_already is not None:
        return read_already
    found: list[Document | ClaimcheckError] = []
    with progress.of(found, len(drafts), "reading", quiet=quiet):
        found.extend(map(_tried, drafts))
    return found


def _in_processes(
    drafts: Sequence[Draft],
    jobs: int,
    meanwhile: Callable[[], object] | None,
    *,
    quiet: bool,
) -> list[Document | ClaimcheckError] | None:
    """Answer the same as read by several processes; None where none can be copied."""
    import claimcheck.documents  # noqa: F401, PLC0415  (once, and not in every process)
    from claimcheck.cli import pool  # noqa: PLC0415  (one process needs it not)

    if not pool.can_copy():
        return None
    found = {at: _tried(draft) for at, draft in enumerate(drafts) if draft.path is None}
    files = [at for at in range(len(drafts)) if at not in found]
    results = pool.each(
        [1] * len(files),
        jobs,
        lambda: lambda at: _tried(drafts[files[at]]),
        meanwhile=meanwhile,
        watching=progress.of(found, len(drafts), "reading", quiet=quiet),
    )
    with closing(results):
        for at, one in results:
            found[files[at]] = one
    return [found[at] for at in range(len(drafts))]


def _tried(draft: Draft) -> Document | ClaimcheckError:
    try:
        return read(draft)
    except ClaimcheckError as problem:
        return problem
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return InputError(f"cannot be read: {reason}", location=Location(draft.name))
