"""Which sentences does a document hold, and where does each stand in it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimcheck.model.document import BlockKind
from claimcheck.reading.abbreviations import abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.document import Block, Document, Span
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.reading.sentences import Splitter

_HEADLINES = frozenset({BlockKind.TITLE, BlockKind.META, BlockKind.HEADING})
# What does not open a paragraph of its own: a list's items share the lead-in before them.
_CONTINUES = frozenset({BlockKind.LIST_ITEM})


class Place(NamedTuple):
    """Where a sentence stands: block, section and paragraph are numbers that only grow."""

    kind: BlockKind
    block: int
    section: int
    paragraph: int

    @property
    def headline(self) -> bool:
        """Tell whether it is a title, a heading or a line of metadata."""
        return self.kind in _HEADLINES


class Passage(NamedTuple):
    """A read sentence with its place."""

    reading: Reading
    place: Place


def places(document: Document, splitter: Splitter) -> Iterator[tuple[Place, Span]]:
    """Yield where every sentence of the document stands, in order."""
    section = paragraph = 0
    titles = {_words(document, block) for block in document.blocks if block.kind is BlockKind.TITLE}
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            section += 1
        if block.kind not in _CONTINUES:
            paragraph += 1
        kind = block.kind
        if kind is BlockKind.HEADING and _words(document, block) in titles:
            kind = BlockKind.TITLE  # told twice
        place = Place(kind, number, section, paragraph)
        for span in splitter.split(document.text, block.span.start, block.span.end):
            yield place, span


def _words(document: Document, block: Block) -> str:
    return " ".join(document.text[block.span.start : block.span.end].casefold().split())


def passages(document: Document, reader: Reader, splitter: Splitter) -> Iterator[Passage]:
    """Yield every sentence of the document, read, in order."""
    defined = reader.defined(abbreviations(document.text))
    for place, span in places(document, splitter):
        yield Passage(reader.read(document.text, span, also=defined), place)
