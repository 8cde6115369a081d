"""HTML pages: what a reader sees of them, block by block, and the head that search results show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from claimcheck.documents.compose import compose
from claimcheck.documents.directives import Comment, Lost, from_comments
from claimcheck.documents.elements import BLOCKS, ENDS, HEADINGS, KINDS, SKIPPED, VOID, is_hidden
from claimcheck.documents.head import Head
from claimcheck.documents.marks import LOOK_BACK, MARK, is_reference
from claimcheck.documents.tags import Tag, TagKind, attribute, tags, write_text
from claimcheck.documents.weave import Strand, Weaver
from claimcheck.model.document import BlockKind, Document, Format, Span

_REFERENCE_MARK = re.compile(
    r"<sup\b[^>]{0,200}>((?:[^<]|<(?!/sup\b)[^>]{0,300}>){0,40})</sup\s*>", re.IGNORECASE
)
_REFERENCE_LENGTH = 2000
_TAG = re.compile(r"<[^>]*>")


def read(source: str, *, name: str) -> Document:
    """Answer an HTML draft as its reader sees it."""
    weaver = Weaver()
    comments: list[Comment] = []
    strand = Strand.whole(source)
    reader = PageReader(weaver, strand, comments, head=Head(strand, weaver))
    reader.read()
    directives = from_comments(source, comments).noting(source, reader.lost)
    return compose(name, source, weaver, directives, form=Format.HTML)


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element, and how things stood outside it."""

    name: str
    start: int  # in the strand
    kind: BlockKind
    level: int
    quoted: bool
    speech: int | None = None  # where the plain text of a <q> began
    link: tuple[str, int] | None = None


@dataclass(slots=True)
class PageReader:
    """One pass over a page, or over a piece of HTML within Markdown."""

    weaver: Weaver
    strand: Strand
    comments: list[Comment]
    base: BlockKind = BlockKind.PARAGRAPH
    quoted: bool = False
    head: Head | None = None
    lost: list[Lost] = field(default_factory=list)
    _level: int = 0
    _stack: list[_Element] = field(default_factory=list)
    _open: dict[str, int] = field(default_factory=dict)
    _hidden_at: int | None = None  # depth of the outermost element that is not read
    _broken: bool = False  # a <br> was the last thing met
    _captions: list[Span] = field(default_factory=list)
    _past: int = 0  # what stands before this has been dealt with

    def read(self) -> None:
        """Lay the page down in the weaver."""
        self._begin()
        for tag in tags(self.strand.text):
            if tag.span.start < self._past:
                continue
            match tag.kind:
                case TagKind.TEXT:
                    self._text(tag.span)
                case TagKind.COMMENT:
                    self._comment(tag)
                case TagKind.OPEN:
                    self._start(tag)
                case TagKind.CLOSE:
                    self._end(tag.name)
        self._flush()
        if self.head is not None:
            self.head.lay()
        if self._hidden_at is not None:
            element = self._stack[self._hidden_at - 1]
            self.lost.append(Lost(self.strand.source(element.start), f"<{element.name}>"))

    def _text(self, span: Span) -> None:
        if self._hidden_at is not None:
            return
        if not self.strand.text[span.start : span.end].isspace():
            if self.head is not None and self.head.waiting:
                self.head.lay()
                self._begin()
            self._broken = False
        write_text(self.weaver, self.strand, span.start, span.end)

    def _comment(self, tag: Tag) -> None:
        inner = tag.inner
        if inner.end > inner.start:
            if inner.end == tag.span.end:
                self.lost.append(Lost(self.strand.source(tag.span.start), "a comment"))
            first = self.strand.source(tag.span.start)
            last = self.strand.source(tag.span.end - 1) + 1
            text = self.strand.text[inner.start : inner.end]
            if "claimcheck" in text:
                self.comments.append(Comment(text, Span(first, last)))

    def _start(self, tag: Tag) -> None:
        name = tag.name
        for ended in ENDS.get(name, ()):
            if self._stack and self._stack[-1].name == "p":
                self._pop()
            if self._stack and self._stack[-1].name == ended:
                self._pop()
        if name in BLOCKS and self._stack and self._stack[-1].name == "p":
            self._pop()
        if self._hidden_at is None:
            if name in {"title", "meta"} and self.head is not None:
                self.head.take(tag)
            self._shown(tag)
        if name in VOID or tag.closed:
            return
        if tag.inner.end > tag.inner.start:
            self._past = tag.inner.end
        self._push(tag)

    def _shown(self, tag: Tag) -> None:
        """Deal with what an element that is read does where it stands."""
        if tag.name == "br":
            if self._broken:
                self._begin()
            self._broken = True
            self.weaver.space(self.strand, tag.span.start, tag.span.end)
        elif tag.name == "img":
            alt = attribute(tag, "alt")
            if alt is not None and alt.end > alt.start and not is_hidden(tag, self.strand.text):
                self._captions.append(alt)
        elif tag.name == "wbr":
            pass
        elif tag.name == "sup":
            self._reference_mark(tag)

    def _reference_mark(self, tag: Tag) -> None:
        """Pass over a raised reference number: "patients.<sup>1,2</sup>" ends with "patients."."""
        match = _REFERENCE_MARK.match(
            self.strand.text, tag.span.start, tag.span.end + _REFERENCE_LENGTH
        )
        if match is None:
            return
        raised = _TAG.sub("", match[1])
        before = self.strand.text[max(0, tag.span.start - LOOK_BACK) : tag.span.start]
        linked = "<a" in match[1] and MARK.fullmatch(raised)
        if linked or is_reference(raised, before):
            self._past = match.end()

    def _push(self, tag: Tag) -> None:
        name, weaver = tag.name, self.weaver
        hidden = self._hidden_at is not None
        speech = link = None
        if not hidden and name == "q":
            speech = weaver.here
        if not hidden and name == "a":
            target = attribute(tag, "href")
            href = self.strand.text[target.start : target.end] if target else ""
            link = (unescape(href), weaver.here)
        self._stack.append(
            _Element(name, tag.span.start, self.base, self._level, self.quoted, speech, link)
        )
        self._open[name] = self._open.get(name, 0) + 1
        if hidden:
            return
        if name in SKIPPED or is_hidden(tag, self.strand.text):
            self._hidden_at = len(self._stack)
            if name in BLOCKS or name in {"nav", "footer"}:
                self._begin()
            return
        self._enter(name)

    def _enter(self, name: str) -> None:
        if name in HEADINGS:
            self.base, self._level = BlockKind.HEADING, HEADINGS[name]
        elif name in KINDS:
            self.base, self._level = KINDS[name], 0
            self.quoted = self.quoted or name == "blockquote"
        elif name not in BLOCKS:
            return
        if name == "tr":
            self.weaver.begin_row()
        self._begin()

    def _end(self, name: str) -> None:
        if not self._open.get(name):
            if name in {"p", "br"} and self._hidden_at is None:
                self._begin()
            return
        while self._stack[-1].name != name:
            self._pop()
        self._pop()

    def _pop(self) -> None:
        element = self._stack.pop()
        self._open[element.name] -= 1
        if self._hidden_at is not None:
            if len(self._stack) < self._hidden_at:
                self._hidden_at = None
            return
        if element.speech is not None:
            self.weaver.quote(element.speech)
        if element.link is not None:
            self.weaver.link(*element.link)
        self.base, self._level, self.quoted = element.kind, element.level, element.quoted
        if element.name in BLOCKS:
            self._begin()

    def _begin(self) -> None:
        """End the block at hand and begin one such as the innermost elements ask for."""
        self._flush()
        kind, level = self.base, self._level
        if level == 1 and self.head is not None and self.head.takes_heading():
            kind, level = BlockKind.TITLE, 0
        self.weaver.open(kind, level=level, quoted=self.quoted)
        self._broken = False

    def _flush(self) -> None:
        self.weaver.close()
        for alt in self._captions:
            self.weaver.open(BlockKind.CAPTION, quoted=self.quoted)
            write_text(self.weaver, self.strand, alt.start, alt.end)
            self.weaver.close()
        self._captions.clear()
