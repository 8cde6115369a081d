"""Imported trials on disk: one SQLite file a folder, found without a scan."""

from __future__ import annotations

from claimcheck.trials.database.file import FILE_NAME
from claimcheck.trials.database.reader import MAX_CANDIDATES, Database, open_database
from claimcheck.trials.database.writer import Change, Writer, writing

__all__ = [
    "FILE_NAME",
    "MAX_CANDIDATES",
    "Change",
    "Database",
    "Writer",
    "open_database",
    "writing",
]
