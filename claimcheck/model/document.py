"""A draft: its source, its plain reading, and the way back from the one to the other."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of Unicode code points."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Tell whether the other range lies within this one."""
        return self.start <= other.start and other.end <= self.end


class Format(StrEnum):
    """The forms of draft that can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"


class BlockKind(StrEnum):
    """What a stretch of a draft is to its reader."""

    TITLE = "title"
    META = "meta"  # subtitle, description, summary, excerpt: read as headlines
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE_CELL = "table-cell"


class Coordinates(StrEnum):
    """What a report's offsets count in: the file's decoded text, or text extracted from it."""

    SOURCE = "source"
    EXTRACTED = "extracted"


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of plain text that is read on its own: no sentence crosses its borders."""

    kind: BlockKind
    span: Span  # in Document.text
    level: int = 0  # of a heading, 1 the highest
    row: int = 0  # of a table's cell: those of one row share a number of their own


class CitationKind(StrEnum):
    """The registers by which a study can be cited."""

    DOI = "doi"
    PMID = "pmid"
    PMCID = "pmcid"
    NCT = "nct"
    ISRCTN = "isrctn"


@dataclass(frozen=True, slots=True)
class Citation:
    """A study that the draft points to: register, normalised identifier, and where it does so."""

    kind: CitationKind
    value: str
    span: Span  # in Document.text; for a link, its anchor text (may be empty)


@dataclass(frozen=True, slots=True)
class Suppression:
    """An inline request to silence rules over part of a draft.

    `codes` is empty where all are meant; `span` is the range of Document.source it governs;
    `line` is where the request itself stands, counted from 1.
    """

    codes: tuple[str, ...]
    span: Span
    line: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of how a draft was read; `line` counts from 1, None if nowhere."""

    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from plain text back to the source.

    Pieces are (plain start, source start, plain length, source length), ascending by plain start
    and covering the whole plain text. A piece of equal lengths maps code point by code point; any
    other (an entity, say) maps as a whole.
    """

    pieces: tuple[tuple[int, int, int, int], ...]
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(piece[0] for piece in self.pieces))

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """Map a text onto itself."""
        return cls(((0, 0, length, length),))

    def source_span(self, span: Span) -> Span:
        """Answer where in the source the plain range stands; never wider than need be."""
        if span.end <= span.start:
            point = self._point(span.start, at_end=False)
            return Span(point, point)
        first = self._point(span.start, at_end=False)
        return Span(first, max(first, self._point(span.end - 1, at_end=True)))

    def _point(self, offset: int, *, at_end: bool) -> int:
        if not self.pieces:
            return 0
        plain, source, length, width = self.pieces[max(0, bisect_right(self._starts, offset) - 1)]
        inside = min(offset - plain, max(0, length - 1)) if length else 0
        if length != width:
            return source + width if at_end else source
        return source + inside + (1 if at_end and length else 0)


@dataclass(frozen=True, slots=True)
class Document:
    """A draft as it is read.

    `source` is the decoded file (BOM dropped, line ends kept), `text` its plain reading, in which
    blocks stand in order, apart by blank lines; `offsets` leads from `text` to `source`. For docx
    the source is the extracted text itself. `attributed` holds the ranges of `text` that are quoted
    blocks or quoted speech, in order and apart. `hidden` names nothing: what is not to be read is
    not in `text`.
    """

    name: str
    format: Format
    source: str
    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap
    citations: tuple[Citation, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    attributed: tuple[Span, ...] = ()
    coordinates: Coordinates = Coordinates.SOURCE
    notices: tuple[Remark, ...] = ()

    @property
    def title(self) -> str | None:
        """The title's plain text, or None."""
        for block in self.blocks:
            if block.kind is BlockKind.TITLE:
                return self.text[block.span.start : block.span.end]
        return None
