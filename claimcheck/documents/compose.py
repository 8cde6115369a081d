"""What every reader ends with: its woven text made a Document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.documents.citations import find_citations
from claimcheck.documents.quotes import find_quotes
from claimcheck.documents.textline import normalise
from claimcheck.model.document import (
    Block,
    BlockKind,
    Coordinates,
    Document,
    Format,
    OffsetMap,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.documents.directives import Directives
    from claimcheck.documents.weave import Weaver

TITLE_BREAK = "\n\n"


def compose(
    name: str,
    source: str,
    weaver: Weaver,
    directives: Directives,
    *,
    form: Format,
    coordinates: Coordinates = Coordinates.SOURCE,
) -> Document:
    """Answer the draft as it is read, with what it cites and what in it is attributed."""
    weaver.close()
    text, blocks = weaver.text, tuple(weaver.blocks)
    return Document(
        name=name,
        format=form,
        source=source,
        text=text,
        blocks=blocks,
        offsets=weaver.offsets,
        citations=find_citations(text, weaver.links),
        suppressions=directives.suppressions,
        attributed=_union([*weaver.attributed, *find_quotes(text, blocks)]),
        coordinates=coordinates,
        notices=directives.notices,
    )


def with_title(document: Document, title: str) -> Document:
    """Answer the draft under a given title: its own opening, or a new one put before the source."""
    title = " ".join(title.split())
    wanted = normalise(title)
    if not wanted:
        return document
    opening = next(
        (
            at
            for at, block in enumerate(document.blocks[:3])
            if normalise(document.text[block.span.start : block.span.end]) == wanted
        ),
        None,
    )
    if opening is None:
        return _under(_demoted(document, except_for=None), title)
    return _demoted(document, except_for=opening)


def _demoted(document: Document, *, except_for: int | None) -> Document:
    """Make the block at hand the only title; what else was one is a heading."""
    blocks = [
        replace(block, kind=BlockKind.TITLE, level=0)
        if at == except_for
        else replace(block, kind=BlockKind.HEADING, level=1)
        if block.kind is BlockKind.TITLE
        else block
        for at, block in enumerate(document.blocks)
    ]
    return replace(document, blocks=tuple(blocks))


def _under(document: Document, title: str) -> Document:
    shift = len(title) + len(TITLE_BREAK)
    pieces = [(0, 0, len(title), len(title)), (len(title), len(title), 2, 2)]
    pieces += [
        (plain + shift, source + shift, length, width)
        for plain, source, length, width in document.offsets.pieces
    ]
    heading = Block(BlockKind.TITLE, Span(0, len(title)))
    return replace(
        document,
        source=f"{title}{TITLE_BREAK}{document.source}",
        text=f"{title}{TITLE_BREAK}{document.text}",
        blocks=(
            heading,
            *(replace(block, span=_moved(block.span, shift)) for block in document.blocks),
        ),
        offsets=OffsetMap(tuple(pieces)),
        citations=tuple(
            replace(citation, span=_moved(citation.span, shift)) for citation in document.citations
        ),
        suppressions=tuple(
            replace(one, span=_moved(one.span, shift), line=one.line + 2)
            for one in document.suppressions
        ),
        attributed=tuple(_moved(span, shift) for span in document.attributed),
    )


def _moved(span: Span, shift: int) -> Span:
    return Span(span.start + shift, span.end + shift)


def _union(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
