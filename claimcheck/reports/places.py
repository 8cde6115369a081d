"""Where a finding stands, as the tools count that read a report: paths, addresses, bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from claimcheck.serialize import to_bytes

if TYPE_CHECKING:
    from claimcheck.model.lines import Lines, Place


def repository_path(name: str) -> str:
    """Answer a file's path from the top of its repository, or from the working directory.

    A file that lies outside both keeps its full path; standard input keeps its name.
    """
    if name.startswith("<"):
        return name.strip("<>")
    where = Path(name).absolute()
    folders = [Path.cwd(), *Path.cwd().parents]
    top = next((folder for folder in folders if (folder / ".git").exists()), folders[0])
    return (where.relative_to(top) if where.is_relative_to(top) else where).as_posix()


def artifact_uri(name: str) -> str:
    """Answer the same as a URI."""
    path = repository_path(name)
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(path, errors="surrogateescape")


def byte_column(lines: Lines, place: Place) -> int:
    """Answer in which column, counted from 1 in bytes of UTF-8, a place stands."""
    return len(to_bytes(lines.text(place.line - 1)[: place.column - 1])) + 1
