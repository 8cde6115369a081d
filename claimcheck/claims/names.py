"""Which names do the records at hand add to the vocabulary of the rules?"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from claimcheck.rulebook.types import OutcomeClass, Term, TermKind
from claimcheck.terms import is_no_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.trial import Outcome, OutcomeKind, Trial
    from claimcheck.rulebook.types import Rulebook

# The names of the rules in lower case, by what they name.
_Known: TypeAlias = "dict[TermKind, set[str]]"

_MEASURED = (TermKind.OUTCOME, TermKind.INSTRUMENT)
_CLASSES = {
    "efficacy": OutcomeClass.CLINICAL,
    "safety": OutcomeClass.SAFETY,
    "biomarker": OutcomeClass.BIOMARKER,
    "process": OutcomeClass.CLINICAL,
}


def names_of(trials: Iterable[Trial], rulebook: Rulebook) -> tuple[Term, ...]:
    """Answer the interventions and outcomes that records name and the rules do not, as terms.

    Without them a draft on a drug or an outcome that only its own record knows could not be read.
    """
    known: _Known = {kind: set() for kind in (TermKind.INTERVENTION, *_MEASURED)}
    for term in rulebook.terms:
        if (names := known.get(term.kind)) is not None:
            names.update(map(str.lower, (*term.names, *term.exact, term.id)))
    treated: dict[str, Term] = {}
    measured: dict[str, Term] = {}
    for trial in trials:
        for named in trial.interventions:
            fresh = tuple(
                name
                for name in named.names
                if name.lower() not in known[TermKind.INTERVENTION]
                and not is_no_name(name, rulebook.words)
            )
            if fresh:
                _merge(treated, Term(named.name.lower(), TermKind.INTERVENTION, fresh))
        for outcome in trial.outcomes:
            concept = outcome.concept
            if concept and not _is_known(concept, known):
                _merge(measured, _measured(concept, outcome))
    return (*_sorted(treated), *_sorted(measured))


def _is_known(concept: str, known: _Known) -> bool:
    return any(concept.lower() in known[kind] for kind in _MEASURED)


def _measured(concept: str, outcome: Outcome) -> Term:
    kind: OutcomeKind = outcome.kind
    return Term(
        concept.lower(),
        TermKind.OUTCOME,
        (concept,),
        outcome_class=_CLASSES[kind],
        better=outcome.better,
    )


def _merge(into: dict[str, Term], term: Term) -> None:
    old = into.get(term.id)
    if old is None:
        into[term.id] = term
        return
    names = tuple(dict.fromkeys((*old.names, *term.names)))
    into[term.id] = Term(
        old.id, old.kind, names, outcome_class=old.outcome_class, better=old.better
    )


def _sorted(terms: dict[str, Term]) -> tuple[Term, ...]:
    return tuple(terms[key] for key in sorted(terms))
