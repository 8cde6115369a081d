"""The part of a Word file that keeps its comments, with what leads to it and from it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from claimcheck.documents.word.comments import Note, Vocabulary, Words
from claimcheck.documents.word.earlier import answered_in, drop_earlier
from claimcheck.documents.word.package import relations_of
from claimcheck.documents.word.repack import to_bytes
from claimcheck.documents.word.styles import local_name, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimcheck.documents.word.package import Archive, Package

AUTHOR, INITIALS = "claimcheck", "cc"
_TYPES = "[Content_Types].xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/"


@dataclass(slots=True)
class CommentsPart:
    """A file's comments, those that it had and new ones after them.

    `around` holds the parts that had to change so that this one counts; `answered` the ids of
    paragraphs of comments that others answer.
    """

    name: str
    root: etree._Element
    relations: etree._Element
    office: str  # what types of relations of this file begin with
    vocabulary: Vocabulary
    around: dict[str, bytes]
    answered: frozenset[str] = frozenset()
    _links: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive, package: Package) -> CommentsPart:
        """Answer the comments that a file has, or none under a name that is free."""
        main = package.main
        space = etree.QName(main.root).namespace or ""
        office = f"{_STRICT}officeDocument/relationships" if space.startswith(_STRICT) else _OFFICE
        vocabulary = Vocabulary(space, office, _style_ids(package.styles))
        known = {one.kind: one.target for one in reversed(archive.relations(main.name))}
        name, extended = known.get("comments"), known.get("commentsExtended", "")
        answered = answered_in(archive.parse(extended)) if archive.has(extended) else frozenset()
        around = {}
        if name is None:
            name = _free_name(archive, main.name)
            where = relations_of(main.name)
            relations = _relations(archive, where)
            _relate(relations, f"{office}/comments", posixpath.basename(name))
            around[where] = to_bytes(relations)
        root = archive.parse(name) if archive.has(name) else vocabulary.make("comments")
        types = archive.parse(_TYPES) if archive.has(_TYPES) else _no_types(archive)
        if _declare(types, name):
            around[_TYPES] = to_bytes(types)
        relations = _relations(archive, relations_of(name))
        return cls(name, root, relations, office, vocabulary, around, answered)

    def drop_earlier(self, body: etree._Element) -> None:
        """Take out what an earlier check said, with its marks in the body."""
        drop_earlier(self.root, body, author=AUTHOR, answered=self.answered)

    def add(self, number: int, note: Note, *, place: str) -> None:
        """Add a comment; `place` opens it where its marks cannot stand at the very words."""
        paragraphs = ((Words(place),), *note.paragraphs) if place else note.paragraphs
        make = self.vocabulary
        made = make.make("comment", id=str(number), author=AUTHOR, initials=INITIALS)
        for at, paragraph in enumerate(paragraphs):
            runs = [make.words(one, self._link(one.link)) for one in paragraph]
            made.append(make.paragraph(*runs, first=not at))
        self.root.append(made)

    def parts(self) -> dict[str, bytes]:
        """Answer the parts to be written."""
        found = {**self.around, self.name: to_bytes(self.root)}
        if self._links:
            found[relations_of(self.name)] = to_bytes(self.relations)
        return found

    def _link(self, address: str | None) -> str | None:
        if address is None:
            return None
        if address not in self._links:
            kind = f"{self.office}/hyperlink"
            more = {"TargetMode": "External"}
            self._links[address] = _relate(self.relations, kind, address, more)
        return self._links[address]


def _free_name(archive: Archive, main: str) -> str:
    folder = posixpath.dirname(main)
    names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in count())
    return next(name for name in names if not archive.has(name))


def _relations(archive: Archive, where: str) -> etree._Element:
    if archive.has(where):
        return archive.parse(where)
    return etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')


def _relate(
    root: etree._Element, kind: str, target: str, more: Mapping[str, str] | None = None
) -> str:
    """Add a relation under an id of its own, and answer it."""
    taken = {one.get("Id") for one in root}
    number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
    values = {"Id": f"rId{number}", "Type": kind, "Target": target, **(more or {})}
    root.append(root.makeelement(f"{{{_RELATIONS}}}Relationship", values))
    return values["Id"]


def _no_types(archive: Archive) -> etree._Element:
    archive.refuse(f"this .docx is damaged: it has no {_TYPES}; save it again in a word processor")


def _declare(types: etree._Element, part: str) -> bool:
    """Say of what type a part is, unless it is said already; tell whether it had to be."""
    if any(one.get("PartName", "").lower() == f"/{part}".lower() for one in types):
        return False
    values = {"PartName": f"/{part}", "ContentType": _TYPE}
    types.append(types.makeelement(f"{{{_TYPES_SPACE}}}Override", values))
    return True


def _style_ids(root: etree._Element | None) -> Mapping[str, str]:
    """Answer the id of each style by the name that Word gives it in every language."""
    return {
        value_of(child, "val").lower(): value_of(style, "styleId")
        for style in (() if root is None else root)
        if local_name(style) == "style"
        for child in style
        if local_name(child) == "name"
    }
