"""The paragraphs of a Word file's stories, each word with the element that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.documents.marks import LOOK_BACK
from claimcheck.documents.word.styles import Style
from claimcheck.model.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# Words parted by single spaces, or the white space that is read as one.
_CHUNK = re.compile(r"\S+(?: \S+)*|\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a code point of the extracted text stands: in which element, how far."""

    element: etree._Element
    offset: int


@dataclass(slots=True)
class Paragraph:
    """One paragraph of a Word file while it is read, and what it became."""

    style: Style = field(default_factory=Style)
    row: int = 0  # of the table's cell that it stands in, 0 where it stands in none
    is_list: bool = False
    links: list[tuple[str, int, int]] = field(default_factory=list)
    captions: list[etree._Element] = field(default_factory=list)
    plain_runs: int = 0  # letters that are not bold
    text: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    length: int = 0  # of the words so far, white space and all
    _words: list[tuple[str, etree._Element]] = field(default_factory=list)
    # Side by side, a row for each chunk of the text: where it begins in the text and in the words,
    # and where in the file it stands.
    _starts: list[int] = field(default_factory=list)
    _raw_starts: list[int] = field(default_factory=list)
    _places: list[Place] = field(default_factory=list)

    def write(self, text: str, element: etree._Element) -> None:
        """Add words that stand in an element."""
        if text:
            self._words.append((text, element))
            self.length += len(text)

    @property
    def tail(self) -> str:
        """What was written last, as far as it tells what a raised sign after it means."""
        return "".join(words for words, _ in self._words[-LOOK_BACK:])[-LOOK_BACK:]

    def take_over(self, other: Paragraph) -> None:
        """Begin with the words of a paragraph whose end was deleted."""
        self._words, self.length = other._words, other.length
        self.links, self.captions, self.plain_runs = other.links, other.captions, other.plain_runs

    def settle(self) -> None:
        """Put the words together, white space collapsed, the links moved along."""
        self.text = "".join(self._chunks())
        self._words.clear()
        self.links = [
            (target, self._moved(start), self._moved_end(stop))
            for target, start, stop in self.links
        ]

    def place(self, offset: int) -> Place:
        """Answer where in the file a code point of the text stands."""
        at = bisect_right(self._starts, offset) - 1
        return Place(self._places[at].element, self._places[at].offset + offset - self._starts[at])

    def _chunks(self) -> Iterator[str]:
        size = raw = 0
        gap: tuple[int, Place] | None = None
        for words, element in self._words:
            for chunk in _CHUNK.finditer(words):
                place = Place(element, chunk.start())
                if chunk[0].isspace():
                    gap = gap or (raw + chunk.start(), place)
                    continue
                if gap and size:
                    self._note(size, *gap)
                    yield " "
                    size += 1
                gap = None
                self._note(size, raw + chunk.start(), place)
                yield chunk[0]
                size += len(chunk[0])
            raw += len(words)

    def _note(self, start: int, raw: int, place: Place) -> None:
        self._starts.append(start)
        self._raw_starts.append(raw)
        self._places.append(place)

    def _moved(self, raw: int) -> int:
        """Answer where in the text the first word at or after an offset of the words begins."""
        moved = self._within(raw)
        return moved + (moved < len(self.text) and self.text[moved] == " ")

    def _moved_end(self, raw: int) -> int:
        """Answer where in the text the last word before an offset of the words ends."""
        moved = self._within(raw - 1) + 1 if raw and self.text else 0
        return moved - (moved > 0 and self.text[moved - 1] == " ")

    def _within(self, raw: int) -> int:
        at = bisect_right(self._raw_starts, raw) - 1
        if at < 0:
            return 0
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)
        return max(0, min(end - 1, self._starts[at] + raw - self._raw_starts[at]))
