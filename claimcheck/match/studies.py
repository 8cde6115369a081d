"""Does a claim tell of another study than the record's?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.match.study import once
from claimcheck.model.claim import DisclosureKind, Wording
from claimcheck.model.trial import DesignType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from claimcheck.match.study import Study
    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Document
    from claimcheck.model.trial import Trial
    from claimcheck.terms import Terms

NEAR = 3  # words between a study, its size and its people, at most
_LEAST = 10  # people; smaller numbers count anything
# Of those enrolled, fewer may have been analysed; more than these were not the same study.
_FEWEST, _MOST = 0.5, 1.05
_UNCONTROLLED = {
    DesignType.SINGLE_ARM,
    DesignType.COHORT,
    DesignType.CASE_CONTROL,
    DesignType.CASE_REPORT,
    DesignType.OBSERVATIONAL,
}
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:'[^\W_]+)?")
_YEAR = re.compile(  # "a small 2007 fibromyalgia study", and no date line
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat|[Oo]ne)\s(?:[\w-]+\s){0,2}"
    r"(?P<year>(?:19|20)\d\d)\s(?P<what>(?:[\w-]+\s?){1,3})"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def tells_of_a_case(document: Document, terms: Terms) -> bool:
    """Tell whether a draft says that it tells of a single patient: "a case report shows"."""
    spans = (block.span for block in document.blocks)
    return any(terms.says(document.text[at.start : at.end], "match-case") for at in spans)


def is_of_another_study(claim: Claim, study: Study, *, of_a_case: Callable[[], bool]) -> bool:
    """Tell whether a claim tells of a study that the record's cannot be.

    Of another size, of another year, a review of many where the record holds one, a controlled
    trial where it holds none; and what is said of people at large is not said of the one patient of
    a case report, unless the draft is `of_a_case`.
    """
    trial, terms = study.trial, study.terms
    return (
        is_of_another_size(claim, study)
        or _is_of_another_year(claim, trial, terms)
        or _is_of_many(claim, trial, terms)
        or _is_controlled(claim, trial, terms)
        or (_is_beyond_one_patient(claim, trial) and not of_a_case())
    )


def _is_of_another_year(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether "a 2011 study" names a year in which this one cannot have come out."""
    if trial.year is None:
        return False
    studies = frozenset(terms.phrases.get("match-study", ()))
    years = [
        int(told["year"])
        for told in _YEAR.finditer(claim.text)
        if studies & {word.casefold() for word in _WORD.findall(told["what"])}
    ]
    return bool(years) and all(abs(year - trial.year) > 1 for year in years)


def _is_of_many(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether a claim rests on a review of trials, and the record is no such review."""
    if trial.design.type is DesignType.META_ANALYSIS or not trial.design.type:
        return False
    return terms.says(claim.text, "match-many")


def _is_controlled(claim: Claim, trial: Trial, terms: Terms) -> bool:
    """Tell whether a claim rests on a controlled trial, and the record is none."""
    return trial.design.type in _UNCONTROLLED and terms.says(claim.text, "match-controlled")


def _is_beyond_one_patient(claim: Claim, trial: Trial) -> bool:
    if trial.design.type is not DesignType.CASE_REPORT or Wording.ANECDOTE in claim.wording:
        return False
    return not any(told.kind is DisclosureKind.CASE for told in claim.disclosures)


def is_of_another_size(claim: Claim, study: Study) -> bool:
    """Tell whether a claim names a study's size, and this study had no such number of people."""
    shares = _shares(claim, study)
    return bool(shares) and not any(_FEWEST <= share <= _MOST for share in shares)


def is_of_larger_size(claim: Claim, study: Study) -> bool:
    """Tell whether every size that a claim names is larger than this study was."""
    shares = _shares(claim, study)
    return bool(shares) and all(share > _MOST for share in shares)


def _shares(claim: Claim, study: Study) -> list[float]:
    """Answer each size that a claim names as a share of the study's own, 1 for a number it gives.

    None where the study's own is not known.
    """
    enrolled = study.trial.design.enrolled
    sizes = tuple(_sizes(claim.text, study.terms)) if enrolled else ()
    if not sizes or not enrolled:
        return []
    known = _counts(study)
    return [1.0 if size in known else size / enrolled for size in sizes]


def _sizes(text: str, terms: Terms) -> Iterator[int]:
    """Yield the numbers of people in "a study of 162 adults"."""
    if not _NUMBER.search(text):  # as in most
        return
    studies, people = (frozenset(terms.phrases.get(n, ())) for n in ("match-study", "match-people"))
    said = [word.casefold() for word in _WORD.findall(text)]
    for at, word in enumerate(said):
        if not word[0].isdigit():
            continue
        before, after = said[max(0, at - NEAR) : at], said[at + 1 : at + 1 + NEAR]
        size = int(word.replace(",", "")) if word.replace(",", "").isdecimal() else 0
        if size >= _LEAST and studies & {*before} and people & {*after}:
            yield size


@once
def _counts(study: Study) -> frozenset[int]:
    """Answer every number that a record gives, for one of them may be how many took part."""
    return frozenset(_numbers(study.trial))


def _numbers(trial: Trial) -> Iterator[int]:
    yield from (arm.n for arm in trial.arms if arm.n)
    texts = [trial.title, trial.population.description or ""]
    for outcome in trial.outcomes:
        texts += [outcome.name, outcome.note or ""]
        for analysis in outcome.analyses:
            texts.append(analysis.measure or "")
            yield from (value.n for value in analysis.values if value.n)
    for text in texts:
        yield from (int(number.replace(",", "")) for number in _NUMBER.findall(text))
