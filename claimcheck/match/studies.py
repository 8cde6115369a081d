"""Does a claim tell of another study than the record's?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Trial
    from claimcheck.terms import Terms

NEAR = 3  # words between a study, its size and its people, at most
_LEAST = 10  # people; smaller numbers count anything
# Of those enrolled, fewer may have been analysed; more than these were not the same study.
_FEWEST, _MOST = 0.5, 1.05
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:'[^\W_]+)?")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def is_of_another_size(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether a claim names a study's size, and this study had no such number of people."""
    enrolled = trial.design.enrolled
    told = tuple(_sizes(claim.text, terms))
    if not told or not enrolled:
        return False
    known = set(_counts(trial))
    return not any(size in known or _FEWEST <= size / enrolled <= _MOST for size in told)


def _sizes(text: str, terms: Terms) -> Iterator[int]:
    """Yield the numbers of people in "a study of 162 adults"."""
    studies, people = (frozenset(terms.phrases.get(n, ())) for n in ("match-study", "match-people"))
    said = [word.casefold() for word in _WORD.findall(text)]
    for at, word in enumerate(said):
        if not word[0].isdigit():
            continue
        before, after = said[max(0, at - NEAR) : at], said[at + 1 : at + 1 + NEAR]
        size = int(word.replace(",", "")) if word.replace(",", "").isdecimal() else 0
        if size >= _LEAST and studies & {*before} and people & {*after}:
            yield size


def _counts(trial: Trial) -> Iterator[int]:
    """Yield every number that a record gives, for one of them may be how many took part."""
    yield from (arm.n for arm in trial.arms if arm.n)
    texts = [trial.title, trial.population.description or ""]
    for outcome in trial.outcomes:
        texts += [outcome.name, outcome.note or ""]
        for analysis in outcome.analyses:
            texts.append(analysis.measure or "")
            yield from (value.n for value in analysis.values if value.n)
    for text in texts:
        yield from (int(number.replace(",", "")) for number in _NUMBER.findall(text))
