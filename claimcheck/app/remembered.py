"""What was said of drafts before: the same draft, rules and evidence need not be judged again.

On a hit nothing that reads English is imported, which alone takes a second.
"""

from __future__ import annotations

import copyreg
import importlib
import io
import pickle
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from claimcheck import cache
from claimcheck.model.document import Document
from claimcheck.model.report import DocumentReport
from claimcheck.model.trial import Outcome, Trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimcheck.trials.combined import Evidence

# What makes a value again, and of what.
_Making: TypeAlias = "tuple[Callable[..., object], tuple[Any, ...]]"

_KIND = "judged"
_MODEL = "claimcheck.model."
_MODULES = ("claim", "document", "report", "trial", "verdict")
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


def is_empty() -> bool:
    """Tell whether nothing is kept of any draft."""
    return not cache.holds(_KIND)


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


@lru_cache(maxsize=1)
def _makings() -> dict[type, Callable[[Any], _Making]]:
    """Answer how each kind of value is made again: from its fields, by its own class.

    What dataclasses do of themselves, field by field, takes four times as long.
    """
    modules = [importlib.import_module(_MODEL + name) for name in _MODULES]
    kinds = (one for module in modules for one in vars(module).values() if is_dataclass(one))
    return {kind: _making_of(kind) for kind in kinds if isinstance(kind, type)}


def _making_of(kind: type) -> Callable[[Any], _Making]:
    names = [one.name for one in fields(kind) if one.init]
    if len(names) == 1:
        return lambda value: (kind, (getattr(value, names[0]),))
    values = attrgetter(*names)
    return lambda value: (kind, values(value))


class _Freezer(pickle.Pickler):
    """Writes a report without its draft and without the records, which are at hand."""

    def __init__(self, stream: io.BytesIO, document: Document, evidence: Evidence) -> None:
        super().__init__(stream, protocol=5)
        self._document = document
        self._evidence = evidence
        self._places: dict[int, tuple[object, tuple[str, int] | None]] = {}
        # Asked only of these; to ask of every value takes as long as to write it.
        at_hand = dict.fromkeys((Document, Trial, Outcome), self._reduced)
        self.dispatch_table = {**copyreg.dispatch_table, **_makings(), **at_hand}

    def _reduced(self, value: Document | Trial | Outcome) -> _Making:
        if isinstance(value, Trial) and id(value) not in self._places:
            self._note(value)
        place = _DRAFT if value is self._document else self._places.get(id(value), (None, None))[1]
        return _makings()[type(value)](value) if place is None else (_at_hand, place)

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
        if (module, name) == (__name__, _at_hand.__name__):
            return self._recall
        if module.startswith(_MODEL):
            found = getattr(importlib.import_module(module), name)
            if isinstance(found, type) and found.__module__.startswith(_MODEL):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a report")
