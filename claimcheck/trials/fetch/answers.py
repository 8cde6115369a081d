"""Is what a service sent the study that was asked for?

Bytes are looked over, not parsed into trials: that is the importers' work.
"""

from __future__ import annotations

import html
import json
import re
from http import HTTPStatus
from typing import Any

_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_NO_ID = re.compile(rb"empty id list|id list is empty|cannot get document summary", re.IGNORECASE)
_SHOWN = 60


class Unusable(Exception):  # noqa: N818  (becomes a FetchError where the study is known)
    """An answer that is not what the service should send: another try may bring it."""


class Unknown(Exception):  # noqa: N818  (likewise)
    """The service answered properly that it has no such study."""


def check_study(data: bytes, nct: str) -> None:
    """Raise unless this is the registry's record of the study."""
    record = _json(data)
    protocol = record.get("protocolSection")
    module = protocol.get("identificationModule") if isinstance(protocol, dict) else None
    if not isinstance(module, dict) or not isinstance(module.get("nctId"), str):
        raise Unusable("sent JSON that is no study record")
    aliases = module.get("nctIdAliases")
    known = [module["nctId"], *(aliases if isinstance(aliases, list) else ())]
    if nct not in known:
        raise Unusable(f"sent the record of {module['nctId'][:_SHOWN]!r} instead")


def check_article(data: bytes, pmid: str) -> None:
    """Raise unless this is PubMed's XML of the article."""
    _check_xml(data, b"PubmedArticleSet")
    if not re.search(rb"<Pubmed(?:Book)?Article[\s>]", data):
        raise Unknown
    # The first is the article's own; others are of what it comments on and cites.
    own = re.search(rb"<PMID(?:\s[^>]{0,99})?>\s{0,9}0{0,8}(\d{1,9})\s{0,9}</PMID>", data)
    if own is None or own[1] != pmid.encode():
        raise Unusable(f"sent an article that is not PMID {pmid}")


def check_full_text(data: bytes, pmcid: str) -> None:
    """Raise unless this is PubMed Central's XML of an article; it may hold the abstract alone."""
    _check_xml(data, b"pmc-articleset")
    if not re.search(rb"<article[\s>]", data):
        raise Unknown
    digits = pmcid.removeprefix("PMC").encode()
    if not re.search(
        rb"<article-id\s[^>]{0,99}>\s{0,9}(?:PMC)?%s(?:\.\d+)?\s{0,9}</" % digits, data
    ):
        raise Unusable(f"sent an article that is not {pmcid}")


def found_pmid(data: bytes) -> str:
    """Answer the one PMID that a search found."""
    record = _json(data)
    result = record.get("esearchresult")
    if not isinstance(result, dict) or not isinstance(result.get("idlist"), list):
        told = record.get("error") or (result.get("ERROR") if isinstance(result, dict) else None)
        raise Unusable(f"said {str(told)[:_SHOWN]!r}" if told else "sent JSON that is no search")
    ids = [str(one) for one in result["idlist"]]
    if len(ids) != 1:
        raise Unknown
    if not re.fullmatch(r"[1-9]\d{0,8}", ids[0]):
        raise Unusable("sent a search result that is no PMID")
    return ids[0]


def has_doi(data: bytes, doi: str) -> bool:
    """Tell whether PubMed's XML of an article gives it this DOI, not only one that it cites."""
    data = data.partition(b"<ReferenceList>")[0]
    pattern = rb"<(?:ArticleId|ELocationID)\s[^>]{0,99}>([^<]{1,400})<"
    told = (match[1].decode("utf-8", "replace") for match in re.finditer(pattern, data))
    return any(html.unescape(one).strip().casefold() == doi.casefold() for one in told)


def says_unknown(status: int, data: bytes) -> bool:
    """Tell whether a refusal means that there is no such study, rather than no such address."""
    gone = status == HTTPStatus.NOT_FOUND and not _HTML.match(data[:4000])
    return gone or bool(_NO_ID.search(data[:2000]))


def excerpt(data: bytes) -> str:
    """Answer how a refusal explains itself, in a few words; nothing of a web page."""
    text = "" if _HTML.match(data[:4000]) else data[:400].decode("utf-8", "replace")
    told = " ".join(re.sub(r"[^\w\s.,:;'()-]+", " ", text).split())
    return told[:120]


def _json(data: bytes) -> dict[str, Any]:
    _refuse_empty(data, "JSON")
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        raise Unusable("sent what is not JSON, or only a part of it") from None
    if not isinstance(record, dict):
        raise Unusable("sent JSON that is no record")
    return record


def _check_xml(data: bytes, root: bytes) -> None:
    _refuse_empty(data, "XML")
    if b"<" + root not in data[:2000]:
        raise Unusable("sent what is not the XML of an article")
    end = data[-200:].rstrip()
    if not end.endswith(b"</" + root + b">") and not end.endswith(b"/>"):
        raise Unusable("sent only a part of the XML")


def _refuse_empty(data: bytes, form: str) -> None:
    if not data.strip():
        raise Unusable("sent nothing")
    if _HTML.match(data[:4000]):
        raise Unusable(f"sent a web page in place of {form}")
