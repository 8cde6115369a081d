"""JATS, the XML of PubMed Central and of publishers, into trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location
from claimcheck.trials.importers.article import Article, Section, trial_of
from claimcheck.trials.importers.identify import make_identifiers, year_in
from claimcheck.trials.importers.kinds import is_retracted
from claimcheck.trials.importers.words import clean_title, split_labels
from claimcheck.trials.importers.xml import find, find_all, iterate_records, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from claimcheck.model.imported import Skipped, Source
    from claimcheck.model.trial import Trial
    from claimcheck.trials.importers.article import ReadProse

_PROSE = ("p", "list", "disp-quote", "boxed-text", "def-list", "verse-group")
_DROPPED = frozenset(
    {
        "alternatives", "array", "boxed-text", "caption", "disp-formula", "disp-formula-group",
        "fig", "fig-group", "fn", "fn-group", "graphic", "inline-graphic", "label", "media",
        "object-id", "ref-list", "supplementary-material", "table", "table-wrap",
        "table-wrap-foot", "tex-math",
    }
)  # fmt: skip
_REFERENCES = frozenset({("xref", "bibr"), ("xref", "fn"), ("xref", "table-fn"), ("xref", "aff")})
_PARTS = frozenset({"sec", "app"})
# Parts of a body that tell of no result of this study, by the type that the markup gives them.
_NO_RESULTS = frozenset(
    {
        "COI-statement", "ack", "data-availability", "display-objects", "ethics-statement",
        "funding", "intro", "introduction", "related", "supplementary-material",
    }
)  # fmt: skip
_OTHER_ABSTRACTS = frozenset(
    {
        "graphical", "key-points", "plain-language-summary", "short", "teaser", "toc", "video",
        "web-summary", "author-highlights", "highlights", "executive-summary", "editor",
    }
)  # fmt: skip
_RETRACTED_BY = frozenset({"retraction-forward", "retraction", "retracted-by"})
_CORRECTED_BY = frozenset({"correction-forward", "correction", "corrected-by", "erratum"})
_NOTICE_OF = frozenset({"retracted-article", "corrected-article", "object-of-concern"})
_NOTICES = frozenset(
    {"retraction", "partial-retraction", "correction", "expression-of-concern", "addendum"}
)
_REGISTRIES = frozenset({"clinicaltrials.gov", "clinical-trial-registry", "clinicaltrial"})


def import_jats(source: Source, read_prose: ReadProse) -> Iterator[Trial | Skipped]:
    """Answer the trials in a JATS article or a set of them, one by one; raises InputError."""
    found = False
    for element in iterate_records(source, ("article",)):
        found = True
        yield trial_of(read_article(element), read_prose)
    if not found:
        message = "it holds no article in JATS: no <article> stands in it"
        raise InputError(message, location=Location(source.name))


def read_article(element: etree._Element) -> Article:
    """Answer what the markup of an article says."""
    meta = find(element, "front", "article-meta")
    title, told = clean_title(
        text_of(
            find(meta, "title-group", "article-title"), drop={"fn"}, references=_title_references()
        )
    )
    abstract = _abstract(meta)
    linked = _linked(meta)
    kind = element.get("article-type", "")
    retracted = told or is_retracted([kind]) or _RETRACTED_BY & linked.keys()
    corrected = _CORRECTED_BY & linked.keys()
    notice = sorted(_NOTICE_OF & linked.keys()) if kind in _NOTICES else ()
    return Article(
        title=title,
        abstract=abstract,
        body=tuple(_sections(find(element, "body"))),
        identifiers=make_identifiers(
            pmid=_id(meta, "pmid"),
            doi=_id(meta, "doi"),
            pmcid=_id(meta, "pmcid", "pmc"),
            registered=_registered(meta) or [one.text for one in abstract],
        ),
        year=_year(meta),
        kinds=(kind, *_subjects(meta)),
        status="retracted" if retracted else "corrected" if corrected else None,
        notice_of=next((linked[name] for name in notice), None),
    )


def _title_references() -> frozenset[tuple[str, str]]:
    return _REFERENCES | {("xref", "None")}


def _abstract(meta: etree._Element | None) -> tuple[Section, ...]:
    """Answer the sections of the article's own abstract, not of a summary for laymen."""
    for abstract in find_all(meta, "abstract"):
        if abstract.get("abstract-type") in _OTHER_ABSTRACTS:
            continue
        found = tuple(_sections(abstract))
        if len(found) == 1 and not find_all(abstract, "sec"):
            found = tuple(Section(*pair) for pair in split_labels(found[0].text))
        if found:
            return found
    return ()


def _sections(part: etree._Element | None) -> Iterator[Section]:
    """Answer the sections of an abstract or a body in their order, however deep they lie.

    A section inside another carries both titles; what has no paragraphs is left out.
    """
    if part is None:
        return
    todo: list[tuple[str, etree._Element]] = [("", part)]
    while todo:
        label, here = todo.pop()
        inner = [child for child in here if local_name(child) in _PARTS]
        prose = [
            text_of(child, drop=_DROPPED, references=_REFERENCES)
            for child in here
            if local_name(child) in _PROSE
        ]
        if text := "\n".join(filter(None, prose)):
            yield Section(label, text)
        todo += [
            (_label(label, child), child)
            for child in reversed(inner)
            if child.get("sec-type") not in _NO_RESULTS
        ]


def _label(outer: str, section: etree._Element) -> str:
    own = text_of(find(section, "title"), references=_REFERENCES).rstrip(".: ")
    return " / ".join(filter(None, (outer, own)))


def _id(meta: etree._Element | None, *kinds: str) -> str | None:
    for one in find_all(meta, "article-id"):
        if one.get("pub-id-type") in kinds:
            return text_of(one)
    return None


def _subjects(meta: etree._Element | None) -> Iterator[str]:
    for group in find_all(meta, "article-categories", "subj-group"):
        if group.get("subj-group-type") in {"heading", None}:
            yield from map(text_of, find_all(group, "subject"))


def _year(meta: etree._Element | None) -> int | None:
    """Answer the year of the issue, else the earliest at which the article was out."""
    dates = find_all(meta, "pub-date")
    years = [(one, year_in(text_of(find(one, "year")))) for one in dates]
    for one, year in years:
        kinds = {one.get("pub-type"), one.get("date-type"), one.get("publication-format")}
        if year and kinds & {"ppub", "collection", "print"}:
            return year
    return min((year for _, year in years if year), default=None)


def _registered(meta: etree._Element | None) -> list[str]:
    """Answer the numbers of registries that the markup gives."""
    if meta is None:
        return []
    found: Iterable[etree._Element] = meta.iter("{*}ext-link", "{*}related-object")
    return [
        " ".join((text_of(one), one.get("document-id") or "", one.get("source-id") or ""))
        for one in found
        if {one.get("ext-link-type"), one.get("source-type"), one.get("document-id-type")}
        & _REGISTRIES
    ]


def _linked(meta: etree._Element | None) -> dict[str, str]:
    """Answer the publications that the article is tied to, by the kind of tie."""
    if meta is None:
        return {}
    return {
        str(one.get("related-article-type")): _reference(one)
        for one in meta.iter("{*}related-article")
    }


def _reference(element: etree._Element) -> str:
    address = element.get("{http://www.w3.org/1999/xlink}href") or ""
    return address or text_of(find(element, "article-title")) or text_of(element)
