"""The MEDLINE format (.nbib, and what PubMed and PMC call MEDLINE or MEDLARS) into trials."""

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

_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")
_STARTS = frozenset({"PMID", "PMC"})  # PMC's own files put the one before the other
_LOCATION = re.compile(r"(\S+) \[(\w+)\]")
_RETRACTED_BY = frozenset({"RIN", "RRI"})
_CORRECTED_BY = frozenset({"EIN", "CRI"})
_NOTICE_OF = ("ROF", "EFR", "ECF")


def import_nbib(source: Source, read_prose: ReadProse) -> Iterator[Trial | Skipped]:
    """Answer the trials in a file of MEDLINE's format, one by one; raises InputError."""
    found = False
    for fields in _records(read_plain(source).splitlines()):
        found = True
        yield trial_of(read_fields(fields), read_prose)
    if not found:
        message = "it holds no record in MEDLINE's format: no line such as 'PMID- 32633662'"
        raise InputError(message, location=Location(source.name))


def read_fields(fields: Fields) -> Article:
    """Answer what the fields of one record say."""
    title, told = clean_title(_first(fields, "TI", "TT", "BTI"))
    abstract = tuple(Section(*pair) for pair in split_labels(_first(fields, "AB")))
    kinds = tuple(fields.get("PT", ()))
    retracted = told or is_retracted(kinds) or _RETRACTED_BY & fields.keys()
    corrected = _CORRECTED_BY & fields.keys()
    return Article(
        title=title,
        abstract=abstract,
        identifiers=make_identifiers(
            pmid=_first(fields, "PMID"),
            doi=_doi((*fields.get("AID", ()), *fields.get("LID", ()))),
            pmcid=_first(fields, "PMC"),
            registered=fields.get("SI") or [one.text for one in abstract],
        ),
        year=year_in(_first(fields, "DP"), _first(fields, "DEP")),
        kinds=kinds,
        mesh=tuple(map(Heading.parse, fields.get("MH", ()))),
        status="retracted" if retracted else "corrected" if corrected else None,
        notice_of=_first(fields, *_NOTICE_OF) or None,
    )


def _records(lines: Iterable[str]) -> Iterator[Fields]:
    """Answer the fields of each record: it begins with its number, after a blank line or anew."""
    fields: Fields = {}
    open_value: list[str] = []
    apart = True
    for line in lines:
        match = _FIELD.match(line)
        if match is None:
            apart = apart or not line.strip()
            if open_value and line[:1].isspace() and line.strip():
                open_value.append(line.strip())
            continue
        _close(fields, open_value)
        tag, value = match.groups()
        if tag in _STARTS and fields and (apart or tag in fields):
            yield _closed(fields)
            fields = {}
        apart = False
        open_value = [tag, value.strip()]
    _close(fields, open_value)
    if fields.keys() & {"PMID", "PMC", "TI"}:
        yield _closed(fields)


def _close(fields: Fields, open_value: list[str]) -> None:
    if open_value:
        tag, *parts = open_value
        fields.setdefault(tag, []).append(" ".join(parts))
        open_value.clear()


def _closed(fields: Fields) -> Fields:
    cleaned = {tag: [clean(one) for one in values] for tag, values in fields.items()}
    return {tag: [one for one in values if one] for tag, values in cleaned.items()}


def _first(fields: Fields, *tags: str) -> str:
    return next((fields[tag][0] for tag in tags if fields.get(tag)), "")


def _doi(places: Iterable[str]) -> str | None:
    found = (_LOCATION.fullmatch(place) for place in places)
    return next((match[1] for match in found if match and match[2] == "doi"), None)
