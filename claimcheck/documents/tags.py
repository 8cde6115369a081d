"""HTML as a run of tags, comments and words, each with its exact place; linear in any input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape
from html.entities import html5
from typing import TYPE_CHECKING

from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimcheck.documents.weave import Strand, Weaver

_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(
    r"[\s/]*([^\s/>=][^\s/>=]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)))?"
)
_TAIL = re.compile(r"[\s/=]*")
_ENTITY = re.compile(r"&(?:#(?:\d{1,9}|[xX][0-9A-Fa-f]{1,8});?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_COMMENT_END = re.compile(r"--!?>")
_RAW = {"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"}
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


class TagKind(Enum):
    """What a part of an HTML source is."""

    TEXT = auto()
    OPEN = auto()
    CLOSE = auto()
    COMMENT = auto()


@dataclass(frozen=True, slots=True)
class Tag:
    """One part of an HTML source.

    `inner` is the range of a comment's words, or of a raw element's (a script, a title) up to its
    end tag; `attributes` leads from names to the ranges of their values.
    """

    kind: TagKind
    name: str
    span: Span
    inner: Span
    attributes: Mapping[str, Span]
    closed: bool = False  # <br/>


def attribute(tag: Tag, name: str) -> Span | None:
    """Answer where an attribute's value stands, or None; a bare attribute has an empty range."""
    return tag.attributes.get(name)


def tags(text: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """Yield every part of a range of HTML, in order and without a gap."""
    return _Scanner(text, len(text) if end is None else end).scan(start)


def write_text(weaver: Weaver, strand: Strand, start: int, end: int) -> None:
    """Lay down a range of HTML text, its entities resolved."""
    text = strand.text
    at = start
    for match in _ENTITY.finditer(text, start, end):
        size = _entity_length(match[0])
        if not size:
            continue
        weaver.write(strand, at, match.start())
        at = match.start() + size
        weaver.replace(unescape(text[match.start() : at]), strand, match.start(), at)
    weaver.write(strand, at, end)


def _entity_length(entity: str) -> int:
    """Answer how much of what looks like an entity is one: `&notit;` is `&not` and `it;`."""
    if entity[1] == "#":
        return len(entity)
    for size in range(len(entity), 2, -1):
        if entity[1:size] in html5:
            return size
    return 0


class _Scanner:
    """One pass over a range of HTML; what can never end is looked for only once."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.last_close = text.rfind(">", 0, end)
        self.loose = False  # a quoted attribute never ended: tags now end at the first ">"
        self.endless: set[str] = set()

    def scan(self, at: int) -> Iterator[Tag]:
        text, end = self.text, self.end
        words = at
        while at < end:
            mark = text.find("<", at, end)
            if mark < 0 or mark > self.last_close:
                break
            tag = self._tag(mark)
            if tag is None:
                at = mark + 1
                continue
            if words < mark:
                yield _text(words, mark)
            yield tag
            at = words = max(tag.span.end, tag.inner.end)
        if words < end:
            yield _text(words, end)

    def _tag(self, mark: int) -> Tag | None:
        after = self.text[mark + 1 : mark + 2]
        if after in {"!", "?"}:
            return self._declaration(mark)
        closing = after == "/"
        name = _NAME.match(self.text, mark + 1 + closing, self.end)
        if name is None:
            return None
        at, attributes = self._attributes(name.end())
        if at < 0:
            return None
        span = Span(mark, at + 1)
        if closing:
            return Tag(TagKind.CLOSE, name[0].lower(), span, Span(at + 1, at + 1), {})
        lower = name[0].lower()
        closed = self.text[at - 1] == "/"
        inner = self._raw(lower, at + 1) if lower in _RAW and not closed else Span(at + 1, at + 1)
        return Tag(TagKind.OPEN, lower, span, inner, attributes, closed)

    def _attributes(self, at: int) -> tuple[int, dict[str, Span]]:
        """Answer where the tag's `>` stands, and its attributes; -1 where there is no end."""
        found: dict[str, Span] = {}
        start = at
        while not self.loose:
            match = _ATTRIBUTE.match(self.text, at, self.end)
            if match is None:
                break
            group = match.lastgroup
            value = Span(*match.span(group)) if group else Span(match.end(), match.end())
            found.setdefault(match[1].lower(), value)
            at = match.end()
        tail = _TAIL.match(self.text, at, self.end)
        at = tail.end() if tail else at
        if at < self.end and self.text[at] == ">":
            return at, found
        self.loose = True
        return self.text.find(">", start, self.end), {}

    def _raw(self, name: str, start: int) -> Span:
        if name in self.endless:
            return Span(start, start)
        match = _RAW_END[name].search(self.text, start, self.end)
        if match is None:
            self.endless.add(name)
            return Span(start, start)
        return Span(start, match.start())

    def _declaration(self, mark: int) -> Tag | None:
        text, end = self.text, self.end
        if not text.startswith("<!--", mark):
            stop = text.find(">", mark, end)
            return Tag(TagKind.COMMENT, "", Span(mark, stop + 1), Span(stop, stop), {})
        for empty in ("<!-->", "<!--->"):
            if text.startswith(empty, mark):
                stop = mark + len(empty)
                return Tag(TagKind.COMMENT, "", Span(mark, stop), Span(stop, stop), {})
        match = _COMMENT_END.search(text, mark + 4, end)
        inner, stop = (match.start(), match.end()) if match else (end, end)
        return Tag(TagKind.COMMENT, "", Span(mark, stop), Span(mark + 4, inner), {})


def _text(start: int, end: int) -> Tag:
    return Tag(TagKind.TEXT, "", Span(start, end), Span(start, end), {})
