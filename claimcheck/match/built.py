"""Does a claim call a study better built, or larger, than its record has it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.match.study import names_of, once
from claimcheck.model.claim import Wording
from claimcheck.model.tiers import FEW
from claimcheck.model.trial import DesignType
from claimcheck.terms import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.match.study import Study
    from claimcheck.model.claim import Claim
    from claimcheck.terms import Terms

NEAR = 3  # words before what a study is called, in which it is denied
_UNTRIED = {
    DesignType.COHORT,
    DesignType.CASE_CONTROL,
    DesignType.CASE_REPORT,
    DesignType.OBSERVATIONAL,
}
_UNCONTROLLED = {*_UNTRIED, DesignType.SINGLE_ARM}
_WITHOUT_PLACEBO = {"none", "usual-care"}  # an active control may be called a placebo
_NOT_DOUBLE = {"none", "single"}


def is_built_up(claim: Claim, study: Study) -> bool:
    """Tell whether a claim calls its study what the record says that it was not.

    What the record does not know contradicts nothing, and a review of several studies is none of
    them. Nor does a study count that is only asked for, or that came before this one.
    """
    if Wording.BACKGROUND in claim.wording:
        return False
    called = any(is_called(claim.text, name, study.terms) for name in _never(study))
    return called and not study.terms.says(claim.text, "match-yet-to-come")


@once
def _never(study: Study) -> tuple[str, ...]:
    """Answer the lists of words for what this study was not."""
    return () if study.trial.design.type is DesignType.META_ANALYSIS else tuple(_lacking(study))


def _lacking(study: Study) -> Iterator[str]:
    design = study.trial.design
    if design.type in _UNCONTROLLED:
        yield "match-called-controlled"
    if design.type in _UNTRIED:
        yield "match-called-trial"
    if design.control in _WITHOUT_PLACEBO and not _has_placebo(study):
        yield "match-called-placebo-controlled"
    if design.blinding in _NOT_DOUBLE:
        yield "match-called-double-blind"
    if design.enrolled is not None and design.enrolled < FEW:
        yield "match-called-large"


def _has_placebo(study: Study) -> bool:
    names = (*names_of(study.trial.comparators), *(arm.name for arm in study.trial.arms))
    return any(study.terms.says(name, "match-placebo-given") for name in names)


def is_called(text: str, name: str, terms: Terms) -> bool:
    """Tell whether a phrase of the list stands in a text, and nothing just before denies it."""
    if not terms.says(text, name):  # as for most
        return False
    said = words(text)
    denials = frozenset(terms.phrases.get("match-negation", ()))
    for phrase in terms.phrases.get(name, ()):
        wanted = words(phrase)
        for at in range(len(said) - len(wanted) + 1):
            before = said[max(0, at - NEAR) : at]
            if said[at : at + len(wanted)] == wanted and not denials & {*before}:
                return True
    return False
