"""How a reader lays down plain text, block by block, without losing the way back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.errors import InputError
from claimcheck.model.document import Block, BlockKind, OffsetMap, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_BREAK = "\n\n"
MAX_TEXT = 10_000_000  # code points: more than any draft has, and minutes of work if all are claims

# Soft hyphen, zero-width space, word joiner and a stray byte order mark show nothing to a reader.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_GAP = re.compile(rf"[\s{_UNSEEN}]+")
# Anything in a run of text but a single plain space between two words.
_IRREGULAR = re.compile(rf"[\s{_UNSEEN}]{{2,}}|[^\S ]|[{_UNSEEN}]")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Strand:
    """A text cut together from runs of the source, such as a paragraph without its `> ` marks.

    `starts` and `sources` run side by side: from each start on, offsets lead to that source.
    """

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    @classmethod
    def whole(cls, source: str) -> Strand:
        """Take a source as it stands."""
        return cls(source, (0,), (0,))

    def source(self, offset: int) -> int:
        """Answer where in the source a code point of the strand stands."""
        at = max(0, bisect_right(self.starts, offset) - 1)
        return self.sources[at] + offset - self.starts[at]

    def after(self, offset: int) -> Strand:
        """Answer the strand without what stands before an offset."""
        at = max(0, bisect_right(self.starts, offset) - 1)
        return Strand(
            self.text[offset:],
            (0, *(start - offset for start in self.starts[at + 1 :])),
            (self.source(offset), *self.sources[at + 1 :]),
        )

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield (source start, length) of the unbroken runs that a range consists of."""
        at = max(0, bisect_right(self.starts, start) - 1)
        while start < end:
            stop = min(end, self.starts[at + 1]) if at + 1 < len(self.starts) else end
            if stop > start:
                yield self.sources[at] + start - self.starts[at], stop - start
            start = stop
            at += 1


@dataclass(frozen=True, slots=True)
class Link:
    """A link's target and the plain range of its anchor."""

    target: str
    span: Span


@dataclass(slots=True)
class Weaver:
    """Collects plain text with white space collapsed, its blocks, links and attributed ranges."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attributed: list[Span] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _pieces: list[tuple[int, int, int, int]] = field(default_factory=list)
    _length: int = 0
    _kind: BlockKind = BlockKind.PARAGRAPH
    _level: int = 0
    _quoted: bool = False
    _row: int = 0
    _start: int | None = None  # of the open block's text; None while it has none
    _gap: tuple[int, int] | None = None  # source range of white space not yet laid down
    _last: int = 0  # source offset after what was laid down last

    def open(self, kind: BlockKind, *, level: int = 0, quoted: bool = False) -> None:
        """End the block at hand and begin another; nothing is kept of one that stays empty."""
        self.close()
        self._kind, self._level, self._quoted = kind, level, quoted

    def begin_row(self) -> None:
        """End the block at hand and begin a row of a table, in which the next cells stand."""
        self.close()
        self._row += 1

    def close(self) -> None:
        """End the block at hand. Raises InputError where the text is longer than any draft."""
        if self._length > MAX_TEXT:
            msg = (
                f"the draft holds more than {MAX_TEXT // 1_000_000} million characters of text, "
                "and no more are read: split it into parts"
            )
            raise InputError(msg)
        if self._start is not None:
            span = Span(self._start, self._length)
            row = self._row if self._kind is BlockKind.TABLE_CELL else 0
            self.blocks.append(Block(self._kind, span, self._level, row))
            if self._quoted:
                self.attributed.append(span)
        self._start = None
        self._gap = None

    @property
    def here(self) -> int:
        """Where in the plain text the next word will stand."""
        if self._start is None:
            return self._length + (len(BLOCK_BREAK) if self.blocks else 0)
        return self._length + (self._gap is not None)

    @property
    def is_empty(self) -> bool:
        """Tell whether the block at hand has no text yet."""
        return self._start is None

    def write(self, strand: Strand, start: int, end: int) -> None:
        """Lay down a range of the strand, its white space collapsed."""
        text = strand.text
        at = start
        for match in _IRREGULAR.finditer(text, start, end):
            self._words(strand, at, match.start())
            self.skip(strand, match.start(), match.end())
            at = match.end()
        self._words(strand, at, end)

    def replace(self, plain: str, strand: Strand, start: int, end: int) -> None:
        """Lay down plain text that stands for a range of the strand as a whole: an entity, say."""
        if start >= end or not plain:
            return
        if _GAP.fullmatch(plain):
            if _SPACE.search(plain):
                self.space(strand, start, end)
            return
        plain = _GAP.sub(" ", plain).strip()
        first, last = strand.source(start), strand.source(end - 1) + 1
        self._settle(first)
        self._lay(plain, first, max(1, last - first))

    def space(self, strand: Strand, start: int, end: int) -> None:
        """Read a range of the strand as white space."""
        if start >= end:
            return
        first, last = strand.source(start), strand.source(end - 1) + 1
        self._gap = (first if self._gap is None else min(self._gap[0], first), last)

    def skip(self, strand: Strand, start: int, end: int) -> None:
        """Read a range as white space if it holds any, else as nothing."""
        if _SPACE.search(strand.text, start, end):
            self.space(strand, start, end)

    def link(self, target: str, start: int) -> None:
        """Note a link whose anchor began at the plain offset `start` and ends here."""
        self.links.append(Link(target, Span(start, max(start, self._length))))

    def quote(self, start: int) -> None:
        """Mark as attributed what was laid down since the plain offset `start`."""
        if self._length > start:
            self.attributed.append(Span(start, self._length))

    @property
    def text(self) -> str:
        """The plain text so far."""
        return "".join(self._parts)

    @property
    def offsets(self) -> OffsetMap:
        """The way from the plain text back to the source."""
        return OffsetMap(tuple(self._pieces))

    def _words(self, strand: Strand, start: int, end: int) -> None:
        text = strand.text
        if start < end and text[start] == " ":
            self.space(strand, start, start + 1)
            start += 1
        tail = start < end and text[end - 1] == " "
        stop = end - 1 if tail else end
        if start < stop:
            self._settle(strand.source(start))
            for source, length in strand.runs(start, stop):
                self._lay(text[start : start + length], source, length)
                start += length
        if tail:
            self.space(strand, stop, end)

    def _settle(self, source: int) -> None:
        """Lay down what must stand before a word: the break between blocks, or one space."""
        if self._start is None:
            if self.blocks:
                # The break leads to what parts the blocks in the source, where there is any.
                self._lay(BLOCK_BREAK, self._last, max(0, source - self._last))
            self._start = self._length
        elif self._gap is not None:
            self._lay(" ", self._gap[0], max(1, self._gap[1] - self._gap[0]))
        self._gap = None

    def _lay(self, plain: str, source: int, width: int) -> None:
        size = len(plain)
        if self._pieces:
            begin, origin, length, extent = self._pieces[-1]
            if length == extent and size == width and origin + extent == source:
                self._pieces[-1] = (begin, origin, length + size, extent + size)
            else:
                self._pieces.append((self._length, source, size, width))
        else:
            self._pieces.append((self._length, source, size, width))
        self._parts.append(plain)
        self._length += size
        self._last = source + width
