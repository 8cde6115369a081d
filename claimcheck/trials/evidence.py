"""The evidence of a run: the records and the imported trials of some folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.trials.combined import CombinedIndex
from claimcheck.trials.database.reader import open_database
from claimcheck.trials.index import TrialIndex
from claimcheck.trials.store import load_index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.trial import Trial
    from claimcheck.trials.combined import Evidence


def load_evidence(*dirs: Path, imported: Iterable[Path] = ()) -> Evidence:
    """Answer the records and the imported trials of these folders, ready for look-up.

    Folders in `imported` may be missing, and only their imported trials count. Raises CorpusError.
    """
    records = load_index(*dirs)
    folders = dict.fromkeys(Path(one).resolve() for one in (*imported, *dirs))
    databases = [found for one in folders if (found := open_database(one)) is not None]
    return CombinedIndex(records, databases) if databases else records


def beside(evidence: Evidence, trials: Iterable[Trial]) -> Evidence:
    """Answer evidence with some more trials; of two with one id the one that is added stands."""
    records = evidence.records if isinstance(evidence, CombinedIndex) else evidence
    more = TrialIndex((*records.trials, *trials), as_of=records.as_of)
    return CombinedIndex(more, evidence.databases) if isinstance(evidence, CombinedIndex) else more


def reopened(evidence: Evidence) -> Evidence:
    """Answer the same evidence for a copy of the process that opened it.

    A database that is open must not be used across a fork.
    """
    if not isinstance(evidence, CombinedIndex):
        return evidence
    again = [found for one in evidence.databases if (found := open_database(one.path.parent))]
    return CombinedIndex(evidence.records, again)
