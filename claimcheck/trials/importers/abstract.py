"""An abstract that somebody pasted into a file, with or without its title, into a trial."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location
from claimcheck.trials.importers.article import Article, Section, trial_of
from claimcheck.trials.importers.identify import make_identifiers, year_in
from claimcheck.trials.importers.plain import read_plain
from claimcheck.trials.importers.words import clean, clean_title, split_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.imported import Skipped, Source
    from claimcheck.model.trial import Trial
    from claimcheck.trials.importers.article import ReadProse

_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
# PubMed's "Abstract (text)": "1. Journal. 2021 May;27(6):942-953. doi: ..."
_CITED = re.compile(
    r"^\d{1,6}\. (?=\S[^\n]{0,300}(?:\n[^\n]{1,300})?\b(?:1[89]|20)\d\d\b)", re.MULTILINE
)
_AUTHORS_END = ("author information:", "collaborators:")
_TAIL = re.compile(
    r"(?:©|\(c\)|copyright\b|doi:|pmid:|pmcid:|conflict of interest|key\s?words\b|erratum in"
    r"|comment in|update of|trial registration:?$)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?:abstract|summary)\s*[:.]?\s*", re.IGNORECASE)
_PMID = re.compile(r"\bPMID:?\s{0,3}(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\bPMC\d{4,9}\b")
_DOI = re.compile(r"(?:\bdoi:\s{0,3}|\bdoi\.org/)(10\.\d{4,9}/\S{1,200}[^\s.,;)\]])", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b((?:19|20)\d\d)\b[^\n]{0,20}[;:]\s?\d")
_TITLE = "title"
_SENTENCES = re.compile(r"[.!?]\s+[A-Z(]")
_LONGEST_TITLE = 400
_LONGEST_LABEL = 60
_MOST_WORDS = 7
_PARAGRAPH = 200  # characters from which a line is no line of wrapped text


def import_abstract(source: Source, read_prose: ReadProse) -> Iterator[Trial | Skipped]:
    """Answer the trials that one pasted abstract, or PubMed's list of several, tells of."""
    text = read_plain(source)
    if not text.strip():
        raise InputError("it is empty", location=Location(source.name))
    for article in read_abstracts(text):
        yield trial_of(article, read_prose)


def read_abstracts(text: str) -> Iterator[Article]:
    """Answer the articles of a text: several where it is a list as PubMed saves it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    starts = [match.start() for match in _CITED.finditer(text)]
    if not starts or starts[0] > 0:
        yield _article(text, *_pasted(text))
        return
    starts = [0, *(at for at in starts[1:] if text[:at].endswith("\n\n"))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        record = text[start:end].strip()
        yield _article(record, *_saved(record))


def _article(text: str, title: str, blocks: list[str]) -> Article:
    sections = tuple(_sections(blocks))
    if not title and sections and sections[0].label.lower() == _TITLE:
        title, sections = sections[0].text, sections[1:]
    found, told = clean_title(title)
    pmid, doi, pmcid = (pattern.search(text) for pattern in (_PMID, _DOI, _PMCID))
    published = _PUBLISHED.search(text)
    return Article(
        title=found,
        abstract=sections,
        identifiers=make_identifiers(
            pmid=pmid[1] if pmid else None,
            doi=doi[1] if doi else None,
            pmcid=pmcid[0] if pmcid else None,
            registered=[text],
        ),
        year=year_in(published[1]) if published else None,
        status="retracted" if told else None,
    )


def _saved(record: str) -> tuple[str, list[str]]:
    """Part a record that PubMed saved as text: citation, title, authors, where they work, text."""
    _, title, *rest = [*_BLANK.split(record), ""]
    heads = [at for at, one in enumerate(rest) if one.lower().startswith(_AUTHORS_END)]
    return title, rest[max(heads, default=0) + 1 :]


def _pasted(text: str) -> tuple[str, list[str]]:
    """Part pasted text into its title, "" if it has none, and its blocks."""
    blocks = _BLANK.split(text)
    if len(blocks) == 1:
        first, _, rest = text.partition("\n")
        if not rest or max(map(len, rest.split("\n"))) < _PARAGRAPH:
            return "", blocks
        blocks = [first, *rest.split("\n")]
    first = blocks[0]
    is_title = len(first) <= _LONGEST_TITLE and not _SENTENCES.search(first)
    if len(blocks) > 1 and is_title and not _HEAD.fullmatch(first) and not _is_label(blocks):
        return first, blocks[1:]
    return "", blocks


def _is_label(blocks: list[str]) -> bool:
    """Tell whether the first block is a section, or the heading of one, rather than a title."""
    first = blocks[0].strip()
    if len(first.split()) == 1 or first.endswith(":") or _begins_with_label(first):
        return True
    return first.endswith(".") and _begins_with_label("\n".join(blocks))


def _begins_with_label(text: str) -> bool:
    return any(label for label, _ in split_labels(text)[:1])


def _sections(blocks: list[str]) -> Iterator[Section]:
    """Answer the sections of an abstract; a short line without a full stop heads what follows."""
    label = ""
    for block in (part for one in blocks for part in _at_headings(one)):
        text = _HEAD.sub("", block, count=1) if _HEAD.match(block) else block
        if _TAIL.match(text):
            continue
        first, _, rest = text.strip().partition("\n")
        if _heads(first):
            label, text = first, rest
        for own, part in split_labels(text):
            yield Section(clean(own or label).rstrip(": "), part)
            label = ""


def _at_headings(block: str) -> Iterator[str]:
    """Part a block before each line that heads what follows it."""
    part: list[str] = []
    for line in block.strip().split("\n"):
        ended = not part or part[-1].rstrip().endswith((".", "!", "?", ")"))
        if part and ended and _heads(line):
            yield "\n".join(part)
            part = []
        part.append(line)
    yield "\n".join(part)


def _heads(line: str) -> bool:
    """Tell whether a line is a heading: few words that begin large and end without a full stop."""
    line = line.strip()
    short = 0 < len(line) <= _LONGEST_LABEL and len(line.split()) <= _MOST_WORDS
    return short and line[0].isupper() and line[-1] not in ".,;!?)"
