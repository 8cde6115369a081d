"""What is known of a trial before any claim is laid beside it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from claimcheck.model.trial import Named, Outcome, Trial
    from claimcheck.terms import Terms

KINDS = (TermKind.OUTCOME, TermKind.INSTRUMENT, TermKind.CONDITION)


class _Known(Protocol):
    """Something that keeps what was worked out of it, by the function that did."""

    @property
    def known(self) -> dict[object, Any]:
        """What was worked out so far."""


K = TypeVar("K", bound=_Known)
T = TypeVar("T")


def once(read: Callable[[K], T]) -> Callable[[K], T]:
    """Make a function of a study, or of a part of one, work for each of them but once."""

    @wraps(read)
    def remembered(of: K) -> T:
        known = of.known
        if read not in known:
            known[read] = read(of)
        found: T = known[read]
        return found

    return remembered


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """An outcome of a trial; functions that are marked `once` keep here what they answered."""

    outcome: Outcome
    trial: Trial
    terms: Terms
    known: dict[object, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A trial; functions that are marked `once` keep here what they answered.

    They read what depends on no claim, and many claims are laid beside one trial.
    """

    trial: Trial
    terms: Terms
    outcomes: tuple[Measured, ...]
    known: dict[object, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, trial: Trial, terms: Terms) -> Study:
        """Make a study of a trial, to be read by this vocabulary."""
        return cls(trial, terms, tuple(Measured(one, trial, terms) for one in trial.outcomes))


def names_of(named: Iterable[Named]) -> tuple[str, ...]:
    """Answer every name that a record gives for some things."""
    return tuple(name for one in named for name in one.names)


def with_wider(concepts: frozenset[str], terms: Terms) -> frozenset[str]:
    """Answer concepts together with all that they are kinds of."""
    return concepts.union(*map(terms.ancestors, concepts))


@once
def conditions_of(study: Study) -> frozenset[str]:
    """Answer the concepts that the names of a trial's conditions tell, measures among them."""
    names = names_of(study.trial.conditions)
    return frozenset().union(*(study.terms.concepts(name, *KINDS) for name in names))


@once
def concepts_of(measured: Measured) -> frozenset[str]:
    """Answer what an outcome is about: the record's concept for it, or else what its name tells."""
    concept, terms = measured.outcome.concept, measured.terms
    if not concept:
        return terms.concepts(measured.outcome.name, *KINDS)
    return terms.concepts(concept, *KINDS) or frozenset({concept})


@once
def content_of(measured: Measured) -> frozenset[str]:
    """Answer the words of an outcome that carry meaning."""
    outcome, terms = measured.outcome, measured.terms
    return terms.content(outcome.name) | terms.content(outcome.concept or "")
