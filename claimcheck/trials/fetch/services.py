"""Whom is asked for a study, at which address, and what is sent along?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from claimcheck.errors import ConfigError
from claimcheck.model.document import CitationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.trials.fetch.ids import Wanted

REGISTRY_URL = "https://clinicaltrials.gov/api/v2"
EUTILS_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
TOOL = "claimcheck"
# NCBI allows three requests a second, ten with a key. The registry gets the same courtesy.
_EACH_SECOND, _EACH_SECOND_WITH_KEY = 3, 10


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its name, its address, what every request carries, how often it may be asked.

    `carried` holds the caller's name and key, never what is asked for.
    """

    name: str
    url: str
    option: str  # that names another address
    each_second: int
    carried: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        """Where the requests go."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a service about one study; `about` names the study to the user."""

    service: Service
    path: str
    params: tuple[tuple[str, str], ...]
    about: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Services:
    """The services that are asked, and the contact address that they are told."""

    registry: Service
    ncbi: Service
    contact: str | None

    @classmethod
    def of(
        cls,
        *,
        registry_url: str = REGISTRY_URL,
        eutils_url: str = EUTILS_URL,
        contact: str | None = None,
        api_key: str | None = None,
    ) -> Services:
        """Take addresses, contact and NCBI's key. Raises ConfigError for what is no address."""
        carried = [("tool", TOOL)]
        if contact:
            carried.append(("email", contact))
        if api_key:
            if not (api_key.isascii() and api_key.isalnum()):
                raise ConfigError("NCBI_API_KEY: wanted letters and digits alone")
            carried.append(("api_key", api_key))
        often = _EACH_SECOND_WITH_KEY if api_key else _EACH_SECOND
        option = "--registry-url"
        registry = Service("ClinicalTrials.gov", _url(registry_url, option), option, _EACH_SECOND)
        option = "--eutils-url"
        ncbi = Service("NCBI", _url(eutils_url, option), option, often, tuple(carried))
        return cls(registry, ncbi, contact)

    @property
    def user_agent(self) -> str:
        """How the requests introduce themselves."""
        return f"{TOOL} ({self.contact})" if self.contact else TOOL

    def service_for(self, wanted: Wanted) -> Service:
        """Answer who is asked for a study."""
        return self.registry if wanted.kind is CitationKind.NCT else self.ncbi

    def request(self, wanted: Wanted) -> Request:
        """Answer what is asked for a study; for a DOI, which article it belongs to."""
        match wanted.kind:
            case CitationKind.NCT:
                path, params = f"studies/{wanted.value}", {"format": "json"}
            case CitationKind.PMID:
                path = "efetch.fcgi"
                params = {"db": "pubmed", "id": wanted.value, "retmode": "xml"}
            case CitationKind.PMCID:
                number = wanted.value.removeprefix("PMC")
                path, params = "efetch.fcgi", {"db": "pmc", "id": number, "retmode": "xml"}
            case CitationKind.DOI:
                term = f'"{wanted.value.replace(chr(34), "")}"[aid]'
                path = "esearch.fcgi"
                params = {"db": "pubmed", "term": term, "retmode": "json", "retmax": "2"}
            case CitationKind.ISRCTN:
                raise ValueError(wanted)  # read_id and missing let none through
            case _:
                assert_never(wanted.kind)
        suffix = ".xml" if params.get("retmode") == "xml" else ".json"
        service = self.service_for(wanted)
        return Request(service, path, tuple(params.items()), wanted.name, suffix)

    def announce(self, wanted: Iterable[Wanted]) -> Iterator[str]:
        """Yield a line for each service: what is sent to whom."""
        asked: dict[Service, list[str]] = {}
        for one in wanted:
            asked.setdefault(self.service_for(one), []).append(one.name)
        for service, names in asked.items():
            yield (
                f"to {service.name} ({service.host}): {', '.join(names)}; "
                f"with {self._along(service)}; nothing of your drafts"
            )

    def _along(self, service: Service) -> str:
        parts = ["the program's name", self.contact or "no contact address"]
        if "api_key" in dict(service.carried):
            parts.append("your NCBI key")
        return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _url(text: str, option: str) -> str:
    try:
        parts = urlsplit(text)
        ok = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        ok = None
    if not ok or parts.query or parts.fragment or any(one <= " " for one in text):
        raise ConfigError(f"{option}: wanted an address like {EUTILS_URL}, got {text!r}")
    return text.rstrip("/")
