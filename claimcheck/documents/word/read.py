"""Word drafts: the text as it stands with all tracked changes accepted."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from claimcheck.documents.compose import compose
from claimcheck.documents.directives import TOKEN, from_tokens
from claimcheck.documents.textline import could_head, could_title
from claimcheck.documents.weave import BLOCK_BREAK, Strand, Weaver
from claimcheck.documents.word.package import open_archive, read_package
from claimcheck.documents.word.walk import paragraphs
from claimcheck.errors import InputError, Location
from claimcheck.model.document import BlockKind, Coordinates, Document, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.documents.word.package import Package
    from claimcheck.documents.word.story import Paragraph, Place

BOLD_LEVEL = 2  # of a heading that is only a line in bold


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a Word file, its paragraphs apart by blank lines, and where each begins."""

    source: str
    paragraphs: Sequence[Paragraph]
    starts: Sequence[int]

    def place(self, offset: int) -> Place:
        """Answer where in the file a code point of the text stands."""
        at = bisect_right(self.starts, offset) - 1
        return self.paragraphs[at].place(offset - self.starts[at])


def read(data: bytes, *, name: str) -> Document:
    """Answer a Word draft as its reader sees it; offsets count in the text extracted from it.

    Raises InputError for files that are damaged, hostile, empty or not Word's.
    """
    with open_archive(data, name=name) as archive:
        package = read_package(archive)
    found = extract(package)
    if not found.source:
        msg = "the draft is empty; give a file that holds text"
        raise InputError(msg, location=Location(name))
    _name_kinds(found.paragraphs)
    weaver = _weave(found, Strand.whole(found.source))
    return compose(
        name,
        found.source,
        weaver,
        from_tokens(found.source),
        form=Format.DOCX,
        coordinates=Coordinates.EXTRACTED,
    )


def extract(package: Package) -> Extract:
    """Answer the text of a Word file, with the way back to its elements."""
    found = tuple(paragraphs(package))
    sizes = (len(one.text) + len(BLOCK_BREAK) for one in found)
    starts = (0, *accumulate(sizes))[: len(found)]
    return Extract(BLOCK_BREAK.join(one.text for one in found), found, starts)


def _weave(found: Extract, strand: Strand) -> Weaver:
    weaver = Weaver()
    row = 0
    for at, one in zip(found.starts, found.paragraphs, strict=True):
        end = at + len(one.text)
        if one.row != row:
            row = one.row
            weaver.begin_row()
        weaver.open(one.kind, level=one.level, quoted=one.kind is BlockKind.QUOTE)
        links = sorted((at + start, at + stop, target) for target, start, stop in one.links)
        begin = at
        for match in TOKEN.finditer(strand.text, at, end):
            links = _write_linked(weaver, strand, (begin, match.start()), links)
            begin = match.end()
        _write_linked(weaver, strand, (begin, end), links)
    weaver.close()
    return weaver


_Links = list[tuple[int, int, str]]


def _write_linked(weaver: Weaver, strand: Strand, span: tuple[int, int], links: _Links) -> _Links:
    """Lay down a range with the links that begin in it; answer those that begin after it."""
    begin, end = span
    done = 0
    for first, last, target in links:
        if first > end:
            break
        done += 1
        if first < begin:
            continue
        weaver.write(strand, begin, first)
        here = weaver.here
        begin = max(first, min(last, end))
        weaver.write(strand, first, begin)
        weaver.link(target, here)
    weaver.write(strand, begin, end)
    return links[done:]


def _name_kinds(found: Sequence[Paragraph]) -> None:
    """Decide what each paragraph is to its reader: by style, and where none is set by its looks."""
    titled = any(one.style.is_title for one in found)
    for number, one in enumerate(found):
        if one.kind is not BlockKind.PARAGRAPH:
            continue
        one.kind, one.level = _kind(one)
        opens = number == 0 and one.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        if not titled and (one.level == 1 or (opens and could_title(one.text))):
            one.kind, one.level, titled = BlockKind.TITLE, 0, True


def _kind(one: Paragraph) -> tuple[BlockKind, int]:
    """Answer a paragraph's kind, and the level of a heading."""
    style = one.style
    if one.row or style.is_title:
        return (BlockKind.TABLE_CELL if one.row else BlockKind.TITLE), 0
    if style.level:
        return BlockKind.HEADING, style.level
    if style.kind is not None:
        return style.kind, 0
    if one.is_list:
        return BlockKind.LIST_ITEM, 0
    if not one.plain_runs and could_head(one.text):
        return BlockKind.HEADING, BOLD_LEVEL
    return BlockKind.PARAGRAPH, 0
