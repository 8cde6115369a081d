"""Where does the name of an outcome stand before a head like "primary outcome"?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.reading.role_names import BRIDGE, CLOSE, OPEN

if TYPE_CHECKING:
    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.reading.role_names import RoleWords

BEFORE = 30  # tokens that a name before its head may have


def before(reading: Reading, hit: Hit, words: RoleWords) -> tuple[int, int] | None:
    """Answer the tokens of a name that stands before its head."""
    lowers = reading.lowers
    at = hit.first
    while at and words.has("determiners", lowers[at - 1]):
        at -= 1
    if at < 1:
        return None
    lead = lowers[at - 1]
    closed = hit.last < len(lowers) and lowers[hit.last] in CLOSE
    if (lead in OPEN and closed) or lead == ",":
        return _back_from(reading, at - 1, words) if lead in OPEN or at < hit.first else None
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
        depth += (word in CLOSE) - (word in OPEN)
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
