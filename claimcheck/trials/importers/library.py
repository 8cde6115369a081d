"""A library catalogue's record, as VuFind and Summon show it, into a trial.

Such a record gives its abstract several times over. Some copies lost letters that were set in
italics ("; = 0.40" for "; p = 0.40"), another runs each section, its label and the section again
together. The copy that lost least is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location
from claimcheck.trials.importers.article import Article, Section, trial_of
from claimcheck.trials.importers.identify import make_identifiers, year_in
from claimcheck.trials.importers.kinds import is_retracted
from claimcheck.trials.importers.mesh import Heading
from claimcheck.trials.importers.plain import read_plain
from claimcheck.trials.importers.words import clean, clean_title, split_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.imported import Skipped, Source
    from claimcheck.model.trial import Trial
    from claimcheck.trials.importers.article import ReadProse

    Fields = dict[str, list[str]]

_LINE = re.compile(
    r"(Abstract|AbstractList|Author|Author_xml|BackLink|BookMark|CitedBy_id|Cites_id|ContentType"
    r"|Copyright|CorporateAuthor|DBID|DOI|DatabaseName|DatabaseTitle|DatabaseTitleList"
    r"|Database_xml|DeliveryMethod|Description|Discipline|DocumentTitleAlternate|EISSN|EndPage"
    r"|ExternalDocumentID|Genre|GrantInformation|GrantInformation_xml|GroupedDBID|ID|IEDL\.DBID"
    r"|ISBN|ISICitedReferencesCount|ISICitedReferencesURI|ISSN|IngestDate|Is[A-Z]\w+|Issue"
    r"|Keywords|Language|License|LinkModel|MergedId|Notes|OpenAccessLink|PMID|PQID|PQPubID"
    r"|PageCount|ParticipantIDs|Publication[A-Z]\w+|Publisher|RelatedPersons|SSID|Score|Snippet"
    r"|SourceID|SourceType|StartPage|SubjectTerms|SubjectTermsDisplay|Summary|TableOfContents"
    r"|Title|Title[A-Z]\w+|URI|Volume|WOSCitedRecordID|isbn|link)(?:: ?| )(.*)"
)
_ENDS = re.compile(r"(?:Online Access|Tags|Published in|Main Authors?|Format|Subjects): ?")
_PUBMED = re.compile(r"/pubmed/(\d{1,8})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,8})\b")
_PMC = re.compile(r"/pmc/articles/(?:PMC)?(\d{1,8})\b", re.IGNORECASE)
_RUN = re.compile(r"(?<=[.!?)\]%])[A-Z][A-Z &/,'-]{3,80}")
# A sign and a probability that stand where "p" should: behind another figure, in its brackets.
_LOST = re.compile(r"(?<=[;,])\s{1,3}(?=[=<>≤≥]\s?(?:0?\.\d|0\b|1(?:\.0+)?\b))")
_LOST_LETTER = " p "
_LONGEST_DOUBLED = 50_000
_WHOLE = 0.8  # of the longest copy's length: what is shorter is an excerpt


def import_library(source: Source, read_prose: ReadProse) -> Iterator[Trial | Skipped]:
    """Answer the trial that a catalogue's record tells of; raises InputError."""
    text = read_plain(source)
    if not text.strip():
        raise InputError("it is empty", location=Location(source.name))
    yield trial_of(read_record(text), read_prose)


def read_record(text: str) -> Article:
    """Answer what a catalogue's record says."""
    fields = _fields(text)
    first_line = text.strip().partition("\n")[0]
    title, told = clean_title(_first(fields, "Title") or first_line)
    links = " ".join(
        one for key in ("BackLink", "URI", "OpenAccessLink") for one in fields.get(key, ())
    )
    pubmed, pmc = _PUBMED.search(links), _PMC.search(links)
    abstract = tuple(Section(*pair) for pair in best_copy(_copies(fields)))
    kinds = tuple(fields.get("Genre", ()))
    return Article(
        title=title,
        abstract=abstract,
        identifiers=make_identifiers(
            pmid=_first(fields, "PMID") or (pubmed and (pubmed[1] or pubmed[2])) or None,
            doi=_first(fields, "DOI"),
            pmcid=pmc[1] if pmc else None,
            registered=[one.text for one in abstract],
        ),
        year=year_in(_first(fields, "PublicationYear"), _first(fields, "PublicationDate")),
        kinds=kinds,
        mesh=tuple(_headings(fields.get("SubjectTerms", ()))),
        status="retracted" if told or is_retracted(kinds) else None,
    )


def best_copy(copies: Iterable[str]) -> list[tuple[str, str]]:
    """Answer the sections, (label, text) each, of the copy of an abstract that lost least.

    Where every copy lost the letter of its p-values, it is put back.
    """
    parted = [_undoubled(copy) or split_labels(copy) for copy in copies]
    lengths = [sum(len(text) for _, text in sections) for sections in parted]
    longest = max(lengths, default=0)
    whole = [
        sections
        for sections, length in zip(parted, lengths, strict=True)
        if length and length >= _WHOLE * longest
    ]
    if not whole:
        return []
    best = min(whole, key=lambda sections: (_losses(sections), -len(sections)))
    return [(label, _LOST.sub(_LOST_LETTER, text)) for label, text in best]


def _losses(sections: list[tuple[str, str]]) -> int:
    return sum(len(_LOST.findall(text)) for _, text in sections)


def _undoubled(copy: str) -> list[tuple[str, str]]:
    """Answer the sections of a copy that runs `text LABEL text` together, for each in turn.

    Empty where the copy is not of that kind.
    """
    found: list[tuple[str, str]] = []
    if len(copy) > _LONGEST_DOUBLED:
        return found
    start = 0
    for run in _RUN.finditer(copy):
        if run.start() <= start:
            continue
        text = copy[start : run.start()]
        # The label's end is told by the text that comes again, which may begin with capitals too.
        for end in range(run.start() + 1, run.end() + 1):
            if copy.startswith(text, end):
                found.append((clean(copy[run.start() : end]), clean(text)))
                start = end + len(text)
                break
    rest = clean(copy[start:])
    return [*found, ("", rest)] if found and rest else found


def _fields(text: str) -> Fields:
    """Answer the lines of each field; a line without a field's name belongs to the one before."""
    fields: Fields = {}
    lines: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        match = _LINE.fullmatch(line)
        if match:
            lines = fields.setdefault(match[1], [])
            line = match[2]
        elif _ENDS.match(line):
            lines = None
        if lines is not None and (value := clean(line)):
            lines.append(value)
    return fields


def _copies(fields: Fields) -> list[str]:
    names = ("Abstract", "AbstractList", "Summary", "Description")
    return list(dict.fromkeys(copy for name in names for copy in fields.get(name, ())))


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _headings(lines: Iterable[str]) -> Iterator[Heading]:
    for line in lines:
        descriptor, dash, qualifier = line.partition(" - ")
        yield Heading(descriptor, (qualifier,) if dash else ())
