"""The lists of names that were imported, on disk: looked up by the words of a draft.

A list of 20,000 things costs nothing until a draft is read, and then a look-up for each word.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.errors import Location, RuleError
from claimcheck.rulebook.lists.sift import words_of
from claimcheck.rulebook.types import Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FILE_NAME = "terms.sqlite"
VERSION = 1
WAIT = 10.0  # seconds for another process that writes
_AT_ONCE = 500  # words of one query

SCHEMA = f"""
CREATE TABLE lists (
  name TEXT PRIMARY KEY, digest TEXT NOT NULL, kind TEXT NOT NULL, terms INTEGER, names INTEGER);
CREATE TABLE terms (n INTEGER PRIMARY KEY, list TEXT NOT NULL, term TEXT NOT NULL);
CREATE INDEX terms_by_list ON terms (list);
CREATE TABLE words (first TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL);
CREATE INDEX words_by_first ON words (first);
PRAGMA user_version = {VERSION};
"""


class Kept(NamedTuple):
    """A list as it is kept: where it came from and what it holds."""

    name: str
    digest: str
    kind: str
    terms: int
    names: int


def keep(folder: Path, name: str, kind: TermKind, terms: Iterable[Term]) -> bool:
    """Keep a list in place of the one of its name; tell whether that changed anything.

    Raises RuleError where the store cannot be written.
    """
    rows = [json.dumps([term.id, term.kind, term.names, term.exact]) for term in terms]
    digest = hashlib.sha256("\n".join((kind, *rows)).encode("utf-8", "replace")).hexdigest()
    with _told(folder / FILE_NAME):
        folder.mkdir(parents=True, exist_ok=True)
        with closing(_open(folder / FILE_NAME)) as db, db:
            db.execute("BEGIN IMMEDIATE")
            old = db.execute("SELECT digest FROM lists WHERE name = ?", (name,)).fetchone()
            if old == (digest,):
                return False
            _drop(db, name)
            names = sum(_insert(db, name, row) for row in rows)
            kept = Kept(name, digest, kind.value, len(rows), names)
            db.execute("INSERT INTO lists VALUES (?, ?, ?, ?, ?)", kept)
    return True


def remove(folder: Path, name: str | None) -> int:
    """Drop the list of a name, or all of them; tell how many there were."""
    gone = [one.name for one in kept_lists(folder) if name in {None, one.name}]
    if gone:
        with _told(folder / FILE_NAME), closing(_open(folder / FILE_NAME)) as db:
            with db:
                for one in gone:
                    _drop(db, one)
            db.execute("VACUUM")
    return len(gone)


def kept_lists(folder: Path) -> tuple[Kept, ...]:
    """Answer which lists are kept, by name; raises RuleError where the store cannot be read."""
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    with _told(path), closing(_open(path)) as db:
        return tuple(Kept(*row) for row in db.execute("SELECT * FROM lists ORDER BY name"))


def found_in(folder: Path, texts: Iterable[str]) -> tuple[Term, ...]:
    """Answer the terms of which these texts hold all the words of a name, in a steady order."""
    path = folder / FILE_NAME
    words = {word for text in texts for word in words_of(text)}
    words |= {word.removesuffix("s") for word in words}
    ordered = sorted(words)
    found: set[int] = set()
    with _told(path), closing(_open(path)) as db:
        for at in range(0, len(ordered), _AT_ONCE):
            part = ordered[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            rows = db.execute(
                f"SELECT name, n FROM words WHERE first IN ({marks})",  # noqa: S608  (marks alone)
                part,
            )
            found |= {n for name, n in rows if words.issuperset(name.split())}
        each = [db.execute("SELECT term FROM terms WHERE n = ?", (n,)).fetchone() for n in found]
    return tuple(sorted((_term(row) for (row,) in each), key=lambda term: (term.id, term.names)))


def _term(row: str) -> Term:
    concept, kind, names, exact = json.loads(row)
    return Term(concept, TermKind(kind), tuple(names), tuple(exact))


def _insert(db: sqlite3.Connection, name: str, row: str) -> int:
    n = db.execute("INSERT INTO terms (list, term) VALUES (?, ?)", (name, row)).lastrowid
    term = _term(row)
    named = [words_of(one) for one in (*term.names, *term.exact)]
    db.executemany(
        "INSERT INTO words VALUES (?, ?, ?)",
        [(found[0], " ".join(found), n) for found in named if found],
    )
    return len(named)


def _drop(db: sqlite3.Connection, name: str) -> None:
    db.execute("DELETE FROM words WHERE n IN (SELECT n FROM terms WHERE list = ?)", (name,))
    db.execute("DELETE FROM terms WHERE list = ?", (name,))
    db.execute("DELETE FROM lists WHERE name = ?", (name,))


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=WAIT)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if version not in {0, VERSION} or (tables and not version):
        db.close()
        message = "is no store of terms that this release reads: move it away and import again"
        raise RuleError(message, location=Location(str(path)))
    if not tables:
        db.executescript(SCHEMA)
    return db


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn a fault of the database or the disk into an error that its user can read."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            text = "is being written by another run; try again when that has ended"
        elif "not a database" in text or "malformed" in text:
            text = f"is damaged or no store of terms ({text}): move it away and import again"
        else:
            text = f"cannot be used: {getattr(error, 'strerror', None) or text}"
        raise RuleError(text, location=Location(str(path))) from error
