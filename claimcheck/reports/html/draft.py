"""The draft as it stands in the page: its headings, paragraphs, lists, with the claims marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from claimcheck.model.document import BlockKind
from claimcheck.reports.html.safe import fit
from claimcheck.reports.html.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimcheck.model.document import Block, Document, Span

# Where claims overlap, the mark shows the one that an editor must see.
_WORST = tuple(Shown)
_NUMBER = re.compile(r"(?:^|\s)\(?([0-9]{1,4})[.)]\s+$")
_TOP, _DEEPEST = 3, 6  # the levels of heading in the page that a draft's own may take


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a claim stands in a draft, and the number under which the page tells of it."""

    span: Span
    number: int
    kind: Shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same claims cover; `ending` are those whose words end with it."""

    text: str
    marks: tuple[Mark, ...] = ()
    ending: tuple[Mark, ...] = ()

    @property
    def kind(self) -> Shown:
        """What the mark shows."""
        return min((mark.kind for mark in self.marks), key=_WORST.index)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the draft, or several that belong together, as the page shows them.

    `rows` holds the pieces of each cell of each row; what is no table has one row, and what is no
    list has one cell in it. `level` is that of a heading in the page, `first` the number that a
    numbered list begins with.
    """

    kind: BlockKind
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    level: int = 0
    first: int | None = None


def parts(document: Document, marks: Iterable[Mark]) -> Iterator[Part]:
    """Answer a draft part by part, every claim marked where it stands."""
    laid = _laid(document.blocks, sorted(marks, key=lambda mark: (mark.span, mark.number)))
    cut = [
        (block, tuple(_pieces(document.text, block, over)))
        for block, over in zip(document.blocks, laid, strict=True)
    ]
    level = _TOP - 1
    for (kind, _), group in groupby(cut, key=lambda one: _like(document, one[0])):
        same = list(group)
        if kind is BlockKind.LIST_ITEM:
            items = tuple(pieces for _, pieces in same)
            yield Part(kind, (items,), first=_number(document, same[0][0]))
        elif kind is BlockKind.TABLE_CELL:
            rows = groupby(same, key=lambda one: one[0].row)
            yield Part(kind, tuple(tuple(pieces for _, pieces in row) for _, row in rows))
        else:
            for block, pieces in same:
                if kind in {BlockKind.TITLE, BlockKind.HEADING}:
                    # No level is skipped, whatever the draft does.
                    level = min(level + 1, _TOP + max(block.level, 0), _DEEPEST)
                yield Part(kind, ((pieces,),), level)


def _like(document: Document, block: Block) -> tuple[BlockKind, bool]:
    """Answer what blocks that stand together share."""
    is_item = block.kind is BlockKind.LIST_ITEM
    return block.kind, is_item and _number(document, block) is not None


def _number(document: Document, block: Block) -> int | None:
    """Answer the number that a draft gives to an item of a list, None for a bullet."""
    at = document.offsets.source_span(block.span).start
    found = _NUMBER.search(document.source[max(0, at - 10) : at])
    return int(found[1]) if found else None


def _laid(blocks: Sequence[Block], marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Answer for each block the marks that reach into it."""
    waiting = 0
    open_marks: list[Mark] = []
    for block in blocks:
        while waiting < len(marks) and marks[waiting].span.start < block.span.end:
            open_marks.append(marks[waiting])
            waiting += 1
        open_marks = [mark for mark in open_marks if mark.span.end > block.span.start]
        yield list(open_marks)


def _pieces(text: str, block: Block, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Cut a block's text wherever a claim begins or ends."""
    start, end = block.span.start, block.span.end
    edges = {edge for mark in marks for edge in (mark.span.start, mark.span.end)}
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    waiting = 0
    over: list[Mark] = []
    for at, to in pairwise(cuts):
        while waiting < len(marks) and marks[waiting].span.start <= at:
            over.append(marks[waiting])
            waiting += 1
        ending = tuple(mark for mark in over if mark.span.end == to)
        yield Piece(fit(text[at:to]), tuple(over), ending)
        over = [mark for mark in over if mark.span.end > to]
