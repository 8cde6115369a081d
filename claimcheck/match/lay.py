"""Which trials bear on a claim, and which outcome of each answers it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.match.beyond import read_beyond, read_beyond_all, read_manner
from claimcheck.match.outcomes import find_outcomes, is_biomarker
from claimcheck.match.people import fields_of, find_people, names_part
from claimcheck.match.relevance import floor_of
from claimcheck.match.studies import is_of_another_study
from claimcheck.match.treatments import find_treatment, is_tested, testing
from claimcheck.match.wanted import wanted_of
from claimcheck.model.tiers import DESIGN_TIER
from claimcheck.model.verdict import Match, Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.match.people import People
    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Citation
    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.terms import Terms
    from claimcheck.trials.combined import Searched


def match(
    claim: Claim,
    index: Searched,
    terms: Terms,
    citations: Iterable[Citation] = (),
    *,
    of_a_case: bool = False,
) -> tuple[Match, ...]:
    """Answer every outcome of every trial that bears on a claim, best first.

    A trial of the claim's intervention that measured nothing of what it speaks of gives one match
    without an outcome. A claim on another intervention than any trial's gives none. `of_a_case`
    says that the draft tells of a single patient.
    """
    named = index.cited(tuple(citations))
    cited = frozenset(trial.id for trial in named)
    at_hand = index.candidates_for(
        wanted_of(claim, terms), lambda interventions: is_tested(claim, interventions, terms)
    )
    tested = testing(claim, at_hand, terms)
    near = {trial.id: trial for trial in (*tested, *named)}
    found = []
    for at, trial in enumerate(near[key] for key in sorted(near)):
        for rank, row in enumerate(
            _lay(claim, trial, terms, cited=trial.id in cited, of_a_case=of_a_case)
        ):
            found.append((_order(row), at, rank, row))
    found.sort(key=lambda entry: entry[:3])
    return tuple(row for *_, row in found)


def _lay(
    claim: Claim, trial: Trial, terms: Terms, *, cited: bool, of_a_case: bool
) -> Iterator[Match]:
    treatment = find_treatment(claim, trial, terms)
    if treatment is None:
        return
    people = find_people(claim, trial, terms)
    answers = find_outcomes(claim, treatment, trial, terms)
    fields = fields_of(trial, terms)
    part = names_part(claim, trial, terms)
    another = not cited and is_of_another_study(claim, trial, terms, of_a_case=of_a_case)
    beyond = read_beyond_all(claim, treatment, people, trial, terms)
    manner = read_manner(claim, terms)
    for answer in answers:
        floor = floor_of(claim, answer.outcome, terms)
        yield Match(
            trial,
            answer.outcome,
            Scores(treatment.score, people.score, answer.score),
            cited,
            _fits(claim, people, answer.outcome, terms),
            f"{treatment.because}; {answer.outcome.name!r}: {answer.because}",
            answer.reach,
            people.wider,
            answer.figures,
            answer.own,
            is_biomarker(answer.outcome, terms),
            beyond | read_beyond(claim, people, answer, trial, terms, floor=floor),
            manner,
            another,
            people.same,
            fields,
            part,
            floor,
        )
    if not answers:
        scores = Scores(treatment.score, people.score, 0.0)
        because = f"{treatment.because}; not measured"
        yield Match(trial, None, scores, cited, people.fits, because, another=another)


def _fits(claim: Claim, people: People, outcome: Outcome, terms: Terms) -> bool | None:
    """Answer whether the condition fits; an outcome in part of the people answers for them."""
    if people.fits is not False or claim.condition is None:
        return people.fits
    part = terms.content(f"{outcome.name} {outcome.subgroup.name if outcome.subgroup else ''}")
    named = terms.overlap(terms.content(claim.condition.text), part)
    return True if named else people.fits


def _order(row: Match) -> tuple[bool, bool, bool, int, int]:
    """Cited first; then those that fit; then those that answer; then design; then size."""
    return (
        not row.cited,
        row.condition_fits is False,
        row.outcome is None,
        DESIGN_TIER[row.trial.design.type],
        -(row.trial.design.enrolled or 0),
    )
