"""Imported trials as they are found: by identifier and by name, without a scan."""

from __future__ import annotations

import sqlite3
import weakref
from typing import TYPE_CHECKING, Any, TypeVar

from claimcheck.collecting import collecting_seldom
from claimcheck.errors import CorpusError, Location
from claimcheck.trials.database import queries
from claimcheck.trials.database.file import FILE_NAME, WAIT, is_ready, plain, told
from claimcheck.trials.database.record import unpacked, unpacked_names
from claimcheck.trials.index import Row, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from claimcheck.model.document import Citation
    from claimcheck.model.trial import Trial
    from claimcheck.trials.index import Fits, Wanted

T = TypeVar("T")

MAX_CANDIDATES = 100  # trials that are laid beside one claim, the nearest first
_CACHED = 2_000  # trials kept once read
_FIRST_LETTERS = 3  # that two spellings of a name share, as match has it
_LONG = 6  # letters from which a name may be misspelled


class Database:
    """The imported trials of one folder, to be read; `open_database` makes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._db = connection
        self._trials: dict[int, Trial] = {}
        # Readers live as long as the evidence they belong to, which nobody closes.
        self._closing = weakref.finalize(self, connection.close)

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def __len__(self) -> int:
        return int(self._one("SELECT count(*) FROM trials WHERE within IS NULL")[0])

    @property
    def as_of(self) -> str | None:
        """Answer the day on which the store last changed, in ISO form."""
        return self._fact("changed")

    @property
    def fingerprint(self) -> str:
        """Answer a SHA-256 of what the records say, whatever their order."""
        return self._fact("fingerprint") or ""

    def ids(self) -> frozenset[str]:
        """Answer the ids of all trials."""
        return frozenset(self._column("SELECT id FROM trials WHERE within IS NULL"))

    def rows(self) -> Iterator[Row]:
        """Answer what a list shows, by id."""
        with told(self.path):
            for found in self._db.execute(
                "SELECT id, title, year, design, url, outcomes, primary_status FROM trials "
                "WHERE within IS NULL ORDER BY id"
            ):
                yield Row(*found)

    def trials(self) -> Iterator[Trial]:
        """Answer every trial, by id."""
        with told(self.path):
            for n, record in self._db.execute(
                "SELECT n, coalesce(record, part) FROM trials WHERE within IS NULL ORDER BY id"
            ):
                yield self._trials.get(n) or self._read(record)

    def get(self, trial_id: str) -> Trial | None:
        """Answer the trial of an id, in any case of letters; a part's id finds the whole."""
        found = self._one(
            "SELECT coalesce(within, n) FROM trials WHERE id = ? COLLATE NOCASE", trial_id
        )
        return next(iter(self._load([found[0]])), None) if found else None

    def by_identifier(self, kind: str, value: str) -> tuple[Trial, ...]:
        """Answer the trials that carry an identifier, by id."""
        found = self._column(
            "SELECT n FROM identifiers WHERE kind = ? AND value = ?", kind, normalise(kind, value)
        )
        return tuple(sorted(self._load(found), key=lambda trial: trial.id))

    def cited(self, citations: Iterable[Citation]) -> tuple[Trial, ...]:
        """Answer the trials that a draft cites, by id, each once."""
        found = {
            trial.id: trial
            for citation in citations
            for trial in self.by_identifier(citation.kind.value, citation.value)
        }
        return tuple(found[key] for key in sorted(found))

    def candidates(self, wanted: Wanted, *, limit: int = MAX_CANDIDATES) -> tuple[int, ...]:
        """Answer which trials may bear on a claim, by their rows.

        A candidate shares a word with a name in an intervention. Of more than `limit` those are
        taken that share more words, of its conditions and outcomes too; the nearest come first.
        """
        words = dict.fromkeys(word for phrase in wanted.words for word in plain(phrase))
        words |= dict.fromkeys(near for word in list(words) for near in self._near(word))
        query = queries.tested(wanted, words)
        if not query:
            return ()
        found = self._column(
            "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", query, limit + 1
        )
        # Nearness costs a count of every word in the whole store, and few trials need no order.
        if len(found) <= limit:
            return found
        return self._column(
            "SELECT rowid FROM search WHERE search MATCH ? AND rank MATCH 'bm25(4, 3, 1, 0)' "
            "ORDER BY rank, rowid LIMIT ?",
            queries.nearest(wanted, words),
            limit,
        )

    def candidates_for(self, wanted: Wanted, fits: Fits | None = None) -> tuple[Trial, ...]:
        """Answer the trials that may bear on a claim, by id, at most MAX_CANDIDATES of them.

        `fits` tells from its interventions whether one is worth reading.
        """
        rows = self.candidates(wanted)
        found = self._load(rows if fits is None else self._fitting(rows, fits))
        return tuple(sorted(found, key=lambda trial: trial.id))

    def _fitting(self, rows: tuple[int, ...], fits: Fits) -> Iterator[int]:
        marks = ", ".join("?" * len(rows))
        with told(self.path):
            listed = self._db.execute(
                f"SELECT n, tested FROM trials WHERE n IN ({marks})",  # noqa: S608  (marks alone)
                rows,
            ).fetchall()
        yield from (n for n, tested in listed if fits(self._checked(unpacked_names, tested)))

    def search(self, words: Iterable[str]) -> tuple[str, ...]:
        """Answer the ids of the trials that name all these words anywhere, the nearest first."""
        query = queries.naming_all(words)
        if not query:
            return ()
        return self._column(
            "SELECT trials.id FROM search JOIN trials ON trials.n = search.rowid "
            "WHERE search MATCH ? AND rank MATCH 'bm25(4, 3, 1, 2)' ORDER BY rank, trials.id",
            query,
        )

    def naming(self, words: frozenset[str]) -> tuple[tuple[str, str | None], ...]:
        """Answer the interventions, with their concepts, whose every word is one of these."""
        found: set[tuple[str, str | None]] = set()
        with told(self.path):
            for word in sorted(words):
                for name, concept in self._db.execute(
                    "SELECT DISTINCT name, concept FROM names WHERE first = ?", (word,)
                ):
                    if words.issuperset(plain(name)):
                        found.add((name, concept))
        return tuple(sorted(found, key=lambda one: (one[0], one[1] or "")))

    def _load(self, rows: Iterable[int]) -> list[Trial]:
        rows = list(rows)
        missing = [n for n in rows if n not in self._trials]
        if len(self._trials) + len(missing) > _CACHED:
            self._trials.clear()
            missing = rows
        marks = ", ".join("?" * len(missing))
        with told(self.path), collecting_seldom():
            for n, record in self._db.execute(
                f"SELECT n, coalesce(record, part) FROM trials WHERE n IN ({marks})",  # noqa: S608  (marks alone)
                missing,
            ):
                self._trials[n] = self._read(record)
        return [self._trials[n] for n in rows]

    def _read(self, record: object) -> Trial:
        return self._checked(unpacked, record)

    def _checked(self, read: Callable[[object], T], data: object) -> T:
        try:
            return read(data)
        except CorpusError as error:
            raise CorpusError(str(error), location=Location(str(self.path))) from error

    def _near(self, word: str) -> Iterator[str]:
        """Answer the other spellings of a name that the store has."""
        from claimcheck.terms import same_name  # noqa: PLC0415  (lists and the like need it not)

        if len(word) < _LONG or not word.isalpha():
            return
        start = word[:_FIRST_LETTERS]
        found = self._column(
            "SELECT word FROM spellings WHERE word >= ? AND word < ?", start, start + "\U0010ffff"
        )
        yield from (other for other in found if other != word and same_name(word, other))

    def _fact(self, key: str) -> str | None:
        found = self._one("SELECT value FROM facts WHERE key = ?", key)
        return str(found[0]) if found else None

    def _column(self, query: str, *values: object) -> tuple[Any, ...]:
        """Answer the one column that a query asks for."""
        with told(self.path):
            return tuple(found for (found,) in self._db.execute(query, values))

    def _one(self, query: str, *values: object) -> Any:  # noqa: ANN401
        with told(self.path):
            return self._db.execute(query, values).fetchone()


def open_database(folder: Path) -> Database | None:
    """Answer a folder's imported trials, None where it has none. Raises CorpusError."""
    path = folder / FILE_NAME
    if not path.is_file() or not path.stat().st_size:
        return None
    with told(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT)
        try:
            ready = is_ready(connection, path)
        except BaseException:
            connection.close()
            raise
        if not ready:
            connection.close()
            return None
    return Database(connection, path)
