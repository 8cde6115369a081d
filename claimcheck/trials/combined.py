"""Hand-made records and imported trials as one set of evidence."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Protocol, TypeAlias

from claimcheck.model.trial import Named, Trial
from claimcheck.trials.database.file import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.document import Citation
    from claimcheck.trials.database.reader import Database
    from claimcheck.trials.index import Fits, Row, TrialIndex, Wants


_WORD = re.compile(r"[^\W_]+")


class CombinedIndex:
    """Records in memory beside imported trials on disk; of two with one id the record stands.

    Of imported trials in several folders, the later folder's stands.
    """

    def __init__(self, records: TrialIndex, databases: Iterable[Database]) -> None:
        self.records = records
        self.databases = tuple(databases)

    def __len__(self) -> int:
        return len(self.ids())

    @property
    def trials(self) -> tuple[Trial, ...]:
        """Answer every trial, by id; those on disk are all read for it."""
        return self._by_id(trial for one in self.databases for trial in one.trials())

    @property
    def as_of(self) -> str | None:
        """Answer the latest day to which any part was gathered."""
        dates = [self.records.as_of, *(one.as_of for one in self.databases)]
        return max((date for date in dates if date), default=None)

    @property
    def fingerprint(self) -> str:
        """Answer a SHA-256 of what all of it says."""
        parts = [self.records.fingerprint, *(one.fingerprint for one in self.databases)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def ids(self) -> frozenset[str]:
        """Answer the ids of all trials."""
        return self.records.ids().union(*(one.ids() for one in self.databases))

    def rows(self) -> Iterator[Row]:
        """Answer what a list shows of each trial, by id; no record on disk is read."""
        rows = {row.id: row for one in self.databases for row in one.rows()}
        rows |= {row.id: row for row in self.records.rows()}
        yield from (rows[key] for key in sorted(rows))

    def get(self, trial_id: str) -> Trial | None:
        """Answer the trial of an id, or None."""
        found = (one.get(trial_id) for one in reversed(self.databases))
        return self.records.get(trial_id) or next(filter(None, found), None)

    def cited(self, citations: Iterable[Citation]) -> tuple[Trial, ...]:
        """Answer the trials that a draft cites, by id, each once."""
        citations = tuple(citations)
        found = self._by_id(trial for one in self.databases for trial in one.cited(citations))
        mine = {trial.id for trial in self.records.cited(citations)}
        return tuple(one for one in found if one.id in mine or one.id not in self.records.by_id)

    def candidates_for(self, wanted: Wants, fits: Fits | None = None) -> tuple[Trial, ...]:
        """Answer the trials that may bear on a claim, by id; of those on disk, those that fit."""
        told = wanted()
        return self._by_id(
            trial for one in self.databases for trial in one.candidates_for(told, fits)
        )

    def naming(self, texts: Iterable[str]) -> tuple[Trial, ...]:
        """Answer trials whose names these texts may use.

        Of those on disk only the names come, in a trial without an id.
        """
        words = frozenset(
            one
            for word in {w for text in texts for w in _WORD.findall(text)}
            for one in plain(word)
        )
        named = dict.fromkeys(pair for one in self.databases for pair in one.naming(words))
        stub = Trial(
            id="", title="", interventions=tuple(Named(name, (), idea) for name, idea in named)
        )
        return (*self.records.trials, stub) if named else self.records.trials

    def search(self, words: Iterable[str]) -> tuple[str, ...]:
        """Answer the ids of the trials that name all these words, records first."""
        words = tuple(words)
        found = [self.records.search(words), *(one.search(words) for one in self.databases)]
        return tuple(dict.fromkeys(one for ids in found for one in ids))

    def _by_id(self, imported: Iterable[Trial]) -> tuple[Trial, ...]:
        found = {trial.id: trial for trial in imported} | self.records.by_id
        return tuple(found[key] for key in sorted(found))


class Searched(Protocol):
    """Anything that knows which trials bear on a claim."""

    def cited(self, citations: Iterable[Citation]) -> tuple[Trial, ...]:
        """Answer the trials that a draft cites, by id, each once."""

    def candidates_for(self, wanted: Wants, fits: Fits | None = None) -> tuple[Trial, ...]:
        """Answer the trials that may bear on a claim, by id."""


# What claims are laid beside: records alone, or records and imported trials.
Evidence: TypeAlias = "TrialIndex | CombinedIndex"
