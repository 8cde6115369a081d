"""The records at hand, found by identifier and by name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.as_dict import trial_url
from claimcheck.model.trial import Named
from claimcheck.trials.as_record import trial_to_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.document import Citation
    from claimcheck.model.trial import Trial

# From what a trial tested: is the rest of it worth reading?
Fits = Callable[[tuple[Named, ...]], bool]

KINDS = ("doi", "pmid", "pmcid", "nct", "isrctn")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of a trial, without its record."""

    id: str
    title: str
    year: int | None
    design: str
    url: str | None
    outcomes: int
    primary: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a claim speaks of, by every name that the vocabulary has for it.

    A trial may bear on the claim if its interventions hold one of the `words`, in any spelling, or
    one of the names in `interventions`; the others tell which of many trials are the nearest.
    """

    words: tuple[str, ...]
    interventions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


# Asked only by those that search for what is wanted.
Wants = Callable[[], Wanted]


class TrialIndex:
    """The records of a run; of two with the same id the later stands."""

    def __init__(
        self, trials: Iterable[Trial], *, as_of: str | None = None, fingerprint: str | None = None
    ) -> None:
        """Take the records, and what their fingerprint is known to be."""
        self.by_id: dict[str, Trial] = {trial.id: trial for trial in trials}
        self.trials: tuple[Trial, ...] = tuple(self.by_id[key] for key in sorted(self.by_id))
        self.as_of = as_of
        self._cited: dict[tuple[str, str], list[Trial]] = {}
        self._words: dict[str, list[Trial]] = {}
        for trial in self.trials:
            for known in identifiers_of(trial):
                self._cited.setdefault(known, []).append(trial)
            names = " ".join(name for one in trial.interventions for name in one.names)
            for word in sorted(_words(names)):
                self._words.setdefault(word, []).append(trial)
        self._fingerprint = fingerprint

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

    def __len__(self) -> int:
        return len(self.trials)

    def ids(self) -> frozenset[str]:
        """Answer the ids of all trials."""
        return frozenset(self.by_id)

    def get(self, trial_id: str) -> Trial | None:
        """Answer the trial of an id, or None."""
        return self.by_id.get(trial_id)

    def rows(self) -> Iterator[Row]:
        """Answer what a list shows of each trial, by id."""
        for one in self.trials:
            shown = one.id, one.title, one.year, one.design.type.value, trial_url(one)
            yield Row(*shown, len(one.outcomes), one.primary_status())

    def search(self, words: Iterable[str]) -> tuple[str, ...]:
        """Answer the ids of the trials that name all these words, or begin with them, anywhere."""
        wanted = [word.casefold() for text in words for word in _WORD.findall(text)]
        if not wanted:
            return ()
        return tuple(
            trial.id
            for trial in self.trials
            if all(any(one.startswith(word) for one in _searched(trial)) for word in wanted)
        )

    def candidates_for(
        self,
        wanted: Wants,  # noqa: ARG002
        fits: Fits | None = None,  # noqa: ARG002
    ) -> tuple[Trial, ...]:
        """Answer the trials that may bear on a claim: all, since hand-made records are few."""
        return self.trials

    def naming(self, texts: Iterable[str]) -> tuple[Trial, ...]:  # noqa: ARG002
        """Answer trials whose names these texts may use: all of them."""
        return self.trials

    def candidates(self, names: Iterable[str]) -> tuple[Trial, ...]:
        """Answer the trials that share a word with these names in an intervention, by id."""
        found = {
            trial.id: trial
            for name in names
            for word in _words(name)
            for trial in self._words.get(word, ())
        }
        return tuple(found[key] for key in sorted(found))


def identifiers_of(trial: Trial) -> tuple[tuple[str, str], ...]:
    """Answer by what a trial may be cited, each as kind and value in its one spelling.

    These are its own identifiers, and those of the reports that its registry marks as results.
    """
    known = [(kind, getattr(trial.identifiers, kind)) for kind in KINDS]
    for one in trial.publications:
        if one.results:
            known += [("pmid", one.pmid), ("doi", one.doi)]
    return tuple(dict.fromkeys((kind, normalise(kind, value)) for kind, value in known if value))


def normalise(kind: str, value: str) -> str:
    """Answer an identifier in the one spelling by which it is looked up."""
    value = value.strip()
    if kind == "doi":
        return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value.lower())
    if kind == "pmid":
        return value.lstrip("0")
    value = value.upper()
    return f"PMC{value}" if kind == "pmcid" and value.isdigit() else value


def _searched(trial: Trial) -> frozenset[str]:
    named = (*trial.interventions, *trial.conditions)
    texts = [trial.title, *(name for one in named for name in (*one.names, one.concept or ""))]
    texts += [f"{one.name} {one.concept or ''}" for one in trial.outcomes]
    return frozenset(word for text in texts for word in _words(text))


def _words(text: str) -> set[str]:
    """Answer the words of a name, lower-case, each with its plural ending off as well."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return words | {word[:-1] for word in words if word.endswith("s") and len(word) > 3}  # noqa: PLR2004
