"""Studies of ClinicalTrials.gov (API v2) into trials: one, a page of them, a list, JSON Lines."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from claimcheck.model.imported import Skipped
from claimcheck.model.trial import DesignType, Trial
from claimcheck.trials.importers.ctgov_design import (
    read_design,
    read_identifiers,
    read_nct,
    read_population,
    read_publications,
    read_status,
    read_title,
    read_year,
)
from claimcheck.trials.importers.ctgov_fields import part, text
from claimcheck.trials.importers.ctgov_groups import Arms, tested_names
from claimcheck.trials.importers.ctgov_names import read_conditions, read_treatments
from claimcheck.trials.importers.ctgov_outcomes import read_outcomes
from claimcheck.trials.importers.ctgov_words import Words, bundled_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.imported import Source
    from claimcheck.terms import Terms

STUDY_URL = "https://clinicaltrials.gov/study/"
_LONGEST_NUMBER = 300  # digits; Python itself refuses some thousand of them
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_TOO_DEEP = "is nested too deeply"


def import_ctgov(source: Source, *, terms: Terms | None = None) -> Iterator[Trial | Skipped]:
    """Answer the trials of a stream of JSON, one after another, and what is of no use.

    The stream holds a study, a page of studies, a list of them, or one of these a line. `terms` is
    the vocabulary; without it the bundled one.
    """
    words = Words(terms) if terms else bundled_words()
    with source.open() as stream:
        first = stream.readline()
        value = None if first.startswith(_WIDE) else _parsed(first)
        if value is None:
            yield from _whole(source.name, first + stream.read(), words)
            return
        yield from _studies(source.name, value, words)
        for number, line in enumerate(stream, start=2):
            if line.strip():
                yield from _line(f"{source.name}:{number}", line, words)


def import_study(
    data: object, *, name: str = "study", terms: Terms | None = None
) -> Trial | Skipped:
    """Answer the trial that one study's JSON tells of, or why it can be none."""
    return _study(name, data, Words(terms) if terms else bundled_words())


def _whole(name: str, data: bytes, words: Words) -> Iterator[Trial | Skipped]:
    """Read a stream that its first line does not begin: one text, or lines of which some are."""
    value, fault = _value(data)
    if fault is None:
        yield from _studies(name, value, words)
        return
    lines = [] if data.startswith(_WIDE) else data.splitlines()
    if len(lines) < 2 or not any(map(_parsed, lines[1:])):  # noqa: PLR2004
        yield Skipped(name, fault)
        return
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from _line(f"{name}:{number}", line, words)


def _line(name: str, line: bytes, words: Words) -> Iterator[Trial | Skipped]:
    value, fault = _value(line)
    if fault is None:
        yield from _studies(name, value, words)
    else:
        yield Skipped(name, fault)


def _studies(name: str, value: object, words: Words) -> Iterator[Trial | Skipped]:
    page = value.get("studies") if isinstance(value, dict) else value
    if not isinstance(page, list):
        yield _study(name, value, words)
        return
    if not page:
        yield Skipped(name, "holds no studies")
    for index, one in enumerate(page, start=1):
        yield _study(f"{name}, study {index}", one, words)


def _study(name: str, data: object, words: Words) -> Trial | Skipped:
    study = part(data)
    nct = read_nct(study)
    if nct is None:
        return Skipped(name, "is no study of ClinicalTrials.gov: it has no NCT number")
    if text(part(study, "protocolSection", "designModule"), "studyType") == "EXPANDED_ACCESS":
        return Skipped(nct, "is a programme of expanded access, no trial")
    treatments = read_treatments(study, words)
    names = (alias for one in treatments.tested for alias in one.names)
    arms = Arms(study, tested=tested_names(names), words=words)
    design = read_design(study, treatments, words)
    independent = design.type is not DesignType.CROSSOVER and not _crosses(study)
    outcomes = read_outcomes(study, arms, independent=independent, words=words)
    if not outcomes:
        return Skipped(nct, "names no outcome, so nothing can be judged by it")
    publications = read_publications(study)
    return Trial(
        id=nct,
        title=read_title(study) or nct,
        identifiers=read_identifiers(study, publications),
        source=(f"{STUDY_URL}{nct}",),
        year=read_year(study),
        status=read_status(study),
        design=design,
        population=read_population(study),
        conditions=read_conditions(study, words),
        interventions=treatments.tested,
        comparators=treatments.comparators,
        arms=arms.all,
        outcomes=outcomes,
        publications=publications,
    )


def _crosses(study: dict[str, Any]) -> bool:
    """Tell whether the same people are in several groups, randomised or not."""
    info = part(study, "protocolSection", "designModule", "designInfo")
    return text(info, "interventionModel") in {"CROSSOVER", "SINGLE_GROUP"}


def _parsed(line: bytes) -> object:
    """Answer what a line holds that is JSON of its own: an object or a list; else None."""
    value, fault = _value(line)
    return value if fault is None and isinstance(value, dict | list) else None


def _value(data: bytes) -> tuple[Any, str | None]:
    """Answer what JSON says, or what is wrong with it."""
    try:
        return _loaded(data.removeprefix(b"\xef\xbb\xbf")), None
    except RecursionError:
        return None, _TOO_DEEP
    except UnicodeDecodeError:
        return None, "is not UTF-8 text"
    except json.JSONDecodeError as error:
        return None, f"is no JSON: {error.msg}, line {error.lineno}, column {error.colno}"
    except ValueError as error:
        return None, f"is no JSON: {error}"


def _loaded(data: bytes) -> Any:  # noqa: ANN401
    import msgspec  # noqa: PLC0415  (only who imports needs it)

    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _loaded_with_care(data)  # says what is wrong, and takes what only Python's takes


def _loaded_with_care(data: bytes) -> Any:  # noqa: ANN401
    try:
        return json.loads(data)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:  # a number of thousands of digits; asking about each number would cost time
        return json.loads(data, parse_int=_int)


def _int(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
