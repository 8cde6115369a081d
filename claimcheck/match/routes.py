"""Among outcomes of one concept, which does the claim's own wording point at?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import Role
from claimcheck.model.verdict import Reach
from claimcheck.terms import same_word, words

if TYPE_CHECKING:
    from claimcheck.match.treatments import Treatment
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.terms import Terms

NUMBER_WEIGHT = 2.0  # a figure of the record in the claim's words
ROUTED = 0.9  # weight of distinguishing words from which an outcome counts as named
CONFLICT = 1.5  # what another comparator, dose or treatment costs
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SMALL = 10  # whole numbers below this are counts of anything


@dataclass(frozen=True, slots=True)
class Answer:
    """An outcome that answers a claim: how well, pointed at how, and why it was taken."""

    outcome: Outcome
    score: float
    reach: Reach
    because: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells one outcome of a trial from its neighbours."""

    words: frozenset[str]
    numbers: frozenset[str]
    comparator: frozenset[str]
    treatments: frozenset[int]  # places in trial.interventions


def order(
    claim: Claim,
    treatment: Treatment,
    trial: Trial,
    scored: list[tuple[Outcome, float]],
    terms: Terms,
    *,
    general: bool,
) -> tuple[Answer, ...]:
    """Answer the outcomes best first; those that speak of another comparison go to the end."""
    signs = [read_signs(outcome, trial, terms) for outcome, _ in scored]
    common = Counter(word for sign in signs for word in sign.words)
    said = canonical(_said(claim), terms)
    numbers = frozenset(_NUMBER.findall(" ".join(_said(claim))))
    tested = frozenset(trial.interventions.index(named) for named in treatment.tested)
    rows = []
    for (outcome, score), sign in zip(scored, signs, strict=True):
        own = {word for word in sign.words if common[word] < len(signs)}
        hits = {word for word in own if any(same_word(word, one) for one in said)}
        route = sum(1 / common[word] for word in hits)
        route += NUMBER_WEIGHT * bool(sign.numbers & numbers)
        conflict = _conflict(sign, said, tested, terms)
        route -= CONFLICT * conflict
        rows.append((outcome, score, route, hits | (sign.numbers & numbers), conflict))
    answers = []
    for outcome, score, route, hits, conflict in rows:
        named = route >= ROUTED and not conflict
        reach = Reach.NAMED if named else Reach.GENERAL if general else Reach.CONCEPT
        because = f"named by {', '.join(sorted(hits))}" if named else reach.value
        rank = (-round(score + 0.1 * min(route, 3), 4), outcome.role is not Role.PRIMARY)
        if not conflict:
            answers.append((rank, Answer(outcome, score, reach, because)))
    answers.sort(key=lambda pair: pair[0])
    return tuple(answer for _, answer in answers)


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
    return (claim.text, *(mention.text for mention in mentions if mention is not None))


def canonical(texts: tuple[str, ...], terms: Terms) -> frozenset[str]:
    """Answer the content words of texts, words of more and less as one word each."""
    found: set[str] = set()
    for text in texts:
        found |= terms.content(text)
        plain = frozenset(words(text))
        for name in ("match-more", "match-less", "match-placebo"):
            if plain & terms.lists.get(name, frozenset()):
                found.add(name)
    return frozenset(found)


def read_signs(outcome: Outcome, trial: Trial, terms: Terms) -> Signs:
    """Answer what an outcome's name, subgroup, time and figures say besides its concept."""
    left, right = _split(outcome.name, terms)
    texts = [outcome.name, outcome.subgroup.name if outcome.subgroup else ""]
    texts.append(outcome.timepoint or "")
    treatments = frozenset(
        at for at, named in enumerate(trial.interventions) if _names(left, named.names, terms)
    )
    figures = [outcome.analysis.measure or ""]
    return Signs(
        canonical(tuple(texts), terms),
        frozenset(
            number
            for text in figures
            for number in _NUMBER.findall(text)
            if "." in number or int(number) >= _SMALL
        )
        | _estimates(outcome),
        canonical((right,), terms) if right else frozenset(),
        treatments,
    )


def _estimates(outcome: Outcome) -> frozenset[str]:
    found: set[str] = set()
    for analysis in outcome.analyses:
        if (value := analysis.estimate) is None:
            continue
        found.add(f"{abs(value):g}")
        if analysis.scale.value == "ratio" or "risk" in (analysis.measure or ""):
            found.add(f"{abs(round(100 * (value - 1))):g}")
    return frozenset(number for number in found if "." in number or int(number) >= _SMALL)


def _split(name: str, terms: Terms) -> tuple[str, str]:
    """Answer what stands before and after "versus", "against" in an outcome's name."""
    versus = terms.lists.get("match-versus", frozenset())
    for match in re.finditer(r"\w+", name):
        if match.group().casefold() in versus:
            return name[: match.start()], name[match.end() :]
    return name, ""


def _names(text: str, names: tuple[str, ...], terms: Terms) -> bool:
    drop = ("match-filler", "match-generic-treatment")
    content = terms.content(text, drop=drop)
    wanted = [terms.content(name, drop=drop) for name in names]
    return any(one and one <= content for one in wanted)


def _conflict(sign: Signs, said: frozenset[str], tested: frozenset[int], terms: Terms) -> bool:
    if sign.treatments and not sign.treatments & tested:
        return True
    if {"match-more"} <= said and "match-less" in sign.words and "match-less" not in said:
        return "match-more" not in sign.words
    if {"match-less"} <= said and "match-more" in sign.words and "match-more" not in said:
        return "match-less" not in sign.words
    return False

