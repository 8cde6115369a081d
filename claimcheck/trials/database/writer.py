"""Imported trials as they change: all of an import is kept, or none of it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, contextmanager, suppress
from enum import Enum
from typing import TYPE_CHECKING

from claimcheck.collecting import collecting_seldom
from claimcheck.errors import CorpusError, Location
from claimcheck.model.as_dict import trial_url
from claimcheck.trials.database.file import FILE_NAME, SCHEMA, WAIT, is_ready, sound, told
from claimcheck.trials.database.found_by import name_rows, searched
from claimcheck.trials.database.reader import Database
from claimcheck.trials.database.record import checked, packed
from claimcheck.trials.index import identifiers_of
from claimcheck.trials.join import join_unread, reports_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from claimcheck.model.trial import Trial
    from claimcheck.trials.join import Join


class Change(Enum):
    """What putting a trial into the store did to it."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "unchanged"


class Writer(Database):
    """The imported trials of one folder, to be changed; `writing` makes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path, join: Join) -> None:
        super().__init__(connection, path)
        self._join = join
        self._touched: set[int] = set()
        self._before: dict[str, str | None] = {}  # digests by id, as they were

    def put(self, trial: Trial) -> None:
        """Keep a trial; the one of its id that is there already is replaced.

        Raises CorpusError for one that is impossible as a record: what is kept can be read.
        """
        digest = _digest(trial)
        old = self._one("SELECT n, digest FROM trials WHERE id = ?", sound(trial.id))
        same = old is not None and old[1] == digest
        if not same:
            trial = checked(trial)
        self._before.setdefault(trial.id, old and old[1])
        if same:
            return
        with told(self.path):
            if old:
                self._part_from_others(old[0])
            n = (
                self._db.execute(
                    "INSERT OR REPLACE INTO trials (n, id, digest, part) VALUES (?, ?, ?, ?)",
                    (old and old[0], trial.id, digest, packed(trial)),
                ).lastrowid
                or 0
            )
            self._db.execute("DELETE FROM identifiers WHERE n = ?", (n,))
            self._db.executemany(
                "INSERT INTO identifiers VALUES (?, ?, ?)",
                sorted({(*pair, n) for pair in identifiers_of(trial)}),
            )
        self._hide(n)
        self._write(n, trial, None)
        if old or self._kin(n):
            self._touched.add(n)

    def changes(self) -> dict[Change, int]:
        """Answer how many of the trials put so far are new, other than before, or the same."""
        found = dict.fromkeys(Change, 0)
        for trial_id, before in self._before.items():
            (now,) = self._one("SELECT digest FROM trials WHERE id = ?", trial_id)
            if before is None:
                found[Change.ADDED] += 1
            else:
                found[Change.SAME if now == before else Change.CHANGED] += 1
        return found

    def remove(self, trial_id: str) -> bool:
        """Drop the trial of an id, and the parts joined in it; tell whether there was one."""
        found = self._one(
            "SELECT coalesce(within, n) FROM trials WHERE id = ? COLLATE NOCASE", trial_id
        )
        if not found:
            return False
        with told(self.path):
            rows = self._db.execute(
                "SELECT n FROM trials WHERE n = ? OR within = ?", (found[0], found[0])
            ).fetchall()
            for (n,) in rows:
                self._hide(n)
                self._db.execute("DELETE FROM identifiers WHERE n = ?", (n,))
                self._db.execute("DELETE FROM trials WHERE n = ?", (n,))
        self._touched -= {n for (n,) in rows}
        return True

    def seal(self, today: str) -> None:
        """Join what belongs together, and note what the store now says, if that is new."""
        for whole in sorted(self._wholes()):
            self._show(whole)
        self._touched.clear()
        digest = hashlib.sha256()
        with told(self.path):
            for found in self._db.execute("SELECT id, digest FROM trials ORDER BY id"):
                digest.update(" ".join(found).encode() + b"\n")
            if self._fact("fingerprint") == digest.hexdigest():
                return
            for key, value in (("fingerprint", digest.hexdigest()), ("changed", today)):
                self._db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (key, value))

    def _part_from_others(self, n: int) -> None:
        """Take a trial out of what it is joined in, or what is joined in it out of it."""
        self._touched |= {
            one
            for (one,) in self._db.execute(
                "SELECT n FROM trials WHERE within = ? "
                "UNION SELECT within FROM trials WHERE n = ? AND within IS NOT NULL",
                (n, n),
            )
        }
        self._db.execute("UPDATE trials SET within = NULL WHERE within = ? OR n = ?", (n, n))

    def _wholes(self) -> set[int]:
        """Lay reports to the trials that they tell of; answer which are to be shown anew."""
        kin = self._touched | {one for n in self._touched for one in self._kin(n)}
        kin |= {one for n in kin for one in self._kin(n)}
        chosen = reports_of({n: self._trial(n) for n in sorted(kin)})
        with told(self.path):
            self._db.executemany(
                "UPDATE trials SET within = ? WHERE n = ?", [(chosen.get(n), n) for n in kin]
            )
        return kin

    def _kin(self, n: int) -> list[int]:
        """Answer the trials that share an identifier with one."""
        with told(self.path):
            found = self._db.execute(
                "SELECT DISTINCT other.n FROM identifiers AS own JOIN identifiers AS other "
                "USING (kind, value) WHERE own.n = ? AND other.n != ?",
                (n, n),
            ).fetchall()
        return [one for (one,) in found]

    def _trial(self, n: int) -> Trial:
        return self._read(self._one("SELECT part FROM trials WHERE n = ?", n)[0])

    def _show(self, n: int) -> None:
        self._hide(n)
        if self._one("SELECT within FROM trials WHERE n = ?", n)[0] is not None:
            return
        trial = self._trial(n)
        report = self._one("SELECT n FROM trials WHERE within = ?", n)
        if report is None:
            self._write(n, trial, None)
            return
        joined = checked(self._join(trial, self._trial(report[0])))
        self._write(n, joined, packed(joined))

    def _hide(self, n: int) -> None:
        self._trials.pop(n, None)
        with told(self.path):
            self._db.execute("DELETE FROM names WHERE n = ?", (n,))
            self._db.execute("DELETE FROM search WHERE rowid = ?", (n,))
            self._db.execute("UPDATE trials SET record = NULL WHERE n = ?", (n,))

    def _write(self, n: int, trial: Trial, joined: bytes | None) -> None:
        shown = (
            *(trial.title, trial.year, trial.design.type.value, trial_url(trial), trial.status),
            *(len(trial.outcomes), trial.primary_status(), joined, packed(trial.interventions), n),
        )
        with told(self.path):
            self._db.execute(
                "UPDATE trials SET title = ?, year = ?, design = ?, url = ?, status = ?, "
                "outcomes = ?, primary_status = ?, record = ?, tested = ? WHERE n = ?",
                tuple(sound(one) for one in shown),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO identifiers VALUES (?, ?, ?)",
                [(*pair, n) for pair in identifiers_of(trial)],
            )
            self._db.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", name_rows(trial, n))
            words = searched(trial)
            # Those of a trial that is gone may stay: what they find is looked up again.
            self._db.executemany(
                "INSERT OR IGNORE INTO spellings VALUES (?)",
                [(one,) for one in sorted(set(words[0]))],
            )
            self._db.execute(
                "INSERT INTO search (rowid, interventions, conditions, outcomes, title) "
                "VALUES (?, ?, ?, ?, ?)",
                (n, *(" ".join(one) for one in words)),
            )


@contextmanager
def writing(folder: Path, *, today: str, join: Join = join_unread) -> Iterator[Writer]:
    """Open a folder's imported trials for change: all of it is kept at the end, or none.

    `today` is an ISO date; `join` makes one trial of a registry's and a report's.

    Raises CorpusError where the store cannot be written.
    """
    path = folder / FILE_NAME
    fresh = not path.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(_reason(error), location=Location(str(folder))) from error
    try:
        with told(path), closing(_connect(path)) as connection, collecting_seldom():
            writer = Writer(connection, path, join)
            yield writer
            writer.seal(today)
            connection.execute("COMMIT")
    except BaseException:
        if fresh:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        if not is_ready(connection, path):
            for statement in SCHEMA.split(";"):
                connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _reason(error: OSError) -> str:
    return f"cannot be written: {error.strerror or type(error).__name__}"


def _digest(trial: Trial) -> str:
    """Answer a SHA-256 of all that a trial says; "" where half a character forbids it."""
    try:
        return hashlib.sha256(packed(trial)).hexdigest()
    except UnicodeEncodeError:
        return ""  # no record may hold it, as the check will say
