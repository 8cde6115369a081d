"""What was said of drafts before: the same draft, rules and evidence need not be judged again.

On a hit nothing that reads English is imported, which alone takes a second.
"""

from __future__ import annotations

import copyreg
import importlib
import io
import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck import cache
from claimcheck.model.document import Document
from claimcheck.model.report import DocumentReport
from claimcheck.model.trial import Outcome, Trial

if TYPE_CHECKING:
    from claimcheck.trials.combined import Evidence

_KIND = "judged"
_MODEL = "claimcheck.model."
_BUILTINS = frozenset({"frozenset", "set"})
_WHOLE = -1  # the place of a trial among its outcomes
_DRAFT = ("", _WHOLE)  # no trial has such an id
# All that unpickling may go wrong with, on bytes that some other program put there.
_BROKEN = (
    *(pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, KeyError),
    *(TypeError, ValueError, RecursionError, MemoryError),
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept of judging by these rules (their fingerprint) beside this evidence."""

    rules: str
    evidence: Evidence

    def key_of(self, document: Document) -> str:
        """Answer under which key the report on a draft is kept."""
        said = (
            *(document.format.value, document.coordinates.value, document.source, document.text),
            *(document.blocks, document.offsets.pieces, document.citations),
            *(document.suppressions, document.attributed, document.notices),
        )
        parts = (one if isinstance(one, str) else repr(one) for one in said)
        made_of = (self.rules, self.evidence.fingerprint, str(self.evidence.as_of), *parts)
        return cache.key_of(one.encode("utf-8", "surrogatepass") for one in made_of)

    def fetch(self, document: Document) -> DocumentReport | None:
        """Answer what was said of a draft before, under the name that it has now."""
        content = cache.fetch(_KIND, self.key_of(document))
        return None if content is None else thaw(content, document, self.evidence)

    def store(self, report: DocumentReport) -> None:
        """Keep what is said of a draft."""
        cache.store(_KIND, self.key_of(report.document), freeze(report, self.evidence))


def freeze(report: DocumentReport, evidence: Evidence) -> bytes:
    """Answer a report as bytes, without its draft and the records of the evidence."""
    stream = io.BytesIO()
    _Freezer(stream, report.document, evidence).dump(report)
    return stream.getvalue()


def thaw(content: bytes, document: Document, evidence: Evidence) -> DocumentReport | None:
    """Answer the report that was frozen, on the draft at hand; None where it cannot be read."""
    try:
        found = _Thawer(content, document, evidence).load()
    except _BROKEN:
        return None
    return found if isinstance(found, DocumentReport) else None


def _at_hand(name: str, at: int) -> object:
    """Stand in the bytes for what need not be written; _Thawer puts what is meant in its place."""
    raise KeyError(name, at)


class _Freezer(pickle.Pickler):
    """Writes a report without its draft and without the records, which are at hand."""

    def __init__(self, stream: io.BytesIO, document: Document, evidence: Evidence) -> None:
        super().__init__(stream, protocol=5)
        self._document = document
        self._evidence = evidence
        self._places: dict[int, tuple[object, tuple[str, int] | None]] = {}
        # Asked only of these; to ask of every value takes as long as to write it.
        self.dispatch_table = copyreg.dispatch_table | dict.fromkeys(
            (Document, Trial, Outcome), self._reduced
        )

    def _reduced(self, value: Document | Trial | Outcome) -> Any:  # noqa: ANN401
        if isinstance(value, Trial) and id(value) not in self._places:
            self._note(value)
        place = _DRAFT if value is self._document else self._places.get(id(value), (None, None))[1]
        return value.__reduce_ex__(5) if place is None else (_at_hand, place)

    def _note(self, trial: Trial) -> None:
        known = self._evidence.get(trial.id) == trial
        self._places[id(trial)] = trial, (trial.id, _WHOLE) if known else None
        if known:
            for at, outcome in enumerate(trial.outcomes):
                self._places[id(outcome)] = outcome, (trial.id, at)


class _Thawer(pickle.Unpickler):
    """Reads what _Freezer wrote; it makes values of the model and nothing else."""

    def __init__(self, content: bytes, document: Document, evidence: Evidence) -> None:
        super().__init__(io.BytesIO(content))
        self._document = document
        self._evidence = evidence

    def _recall(self, name: str, at: int) -> object:
        if (name, at) == _DRAFT:
            return self._document
        trial = self._evidence.get(name)
        if trial is None:
            raise KeyError(name)
        return trial if at == _WHOLE else trial.outcomes[at]

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if module == "builtins" and name in _BUILTINS:
            return {"frozenset": frozenset, "set": set}[name]
        if module == "copyreg" and name == "__newobj__":
            return copyreg.__newobj__  # type: ignore[attr-defined]
        if (module, name) == (__name__, _at_hand.__name__):
            return self._recall
        if module.startswith(_MODEL):
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and found.__module__.startswith(_MODEL):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a report")
