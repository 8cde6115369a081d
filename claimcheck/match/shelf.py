"""Which trials tested what a claim is about, and as what?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from claimcheck.match.study import Study
from claimcheck.match.treatments import (
    Meant,
    Tried,
    find_treatment,
    mentions_of,
    score_name,
    traits_of,
)
from claimcheck.match.wanted import wanted_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.match.treatments import Treatment
    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Citation
    from claimcheck.model.trial import Named, Trial
    from claimcheck.terms import Terms
    from claimcheck.trials.combined import Searched

# By text and concept, what a claim may mean: the same few are asked of often.
_Key: TypeAlias = "tuple[tuple[str, str | None], ...]"

_KEPT = 4_096  # answers of a kind that are kept
_SPARE = 500  # studies that are kept, beside those at hand


def _key(claim: Claim) -> _Key:
    return tuple((one.text, one.concept) for one in mentions_of(claim))


class Tested(NamedTuple):
    """A study that tested a claim's treatment; `cited` tells that the draft cites it."""

    study: Study
    treatment: Treatment
    cited: bool = False


class Shelf:
    """Studies that claims were laid beside, kept for the claims to come."""

    def __init__(self, terms: Terms) -> None:
        """Take the vocabulary that claims and trials are read by."""
        self.terms = terms
        self._studies: dict[int, Study] = {}  # by the identity of the trial that each of them holds
        self._at_hand: tuple[Trial, ...] = ()
        self._traits: tuple[tuple[Study, frozenset[str]], ...] = ()  # of the studies at hand
        self._tested = lru_cache(_KEPT)(self._find)
        self._meant = lru_cache(_KEPT)(self._read)
        self._tried = lru_cache(_KEPT)(lambda named: Tried.of(named, terms))

    def __len__(self) -> int:
        """Answer how many studies are kept."""
        return len(self._studies)

    def tested(
        self, claim: Claim, index: Searched, citations: tuple[Citation, ...] = ()
    ) -> tuple[Tested, ...]:
        """Answer the studies that tested what a claim is about, by id."""
        key = _key(claim)
        at_hand = self.candidates_for(claim, index)
        if at_hand is not self._at_hand:
            self._turn_to(at_hand)
        found = self._tested(key)
        if not citations:  # as for most
            return found
        near = {one.study.trial.id: one for one in found}
        for trial in index.cited(citations):
            study = self._study(trial)
            if (treatment := find_treatment(self._meant(key), study)) is not None:
                near[trial.id] = Tested(study, treatment, cited=True)
        return tuple(near[key] for key in sorted(near))

    def candidates_for(self, claim: Claim, index: Searched) -> tuple[Trial, ...]:
        """Answer the trials that may bear on a claim, by id: all, where none lies on disk."""
        key = _key(claim)
        return index.candidates_for(
            lambda: wanted_of(claim, self.terms), lambda named: self._fits(key, named)
        )

    def _turn_to(self, at_hand: tuple[Trial, ...]) -> None:
        if len(self._studies) > len(at_hand) + _SPARE:
            self._studies.clear()
        self._at_hand = at_hand
        self._traits = tuple((study, traits_of(study)) for study in map(self._study, at_hand))
        self._tested.cache_clear()

    def _find(self, key: _Key) -> tuple[Tested, ...]:
        meant = self._meant(key)
        said = frozenset().union(*(one.traits for one in meant))
        near = [study for study, traits in self._traits if not said.isdisjoint(traits)]
        found = ((study, find_treatment(meant, study)) for study in near)
        return tuple(Tested(study, one) for study, one in found if one is not None)

    def _fits(self, key: _Key, named: Iterable[Named]) -> bool:
        """Tell from what a trial tested whether a claim may be about it."""
        tried = [self._tried(one) for one in named]
        return any(score_name(meant, one) for meant in self._meant(key) for one in tried)

    def _study(self, trial: Trial) -> Study:
        if (found := self._studies.get(id(trial))) is None:
            found = self._studies[id(trial)] = Study.of(trial, self.terms)
        return found

    def _read(self, key: _Key) -> tuple[Meant, ...]:
        return tuple(Meant.of(text, concept, self.terms) for text, concept in key)
