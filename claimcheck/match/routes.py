"""Among outcomes of one concept, which does the claim's own wording point at?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.match.signs import (
    NUMBER,
    SIDES,
    canonical,
    instruments_in,
    names_another,
    read_signs,
)
from claimcheck.match.study import once
from claimcheck.model.claim import Direction, Resolution
from claimcheck.model.trial import Role
from claimcheck.model.verdict import Reach
from claimcheck.reading.numbers import doses

if TYPE_CHECKING:
    from claimcheck.match.signs import Signs
    from claimcheck.match.study import Measured, Study
    from claimcheck.match.treatments import Treatment
    from claimcheck.model.claim import Claim
    from claimcheck.terms import Terms

NUMBER_WEIGHT = 4.0  # a figure of the record in the claim's words
FIGURE_WORTH = 2.0  # a dose or an age in an outcome's name, beside a word of it
INSTRUMENT_WEIGHT = 4.0  # the instrument that the claim names measured this outcome, not all others
COMPARATOR_WEIGHT = 1.0  # the comparator of the record in the claim's words, or not in them
ROUTED = 0.9  # weight of distinguishing words from which an outcome counts as named
STRONGLY_ROUTED = 3.9  # the same, for outcomes that do not speak for the trial as a whole
ROUTE_WORTH = 0.1  # what a distinguishing word adds to an outcome's score, for the order alone
ROUTE_AT_MOST = 3
CLOSE = 0.05  # weights so near each other are a tie
_CHANGES = "effect."  # what the ids of cues for a change begin with
_AMOUNT = re.compile(r"\s+than\s+\d")


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome that answers a claim: how well, pointed at how, and why it was taken.

    `figures` tells that figures of the record stand in the claim's words; `own`, that the outcome
    names the claim's treatment, or there is one alone; `by_cases`, that it counts who fell ill,
    where the claim is on deaths.
    """

    measured: Measured
    score: float
    reach: Reach
    because: str
    figures: bool = False
    own: bool = True
    by_cases: bool = False


class Route(NamedTuple):
    """How strongly a claim's words point at an outcome, and which of them do."""

    weight: float
    hits: frozenset[str]
    foreign: bool  # against another treatment, or another dose, of which the claim does not speak
    figures: bool


def order(
    claim: Claim,
    treatment: Treatment,
    study: Study,
    scored: list[tuple[Measured, float]],
    *,
    main: tuple[Measured, ...] | None = None,
    by_cases: bool = False,
) -> tuple[Answer, ...]:
    """Answer the outcomes best first; those that speak of another comparison are left out.

    `main` is given where the claim names no outcome: these speak for the trial, and another one
    counts only where it is singled out, or where several treatments were tried and it is the one
    that names the claim's.
    """
    signs = [read_signs(measured) for measured, _ in scored]
    said = read_claim(claim, treatment, study)
    common = Counter(word for sign in signs for word in (*sign.words, *sign.instruments))
    routes = [_route(sign, said, common, len(signs), study.terms) for sign in signs]
    best = max((route.weight for route in routes), default=0.0)
    single = len(study.trial.interventions) == 1
    own = not single and any(sign.treatments & said.tested for sign in signs)
    answers = []
    for (measured, score), sign, route in zip(scored, signs, routes, strict=True):
        needed = ROUTED if main is None or measured in main else STRONGLY_ROUTED
        named = route.weight >= max(needed, best - CLOSE)
        speaks = main is None or bool(sign.treatments & said.tested if own else measured in main)
        if _conflict(sign, said) or not (speaks or named):
            continue
        reach = Reach.NAMED if named else Reach.CONCEPT if main is None else Reach.GENERAL
        because = f"named by {', '.join(sorted(route.hits))}" if named else reach.value
        alone = single or bool(sign.treatments)
        rank = (
            route.foreign,
            -round(score + ROUTE_WORTH * min(route.weight, ROUTE_AT_MOST), 4),
            measured.outcome.role is not Role.PRIMARY,
        )
        answer = Answer(measured, score, reach, because, route.figures, alone, by_cases)
        answers.append((rank, answer))
    answers.sort(key=lambda pair: pair[0])
    # What is against a treatment that the claim does not name answers only if nothing else does.
    return tuple(answer for rank, answer in answers if rank[0] == answers[0][0][0])


def _route(sign: Signs, said: Said, common: Counter[str], rows: int, terms: Terms) -> Route:
    """Answer how strongly a claim's words single out one outcome among its neighbours."""
    rare = frozenset(word for word in sign.words if common[word] < rows)
    own = rare - terms.overlap(rare, said.expected)
    hits = terms.overlap(own, said.words)
    told = hits - sign.comparator
    weight = sum((FIGURE_WORTH if word[0].isdigit() else 1) / common[word] for word in told)
    figures = sign.numbers & said.numbers
    weight += NUMBER_WEIGHT * bool(figures)
    against = terms.overlap(sign.comparator - said.expected, said.words)
    foreign = sign.foreign and not against
    if sign.doses and not names_another(sign.comparator - said.expected, terms):
        foreign = not (said.of_doses or against or figures)
    measures = {one for one in sign.instruments & said.instruments if common[one] < rows}
    weight += INSTRUMENT_WEIGHT * bool(measures)
    weight += COMPARATOR_WEIGHT * (bool(against) - foreign)
    return Route(weight, hits | figures | against | measures, foreign, bool(figures))


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says, as far as it may tell one outcome from another.

    `expected` words are its outcome and the treatment every arm shares: they single out nothing.
    """

    words: frozenset[str]
    dose: frozenset[str]  # words of more or less, the treatment's own if it has any
    of_doses: bool  # it speaks of how much is given, so that one dose against another bears on it
    numbers: frozenset[str]
    expected: frozenset[str]
    tested: frozenset[int]  # places in trial.interventions
    instruments: frozenset[str]  # that its outcome names


def read_claim(claim: Claim, treatment: Treatment, study: Study) -> Said:
    """Answer what a claim's words may tell apart in this trial."""
    terms, texts = study.terms, _said(claim)
    expected = _expected(study)
    if claim.outcome is not None:
        named = terms.content(claim.outcome.text)
        telling = terms.lists.get("match-telling", frozenset())
        expected |= named - terms.overlap(named, telling)
    numbers = frozenset(NUMBER.findall(" ".join(texts)))
    spoken = canonical(texts, terms)
    given = canonical((treatment.text,), terms).intersection(SIDES)
    spoken -= frozenset(SIDES) - canonical((_beside_changes(claim),), terms) - given
    of_doses = bool(given) or terms.says(claim.text, "match-of-doses") or any(doses(claim.text))
    dose = given or spoken.intersection(SIDES)
    instruments = _measured_by(claim, terms)
    return Said(spoken, dose, of_doses, numbers, expected, treatment.tested, instruments)


def _measured_by(claim: Claim, terms: Terms) -> frozenset[str]:
    """Answer the instruments that a claim says showed it, by its own outcome.

    Not the one of "no change in DFS was seen, and yet a benefit": what showed that is another.
    """
    outcome = claim.outcome
    if outcome is None or outcome.resolution is not Resolution.CLAUSE:
        return frozenset()
    before = claim.text[: max(0, outcome.span.start - claim.span.start)]
    if claim.direction is not Direction.NO_EFFECT and terms.says(before, "match-negation"):
        return frozenset()
    return instruments_in(outcome.text, terms)


@once
def _expected(study: Study) -> frozenset[str]:
    """Answer the words that single out no outcome of a trial: those that all its treatments share.

    So do general words for its conditions.
    """
    terms, trial = study.terms, study.trial
    shared = [frozenset().union(*map(terms.content, named.names)) for named in trial.interventions]
    conditions = frozenset().union(*(terms.content(named.name) for named in trial.conditions))
    general = conditions & terms.lists.get("match-general", frozenset())
    return general | frozenset.intersection(*shared) if shared else general


def _said(claim: Claim) -> tuple[str, ...]:
    mentions = (
        claim.intervention,
        claim.outcome,
        claim.condition,
        claim.population,
        claim.comparator,
        claim.timeframe,
        claim.magnitude,
        *claim.interventions,
    )
    near = (m.text for m in mentions if m is not None and m.resolution is Resolution.CLAUSE)
    return (claim.text, *near)


def _beside_changes(claim: Claim) -> str:
    """Answer a claim's words without those for what changed: "fewer colds" tells of no dose.

    "Less than 75 mg" does.
    """
    text = claim.text
    for cue in claim.cues:
        first, last = cue.span.start - claim.span.start, cue.span.end - claim.span.start
        if cue.cue.startswith(_CHANGES) and first >= 0 and not _AMOUNT.match(text, max(0, last)):
            text = text[:first] + " " * (last - first) + text[last:]
    return text


def _conflict(sign: Signs, said: Said) -> bool:
    """Tell whether an outcome is of another treatment, or of the other dose, than the claim's."""
    if sign.treatments and not sign.treatments & said.tested:
        return True
    for ours, theirs in permutations(SIDES):
        if ours in said.dose and theirs in sign.amounts and theirs not in said.dose:
            return ours not in sign.amounts
    return False
