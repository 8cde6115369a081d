"""Word drafts: the text as it stands with all tracked changes accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from claimcheck.documents.compose import compose
from claimcheck.documents.directives import TOKEN, from_tokens
from claimcheck.documents.package import Package, open_package
from claimcheck.documents.styles import Style, local_name, read_styles, value_of
from claimcheck.documents.textline import could_head, could_title
from claimcheck.documents.weave import BLOCK_BREAK, Strand, Weaver
from claimcheck.errors import InputError, Location
from claimcheck.model.document import BlockKind, Coordinates, Document, Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\l\s+)?\"([^\"]+)\"", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "ptab": " ", "noBreakHyphen": "-"}
_UNREAD = {
    "del", "moveFrom", "Fallback", "delText", "rPrChange", "pPrChange", "sectPrChange",
    "tblPrChange", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "sdtPr", "txPr",
}  # fmt: skip
_NO_NOTES = {"separator", "continuationSeparator", "continuationNotice"}
BOLD_LEVEL = 2  # of a heading that is only a line in bold
_OFF = {"0", "false", "off", "none"}


@dataclass(slots=True)
class _Paragraph:
    """One paragraph of a Word file while it is read, and what it became."""

    style: Style = field(default_factory=Style)
    in_cell: bool = False
    is_list: bool = False
    words: list[str] = field(default_factory=list)
    links: list[tuple[str, int, int]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    plain_runs: int = 0  # letters that are not bold
    text: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0

    def write(self, text: str) -> None:
        self.words.append(text)

    @property
    def length(self) -> int:
        return sum(map(len, self.words))


def read(data: bytes, *, name: str) -> Document:
    """Answer a Word draft as its reader sees it; offsets count in the text extracted from it.

    Raises InputError for files that are damaged, hostile, empty or not Word's.
    """
    package = open_package(data, name=name)
    paragraphs = [one for one in _paragraphs(package) if one.text]
    if not paragraphs:
        msg = "the draft is empty; give a file that holds text"
        raise InputError(msg, location=Location(name))
    _name_kinds(paragraphs)
    source = BLOCK_BREAK.join(one.text for one in paragraphs)
    weaver = _weave(paragraphs, Strand.whole(source))
    return compose(
        name,
        source,
        weaver,
        from_tokens(source),
        form=Format.DOCX,
        coordinates=Coordinates.EXTRACTED,
    )


def _weave(paragraphs: list[_Paragraph], strand: Strand) -> Weaver:
    weaver = Weaver()
    at = 0
    for one in paragraphs:
        end = at + len(one.text)
        weaver.open(one.kind, level=one.level, quoted=one.kind is BlockKind.QUOTE)
        starts: list[tuple[int, int, str]] = sorted(
            (start, stop, target) for target, start, stop in one.links
        )
        begin = at
        for match in TOKEN.finditer(strand.text, at, end):
            _write_linked(weaver, strand, (begin, match.start()), at, starts)
            begin = match.end()
        _write_linked(weaver, strand, (begin, end), at, starts)
        at = end + len(BLOCK_BREAK)
    weaver.close()
    return weaver


def _write_linked(
    weaver: Weaver,
    strand: Strand,
    span: tuple[int, int],
    base: int,
    links: list[tuple[int, int, str]],
) -> None:
    begin, end = span
    for start, stop, target in links:
        first, last = base + start, base + stop
        if not begin <= first <= end:
            continue
        weaver.write(strand, begin, first)
        here = weaver.here
        begin = max(first, min(last, end))
        weaver.write(strand, first, begin)
        weaver.link(target, here)
    weaver.write(strand, begin, end)


def _name_kinds(paragraphs: list[_Paragraph]) -> None:
    """Decide what each paragraph is to its reader: by style, and where none is set by its looks."""
    titled = any(one.style.is_title for one in paragraphs)
    for number, one in enumerate(paragraphs):
        if one.kind is BlockKind.CAPTION:
            continue
        one.kind, one.level = _kind(one)
        opens = number == 0 and one.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        if not titled and (one.level == 1 or (opens and could_title(one.text))):
            one.kind, one.level, titled = BlockKind.TITLE, 0, True


def _kind(one: _Paragraph) -> tuple[BlockKind, int]:
    """Answer a paragraph's kind, and the level of a heading."""
    style = one.style
    if one.in_cell or style.is_title:
        return (BlockKind.TABLE_CELL if one.in_cell else BlockKind.TITLE), 0
    if style.level:
        return BlockKind.HEADING, style.level
    if style.kind is not None:
        return style.kind, 0
    if one.is_list:
        return BlockKind.LIST_ITEM, 0
    if not one.plain_runs and could_head(one.text):
        return BlockKind.HEADING, BOLD_LEVEL
    return BlockKind.PARAGRAPH, 0


def _paragraphs(package: Package) -> Iterator[_Paragraph]:
    styles = read_styles(package.styles)
    yield from _Walk(styles, package.targets).read(package.main)
    for notes in (package.footnotes, package.endnotes):
        for note in notes if notes is not None else ():
            if (
                local_name(note) in {"footnote", "endnote"}
                and value_of(note, "type") not in _NO_NOTES
            ):
                yield from _Walk(styles, package.targets).read(note)


@dataclass(slots=True)
class _Walk:
    """One pass over a part's elements, without recursion."""

    styles: Mapping[str, Style]
    targets: Mapping[str, str]
    _open: list[_Paragraph] = field(default_factory=list)  # more than one within a text box
    _cells: int = 0
    _bold: bool = False
    _hidden: bool = False
    _links: list[tuple[str, int]] = field(default_factory=list)

    def read(self, root: etree._Element) -> Iterator[_Paragraph]:
        """Yield the paragraphs under an element, a picture's caption after its paragraph."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            local = local_name(element)
            if event == "start":
                if local in _UNREAD:
                    walk.skip_subtree()
                else:
                    self._start(local, element)
            elif local == "p" and self._open:
                yield from self._end_paragraph()
            elif local == "tc":
                self._cells -= 1
            elif local == "r":
                self._bold = self._hidden = False
            elif local == "hyperlink" and self._links and self._open:
                target, start = self._links.pop()
                self._open[-1].links.append((target, start, self._open[-1].length))

    def _start(self, local: str, element: etree._Element) -> None:
        if local == "p":
            self._open.append(_Paragraph(in_cell=self._cells > 0))
        elif local == "tc":
            self._cells += 1
        elif self._open:
            self._inside(local, element, self._open[-1])

    def _inside(self, local: str, element: etree._Element, paragraph: _Paragraph) -> None:
        match local:
            case "t" if not self._hidden:
                text = element.text or ""
                paragraph.write(text)
                paragraph.plain_runs += not self._bold and any(map(str.isalpha, text))
            case "pStyle":
                paragraph.style = self.styles.get(value_of(element, "val"), paragraph.style)
            case "numPr":
                paragraph.is_list = True
            case "b" | "vanish":
                self._look(local, element)
            case "hyperlink":
                target = self.targets.get(value_of(element, "id"), "")
                self._links.append((target, paragraph.length))
            case "instrText":
                field_code = _HYPERLINK.match(element.text or "")
                if field_code:
                    paragraph.links.append((field_code[1], paragraph.length, paragraph.length))
            case "docPr":
                paragraph.captions.append(element.get("descr") or "")
            case _ if _parent(element) == "r":
                paragraph.write(_SIGNS.get(local, ""))
            case _:
                pass

    def _look(self, local: str, element: etree._Element) -> None:
        """Note whether the run at hand is bold or hidden; a paragraph's own mark does not count."""
        run = element.getparent()
        if run is None or local_name(run) != "rPr" or _parent(run) != "r":
            return
        if local == "b":
            self._bold = value_of(element, "val") not in _OFF
        else:
            self._hidden = value_of(element, "val") not in _OFF

    def _end_paragraph(self) -> Iterator[_Paragraph]:
        paragraph = self._open.pop()
        if not paragraph.style.is_contents:
            _settle(paragraph)
            yield paragraph
        for caption in paragraph.captions:
            yield _Paragraph(kind=BlockKind.CAPTION, text=_SPACE.sub(" ", caption).strip())


def _settle(paragraph: _Paragraph) -> None:
    """Put a paragraph's words together, white space collapsed, its links moved along."""
    raw = "".join(paragraph.words)
    paragraph.text = _SPACE.sub(" ", raw).strip()
    if raw != paragraph.text:
        paragraph.links = [
            (target, _moved(raw, start), _moved(raw, stop))
            for target, start, stop in paragraph.links
        ]


def _moved(raw: str, offset: int) -> int:
    before = _SPACE.sub(" ", raw[:offset]).lstrip()
    ended = not raw[offset:].strip()
    return len(before.rstrip()) if ended else len(before)


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local_name(parent)
