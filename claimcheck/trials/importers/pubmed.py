"""PubMed's XML, as efetch and the yearly baseline files give it, into trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location
from claimcheck.model.imported import Skipped
from claimcheck.trials.importers.article import Article, Section, trial_of
from claimcheck.trials.importers.identify import make_identifiers, year_in
from claimcheck.trials.importers.kinds import is_retracted
from claimcheck.trials.importers.mesh import Heading
from claimcheck.trials.importers.words import clean_title, split_labels
from claimcheck.trials.importers.xml import find, find_all, iterate_records, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from claimcheck.model.imported import Source
    from claimcheck.model.trial import Trial
    from claimcheck.trials.importers.article import ReadProse

_ARTICLES = ("PubmedArticle", "MedlineCitation")
_OTHERS = {
    "PubmedBookArticle": "a book or a chapter of one, not a report of a study",
    "DeleteCitation": "PubMed deleted these records: {}",
    "Article": "a publisher's ArticleSet, which is not what PubMed gives out: fetch it from PubMed",
}
_NO_LABEL = "UNLABELLED"
_SHOWN = 100
RETRACTED_BY = frozenset({"RetractionIn", "RetractedandRepublishedIn"})
CORRECTED_BY = frozenset({"ErratumIn", "CorrectedandRepublishedIn"})
NOTICE_OF = frozenset({"RetractionOf", "ErratumFor", "ExpressionOfConcernFor"})


def import_pubmed(source: Source, read_prose: ReadProse) -> Iterator[Trial | Skipped]:
    """Answer the trials in a file of PubMed's, one by one; raises InputError."""
    found = False
    for element in iterate_records(source, (*_ARTICLES, *_OTHERS, "ERROR")):
        found = True
        name = local_name(element)
        if name == "ERROR":
            message = f"PubMed answered with an error: {text_of(element) or 'without a word'}"
            raise InputError(message, location=Location(source.name))
        if name in _ARTICLES:
            yield trial_of(read_article(element), read_prose)
        else:
            shown = text_of(element)[:_SHOWN]
            yield Skipped(_name(element, source), _OTHERS[name].format(shown))
    if not found:
        message = "it holds no record of PubMed's: no PubmedArticle stands in it"
        raise InputError(message, location=Location(source.name))


def read_article(element: etree._Element) -> Article:
    """Answer what the markup of a PubmedArticle, or of a MedlineCitation alone, says."""
    citation = element if local_name(element) == "MedlineCitation" else None
    citation = find(element, "MedlineCitation") if citation is None else citation
    article = find(citation, "Article")
    title, told = clean_title(
        text_of(find(article, "ArticleTitle")) or text_of(find(article, "VernacularTitle"))
    )
    abstract = _abstract(citation)
    kinds = tuple(map(text_of, find_all(article, "PublicationTypeList", "PublicationType")))
    linked = _linked(citation)
    retracted = told or is_retracted(kinds) or RETRACTED_BY & linked.keys()
    corrected = CORRECTED_BY & linked.keys()
    return Article(
        title=title,
        abstract=abstract,
        identifiers=make_identifiers(
            pmid=text_of(find(citation, "PMID")),
            doi=_article_id(element, "doi") or _location(article),
            pmcid=_article_id(element, "pmc"),
            registered=_registered(article) or [one.text for one in abstract],
        ),
        year=_year(article),
        kinds=kinds,
        mesh=tuple(map(_heading, find_all(citation, "MeshHeadingList", "MeshHeading"))),
        status="retracted" if retracted else "corrected" if corrected else None,
        notice_of=next((linked[kind] for kind in sorted(NOTICE_OF & linked.keys())), None),
    )


def _abstract(citation: etree._Element | None) -> tuple[Section, ...]:
    """Answer the abstract's sections; where it has none, another abstract in English."""
    parts = find_all(citation, "Article", "Abstract", "AbstractText")
    if not parts:
        others = find_all(citation, "OtherAbstract")
        english = [one for one in others if one.get("Language", "eng") == "eng"]
        parts = find_all(english[0], "AbstractText") if english else []
    found = [(part.get("Label", "").strip(), text_of(part)) for part in parts]
    labelled = [Section("" if label == _NO_LABEL else label, text) for label, text in found if text]
    if len(labelled) == 1 and not labelled[0].label:
        return tuple(Section(*pair) for pair in split_labels(labelled[0].text))
    return tuple(labelled)


def _year(article: etree._Element | None) -> int | None:
    issue = find(article, "Journal", "JournalIssue", "PubDate")
    return year_in(
        text_of(find(issue, "Year")),
        text_of(find(issue, "MedlineDate")),
        text_of(find(article, "ArticleDate", "Year")),
    )


def _article_id(element: etree._Element, kind: str) -> str | None:
    ids = find_all(element, "PubmedData", "ArticleIdList", "ArticleId")
    return next((text_of(one) for one in ids if one.get("IdType") == kind), None)


def _location(article: etree._Element | None) -> str | None:
    places = find_all(article, "ELocationID")
    sound = (one for one in places if one.get("EIdType") == "doi" and one.get("ValidYN") != "N")
    return next(map(text_of, sound), None)


def _registered(article: etree._Element | None) -> list[str]:
    """Answer the numbers of registries that the record gives apart from the abstract."""
    path = ("DataBankList", "DataBank", "AccessionNumberList", "AccessionNumber")
    return [text_of(one) for one in find_all(article, *path)]


def _heading(element: etree._Element) -> Heading:
    qualifiers = tuple(map(text_of, find_all(element, "QualifierName")))
    return Heading(text_of(find(element, "DescriptorName")), qualifiers)


def _linked(citation: etree._Element | None) -> dict[str, str]:
    """Answer the publications that the record is tied to, by the kind of tie."""
    return {
        str(one.get("RefType")): _reference(one)
        for one in find_all(citation, "CommentsCorrectionsList", "CommentsCorrections")
    }


def _reference(element: etree._Element) -> str:
    pmid = text_of(find(element, "PMID"))
    return f"PMID {pmid}" if pmid else text_of(find(element, "RefSource"))


def _name(element: etree._Element, source: Source) -> str:
    """Answer what a record that is no article is called in a message."""
    pmid = text_of(find(element, "BookDocument", "PMID"))
    title, _ = clean_title(text_of(find(element, "ArticleTitle")))
    return f"PMID {pmid}" if pmid else title[:_SHOWN] or source.name
