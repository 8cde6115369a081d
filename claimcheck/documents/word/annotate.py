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
from claimcheck.documents.word.styles import local_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from claimcheck.documents.word.comments import Note
    from claimcheck.documents.word.package import Archive, Package
    from claimcheck.documents.word.read import Extract
    from claimcheck.documents.word.story import Place

_MARGINS = {"hdr": "header", "ftr": "footer"}


def annotate(data: bytes, notes: Sequence[Note], *, name: str, source: str) -> bytes:
    """Answer a copy of a Word file with a comment for each note.

    Spans of notes count in `source`, the text that was extracted from the file when it was read.
    Raises InputError where the file holds another text by now, or is damaged.
    """
    with open_archive(data, name=name) as archive:
        package = read_package(archive)
        comments = CommentsPart.of(archive, package)
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
        package = self.package
        targets = [self._target(note) for note in sorted(notes, key=_order)]
        anchors = Anchors()
        for target in targets:
            anchors.add(target.anchor)
        anchors.cut()
        stories = (package.main, *package.notes, *package.margins)
        first = next_number([self.comments.root, *(part.root for part in stories)])
        touched = set()
        for number, target in enumerate(targets, start=first):
            touched.add(self._mark(anchors, target, number))
            self.comments.add(number, target.note, place=target.place)
        changed = {part.name: to_bytes(part.root) for part in stories if part.root in touched}
        return {**changed, **self.comments.parts()}

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
        if local_name(_root(first.element)) in _MARGINS:
            return None  # Word takes a file with comments in its margins for a damaged one
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

    def _mark(self, anchors: Anchors, target: _Target, number: int) -> etree._Element:
        """Set a comment's marks; answer the root of the part that they stand in."""
        vocabulary = self.comments.vocabulary
        start = vocabulary.make("commentRangeStart", id=str(number))
        end = vocabulary.make("commentRangeEnd", id=str(number))
        top = anchors.mark(target.anchor, start, end)
        top.addnext(vocabulary.reference(number))
        return _root(top)


def _order(note: Note) -> tuple[int, int]:
    """Order notes as they stand, the wider one first, so that their marks nest."""
    return (-1, 0) if note.span is None else (note.span.start, -note.span.end)


def _place(element: etree._Element) -> str:
    """Answer what is to be said of a place at whose very words no comment can stand."""
    if local_name(element) == "docPr":
        return "In the description of a picture"
    if margin := _MARGINS.get(local_name(_root(element))):
        return f"In the {margin}"
    if any(local_name(one) == "txbxContent" for one in element.iterancestors()):
        return "In a text box"
    return ""


def _root(element: etree._Element) -> etree._Element:
    return element.getroottree().getroot()
