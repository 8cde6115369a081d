"""Which trials bear on a claim, and which outcome of each answers it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.match.beyond import read_beyond, read_beyond_all, read_manner
from claimcheck.match.outcomes import find_outcomes, is_biomarker
from claimcheck.match.people import fields_of, find_people, names_part
from claimcheck.match.relevance import floor_of
from claimcheck.match.studies import is_of_another_study
from claimcheck.model.tiers import DESIGN_TIER
from claimcheck.model.verdict import Match, Scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claimcheck.match.people import People
    from claimcheck.match.shelf import Shelf, Tested
    from claimcheck.match.study import Measured
    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Citation
    from claimcheck.model.verdict import Manner
    from claimcheck.trials.combined import Searched


def match(
    claim: Claim,
    index: Searched,
    shelf: Shelf,
    citations: tuple[Citation, ...] = (),
    *,
    of_a_case: Callable[[], bool],
) -> tuple[Match, ...]:
    """Answer every outcome of every trial that bears on a claim, best first.

    A trial of the claim's intervention that measured nothing of what it speaks of gives one match
    without an outcome. A claim on another intervention than any trial's gives none. `of_a_case`
    answers whether the draft tells of a single patient, where that matters. The shelf keeps what
    is worked out of the trials.
    """
    tested = shelf.tested(claim, index, citations)
    manner = read_manner(claim, shelf.terms) if tested else frozenset()
    rows = [row for one in tested for row in _lay(claim, one, manner, of_a_case=of_a_case)]
    return tuple(sorted(rows, key=_order))


def _lay(
    claim: Claim, tested: Tested, manner: frozenset[Manner], *, of_a_case: Callable[[], bool]
) -> Iterator[Match]:
    study, treatment, cited = tested
    people = find_people(claim, study)
    another = not cited and is_of_another_study(claim, study, of_a_case=of_a_case)
    answers = find_outcomes(claim, treatment, study)
    if not answers:
        scores = Scores(treatment.score, people.score, 0.0)
        because = f"{treatment.because}; not measured"
        yield Match(study.trial, None, scores, cited, people.fits, because, another=another)
        return
    fields = fields_of(study)
    part = names_part(claim, study)
    beyond = frozenset(read_beyond_all(claim, treatment, people, study))
    for answer in answers:
        measured = answer.measured
        floor = floor_of(claim, measured)
        yield Match(
            study.trial,
            measured.outcome,
            Scores(treatment.score, people.score, answer.score),
            cited,
            _fits(claim, people, measured),
            f"{treatment.because}; {measured.outcome.name!r}: {answer.because}",
            answer.reach,
            people.wider,
            answer.figures,
            answer.own,
            is_biomarker(measured),
            beyond.union(read_beyond(claim, answer, study, floor=floor)),
            manner,
            another,
            people.same,
            fields,
            part,
            floor,
        )


def _fits(claim: Claim, people: People, measured: Measured) -> bool | None:
    """Answer whether the condition fits; an outcome in part of the people answers for them."""
    if people.fits is not False or people.others or claim.condition is None:
        return people.fits
    outcome, terms = measured.outcome, measured.terms
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
