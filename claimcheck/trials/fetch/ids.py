"""Which studies are wanted: by registry number, PMID, PMCID or DOI?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from claimcheck.errors import FetchError
from claimcheck.model.document import CitationKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.document import Citation
    from claimcheck.trials.combined import Evidence

_DIGITS = re.compile(r"\d{1,8}")
_LONGEST_ID = 400


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """A study to be fetched: the register that knows it, and its number there."""

    kind: CitationKind
    value: str

    @property
    def name(self) -> str:
        """What a person calls it."""
        match self.kind:
            case CitationKind.PMID:
                return f"PMID {self.value}"
            case CitationKind.DOI:
                return f"DOI {self.value}"
            case _:
                return self.value

    @property
    def file_stem(self) -> str:
        """A name for the file that holds it."""
        return re.sub(r"[^A-Za-z0-9.]+", "-", self.name)[:100]


def read_id(text: str) -> Wanted:
    """Answer which study an identifier, or an address that holds one, stands for.

    Raises FetchError where it stands for none, or for several.
    """
    from claimcheck.documents.citations import find_citations  # noqa: PLC0415  (--help waits)

    given = text.strip()
    if "://" in given:
        given = unquote(given)
    if _DIGITS.fullmatch(given):
        return _pmid(given, text)
    citations = find_citations(given, ()) if len(given) <= _LONGEST_ID else ()
    found = {(one.kind, one.value) for one in citations}
    if len(found) != 1:
        wanted = "wanted one NCT number, PMID, PMCID or DOI, as in NCT01234567 or 'PMID 12345678'"
        raise FetchError(f"{text[:60]!r} names no study: {wanted}")
    ((kind, value),) = found
    if kind is CitationKind.PMID:
        return _pmid(value, text)
    if kind is CitationKind.ISRCTN:
        raise FetchError(
            f"{value}: the ISRCTN registry is not fetched from; "
            "name the study by its NCT number, PMID or DOI"
        )
    return Wanted(kind, value)


def _pmid(digits: str, text: str) -> Wanted:
    if not (number := digits.lstrip("0")):
        raise FetchError(f"{text[:60]!r} names no study: a PMID is above 0")
    return Wanted(CitationKind.PMID, number)


def missing(
    citations: Iterable[Citation], evidence: Evidence
) -> tuple[tuple[Wanted, ...], tuple[str, ...]]:
    """Answer what a draft cites that the records lack, in order, and what cannot be fetched."""
    wanted: list[Wanted] = []
    cannot: list[str] = []
    for citation in citations:
        if evidence.cited((citation,)):
            continue
        value = citation.value
        if citation.kind is CitationKind.PMID:
            value = value.lstrip("0")
        if citation.kind is CitationKind.ISRCTN:
            cannot.append(value)
        elif value:
            wanted.append(Wanted(citation.kind, value))
    return tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(cannot))
