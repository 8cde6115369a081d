"""Which short forms does a text define? Schwartz and Hearst 2003."""

from __future__ import annotations

import re

_PAIR = re.compile(r"\(\s{0,9}(?P<short>[A-Za-z][\w/&-]{1,9})(?:[;,][^)]{0,200})?\s{0,9}\)")


def abbreviations(text: str) -> dict[str, str]:
    """Answer short form -> long form for each "long form (SF)" that the text defines."""
    found: dict[str, str] = {}
    for match in _PAIR.finditer(text):
        short = match["short"]
        if not any(char.isupper() for char in short) or short in found:
            continue
        limit = min(len(short) + 5, len(short) * 2)
        begin = max(0, match.start() - 200)
        while 0 < begin < match.start() and not text[begin - 1].isspace():
            begin += 1  # half a word is no word
        before = text[begin : match.start()].rstrip()
        words = re.findall(r"\S+", before.rsplit("\n", 1)[-1])[-limit:]
        if long := _long_form(short, " ".join(words)):
            found[short] = long
    return found


def _long_form(short: str, candidate: str) -> str | None:
    at = len(candidate) - 1
    for position in range(len(short) - 1, -1, -1):
        wanted = short[position].lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and (
            candidate[at].lower() != wanted
            or (position == 0 and at > 0 and candidate[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    long = candidate[at + 1 :].strip(" ,;:(\"'")
    return long if len(long) > len(short) else None
