"""In what does a claim reach past an outcome, and what do its words make of the effect?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.match.built import is_built_up, is_called
from claimcheck.match.outcomes import is_biomarker
from claimcheck.match.people import studied_in
from claimcheck.match.settings import is_elsewhere
from claimcheck.match.studies import is_of_larger_size
from claimcheck.match.study import names_of, once, with_wider
from claimcheck.match.times import outlasts, precedes
from claimcheck.match.treatments import MEMBER
from claimcheck.model.claim import ClaimKind, Resolution, Wording
from claimcheck.model.verdict import Beyond, Manner, Reach
from claimcheck.rulebook.types import OutcomeClass, TermKind
from claimcheck.terms import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.match.people import People
    from claimcheck.match.routes import Answer
    from claimcheck.match.study import Measured, Study
    from claimcheck.match.treatments import Treatment
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Trial
    from claimcheck.terms import Terms

_EVENTS = (TermKind.OUTCOME, TermKind.CONDITION)
_COMPARING = {Wording.SUPERIORITY, Wording.EQUIVALENCE}
_SAYING = {Manner.SLIGHT: "match-slight", Manner.UNPROVEN: "match-unproven"}
_SAYING_OF_HARM = {Manner.SAFE: "match-safe", Manner.TOLERATED: "match-tolerated"}


def read_manner(claim: Claim, terms: Terms) -> frozenset[Manner]:
    """Answer what a claim's words make of the effect that it speaks of."""
    lists = _SAYING_OF_HARM if claim.kind is ClaimKind.SAFETY else _SAYING
    found = {one for one, name in lists.items() if terms.says(claim.text, name)}
    vague = terms.lists.get("match-vague", frozenset())
    if claim.outcome is not None and vague.issuperset(words(claim.outcome.text)):
        found.add(Manner.VAGUE)
    if terms.says(claim.text.replace("%", " percent "), "match-share-of-people"):
        found.add(Manner.SHARE)
    return frozenset(found)


def read_beyond(claim: Claim, answer: Answer, study: Study, *, floor: str) -> Iterator[Beyond]:
    """Yield in what a claim reaches past one outcome of a trial.

    `floor` is what `floor_of` answers for that outcome.
    """
    if _is_surrogate(claim, answer):
        yield Beyond.SURROGATE
    if answer.by_cases:
        yield Beyond.DEATHS
    if _is_cure(claim, answer.measured):
        yield Beyond.CURE
    if _is_prevention(claim, answer.measured, study):
        yield Beyond.PREVENTION
    if _is_component(claim, answer.measured):
        yield Beyond.COMPONENT
    if _is_other_comparison(claim, answer.measured, study):
        yield Beyond.COMPARATOR
    if outlasts(claim, answer.measured.outcome, study):
        yield Beyond.TIMEFRAME
    if floor:
        yield Beyond.RELEVANCE


def read_beyond_all(
    claim: Claim, treatment: Treatment, people: People, study: Study
) -> Iterator[Beyond]:
    """Yield in what a claim reaches past a trial, whichever of its outcomes answers."""
    if _is_of_animals(study) and not study.terms.says(claim.text, "match-animal"):
        yield Beyond.ANIMALS
    if people.everyone:
        yield Beyond.POPULATION
    if is_built_up(claim, study):
        yield Beyond.DESIGN
    if is_of_larger_size(claim, study):
        yield Beyond.SIZE
    if Wording.RAPID in claim.wording and precedes(claim, study):
        yield Beyond.ONSET
    if people.wider and claim.condition and claim.condition.resolution is Resolution.CLAUSE:
        yield Beyond.CONDITION
    if _is_class(treatment, study.trial):
        yield Beyond.CLASS
    if is_elsewhere(claim, study):
        yield Beyond.SETTING


def _is_class(treatment: Treatment, trial: Trial) -> bool:
    """Tell whether a claim is about a whole class, "statins", of which the trial tested one.

    In the singular it may be another name for the one: "the blood thinner".
    """
    if treatment.score != MEMBER or len(trial.interventions) > 1:
        return False
    last = treatment.text.casefold().split()[-1:]
    return bool(last) and words(last[0]) != (last[0],)


@once
def _is_of_animals(study: Study) -> bool:
    """Tell whether a record is of animals or cells."""
    trial = study.trial
    if trial.population.age or trial.population.sex:
        return False
    told = (trial.population.description, *(arm.name for arm in trial.arms), trial.title)
    return any(text and study.terms.says(text, "match-animal") for text in told)


def _is_surrogate(claim: Claim, answer: Answer) -> bool:
    """Tell whether a measure in the body answers for how people fare."""
    if not is_biomarker(answer.measured):
        return False
    if answer.reach is Reach.GENERAL:
        return True
    if claim.outcome is None or claim.outcome.concept is None:
        return False
    known = answer.measured.terms.terms(claim.outcome.concept)
    felt = any(term.outcome_class is OutcomeClass.CLINICAL for term in known)
    return answer.reach is Reach.CONCEPT and felt


def _is_cure(claim: Claim, measured: Measured) -> bool:
    """Tell whether people are said to be cured, and what was measured is less than that."""
    terms, outcome = measured.terms, measured.outcome
    counted = f"{outcome.name} {outcome.concept or ''}"
    return is_called(claim.text, "match-cure", terms) and not terms.says(counted, "match-cured")


def _is_prevention(claim: Claim, measured: Measured, study: Study) -> bool:
    """Tell whether people are said to be kept from an illness, and those studied had it.

    "Zinc prevents colds", where it was measured how long colds lasted.
    """
    terms, outcome = measured.terms, measured.outcome
    if claim.outcome is None or not is_called(claim.text, "match-prevent", terms):
        return False
    meant = terms.concepts(claim.outcome.text, *_EVENTS)
    counted = f"{outcome.name} {outcome.concept or ''}"
    return bool(meant & studied_in(study)) and terms.says(counted, "match-of-the-ill")


def _is_component(claim: Claim, measured: Measured) -> bool:
    """Tell whether a claim on one event rests on a composite that counts others as well.

    A claim that names one of the others too tells of the composite.
    """
    terms, outcome = measured.terms, measured.outcome
    if claim.outcome is None or not outcome.components:
        return False
    wanted = terms.concepts(claim.outcome.text, *_EVENTS)
    if wanted & terms.concepts(outcome.concept or "", *_EVENTS):
        return False
    told = terms.concepts(claim.text, *_EVENTS) - wanted
    parts = [terms.concepts(part, *_EVENTS) for part in outcome.components]
    kin = [bool(wanted & with_wider(part, terms)) for part in parts]
    others = [part for part, its_own in zip(parts, kin, strict=True) if not its_own]
    return any(kin) and bool(others) and not any(told & part for part in others)


def _is_other_comparison(claim: Claim, measured: Measured, study: Study) -> bool:
    """Tell whether a claim is better than, or equal to, what the study did not compare with.

    Only where the record knows what it compared with, and the claim names something else.
    """
    against = claim.comparator
    if not claim.wording & _COMPARING or against is None:
        return False
    if against.resolution is not Resolution.CLAUSE:
        return False
    trial, terms = study.trial, study.terms
    compared = names_of(trial.comparators)
    if not compared or terms.says(against.text, "match-placebo"):
        return False
    known = bool(against.concept) or terms.says(against.text, "match-care")
    names = [*compared, *(arm.name for arm in trial.arms), measured.outcome.name]
    names += [trial.design.control, *names_of(trial.interventions)]
    said = terms.content(against.text)
    theirs = frozenset().union(*map(terms.content, names))
    placebo = all(terms.says(name, "match-placebo") for name in compared)
    if not known or terms.overlap(said, terms.content(" ".join(names_of(trial.interventions)))):
        return False
    if placebo:
        return not terms.overlap(said, theirs)
    # Of several comparators the result must be beside the one that the claim names.
    others = [name for name in compared if not terms.overlap(terms.content(name), said)]
    beside = terms.content(" ".join((measured.outcome.name, *measured.outcome.analysis.groups)))
    return bool(others) and not terms.overlap(said, beside)
