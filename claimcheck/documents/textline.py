"""One line of pasted text, and what it looks like by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.model.lines import Lines

TITLE_WORDS, TITLE_LENGTH = 20, 160
HEADING_WORDS, HEADING_LENGTH = 14, 100
PROSE_LENGTH = 80  # a line this long, or one that ends a sentence, is prose
CONTINUED_WORDS = 4

_LIST_MARK = re.compile(
    r"[ \t]*(?:[-*+\u2022\u25e6\u25aa\u2023\u2043\u2013\u00b7]|\(?\d{1,3}[.)]|\(?[a-z]\))"
    r"[ \t\u00a0]+(?=\S)"
)
RECORD = re.compile(r"[\w][\w /-]{0,28}:(?:\s*$|\s*\S)")
_ADDRESS = re.compile(r"@|://|www\.|\d{3,4}[- ]\d{3,4}|[-\u2013\u2014]$")
_STOPS = (".", "\u2026", "\u3002")
_ENDERS = (*_STOPS, "!", "?")
_CLOSERS = "\"'\u201d\u2019)]\u00bb* "
_OPENERS = ('"', "\u201c", "\u201e", "\u00ab")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, and whether blank lines (or the text's ends) stand around it."""

    start: int
    end: int
    text: str
    after_blank: bool
    before_blank: bool
    offset: int = 0  # of the words after a list mark

    @property
    def words(self) -> int:
        """How many words the line has."""
        return len(self.text.split())

    @property
    def bare_end(self) -> str:
        """The line without quotation marks and brackets that close it."""
        return self.text.rstrip(_CLOSERS)

    @property
    def ends_sentence(self) -> bool:
        """Tell whether a sentence ends with the line."""
        return self.bare_end.endswith(_ENDERS)

    @property
    def is_prose(self) -> bool:
        """Tell whether the line is long, or is a sentence."""
        return len(self.text) >= PROSE_LENGTH or (
            self.ends_sentence and self.words >= CONTINUED_WORDS
        )

    @property
    def could_head(self) -> bool:
        """Tell whether the line could be a heading."""
        return not self.offset and could_head(self.text)

    @property
    def could_title(self) -> bool:
        """Tell whether the line could be the title."""
        return not self.offset and could_title(self.text)


def could_head(text: str) -> bool:
    """Tell whether a line is short and unended enough to be a heading."""
    return (
        len(text) <= HEADING_LENGTH
        and len(text.split()) <= HEADING_WORDS
        and not text.rstrip(_CLOSERS).endswith((*_STOPS, ":", ";", ",", "!"))
        and not text.startswith(_OPENERS)
        and not RECORD.match(text)
        and not _ADDRESS.search(text)
        and sum(map(str.isalpha, text)) > len(text) // 2
    )


def could_title(text: str) -> bool:
    """Tell whether a text's first line is short and unended enough to be its title."""
    return (
        len(text) <= TITLE_LENGTH
        and len(text.split()) <= TITLE_WORDS
        and not text.rstrip(_CLOSERS).endswith((*_STOPS, ":", ";", ","))
        and any(map(str.isalpha, text))
    )


def lines_of(index: Lines) -> list[Line]:
    """Answer the lines of a source that are not blank."""
    rows = [index.span(row) for row in range(len(index))]
    texts = [index.source[row.start : row.end] for row in rows]
    blank = [not text.strip() for text in texts]
    found = []
    for number, (row, text) in enumerate(zip(rows, texts, strict=True)):
        if blank[number]:
            continue
        mark = _LIST_MARK.match(text)
        found.append(
            Line(
                start=row.start,
                end=row.end,
                text=text.strip(),
                after_blank=number == 0 or blank[number - 1],
                before_blank=number + 1 == len(rows) or blank[number + 1],
                offset=mark.end() if mark else 0,
            )
        )
    return found


def normalise(text: str) -> str:
    """Answer a text stripped, with single spaces and without case, for comparing titles."""
    return " ".join(text.split()).casefold()


def goes_on(before: Line, line: Line) -> bool:
    """Tell whether a line carries on the sentence of the line before it."""
    return (
        line.text[:1].islower()
        and before.words >= CONTINUED_WORDS
        and line.words > 1
        and not line.offset
        and not before.ends_sentence
        and not before.bare_end.endswith((":", ";"))
        and not RECORD.match(line.text)
    )
