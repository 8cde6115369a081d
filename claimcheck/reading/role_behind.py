"""Where does the name of an outcome stand behind a head like "primary outcome"?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.reading.role_names import BRIDGE, CLOSE, OPEN

if TYPE_CHECKING:
    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.reading.role_names import RoleWords

NAME = 90  # tokens that a name behind its head may have
APPOSITION = 40  # tokens between the commas of an apposition


def behind(reading: Reading, hit: Hit, later: int, words: RoleWords) -> tuple[int, int] | None:
    """Answer the tokens of a name that stands behind its head."""
    lowers, at = reading.lowers, hit.last
    if at >= len(lowers):
        return None
    if lowers[at] in OPEN:
        return _bracketed(reading, at, words) or _linked(
            reading, hit, _closing(lowers, at) + 1, later, words
        )
    if lowers[at] == ",":
        return _apposed(reading, at, words)
    if lowers[at] == "of" and not _is_study(lowers, at + 1, words):
        return _until_end(reading, at + 1, later, words, verb=True)
    return _linked(reading, hit, at, later, words) or _headed(reading, hit, later, words)


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
        depth += (lowers[end] in OPEN) - (lowers[end] in CLOSE)
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
        depth += (word in OPEN) - (word in CLOSE)
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


def _skip_ie(lowers: tuple[str, ...], at: int, words: RoleWords) -> int:
    while at < len(lowers) and (words.has("ie", lowers[at]) or (lowers[at] in ",." and at)):
        at += 1
    return at


def _is_study(lowers: tuple[str, ...], at: int, words: RoleWords) -> bool:
    return any(words.has("study", word) for word in lowers[at : at + 4])


def _closing(lowers: tuple[str, ...], at: int) -> int:
    depth = 0
    for end in range(at, len(lowers)):
        depth += (lowers[end] in OPEN) - (lowers[end] in CLOSE)
        if depth == 0:
            return end
    return len(lowers)
