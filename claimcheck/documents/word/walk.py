"""Which paragraphs does a Word file hold, as they stand with all tracked changes accepted?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from claimcheck.documents.marks import MARK, is_reference
from claimcheck.documents.word.fields import Fields
from claimcheck.documents.word.story import Paragraph
from claimcheck.documents.word.styles import Style, local_name, read_styles, value_of
from claimcheck.model.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimcheck.documents.word.package import Package

# A sign of a symbol font stands between words as a space does: what it shows is up to the font.
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "sym": " ", "noBreakHyphen": "-"}
_UNREAD = {
    "del", "moveFrom", "Fallback", "delText", "rPrChange", "pPrChange", "sectPrChange",
    "tblPrChange", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "sdtPr", "txPr",
}  # fmt: skip
_NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
_OFF = {"0", "false", "off", "none"}


def paragraphs(package: Package) -> Iterator[Paragraph]:
    """Yield the paragraphs of body, notes, headers and footers that hold text, in this order.

    A header that says what another has said, on other pages, is left out.
    """
    styles = read_styles(package.styles)
    yield from _with_text(Walk(styles, package.main.targets).read(package.main.root))
    deleted = _deleted_notes(package.main.root)
    for part in package.notes:
        for note in part.root:
            if _is_note(note) and _key(note) not in deleted:
                yield from _with_text(Walk(styles, part.targets).read(note))
    said: set[str] = set()
    for part in package.margins:
        for paragraph in _with_text(Walk(styles, part.targets).read(part.root)):
            if paragraph.text not in said:
                said.add(paragraph.text)
                paragraph.kind = BlockKind.META  # over every page, and under no heading
                yield paragraph


def _with_text(found: Iterator[Paragraph]) -> Iterator[Paragraph]:
    return (one for one in found if one.text)


@dataclass(slots=True)
class Walk:
    """One pass over a part's elements, without recursion."""

    styles: Mapping[str, Style]
    targets: Mapping[str, str]
    _open: list[Paragraph] = field(default_factory=list)  # more than one within a text box
    _merging: Paragraph | None = None  # its end was deleted, so that the next one continues it
    _cells: int = 0
    _rows: int = 0
    _bold: bool = False
    _hidden: bool = False
    _raised: bool = False
    _in_mark: bool = False  # what was raised last referred to a note
    _fields: Fields = field(default_factory=Fields)
    _links: list[tuple[str, int]] = field(default_factory=list)

    def read(self, root: etree._Element) -> Iterator[Paragraph]:
        """Yield the paragraphs under an element, a picture's caption after its paragraph."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            local = local_name(element)
            if event == "start":
                if local in _UNREAD or (local == "Choice" and _is_alternative(element)):
                    walk.skip_subtree()
                else:
                    self._start(local, element)
            elif local == "p" and self._open:
                yield from self._end_paragraph(element)
            elif local == "tc":
                self._cells -= 1
            elif local == "r":
                self._bold = self._hidden = self._raised = False
            elif local == "hyperlink" and self._links and self._open:
                target, start = self._links.pop()
                self._open[-1].links.append((target, start, self._open[-1].length))

    def _start(self, local: str, element: etree._Element) -> None:
        if local == "p":
            paragraph = Paragraph(row=self._rows if self._cells else 0)
            if self._merging is not None:
                paragraph.take_over(self._merging)
                self._merging = None
            self._open.append(paragraph)
        elif local == "tc":
            self._cells += 1
        elif local == "tr":
            self._rows += 1
        elif self._open:
            self._inside(local, element, self._open[-1])

    def _inside(self, local: str, element: etree._Element, paragraph: Paragraph) -> None:
        match local:
            case "t" if not self._hidden:
                self._write(element.text or "", element, paragraph)
            case "pStyle":
                paragraph.style = self.styles.get(value_of(element, "val"), paragraph.style)
            case "numPr":
                paragraph.is_list = True
            case "b" | "vanish" | "vertAlign":
                self._look(local, element)
            case "hyperlink":
                target = self.targets.get(value_of(element, "id"), "")
                self._links.append((target, paragraph.length))
            case "instrText":
                self._fields.write(element.text or "")
            case "fldChar":
                self._fields.mark(value_of(element, "fldCharType"), paragraph)
            case "docPr":
                paragraph.captions.append(element)
            case _ if _parent(element) == "r":
                paragraph.write(_SIGNS.get(local, ""), element)
            case _:
                pass

    def _write(self, text: str, element: etree._Element, paragraph: Paragraph) -> None:
        """Add words, unless they are raised and refer to a note or a source."""
        self._in_mark = self._raised and (
            is_reference(text, paragraph.tail) or (self._in_mark and bool(MARK.fullmatch(text)))
        )
        if not self._in_mark:
            paragraph.write(text, element)
            paragraph.plain_runs += not self._bold and any(map(str.isalpha, text))

    def _look(self, local: str, element: etree._Element) -> None:
        """Note how the run at hand looks; a paragraph's own mark does not count."""
        run = element.getparent()
        if run is None or local_name(run) != "rPr" or _parent(run) != "r":
            return
        value = value_of(element, "val")
        if local == "b":
            self._bold = value not in _OFF
        elif local == "vanish":
            self._hidden = value not in _OFF
        else:
            self._raised = value == "superscript"

    def _end_paragraph(self, element: etree._Element) -> Iterator[Paragraph]:
        paragraph = self._open.pop()
        if _end_deleted(element) and _next(element) == "p":
            self._merging = paragraph
            return
        if not paragraph.style.is_contents:
            paragraph.settle()
            yield paragraph
        for picture in paragraph.captions:
            caption = Paragraph(kind=BlockKind.CAPTION)
            caption.write(picture.get("descr") or "", picture)
            caption.settle()
            yield caption


def reference_to(element: etree._Element, body: etree._Element) -> etree._Element | None:
    """Answer the mark in the body that leads to the note in which an element stands, if any."""
    note = next(filter(_is_note, element.iterancestors()), None)
    if note is None:
        return None
    return next((one for one in _references(body) if _key(one) == _key(note)), None)


def _is_note(element: etree._Element) -> bool:
    is_note = local_name(element) in {"footnote", "endnote"}
    return is_note and value_of(element, "type") not in _NO_NOTES


def _references(body: etree._Element) -> Iterator[etree._Element]:
    return body.iter("{*}footnoteReference", "{*}endnoteReference")


def _key(element: etree._Element) -> tuple[str, str]:
    """Answer what a note and the mark that leads to it have in common."""
    return local_name(element).removesuffix("Reference"), value_of(element, "id")


def _deleted_notes(body: etree._Element) -> set[tuple[str, str]]:
    """Answer the notes whose mark stands in deleted text."""
    return {
        _key(one)
        for one in _references(body)
        if any(local_name(around) in {"del", "moveFrom"} for around in one.iterancestors())
    }


def _is_alternative(choice: etree._Element) -> bool:
    """Tell whether another form of the same content stands before this one."""
    before = choice.getprevious()
    return before is not None and local_name(before) == "Choice"


def _end_deleted(paragraph: etree._Element) -> bool:
    mark = paragraph.find("{*}pPr/{*}rPr")
    return mark is not None and any(local_name(one) in {"del", "moveFrom"} for one in mark)


def _next(element: etree._Element) -> str:
    after = element.getnext()
    return "" if after is None else local_name(after)


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local_name(parent)
