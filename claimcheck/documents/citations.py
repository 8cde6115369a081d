"""The studies that a draft cites, by DOI, PMID, PMCID, NCT or ISRCTN number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from claimcheck.model.document import Citation, CitationKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.documents.weave import Link

# A DOI is "10.", a registrant of four to nine digits, "/", and nearly anything that is no space.
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s\"<>\u201c\u201d\u2026]{1,300}")
_PMID = re.compile(r"\bPMID(?:\s{0,3}:\s{0,3}|\s{1,3}|(?=\d))#?(\d{1,8})\b(?!/)", re.IGNORECASE)
_PUBMED_URL = re.compile(
    r"\b(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.gov)"
    r"/(?:\?term=)?(\d{1,8})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC\s?(\d{4,9})\b", re.IGNORECASE)
_NCT = re.compile(r"\bNCT[\s:-]{0,2}(\d{8})\b", re.IGNORECASE)
_ISRCTN = re.compile(r"\bISRCTN[\s:-]{0,2}(\d{8})\b", re.IGNORECASE)
# What stands before a number of each kind, in small letters in every match, and if every match
# begins with it: to look for that takes no time beside searching without regard to case.
_NUMBERED = (
    (CitationKind.PMID, _PMID, "", "pmid", True),
    (CitationKind.PMID, _PUBMED_URL, "", "pubmed", False),
    (CitationKind.PMCID, _PMCID, "PMC", "pmc", True),
    (CitationKind.NCT, _NCT, "NCT", "nct", True),
    (CitationKind.ISRCTN, _ISRCTN, "ISRCTN", "isrctn", True),
)
# A capital that is two small letters, and a letter that passes for "s": where one stands, small
# letters do not tell where a match may begin.
_TWISTED = re.compile("[\u0130\u017f]")
_TRAILING = ".,;:!?'\u2018\u2019*_([{"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
# What publishers hang behind a DOI in their addresses, and what marks the end of one in a query.
_DOI_TAIL = re.compile(
    r"(?:[?#&].*|/(?:full|abstract|pdf|epdf|fulltext|meta|html)/?)$", re.IGNORECASE
)
_MOST_UNQUOTED = 4000
MOST_BEFORE = 200  # code points of an address that may stand before a DOI


def find_citations(text: str, links: Iterable[Link]) -> tuple[Citation, ...]:
    """Answer every study that a plain text or its link targets name, in order, each place once.

    A citation in a link target stands where the link's anchor does.
    """
    found = [Citation(kind, value, Span(*span)) for kind, value, span in _identifiers(text)]
    for link in links:
        target = unquote(link.target[:_MOST_UNQUOTED])
        found += [
            Citation(kind, value, link.span) for kind, value, _ in _identifiers(target, url=True)
        ]
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.span, one.kind, one.value)))


def _identifiers(
    text: str, *, url: bool = False
) -> Iterator[tuple[CitationKind, str, tuple[int, int]]]:
    for match in _beginning("10.", _DOI, text, text):
        value = _doi(match[0], url=url or _in_address(text, match.start()))
        if value is not None:
            yield CitationKind.DOI, value.lower(), (match.start(), match.start() + len(value))
    lower = text.lower()
    straight = _TWISTED.search(text) is None
    for kind, pattern, prefix, sign, begins in _NUMBERED:
        if sign not in lower:
            continue
        quick = begins and straight
        found = _beginning(sign, pattern, text, lower) if quick else pattern.finditer(text)
        for match in found:
            yield kind, prefix + match[1], match.span()


def _beginning(
    sign: str, pattern: re.Pattern[str], text: str, lower: str
) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that all begin with a sign, looked for by that."""
    at = lower.find(sign)
    while at >= 0:
        match = pattern.match(text, at)
        if match is not None:
            yield match
        at = lower.find(sign, match.end() if match else at + 1)


def _in_address(text: str, start: int) -> bool:
    """Tell whether the word that a DOI stands in is a web address."""
    before = text[max(0, start - MOST_BEFORE) : start]
    word = before[max(map(before.rfind, " \t\r\n")) + 1 :]
    return "://" in word


def _doi(found: str, *, url: bool) -> str | None:
    """Answer a DOI without what only follows it: punctuation, unopened brackets, address tails."""
    value = found
    if url:
        value = _DOI_TAIL.sub("", value)
        value = _DOI_TAIL.sub("", value)
    while value:
        last = value[-1]
        opener = _BRACKETS.get(last)
        unopened = opener is not None and value.count(last) > value.count(opener)
        if last not in _TRAILING and not unopened:
            break
        value = value[:-1]
    return value if value and not value.endswith("/") else None
