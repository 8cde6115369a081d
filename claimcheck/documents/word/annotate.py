"""How does a Word file look with comments at some of its words, and all else as it was?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.documents.word.anchors import Anchor, Anchors, Spot, spot
from claimcheck.documents.word.comments import next_number
from claimcheck.documents.word.commentspart import CommentsPart
from claimcheck.documents.word.package import open_archive, read_package
from claimcheck.documents.word.read import extract
from claimcheck.documents.word.repack import repack, to_bytes
from claimcheck.documents.word.story import Place
from claimcheck.documents.word.styles import local_name
from claimcheck.documents.word.walk import reference_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from claimcheck.documents.word.comments import Note
    from claimcheck.documents.word.package import Archive, Package
    from claimcheck.documents.word.read import Extract

# Word takes a file with comments in its headers for a damaged one, LibreOffice one with comments
# in footnotes. A text box is marked as a whole, and a picture's description is no text.
_ELSEWHERE = {
    "hdr": "In the header",
    "ftr": "In the footer",
    "footnote": "In a footnote",
    "endnote": "In an endnote",
    "txbxContent": "In a text box",
    "docPr": "In the description of a picture",
}


def annotate(data: bytes, notes: Sequence[Note], *, name: str, source: str) -> bytes:
    """Answer a copy of a Word file with a comment for each note in place of an earlier check's.

    Spans of notes count in `source`, the text that was extracted from the file when it was read.
    Raises InputError where the file holds another text by now, or is damaged.
    """
    with open_archive(data, name=name) as archive:
        package = read_package(archive)
        comments = CommentsPart.of(archive, package)
        comments.drop_earlier(package.main.root)
        found = extract(package)
        if found.source != source:
            archive.refuse("the file was changed while it was checked; check it again")
        changed = _Annotation(archive, package, found, comments).write(notes)
        return repack(archive, changed)


class _Target(NamedTuple):
    """Where a note's comment is to hang, and what it must say of the place."""

    note: Note
    anchor: Anchor
    place: str = ""


@dataclass(slots=True)
class _Annotation:
    """The work on one file: first all ranges are found, then runs are cut, then marks are set."""

    archive: Archive
    package: Package
    found: Extract
    comments: CommentsPart

    def write(self, notes: Sequence[Note]) -> dict[str, bytes]:
        """Answer the parts that are new or not what they were."""
        targets = [self._target(note) for note in sorted(notes, key=_order)]
        anchors = Anchors()
        for target in targets:
            anchors.add(target.anchor)
        anchors.cut()
        main = self.package.main
        vocabulary = self.comments.vocabulary
        for number, target in enumerate(targets, start=self._first_number()):
            start = vocabulary.make("commentRangeStart", id=str(number))
            end = vocabulary.make("commentRangeEnd", id=str(number))
            anchors.mark(target.anchor, start, end, vocabulary.reference(number))
            self.comments.add(number, target.note, place=target.place)
        return {main.name: to_bytes(main.root), **self.comments.parts()}

    def _first_number(self) -> int:
        stories = (self.package.main, *self.package.notes, *self.package.margins)
        return next_number([self.comments.root, *(part.root for part in stories)])

    def _target(self, note: Note) -> _Target:
        if note.span is None:
            return _Target(note, self._opening())
        first = self.found.place(note.span.start)
        last = self.found.place(max(note.span.start, note.span.end - 1))
        place = _place(first.element)
        if place:
            place += f": \u201c{self.found.source[note.span.start : note.span.end]}\u201d"
        return _Target(note, self._anchor(first, last) or self._opening(), place)

    def _anchor(self, first: Place, last: Place) -> Anchor | None:
        """Answer the range from one place to another as it is marked in the body, if it can be."""
        if _root(first.element) is not self.package.main.root:
            mark = reference_to(first.element, self.package.main.root)
            if mark is None:
                return None
            first = last = Place(mark, 0)
        start, end = spot(first), spot(last)
        return None if start is None or end is None else Anchor(start, end)

    def _opening(self) -> Anchor:
        """Answer the first words of the body, or what in it can bear a comment all the same."""
        main = self.package.main.root
        for paragraph in self.found.paragraphs:
            first, last = paragraph.place(0), paragraph.place(len(paragraph.text) - 1)
            if _root(first.element) is main and (anchor := self._anchor(first, last)):
                return anchor
        empty = next(main.iter("{*}p"), None)
        if empty is None:
            self.archive.refuse("the body of this .docx has no paragraph that could bear a comment")
        run = self.comments.vocabulary.make("r")
        empty.append(run)
        return Anchor(Spot(run), Spot(run))


def _order(note: Note) -> tuple[int, int]:
    """Order notes as they stand, the wider one first."""
    return (-1, 0) if note.span is None else (note.span.start, -note.span.end)


def _place(element: etree._Element) -> str:
    """Answer what is to be said of a place at whose very words no comment can stand."""
    around = (element, *element.iterancestors())
    return next(filter(None, (_ELSEWHERE.get(local_name(one)) for one in around)), "")


def _root(element: etree._Element) -> etree._Element:
    return element.getroottree().getroot()
