"""Copies of Word drafts with the findings as comments: where they go, and how they get there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck import cache
from claimcheck.cli import streams
from claimcheck.cli.targets import is_same
from claimcheck.errors import ClaimcheckError, ConfigError, InputError, Location
from claimcheck.model.counted import counted
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from claimcheck.cli.drafts import Draft
    from claimcheck.model.report import Report
    from claimcheck.reports import View

_WORD = ".docx"
_WRITTEN = "copy"  # the kind of what is kept: digests of the copies that were written


@dataclass(frozen=True, slots=True)
class Copies:
    """Which draft is copied where, by the name that the draft has in the report."""

    paths: dict[str, tuple[Path, Path]]

    @classmethod
    def planned(cls, target: Path | None, drafts: Sequence[Draft], *, overwrite: bool) -> Copies:
        """Answer where the copies of Word drafts are to go; nowhere without a target.

        Raises ConfigError, or InputError for what cannot be written, before any work is done.
        """
        if target is None:
            if overwrite:
                raise ConfigError("--overwrite: it goes with --annotate, which says what to write")
            return cls({})
        found = {
            one.name: one.path for one in drafts if one.path and one.path.suffix.lower() == _WORD
        }
        if not found and drafts:
            raise ConfigError(
                f"--annotate: no file here is a Word draft ({_WORD}): comments go into no other, "
                "nor into standard input"
            )
        if target.is_dir():
            paths = {name: (path, target / path.name) for name, path in found.items()}
        elif len(found) <= 1:
            paths = {name: (path, target) for name, path in found.items()}
        else:
            raise ConfigError(
                f"--annotate: {len(found)} Word files are checked: name a folder for their copies, "
                f"not {str(target)!r}"
            )
        _check(paths, drafts, overwrite=overwrite)
        return cls(paths)

    def write(self, report: Report, view: View) -> Iterator[ClaimcheckError]:
        """Write the copies, each whole or not at all; yield why one could not be written."""
        if not self.paths:
            return
        from claimcheck.documents.word.annotate import annotate  # noqa: PLC0415  (loads lxml)
        from claimcheck.reports.comments import notes  # noqa: PLC0415

        for one in report.documents:
            document = one.document
            if document.name not in self.paths:
                continue
            source, target = self.paths[document.name]
            found = notes(one, report.tool, view)
            try:
                data = annotate(_bytes(source), found, name=document.name, source=document.source)
                streams.write_bytes(target, data)
                cache.store(_WRITTEN, _digest(data), b"")
            except ClaimcheckError as error:
                yield error
            else:
                told = f"{counted(len(found) - 1, 'comment')} on claims of {clean(document.name)}"
                streams.warn(f"{clean(str(target))}: written, with {told}")


def _check(
    paths: dict[str, tuple[Path, Path]], drafts: Sequence[Draft], *, overwrite: bool
) -> None:
    taken: set[Path] = set()
    for source, target in paths.values():
        if target.suffix.lower() != _WORD:
            raise ConfigError(
                f"--annotate: wanted a name that ends in {_WORD}, got {str(target)!r}"
            )
        streams.check_writable(target)
        if target in taken:
            raise ConfigError(
                f"--annotate: two drafts are called {source.name}, and would have one copy; "
                "check them one by one"
            )
        taken.add(target)
        same = (one.name for one in drafts if one.path and is_same(one.path, target))
        if not overwrite and (name := next(same, None)):
            raise ConfigError(
                f"--annotate: {target} is the draft {name} itself; name another file, "
                "or add --overwrite"
            )
        if not overwrite and not _is_ours(target):
            raise ConfigError(
                f"--annotate: {target} is there, and not as it was written: somebody may have "
                "worked in it; name another file, or add --overwrite"
            )


def _is_ours(target: Path) -> bool:
    """Tell whether there is no file yet, or one exactly as an earlier check wrote it."""
    if not target.is_file():
        return True
    try:
        return cache.fetch(_WRITTEN, _digest(target.read_bytes())) is not None
    except OSError:
        return False


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", location=Location(str(path))
        ) from error
