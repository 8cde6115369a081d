"""Where does the name of an outcome stand that a head like "primary outcome" speaks of?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.rulebook.types import Rulebook

BRIDGE = 16  # tokens between a head and its link: "of this trial with respect to efficacy"
NAME = 90  # tokens that a name behind its head may have
BEFORE = 30  # tokens that a name before its head may have
APPOSITION = 40  # tokens between the commas of an apposition
_OPEN, _CLOSE = "([", ")]"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of rules/lexicon/report-roles.yaml."""

    lists: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rulebook: Rulebook) -> RoleWords:
        """Take the lists from a rulebook; a list that it lacks is empty."""
        return cls({n: frozenset(w) for n, w in rulebook.words.items() if n.startswith("role-")})

    def has(self, name: str, word: str) -> bool:
        """Tell whether a list of this name holds the word."""
        return word in self.lists.get(f"role-{name}", frozenset())


def behind(reading: Reading, hit: Hit, later: int, words: RoleWords) -> tuple[int, int] | None:
    """Answer the tokens of a name that stands behind its head."""
    lowers, at = reading.lowers, hit.last
    if at >= len(lowers):
        return None
    if lowers[at] in _OPEN:
        return _bracketed(reading, at, words) or _linked(
            reading, hit, _closing(lowers, at) + 1, later, words
        )
    if lowers[at] == ",":
        return _apposed(reading, at, words)
    if lowers[at] == "of" and not _is_study(lowers, at + 1, words):
        return _until_end(reading, at + 1, later, words, verb=True)
    return _linked(reading, hit, at, later, words) or _headed(reading, hit, later, words)


def items(reading: Reading, first: int, last: int, words: RoleWords) -> Iterator[tuple[int, int]]:
    """Yield the names of a list, each without what joins it to the next."""
    lowers = reading.lowers
    depth, begin = 0, first
    for at in range(first, last):
        depth = max(0, depth + (lowers[at] in _OPEN) - (lowers[at] in _CLOSE))
        if depth or lowers[at] not in (",", ";", "and"):
            continue
        follows = next((w for w in lowers[at + 1 : last] if w != "and"), "")
        if not words.has("continues", follows) and not follows.isdecimal():
            yield from _item(reading, begin, at, words)
            begin = at + 1
    yield from _item(reading, begin, last, words)


def _item(reading: Reading, first: int, last: int, words: RoleWords) -> Iterator[tuple[int, int]]:
    first, last = _trim(reading, first, last)
    while first < last and _leads(reading.lowers, first, words):
        first += 2
    said = reading.lowers[first:last]
    if said and not all(words.has("pronouns", word) for word in said):
        yield first, last


def _leads(lowers: tuple[str, ...], first: int, words: RoleWords) -> bool:
    return words.has("headings", " ".join(lowers[first : first + 2]))


def _bracketed(reading: Reading, at: int, words: RoleWords) -> tuple[int, int] | None:
    end = _closing(reading.lowers, at)
    first = _skip_ie(reading.lowers, at + 1, words)
    if first >= end or words.has("asides", reading.lowers[first]):
        return None
    if not any(char.isalpha() for word in reading.lowers[first:end] for char in word):
        return None
    return first, end


def _apposed(reading: Reading, at: int, words: RoleWords) -> tuple[int, int] | None:
    lowers = reading.lowers
    first = _skip_ie(lowers, at + 1, words)
    introduced = first > at + 1 or (first < len(lowers) and lowers[first] == "being")
    if first >= len(lowers) or (words.has("before", lowers[first]) and lowers[first] != "being"):
        return None
    if words.has("ends", lowers[first]):
        return None
    first += lowers[first] == "being"
    depth = 0
    for end in range(first, min(len(lowers), first + APPOSITION)):
        depth += (lowers[end] in _OPEN) - (lowers[end] in _CLOSE)
        if depth < 0 or (depth == 0 and lowers[end] == ","):
            if end + 1 < len(lowers) and lowers[end + 1] in ("and", "or"):
                continue
            verbs = any(words.has("modals", word) for word in lowers[first:end])
            return None if verbs and not introduced else (first, end)
    return (first, len(lowers)) if introduced else None


def _linked(
    reading: Reading, hit: Hit, at: int, later: int, words: RoleWords
) -> tuple[int, int] | None:
    lowers = reading.lowers
    limit = min(len(lowers), at + BRIDGE, max(later, at))
    link = next(
        (i for i in range(at, limit) if words.has("links", lowers[i]) or lowers[i] in ".;,("), None
    )
    if link is None or not words.has("links", lowers[link]):
        return None
    if lowers[link] != ":" and _is_governed(reading, hit, words):
        return None
    if words.has("asides", lowers[min(link + 1, len(lowers) - 1)]):
        return None
    first = link + 1
    while first < len(lowers) and (
        (words.has("aux", lowers[first]) and lowers[first] != "to")
        or words.has("links", lowers[first])
    ):
        first += 1
    for ahead in range(first, min(first + 2, len(lowers) - 1)):
        if words.has("defining", lowers[ahead]) and words.has("as", lowers[ahead + 1]):
            first = ahead + 2
            break
    else:
        if first < len(lowers) and lowers[link] != ":" and words.has("no-name", lowers[first]):
            return None
    return _until_end(reading, first, later, words, verb=False)


def _is_governed(reading: Reading, hit: Hit, words: RoleWords) -> bool:
    """Tell whether the head depends on another noun: "the analysis of the primary outcome was"."""
    at = hit.first
    while at and words.has("determiners", reading.lowers[at - 1]):
        at -= 1
    return at > 1 and words.has("governs", reading.lowers[at - 1])


def _headed(reading: Reading, hit: Hit, later: int, words: RoleWords) -> tuple[int, int] | None:
    """Answer a name that follows its head as a heading or epithet: "outcome measure HbA1c"."""
    at = hit.last
    form = reading.text[reading.starts[at] - reading.span.start :][:12]
    if at >= later or not (form[0].isupper() or form[0] in "'‘•"):
        return None
    for end in range(at + 1, min(len(reading.lowers), at + BRIDGE, later)):
        form = reading.text[reading.starts[end] - reading.span.start]
        word = reading.lowers[end]
        if word in ".;,:" or words.has("modals", word) or (form.isupper() and word not in "()"):
            return (at, end)
    return (at, min(len(reading.lowers), later)) if later - at <= BRIDGE else None


def _until_end(
    reading: Reading, first: int, later: int, words: RoleWords, *, verb: bool
) -> tuple[int, int] | None:
    lowers = reading.lowers
    depth = 0
    end = first
    limit = min(len(lowers), first + NAME)
    while end < limit:
        word = lowers[end]
        depth += (word in _OPEN) - (word in _CLOSE)
        if depth < 0 and end > first and len(lowers[end - 1]) > 1:
            break
        depth = max(0, depth)
        if depth == 0 and end > first and _ends(reading, end, later, words, verb=verb):
            break
        end += 1
    return (first, end) if end > first else None


def _ends(reading: Reading, at: int, later: int, words: RoleWords, *, verb: bool) -> bool:
    lowers = reading.lowers
    word = lowers[at]
    if at >= later - 3 and later < len(lowers):  # "and the", "with", "; the" before the next head
        return word in ("and", "with", ";", ",", "the", "as") or at >= later
    if words.has("ends", word) and lowers[at - 1] == ",":
        return True
    if word in ("but", "whereas", "while") or (word == "." and at + 1 < len(lowers)):
        return True
    if word == "(" and at + 1 < len(lowers) and words.has("asides", lowers[at + 1]):
        return True
    if word == ";" and later == len(lowers) and lowers[at + 1 : at + 2] == ("this",):
        return True
    return verb and (words.has("modals", word) or word == ",")


def before(reading: Reading, hit: Hit, words: RoleWords) -> tuple[int, int] | None:
    """Answer the tokens of a name that stands before its head."""
    lowers = reading.lowers
    at = hit.first
    while at and words.has("determiners", lowers[at - 1]):
        at -= 1
    if at < 1:
        return None
    lead = lowers[at - 1]
    closed = hit.last < len(lowers) and lowers[hit.last] in _CLOSE
    if (lead in _OPEN and closed) or lead == ",":
        return _back_from(reading, at - 1, words) if lead in _OPEN or at < hit.first else None
    if lead == "as":
        return _as_head(reading, at - 1, words)
    if words.has("verbs", lead):
        end = at - 1
        while end and words.has("modals", lowers[end - 1]):
            end -= 1
        return _subject(reading, end, words)
    return None


def _as_head(reading: Reading, at: int, words: RoleWords) -> tuple[int, int] | None:
    """Answer X of "X was chosen as the primary outcome" or "using X as the primary outcome"."""
    lowers = reading.lowers
    end = at - 1 if at and words.has("appoint", lowers[at - 1]) else at
    passive = end < at
    while passive and end and words.has("modals", lowers[end - 1]):
        end -= 1
    if passive and end < at - 1:
        return _subject(reading, end, words)
    for first in range(at - 1, max(-1, at - BEFORE), -1):
        if words.has("take", lowers[first]):
            return (first + 1, at) if first + 1 < at else None
    return None


def _subject(reading: Reading, end: int, words: RoleWords) -> tuple[int, int] | None:
    lowers = reading.lowers
    depth = 0
    first = end
    while first and end - first < BEFORE:
        word = lowers[first - 1]
        depth += (word in _CLOSE) - (word in _OPEN)
        if depth < 0:
            break
        if depth == 0 and (
            word in (";", ":", "because", "since", "that", "whereas")
            or (
                word == "as"
                and not words.has("verbs", lowers[first])
                and lowers[first - 2 : first - 1]
                not in (("measured",), ("assessed",), ("defined",))
            )
        ):
            break
        if depth == 0 and word == "," and _opens_late(lowers, first - 1, words):
            break
        first -= 1
    return (first, end) if first < end else None


def _opens_late(lowers: tuple[str, ...], comma: int, words: RoleWords) -> bool:
    """Tell whether what stands before the comma only leads in: "In this study, X was ..."."""
    lead = lowers[0]
    return comma < BRIDGE and (words.has("before", lead) or words.has("ends", lead))


def _back_from(reading: Reading, end: int, words: RoleWords) -> tuple[int, int] | None:
    lowers = reading.lowers
    first = end
    while first and end - first < BRIDGE:
        word = lowers[first - 1]
        if word in ",;:" or (words.has("before", word) and word not in ("of", "and")):
            break
        first -= 1
    return (first, end) if first < end else None


def _skip_ie(lowers: tuple[str, ...], at: int, words: RoleWords) -> int:
    while at < len(lowers) and (words.has("ie", lowers[at]) or (lowers[at] in ",." and at)):
        at += 1
    return at


def _is_study(lowers: tuple[str, ...], at: int, words: RoleWords) -> bool:
    return any(words.has("study", word) for word in lowers[at : at + 4])


def _closing(lowers: tuple[str, ...], at: int) -> int:
    depth = 0
    for end in range(at, len(lowers)):
        depth += (lowers[end] in _OPEN) - (lowers[end] in _CLOSE)
        if depth == 0:
            return end
    return len(lowers)


def _trim(reading: Reading, first: int, last: int) -> tuple[int, int]:
    lowers = reading.lowers
    while first < last and lowers[first] in {",", ".", ";", ":", "-", "•"}:
        first += 1
    while first < last and lowers[last - 1] in {
        ",",
        ".",
        ";",
        ":",
        "and",
        "the",
        "as",
        "a",
        "with",
    }:
        last -= 1
    return first, last
