"""Who was compared with whom, by a report's own words?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from claimcheck.model.trial import Arm, Named
from claimcheck.reading.sections import Part
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.reading.nlp import Reading
    from claimcheck.reading.sections import Sentence
    from claimcheck.trials.report.study import StudyWords

_REACH = 45  # tokens behind "randomly assigned to" in which the arms are named
_NAME = 9  # tokens of an arm's name
_PAIR = 2
_BESIDE = 3  # tokens behind a number in which it says what it counts
_RATIO = re.compile(r"\b\d:\d:\d")
_JOINS = ("or", "versus", "vs", "vs.", "and")
_OWN = (Part.METHODS, Part.OBJECTIVE, Part.RESULTS, Part.OTHER)


@dataclass(frozen=True, slots=True)
class Arms:
    """The arms of a study: what was tried, and what it was held against."""

    arms: tuple[Arm, ...]
    interventions: tuple[Named, ...]
    comparators: tuple[Named, ...]


def arms_of(title: Reading, sentences: Sequence[Sentence], words: StudyWords) -> Arms:
    """Answer the arms as far as the report names them; of two the first is what was tried."""
    told = [title, *(s.reading for s in sentences if s.part in _OWN)]
    several = _are_several(told, words)
    if several and (listed := _of_several(told, words)):
        return listed
    pair = next((pair for reading in told if (pair := _pair(reading, words))), None)
    if pair is None:
        return _alone(title, told)
    first, second = pair
    controlled = _is_control(*first) and not _is_control(*second)
    if controlled or (_leads(title, second) and not _leads(title, first)):
        first, second = second, first
    tried, held = _named(*first), _named(*second)
    others = tuple(_others(title, tried, held))
    arms = () if several else _arms([tried], [held])
    return Arms(arms, (tried, *others), (held,))


def _arms(tried: Sequence[Named], held: Sequence[Named]) -> tuple[Arm, ...]:
    roles = [(one.name, "experimental") for one in tried] + [
        (one.name, "comparator") for one in held
    ]
    return tuple(
        Arm(id_, name, role=role) for id_, (name, role) in zip(ascii_lowercase, roles, strict=False)
    )


def _are_several(told: Sequence[Reading], words: StudyWords) -> bool:
    """Tell whether a report says that it had more than two arms: "one of three groups", "1:1:1"."""
    return any(
        lowers[at] in words.several
        and any(word in words.groups for word in lowers[at + 1 : at + 1 + _BESIDE])
        for reading in told
        for lowers in [reading.lowers]
        for at in range(len(lowers))
    ) or any(_RATIO.search(reading.text) for reading in told)


def _of_several(told: Sequence[Reading], words: StudyWords) -> Arms | None:
    """Answer the arms of a plain list: "to aspirin, clopidogrel, or placebo"."""
    for reading in told:
        for hit in reading.of("study-assigned"):
            last = min(len(reading.lowers), hit.last + _REACH)
            places = _parts(reading, hit.last, last, words)
            if len(places) > _PAIR and sum(_known(reading, one) for one in places) >= _PAIR:
                held = [one for one in places if _is_control(reading, one)] or places[1:]
                tried = [_named(reading, one) for one in places if one not in held]
                against = [_named(reading, one) for one in held]
                return Arms(_arms(tried, against), tuple(tried), tuple(against))
    return None


def _parts(reading: Reading, first: int, last: int, words: StudyWords) -> list[tuple[int, int]]:
    """Answer the names in a list that ends in "or" or "and"; none where a part names nothing."""
    if ":" in reading.lowers[first : min(first + _NAME, last)]:
        first = reading.lowers.index(":", first) + 1
    cuts: list[int] = []
    depth = 0
    end = last
    for at in range(first, last):
        word = reading.lowers[at]
        depth += (word in "([") - (word in ")]")
        if depth == 0 and word in ".;":
            end = at
            break
        if depth == 0 and word in (",", *_JOINS):
            cuts.append(at)
    if not cuts or reading.lowers[cuts[-1]] == ",":
        return []
    begins, ends = [first, *(at + 1 for at in cuts)], [*cuts, end]
    spans = [(b, e) for b, e in zip(begins, ends, strict=True) if b < e]
    found = [_name_after(reading, *span, words) for span in spans]
    return [one for one in found if one] if all(found) else []


Place = tuple["Reading", tuple[int, int]]


def _pair(reading: Reading, words: StudyWords) -> tuple[Place, Place] | None:
    for hit in reading.of("study-assigned"):
        last = min(len(reading.lowers), hit.last + _REACH)
        if (found := _split(reading, hit.last, last, words)) is not None:
            return found
    for hit in reading.of("study-versus"):
        if hit.cue.value == "versus" and reading.lowers[hit.first] != "or":
            before = _name_before(reading, hit.first, words)
            after = _name_after(reading, hit.last, len(reading.lowers), words)
            if before and after and (_known(reading, before) or _known(reading, after)):
                return (reading, before), (reading, after)
    return None


def _split(
    reading: Reading, first: int, last: int, words: StudyWords
) -> tuple[Place, Place] | None:
    """Part "ketamine (n = 12) or midazolam (n = 6)" at its join outside brackets."""
    depth = 0
    for at in range(first, last):
        word = reading.lowers[at]
        depth += (word in "([") - (word in ")]")
        if word in ".;" and depth == 0:
            return None
        if depth == 0 and word in _JOINS and at > first:
            before = _name_after(reading, first, at, words)
            after = _name_after(reading, at + 1, last, words)
            sound = word != "and" or _counted(reading, first, at)
            if before and after and sound and (_known(reading, before) or _known(reading, after)):
                return (reading, before), (reading, after)
    return None


def _counted(reading: Reading, first: int, last: int) -> bool:
    return any(word in ("n", "group", "(") for word in reading.lowers[first:last])


def _known(reading: Reading, place: tuple[int, int]) -> bool:
    """Tell whether the words name a treatment that the rules know, or a control."""
    return _is_control(reading, place) or any(
        place[0] <= hit.first < place[1] for hit in reading.terms_of(TermKind.INTERVENTION)
    )


def _name_after(
    reading: Reading, first: int, last: int, words: StudyWords
) -> tuple[int, int] | None:
    lowers = reading.lowers
    while first < last and (lowers[first] in words.openers or lowers[first][0].isdecimal()):
        first += 1
    end = first
    while end < last and end - first < _NAME and lowers[end] not in words.stops | {",", "or"}:
        if lowers[end][0].isdecimal():
            break
        end += 1
    return (first, end) if _is_word(reading, first, end) else None


def _name_before(reading: Reading, end: int, words: StudyWords) -> tuple[int, int] | None:
    lowers = reading.lowers
    while end and (lowers[end - 1] in ",:" or lowers[end - 1] in words.stops - {"."}):
        end -= 1
    first = end
    while first and end - first < _NAME:
        word = lowers[first - 1]
        if word in words.openers | {".", ":", ",", "(", ")", "or"} or word in words.stops:
            break
        first -= 1
    return (first, end) if _is_word(reading, first, end) else None


def _is_word(reading: Reading, first: int, last: int) -> bool:
    """Tell whether some word of the name could name a treatment."""
    return any(
        len(word) > 2 and word.replace("-", "").isalpha()  # noqa: PLR2004
        for word in reading.lowers[first:last]
    )


def _is_control(reading: Reading, place: tuple[int, int]) -> bool:
    return any(place[0] <= hit.first < place[1] for hit in reading.of("study-control", "control"))


def _leads(title: Reading, place: Place) -> bool:
    reading, (first, last) = place
    stems = {stem for stem in reading.stems[first:last] if len(stem) > 3}  # noqa: PLR2004
    return bool(stems) and any(stem in stems for stem in title.stems)


def _named(reading: Reading, place: tuple[int, int]) -> Named:
    first, last = place
    span = reading.slice(first, last)
    text = reading.text[span.start - reading.span.start : span.end - reading.span.start]
    concept = next(
        (
            hit.term.concept or hit.term.id
            for hit in reading.terms_of(TermKind.INTERVENTION)
            if first <= hit.first < last
        ),
        None,
    )
    return Named(" ".join(text.split()), (), concept)


def _others(title: Reading, tried: Named, held: Named) -> Iterator[Named]:
    """Yield what else the title calls the treatment that was tried."""
    known = {tried.concept, held.concept, None}
    for hit in title.terms_of(TermKind.INTERVENTION):
        concept = hit.term.concept or hit.term.id
        if concept not in known:
            known.add(concept)
            yield Named(concept, (), concept)


def _alone(title: Reading, told: Sequence[Reading]) -> Arms:
    """Answer what was tried where no two arms are told apart: by the title, else the aims."""
    tried: dict[str, Named] = {}
    for reading in (title, *told):
        for hit in reading.terms_of(TermKind.INTERVENTION):
            concept = hit.term.concept or hit.term.id
            tried.setdefault(concept, Named(concept, (), concept))
        if tried:
            break
    held = tuple(
        dict.fromkeys(
            Named(reading.text[h.span.start - reading.span.start : h.span.end - reading.span.start])
            for reading in told
            for h in reading.of("study-control")
        )
    )[:1]
    return Arms((), tuple(tried.values()), held)
