"""The records of some folders as they were once read and found good: reading YAML takes a second.

They are kept by what the files hold, so that a change of any of them is seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck import cache
from claimcheck.errors import CorpusError
from claimcheck.trials.database.record import packed, unpacked_all

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from claimcheck.model.trial import Trial

_KIND = "records"
_FINGERPRINT = 64  # characters, before the records


def key_of(folders: Iterable[tuple[Path, Iterable[Path]]]) -> str | None:
    """Answer the key of folders and their record files; None where one cannot be read."""
    parts: list[bytes] = []
    try:
        for folder, files in folders:
            parts.append(f"folder {folder}".encode("utf-8", "surrogateescape"))
            for path in files:
                parts += [path.name.encode("utf-8", "surrogateescape"), path.read_bytes()]
    except (OSError, ValueError):
        return None
    return cache.key_of(parts)


def fetch(key: str) -> tuple[tuple[Trial, ...], str] | None:
    """Answer the records that are kept under a key, and their fingerprint."""
    content = cache.fetch(_KIND, key)
    if content is None:
        return None
    try:
        fingerprint = content[:_FINGERPRINT].decode("ascii")
        return unpacked_all(content[_FINGERPRINT:]), fingerprint
    except (CorpusError, UnicodeDecodeError):
        return None


def store(key: str, trials: tuple[Trial, ...], fingerprint: str) -> None:
    """Keep records for the next run, where they would come back as they are."""
    try:
        content = packed(trials)
        same = unpacked_all(content) == trials
    except (CorpusError, UnicodeEncodeError):
        return
    if same:
        cache.store(_KIND, key, fingerprint.encode("ascii") + content)
