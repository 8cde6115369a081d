"""What kind of study does a report tell of: its design, its size, and the condition it treats?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import Design, DesignType, Named
from claimcheck.reading.sections import Part
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.reading.nlp import Reading
    from claimcheck.reading.sections import Sentence
    from claimcheck.rulebook.types import Rulebook

_N = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)")
_NEAR = 6  # tokens between a number and the people that it counts
_FULL = 2.0  # weight of a sentence that tells who was randomised
_MANY = 10  # people from which a count is more likely the study's than a part's
_MOST = 3  # conditions that one report is about
_YEARS = range(1900, 2100)
_NOT_OWN = (Part.BACKGROUND, Part.CONCLUSION, Part.TITLE)
_ORDER = (  # of several designs the first here is the study's
    DesignType.META_ANALYSIS,
    DesignType.CROSSOVER,
    DesignType.RANDOMIZED,
    DesignType.SINGLE_ARM,
    DesignType.CASE_CONTROL,
    DesignType.CASE_REPORT,
    DesignType.COHORT,
    DesignType.OBSERVATIONAL,
)


@dataclass(frozen=True, slots=True)
class StudyWords:
    """The lists of rules/lexicon/report-study.yaml, and the numbers that are written as words."""

    people: frozenset[str]
    joined: frozenset[str]
    units: frozenset[str]
    stops: frozenset[str]
    openers: frozenset[str]
    several: frozenset[str]
    groups: frozenset[str]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, rulebook: Rulebook) -> StudyWords:
        """Take the lists from a rulebook; a list that it lacks is empty."""
        words = rulebook.words
        numbers = {word: n for n, word in enumerate(words.get("numerals", ()))}
        numbers |= {word: 10 + n for n, word in enumerate(words.get("study-teens", ()))}
        numbers |= {word: 20 + 10 * n for n, word in enumerate(words.get("study-tens", ()))}
        return cls(
            people=frozenset(words.get("study-people", ())),
            joined=frozenset(words.get("study-enrolled", ())),
            units=frozenset(words.get("study-units", ())),
            stops=frozenset(words.get("study-stops", ())),
            openers=frozenset(words.get("study-openers", ())),
            several=frozenset(words.get("study-several", ())),
            groups=frozenset(words.get("study-groups", ())),
            numbers=numbers,
        )


def design_of(title: Reading, sentences: Sequence[Sentence], words: StudyWords) -> Design:
    """Answer how the study was built, as far as title, methods and results tell."""
    own = [title, *(s.reading for s in sentences if s.part is not Part.BACKGROUND)]
    return Design(
        type=_type(title, own),
        blinding=_first(own, "study-blinding") or "unknown",
        control=_control(own),
        phase=_first(own, "study-phase"),
        enrolled=enrolled(sentences, words),
    )


def _type(title: Reading, readings: Sequence[Reading]) -> DesignType:
    named = {hit.cue.value for hit in title.of("study-design")}
    told = {hit.cue.value for reading in readings for hit in reading.of("study-design")}
    if DesignType.RANDOMIZED.value in told:
        told.discard(DesignType.META_ANALYSIS.value)
    for found in (named, told):
        for kind in _ORDER:
            if kind.value in found:
                return kind
    return DesignType.UNKNOWN


def _first(readings: Sequence[Reading], kind: str) -> str | None:
    return next((h.cue.value for reading in readings for h in reading.of(kind)), None)


def _control(readings: Sequence[Reading]) -> str:
    found = {h.cue.value for reading in readings for h in reading.of("study-control")}
    return next((value for value in ("placebo", "usual-care", "none") if value in found), "unknown")


def enrolled(sentences: Sequence[Sentence], words: StudyWords) -> int | None:
    """Answer how many people took part; None where the report does not say."""
    counts = [
        (weight, -order, count)
        for order, sentence in enumerate(sentences)
        if sentence.part not in _NOT_OWN
        for weight, count in _counts(sentence.reading, words)
    ]
    return max(counts)[2] if counts else None


def _counts(reading: Reading, words: StudyWords) -> Iterator[tuple[float, int]]:
    """Yield the numbers of people in a sentence, with how surely each is the whole study's."""
    lowers = reading.lowers
    assigned = bool(reading.of("study-assigned")) or any("random" in word for word in lowers)
    told = any(word in words.joined for word in lowers)
    for at in range(len(lowers)):
        count, after = _number(lowers, at, words)
        if count is None or (at and lowers[at - 1] in words.numbers):
            continue
        ahead = lowers[after : after + _NEAR]
        stop = next((i for i, word in enumerate(ahead) if word in ".;,(" or word == "of"), _NEAR)
        if not ahead or ahead[0] in words.units:
            continue
        if any(word in words.people for word in ahead[:stop]):
            early = 0.5 * (at < _NEAR)
            yield _FULL * assigned + told + (count >= _MANY) + early, count
        elif lowers[max(0, at - 2) : at] in (("n", "="), ("total", "of")):
            yield 0.5, count


def _number(lowers: Sequence[str], at: int, words: StudyWords) -> tuple[int | None, int]:
    """Answer the number that begins at a token, and the token after it."""
    word = lowers[at]
    if _N.fullmatch(word):
        count = int(word.replace(",", ""))
        dated = count in _YEARS and at > 0 and lowers[at - 1] in ("in", "and", "from", "to")
        return (None if dated else count), at + 1
    count = words.numbers.get(word, 0)
    if count < _MANY:
        return None, at + 1
    if lowers[at + 1 : at + 2] == ("-",) and at + 2 < len(lowers):
        return count + words.numbers.get(lowers[at + 2], 0), at + 3
    return count, at + 1


def conditions_of(title: Reading, sentences: Sequence[Sentence]) -> tuple[Named, ...]:
    """Answer the conditions that were studied: those of the title, else those told most often."""
    aims = [s.reading for s in sentences if s.part in (Part.OBJECTIVE, Part.METHODS)]
    rest = [s.reading for s in sentences]
    for readings in ([title], aims, rest):
        counts = Counter(
            hit.term.concept or hit.term.id
            for reading in readings
            for hit in reading.terms_of(TermKind.CONDITION)
        )
        if counts:
            return tuple(Named(concept, (), concept) for concept, _ in counts.most_common(_MOST))
    return ()
