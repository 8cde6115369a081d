"""Which sentences does a document hold, and where does each stand in it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import BlockKind
from claimcheck.reading.abbreviations import abbreviations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.document import Block, Document
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.reading.sentences import Splitter

_HEADLINES = frozenset({BlockKind.TITLE, BlockKind.META, BlockKind.HEADING})
# What does not open a paragraph of its own: a list's items share the lead-in before them.
_CONTINUES = frozenset({BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Passage:
    """A read sentence with its place: block, section and paragraph are numbers that only grow."""

    reading: Reading
    kind: BlockKind
    block: int
    section: int
    paragraph: int
    first_in_block: bool

    @property
    def headline(self) -> bool:
        """Tell whether it is a title, a heading or a line of metadata."""
        return self.kind in _HEADLINES


def passages(document: Document, reader: Reader, splitter: Splitter) -> Iterator[Passage]:
    """Yield every sentence of the document, read, in order."""
    section = paragraph = 0
    defined = reader.defined(abbreviations(document.text))
    titles = {_words(document, block) for block in document.blocks if block.kind is BlockKind.TITLE}
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.HEADING:
            section += 1
        if block.kind not in _CONTINUES:
            paragraph += 1
        kind = block.kind
        if kind is BlockKind.HEADING and _words(document, block) in titles:
            kind = BlockKind.TITLE  # told twice
        spans = splitter.split(document.text, block.span.start, block.span.end)
        for order, span in enumerate(spans):
            reading = reader.read(document.text, span, also=defined)
            yield Passage(reading, kind, number, section, paragraph, order == 0)


def _words(document: Document, block: Block) -> str:
    return " ".join(document.text[block.span.start : block.span.end].casefold().split())
