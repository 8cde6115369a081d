"""From wanted studies to the records that the services keep of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, assert_never

from claimcheck.errors import FetchError
from claimcheck.model.document import CitationKind
from claimcheck.trials.fetch import answers
from claimcheck.trials.fetch.ids import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.trials.fetch.cache import Cache
    from claimcheck.trials.fetch.services import Request, Services

Ask = Callable[["Request", Callable[[bytes], object]], bytes]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A record as its service sent it; `name` is one for the file that holds it."""

    wanted: Wanted
    name: str
    data: bytes
    kept: bool = False  # it came from the cache


class _NotKept(Exception):  # noqa: N818  (never leaves this module)
    """The cache does not hold an answer."""


def fetch(wanted: Iterable[Wanted], services: Services, ask: Ask) -> Iterator[Fetched | FetchError]:
    """Yield each study's record, once, or why there is none; one that fails stops no other."""
    seen: set[str] = set()
    for one in dict.fromkeys(wanted):
        try:
            fetched = _fetch(one, services, ask)
        except FetchError as error:
            yield error
            continue
        if fetched.name not in seen:
            seen.add(fetched.name)
            yield fetched


def find_kept(one: Wanted, services: Services, cache: Cache) -> Fetched | None:
    """Answer a study's record from the cache alone, or None: then it must be asked for."""

    def ask(request: Request, check: Callable[[bytes], object]) -> bytes:
        data = cache.find(request)
        if data is None:
            raise _NotKept
        check(data)
        return data

    try:
        found = _fetch(one, services, ask)
    except (_NotKept, FetchError, answers.Unusable, answers.Unknown):
        return None
    return Fetched(found.wanted, found.name, found.data, kept=True)


def _fetch(one: Wanted, services: Services, ask: Ask) -> Fetched:
    request = services.request(one)
    match one.kind:
        case CitationKind.NCT:
            data = ask(request, partial(answers.check_study, nct=one.value))
        case CitationKind.PMID:
            data = ask(request, partial(answers.check_article, pmid=one.value))
        case CitationKind.PMCID:
            data = ask(request, partial(answers.check_full_text, pmcid=one.value))
        case CitationKind.DOI:
            pmid = answers.found_pmid(ask(request, answers.found_pmid))
            article = _fetch(Wanted(CitationKind.PMID, pmid), services, ask)
            if not answers.has_doi(article.data, one.value):
                raise FetchError(
                    f"{one.name}: NCBI's search leads to PMID {pmid}, which has another DOI; "
                    "look the PMID up"
                )
            return Fetched(one, article.name, article.data)
        case CitationKind.ISRCTN:
            raise ValueError(one)
        case _:
            assert_never(one.kind)
    return Fetched(one, one.file_stem + request.suffix, data)
