"""The file in which imported trials lie: its tables, and what can be wrong with it."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from claimcheck.errors import CorpusError, Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_NAME = "trials.sqlite"
VERSION = 2
WAIT = 10.0  # seconds for another process that writes

# What is long stands last in a row: SQLite reads through all that stands before what it is asked.
SCHEMA = f"""
CREATE TABLE trials (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, within INTEGER, title TEXT,
  year INTEGER, design TEXT, url TEXT, status TEXT, outcomes INTEGER, primary_status TEXT,
  tested BLOB, part BLOB NOT NULL, record BLOB);
CREATE INDEX trials_by_whole ON trials (within) WHERE within IS NOT NULL;
CREATE TABLE identifiers (
  kind TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (kind, value, n)
) WITHOUT ROWID;
CREATE INDEX identifiers_by_trial ON identifiers (n);
CREATE TABLE names (
  first TEXT NOT NULL, name TEXT NOT NULL, concept TEXT, n INTEGER NOT NULL);
CREATE INDEX names_by_first ON names (first);
CREATE INDEX names_by_trial ON names (n);
CREATE TABLE spellings (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5(
  interventions, conditions, outcomes, title, tokenize = 'unicode61');
PRAGMA user_version = {VERSION};
"""


def is_ready(connection: sqlite3.Connection, path: Path) -> bool:
    """Tell whether a file has our tables; raises CorpusError where it has somebody else's."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version not in {0, VERSION} or (tables and not version):
        message = (
            f"is no store of trials that this release reads (version {version}): "
            "move it away and import again"
        )
        raise CorpusError(message, location=Location(str(path)))
    return bool(tables)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn a fault of the database into an error that its user can read."""
    try:
        yield
    except sqlite3.Error as error:
        _raise(error, path)


def _raise(error: sqlite3.Error, path: Path) -> NoReturn:
    text = str(error)
    if "locked" in text or "busy" in text:
        text = "is being written by another run; try again when that has ended"
    elif "not a database" in text or "malformed" in text:
        text = f"is damaged or no store of trials ({text})"
    else:
        text = f"cannot be used: {text}"
    raise CorpusError(text, location=Location(str(path))) from error


def sound(value: object) -> object:
    """Answer text without lone surrogates, which SQLite cannot hold."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def plain(text: str) -> tuple[str, ...]:
    """Answer the words of a name in the form in which they are looked up."""
    from claimcheck.terms import words  # noqa: PLC0415  (lists and the like need it not)

    return tuple(
        one for word in words(str(sound(text))) for one in word.replace("'", ".").split(".")
    )
