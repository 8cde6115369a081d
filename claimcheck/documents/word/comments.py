"""The comments of a Word file: what one holds, and the part that keeps them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from claimcheck.documents.word.styles import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claimcheck.model.document import Span

MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a comment that look alike; `link` is where they lead."""

    text: str
    bold: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said, in paragraphs, of a range of the extracted text; None: of all of it."""

    span: Span | None
    paragraphs: tuple[tuple[Words, ...], ...]


@dataclass(slots=True)
class Vocabulary:
    """The names that marks and comments bear in one file: strict files have a namespace apart.

    `styles` leads from what Word calls a style to its id in this file.
    """

    space: str
    references: str  # the namespace of relation ids
    styles: Mapping[str, str]

    def make(self, name: str, *children: etree._Element, **values: str) -> etree._Element:
        """Answer an element of the text's own namespace."""
        element = etree.Element(f"{{{self.space}}}{name}", nsmap={"w": self.space})
        for key, value in values.items():
            element.set(f"{{{self.space}}}{key}", value)
        element.extend(children)
        return element

    def reference(self, number: int) -> etree._Element:
        """Answer the run that a comment hangs on."""
        look = self._look("annotation reference", self.make("sz", val="16"))
        return self.make("r", look, self.make("commentReference", id=str(number)))

    def words(self, words: Words, relation: str | None) -> etree._Element:
        """Answer words of a comment as a run, or as a link that holds it."""
        text = self.make("t")
        text.text = _ILLEGAL.sub("\ufffd", words.text)
        text.set(_SPACE, "preserve")
        run = self.make("r", text)
        if relation is not None:
            plain = (self.make("color", val="0563C1"), self.make("u", val="single"))
            run.insert(0, self._look("hyperlink", *plain))
            link = self.make("hyperlink", run)
            link.set(f"{{{self.references}}}id", relation)
            return link
        if words.bold:
            run.insert(0, self.make("rPr", self.make("b")))
        return run

    def paragraph(self, *runs: etree._Element, first: bool) -> etree._Element:
        """Answer a paragraph of a comment; the first one bears the comment's own mark."""
        paragraph = self.make("p")
        if style := self.styles.get("annotation text"):
            paragraph.append(self.make("pPr", self.make("pStyle", val=style)))
        if first:
            look = self._look("annotation reference", self.make("sz", val="16"))
            paragraph.append(self.make("r", look, self.make("annotationRef")))
        paragraph.extend(runs)
        return paragraph

    def _look(self, style: str, *plain: etree._Element) -> etree._Element:
        """Answer how a run looks: by a style of the file, else said outright."""
        if known := self.styles.get(style):
            return self.make("rPr", self.make("rStyle", val=known))
        return self.make("rPr", *plain)


def next_number(roots: Iterable[etree._Element]) -> int:
    """Answer a number from which on no comment of these parts, nor any mark, has one."""
    return max((number + 1 for root in roots for number in _numbers(root)), default=0)


def _numbers(root: etree._Element) -> Iterator[int]:
    for element in root.iter("{*}comment", *(f"{{*}}{name}" for name in MARKS)):
        number = value_of(element, "id")
        if re.fullmatch(r"[0-9]{1,9}", number):
            yield int(number)
