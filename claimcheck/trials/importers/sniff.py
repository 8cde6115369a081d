"""What kind of record does a stream hold, told from its first bytes?"""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

HEAD = 1 << 16  # bytes by which a kind is told


class Kind(StrEnum):
    """The kinds of record that can be imported."""

    CTGOV = "ClinicalTrials.gov JSON"
    PUBMED = "PubMed XML"
    JATS = "JATS XML"
    NBIB = "MEDLINE (.nbib)"
    LIBRARY = "library record"
    RECORD = "trial record"
    ABSTRACT = "abstract"


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML = (
    (re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?\b"), Kind.PUBMED),
    (re.compile(r"<(?:[\w-]+:)?(?:pmc-articleset|article)\b(?!\s*[^>]*\bclass=)"), Kind.JATS),
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_STUDY = re.compile(r'"(?:protocolSection|derivedSection|studies|nctId)"\s*:')
_OUR_JSON = re.compile(r'"(?:outcomes|interventions|conditions|identifiers)"\s*:')
_OUR_YAML = re.compile(
    r"^(?:- |  )?(?:outcomes|interventions|conditions|identifiers):", re.MULTILINE
)
_OUR_ID = re.compile(r"^(?:- |  )?[\"']?id[\"']?:\s*\S", re.MULTILINE)
_MEDLINE = re.compile(r"\A\s*(?:PMID|PMC|OWN|STAT|TI|AU|DP|PT|JT)\s{0,3}- \S.*\n", re.MULTILINE)
_MEDLINE_TAG = re.compile(r"^(?:PMID|PMC |OWN |STAT|TI  |AB  |AU  |DP  |PT  |JT  )- ", re.MULTILINE)
# The labels that library catalogues (VuFind, Summon) put before the parts of a record.
_LABELS = (
    "Saved in:",
    "Bibliographic Details",
    "Published in:",
    "Main Author",
    "Online Access:",
    "ISSN:",
    "Abstract ",
    "AbstractList ",
    "Tags:",
)
_LABELS_LEAST = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_STOP = re.compile(r"[.!?](?:\s|\Z)")
_WORDS_LEAST = 25  # of prose that may tell of a trial's results
_LETTERS_LEAST = 0.6


def kind_of(head: bytes) -> Kind | None:
    """Answer what kind of record a stream holds whose first bytes these are, None if none known."""
    text = _decode(head)
    if text is None:
        return None
    match text.lstrip()[:1]:
        case "<":
            return _kind_of_xml(text)
        case "{" | "[":
            return _kind_of_json(text)
        case _:
            return _kind_of_text(text)


def describe(head: bytes) -> str:
    """Say what a stream of no known kind seems to be."""
    text = _decode(head)
    if text is None:
        return "is no text"
    if _PAGE.search(text[:2000]):
        return "is a web page; save the record itself"
    match text.lstrip()[:1]:
        case "":
            return "is empty"
        case "<":
            return "is XML, but no PubMed record and no JATS article"
        case "{" | "[":
            return "is JSON, but no study of ClinicalTrials.gov and no trial record"
        case _:
            return "is no kind of record that is known"


def _kind_of_text(text: str) -> Kind | None:
    if len(_MEDLINE_TAG.findall(text)) > 1 and _MEDLINE.match(text):
        return Kind.NBIB
    if sum(_has_line(text, label) for label in _LABELS) >= _LABELS_LEAST:
        return Kind.LIBRARY
    if _OUR_ID.search(text) and _OUR_YAML.search(text):
        return Kind.RECORD
    return Kind.ABSTRACT if _is_prose(text) else None


def _kind_of_xml(text: str) -> Kind | None:
    if _PAGE.search(text[:2000]):
        return None
    text = _COMMENT.sub(" ", text)
    found = ((match.start(), kind) for pattern, kind in _XML if (match := pattern.search(text)))
    return min(found, default=(0, None))[1]


def _kind_of_json(text: str) -> Kind | None:
    study, ours = _STUDY.search(text), _OUR_JSON.search(text)
    if study and (not ours or study.start() <= ours.start()):
        return Kind.CTGOV
    return Kind.RECORD if ours or re.search(r'"id"\s*:', text) else None


def _has_line(text: str, label: str) -> bool:
    return text.startswith(label) or f"\n{label}" in text


def _is_prose(text: str) -> bool:
    shown = text.strip()
    letters = sum(one.isalpha() or one.isspace() for one in shown)
    return (
        len(_WORD.findall(shown)) >= _WORDS_LEAST
        and bool(_STOP.search(shown))
        and letters >= _LETTERS_LEAST * len(shown)
    )


def _decode(head: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    if b"\0" in head[:1024]:
        return _wide(head)
    return head.decode("utf-8", "replace")


def _wide(head: bytes) -> str | None:
    """Read two-byte text without a mark, as XML may come; anything else with a nought is binary."""
    for encoding, nought in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[nought::2][:64].count(0) >= len(head[nought::2][:64]) * 0.9:
            return head.decode(encoding, "ignore")
    return None
