"""The records at hand, found by identifier and by name."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from claimcheck.trials.as_record import trial_to_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.document import Citation
    from claimcheck.model.trial import Trial

_WORD = re.compile(r"\w+")


class TrialIndex:
    """The records of a run; of two with the same id the later stands."""

    def __init__(self, trials: Iterable[Trial], *, as_of: str | None = None) -> None:
        self.by_id: dict[str, Trial] = {trial.id: trial for trial in trials}
        self.trials: tuple[Trial, ...] = tuple(self.by_id[key] for key in sorted(self.by_id))
        self.as_of = as_of
        self._cited: dict[tuple[str, str], list[Trial]] = {}
        self._words: dict[str, list[Trial]] = {}
        for trial in self.trials:
            for kind in ("doi", "pmid", "pmcid", "nct", "isrctn"):
                if value := getattr(trial.identifiers, kind):
                    self._cited.setdefault((kind, normalise(kind, value)), []).append(trial)
            names = " ".join(name for one in trial.interventions for name in one.names)
            for word in sorted(_words(names)):
                self._words.setdefault(word, []).append(trial)
        self._fingerprint: str | None = None

    @property
    def fingerprint(self) -> str:
        """Answer a SHA-256 of what the records say, whatever their order."""
        if self._fingerprint is None:
            digest = hashlib.sha256()
            for trial in self.trials:
                record = json.dumps(trial_to_record(trial), sort_keys=True, ensure_ascii=False)
                digest.update(record.encode("utf-8", "surrogatepass") + b"\n")
            self._fingerprint = digest.hexdigest()
        return self._fingerprint

    def cited(self, citations: Iterable[Citation]) -> tuple[Trial, ...]:
        """Answer the trials that a draft cites, by id, each once."""
        found = {
            trial.id: trial
            for citation in citations
            for trial in self._cited.get(
                (citation.kind.value, normalise(citation.kind.value, citation.value)), ()
            )
        }
        return tuple(found[key] for key in sorted(found))

    def candidates(self, names: Iterable[str]) -> tuple[Trial, ...]:
        """Answer the trials that share a word with these names in an intervention, by id."""
        found = {
            trial.id: trial
            for name in names
            for word in _words(name)
            for trial in self._words.get(word, ())
        }
        return tuple(found[key] for key in sorted(found))


def normalise(kind: str, value: str) -> str:
    """Answer an identifier in the one spelling by which it is looked up."""
    value = value.strip()
    if kind == "doi":
        return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value.lower())
    if kind == "pmid":
        return value.lstrip("0")
    value = value.upper()
    return f"PMC{value}" if kind == "pmcid" and value.isdigit() else value


def _words(text: str) -> set[str]:
    """Answer the words of a name, lower-case, each with its plural ending off as well."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return words | {word[:-1] for word in words if word.endswith("s") and len(word) > 3}  # noqa: PLR2004
