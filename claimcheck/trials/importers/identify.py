"""Which study is it? Identifiers in their one spelling, and names and links made from them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from claimcheck.model.trial import Identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable

_PMID = re.compile(r"0*([1-9]\d{0,8})")
_PMCID = re.compile(r"(?:PMC)?0*([1-9]\d{0,8})(?:\.\d+)?", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S{1,300})", re.IGNORECASE)
_NCT = re.compile(r"\bNCT[\s:-]{0,2}(\d{8})\b", re.IGNORECASE)
_ISRCTN = re.compile(r"\bISRCTN[\s:-]{0,2}(\d{8})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[789]\d\d|20\d\d|21\d\d)(?!\d)")
_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 60
_SHOWN_TITLE = 80


def make_identifiers(
    *,
    pmid: str | None = None,
    doi: str | None = None,
    pmcid: str | None = None,
    registered: Iterable[str] = (),
) -> Identifiers:
    """Answer the identifiers that are well-formed, each in its one spelling.

    `registered` are texts that may hold the number of the study in a registry. Where several
    numbers of one registry stand there, none can be told to be this study's.
    """
    texts = tuple(registered)
    return Identifiers(
        pmid=_only(_PMID, pmid),
        doi=_lower(_only(_DOI, doi)),
        nct=_single("NCT", _NCT, texts),
        isrctn=_single("ISRCTN", _ISRCTN, texts),
        pmcid=_prefixed("PMC", _only(_PMCID, pmcid)),
    )


def year_in(*texts: str | None) -> int | None:
    """Answer the first year that stands in one of these texts."""
    found = (_YEAR.search(text[:100]) for text in texts if text)
    return next((int(match[1]) for match in found if match), None)


def record_id(known: Identifiers, title: str) -> str:
    """Answer the id of a record, the same whenever and from whatever format it is imported."""
    for value, prefix in ((known.pmid, "pmid-"), (known.pmcid, ""), (known.nct, "report-")):
        if value:
            return f"{prefix}{value.lower()}"
    text = known.doi or title
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    slug = _SLUG.sub("-", plain)[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'report'}-{digest}"


def links_to(known: Identifiers) -> tuple[str, ...]:
    """Answer where a publication can be read."""
    links = (
        known.doi and f"https://doi.org/{known.doi}",
        known.pmid and f"https://pubmed.ncbi.nlm.nih.gov/{known.pmid}/",
        known.pmcid and f"https://pmc.ncbi.nlm.nih.gov/articles/{known.pmcid}/",
    )
    return tuple(link for link in links if link)


def name_of(known: Identifiers, title: str) -> str:
    """Answer how a message names a publication."""
    if known.pmid:
        return f"PMID {known.pmid}"
    short = title if len(title) <= _SHOWN_TITLE else f"{title[: _SHOWN_TITLE - 1]}…"
    return known.pmcid or known.doi or short or "an article without a title"


def _only(pattern: re.Pattern[str], value: str | None) -> str | None:
    match = pattern.fullmatch(value.strip()) if value else None
    return match[1] if match else None


def _lower(value: str | None) -> str | None:
    return value.lower() if value else None


def _prefixed(prefix: str, value: str | None) -> str | None:
    return f"{prefix}{value}" if value else None


def _single(prefix: str, pattern: re.Pattern[str], texts: tuple[str, ...]) -> str | None:
    found = {match[1] for text in texts for match in pattern.finditer(text)}
    return f"{prefix}{found.pop()}" if len(found) == 1 else None
