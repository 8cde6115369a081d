"""What publication types (those of PubMed, and JATS's article types) say of a publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import DesignType

if TYPE_CHECKING:
    from collections.abc import Iterable

# The most telling first.
_DESIGNS = {
    "meta-analysis": DesignType.META_ANALYSIS,
    "network meta-analysis": DesignType.META_ANALYSIS,
    "randomized controlled trial": DesignType.RANDOMIZED,
    "randomized controlled trials": DesignType.RANDOMIZED,
    "equivalence trial": DesignType.RANDOMIZED,
    "case reports": DesignType.CASE_REPORT,
    "case report": DesignType.CASE_REPORT,
    "case-report": DesignType.CASE_REPORT,
    "observational study": DesignType.OBSERVATIONAL,
}
_STUDIES = frozenset(
    {
        *_DESIGNS,
        "adaptive clinical trial", "clinical study", "clinical trial", "controlled clinical trial",
        "multicenter study", "pragmatic clinical trial", "systematic review", "systematic-review",
        "twin study", "validation study",
    }
)  # fmt: skip
# Publications that report no study of their own, in the words that a message calls them by.
_REFUSED = {
    "addendum": "an addendum",
    "address": "an address",
    "announcement": "an announcement",
    "article-commentary": "a commentary",
    "autobiography": "a biography",
    "bibliography": "a bibliography",
    "biography": "a biography",
    "book-review": "a book review",
    "calendar": "a calendar",
    "clinical trial protocol": "a protocol, without results yet",
    "collection": "a collection",
    "comment": "a comment",
    "consensus development conference": "a consensus statement",
    "correction": "a correction",
    "dictionary": "a dictionary",
    "directory": "a directory",
    "discussion": "a discussion of other work",
    "editorial": "an editorial",
    "expression of concern": "an expression of concern",
    "expression-of-concern": "an expression of concern",
    "festschrift": "a collection",
    "guideline": "a guideline",
    "historical article": "a historical article",
    "interview": "an interview",
    "introduction": "an introduction",
    "introductory journal article": "an introduction",
    "lecture": "a lecture",
    "legal case": "a legal case",
    "meeting-report": "a report of a meeting",
    "news": "news",
    "newspaper article": "news",
    "obituary": "an obituary",
    "oration": "a lecture",
    "patient education handout": "a handout for patients",
    "personal narrative": "a personal narrative",
    "personal narratives": "a personal narrative",
    "practice guideline": "a guideline",
    "product-review": "a product review",
    "protocol": "a protocol, without results yet",
    "published erratum": "a correction",
    "reply": "a reply",
    "retraction": "a notice of a retraction",
    "retraction notice": "a notice of a retraction",
    "retraction of publication": "a notice of a retraction",
    "partial-retraction": "a notice of a retraction",
    "study guide": "a study guide",
    "video-audio media": "a recording",
    "webcast": "a recording",
}
_REVIEWS = frozenset({"review", "review-article", "scoping review", "scientific integrity review"})
_LETTERS = frozenset({"letter", "correspondence", "letter to the editor"})
_PHASE = re.compile(r"clinical trial, phase (i{1,3}|iv)")
_PHASES = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def refusal(kinds: Iterable[str], *, has_abstract: bool) -> str | None:
    """Answer why a publication of these types reports no results of its own, or None if it may."""
    names = _names(kinds)
    if any(_is_study(name) for name in names):
        names -= {"comment", "historical article", *_REVIEWS}
    for name in sorted(names & _REFUSED.keys()):
        return f"{_REFUSED[name]}: no report of a study"
    if names & _REVIEWS:
        return "a review without a meta-analysis: it has no results of its own"
    if names & _LETTERS and not has_abstract:
        return "a letter without an abstract: what it reports may be another's study"
    return None


def design_type(kinds: Iterable[str]) -> DesignType | None:
    """Answer the design that publication types name."""
    names = _names(kinds)
    return next((design for name, design in _DESIGNS.items() if name in names), None)


def phase(kinds: Iterable[str]) -> str | None:
    """Answer the phase of a trial in digits, the later where types name two."""
    found = [_PHASES[match[1]] for name in _names(kinds) if (match := _PHASE.fullmatch(name))]
    return max(found, default=None)


def is_retracted(kinds: Iterable[str]) -> bool:
    """Tell whether the types say that the publication has been retracted."""
    return bool(_names(kinds) & {"retracted publication", "retracted-article"})


def _is_study(name: str) -> bool:
    return name in _STUDIES or _PHASE.fullmatch(name) is not None


def _names(kinds: Iterable[str]) -> set[str]:
    return {" ".join(kind.lower().split()) for kind in kinds}
