"""Where a study is to be read: its papers, its registry, the sources of its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from claimcheck.reports.html.safe import fit
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.trial import Trial

PAPERS_AT_MOST = 3
_DOI = "https://doi.org/"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to read of a study elsewhere."""

    label: str
    url: str


def links(trial: Trial) -> Iterator[Link]:
    """Answer where the paper, the registry and the sources of a record are to be read."""
    seen: set[str] = set()
    for link in (*_registers(trial), *_publications(trial), *_sources(trial)):
        plain = link.url.removesuffix("/").casefold()
        if plain not in seen:
            seen.add(plain)
            yield link


def _registers(trial: Trial) -> Iterator[Link]:
    known = trial.identifiers
    for label, value, base in (
        ("Paper", known.doi, _DOI),
        ("PubMed", known.pmid, _PUBMED),
        ("Full text", known.pmcid, "https://pmc.ncbi.nlm.nih.gov/articles/"),
        ("Registry", known.nct, "https://clinicaltrials.gov/study/"),
        ("Registry", known.isrctn, "https://www.isrctn.com/"),
    ):
        if value:
            yield Link(label, base + quote(fit(value), safe="/:;()."))


def _publications(trial: Trial) -> Iterator[Link]:
    """Answer the papers that the registry names as telling the study's results."""
    for one in [one for one in trial.publications if one.results][:PAPERS_AT_MOST]:
        if one.doi:
            yield Link("Paper", _DOI + quote(fit(one.doi), safe="/:;()."))
        elif one.pmid:
            yield Link(f"PubMed {fit(clean(one.pmid))}", _PUBMED + quote(fit(one.pmid)))


def _sources(trial: Trial) -> Iterator[Link]:
    for source in trial.source:
        if source.startswith(("https://", "http://")):
            yield Link(f"Source: {fit(clean(_host(source)))}", fit(source))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
