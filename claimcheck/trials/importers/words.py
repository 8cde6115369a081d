"""Text as it came, made fit for a record; and abstracts without markup, parted at their labels."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RETRACTED = re.compile(r"\s*\[?\s*retracted(?:\s+article)?\s*(?:[:\]–—-]|\.\s)+\s*", re.IGNORECASE)
_END = r"(?:(?<=[.!?)\]%])\s|\A|\n)"
_BLANKS = re.compile(r"\s+")
_WORDS = r"[A-Z][A-Za-z]*(?:(?:\s|\s?[/&,]\s?|-)[A-Za-z]+){0,6}"
_CAPITALS = re.compile(_END + r"([A-Z][A-Z/&, '()-]{1,60}[A-Z)])\s?[:.]\s(?=\S)")
_COLON = re.compile(_END + rf"({_WORDS})\s?:\s(?=\S)")
_DASH = re.compile(_END + rf"({_WORDS})\s?[-–—]{{1,2}}\s+(?=[A-Z0-9])")
# NLM's categories of sections, as labels that run into the text or are set apart from it by type.
_NAMES = r"BACKGROUND|OBJECTIVES?|METHODS|RESULTS|CONCLUSIONS?"
_GLUED = re.compile(_END.replace(r"\s|", r"\s?|") + rf"({_NAMES})(?=[A-Z0-9])")
_BARE = re.compile(_END + rf"((?:[A-Z][a-z]+\sand\s)?(?:{_NAMES.title()}))\s(?=[A-Z])")
_LONGEST_LABEL = 60
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def clean(text: str) -> str:
    """Answer text on one line, without control characters and lone surrogates."""
    line = " ".join(text.translate(_INVISIBLE).split())
    if line.isprintable():
        return line
    kept = "".join(sign for sign in line if unicodedata.category(sign) not in {"Cc", "Cs"})
    return " ".join(kept.split())


def clean_title(text: str) -> tuple[str, bool]:
    """Answer a title without its final full stop, and whether it says that it was retracted."""
    title = clean(text)
    shorn = _RETRACTED.sub("", title, count=1) if _RETRACTED.match(title) else title
    bare = shorn.removesuffix(".").strip()
    if bare.startswith("[") and bare.endswith("]") and bare.count("[") == 1:  # a translated title
        bare = bare[1:-1].removesuffix(".").strip()
    return bare, shorn != title


def split_labels(text: str) -> list[tuple[str, str]]:
    """Part an abstract without markup at the labels of its sections: (label, text) each.

    Labels in capitals are believed anywhere between sentences; others only where there are two of
    the same style, the first of them, unless it is a name that NLM gives, at the very beginning.
    """
    text = _BLANKS.sub(lambda blank: "\n" if "\n" in blank[0] else " ", text.strip())
    for style in (_CAPITALS, _COLON, _DASH, _GLUED, _BARE):
        cuts = [match for match in style.finditer(text) if len(match[1]) <= _LONGEST_LABEL]
        begins = bool(cuts) and not text[: cuts[0].start(1)].strip()
        named = style in {_GLUED, _BARE}
        if cuts and (style is _CAPITALS or (len(cuts) > 1 and (begins or named))):
            return list(_parts(text, cuts))
    line = clean(text)
    return [("", line)] if line else []


def _parts(text: str, cuts: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    ends = [match.start() for match in cuts[1:]] + [len(text)]
    if before := clean(text[: cuts[0].start()]):
        yield "", before
    for match, end in zip(cuts, ends, strict=True):
        if found := clean(text[match.end() : end]):
            yield clean(match[1]), found
