"""Markdown drafts: the blocks that markdown-it finds, with every word's place in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claimcheck.documents.compose import compose
from claimcheck.documents.directives import Comment, Lost, from_comments
from claimcheck.documents.front_matter import read_head
from claimcheck.documents.inline import InlineReader, parser
from claimcheck.documents.weave import Strand, Weaver
from claimcheck.model.document import BlockKind, Document, Format
from claimcheck.model.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:[ \t]*")
_BREAK = re.compile(r"\r\n?")
_SILENT = True  # ask a rule whether it fits, without tokens
_NOTE_INDENT = 4
_DEEPEST = 100  # blocks within blocks; what lies deeper is read line by line
_UNREACHED = 2 * _DEEPEST  # where markdown-it would leave out the rest; a list goes two down
_BLANK = " \t\n\r\f\v"
_CONTAINERS = {
    "blockquote_open": BlockKind.QUOTE,
    "list_item_open": BlockKind.LIST_ITEM,
    "th_open": BlockKind.TABLE_CELL,
    "td_open": BlockKind.TABLE_CELL,
}


def read(source: str, *, name: str) -> Document:
    """Answer a Markdown draft as its reader sees it."""
    weaver = Weaver()
    lines = Lines(source)
    head = read_head(weaver, Strand.whole(source), lines)
    reader = _Reader(weaver, lines, head.rows, titled=head.has_title)
    reader.read()
    directives = from_comments(source, reader.comments).noting(source, reader.lost)
    return compose(name, source, weaver, directives, form=Format.MARKDOWN)


@dataclass(slots=True)
class _Reader:
    """Walks the blocks of one Markdown source."""

    weaver: Weaver
    lines: Lines
    first_row: int
    titled: bool
    comments: list[Comment] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    _within: list[BlockKind] = field(default_factory=list)
    _level: int = 0  # of the heading at hand
    _cells: Iterator[Strand] = field(default_factory=lambda: iter(()))

    def read(self) -> None:
        md = parser()
        md.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
        md.block.ruler.before("table", "deep", _deep)
        md.core.ruler.disable(["inline", "replacements", "smartquotes"], ignoreInvalid=True)
        if self.first_row >= len(self.lines):
            return
        body = _BREAK.sub("\n", self.lines.source[self.lines.span(self.first_row).start :])
        env: dict[str, Any] = {}
        shallow = md.options.maxNesting  # of brackets, which keep their words however deep
        md.options.maxNesting = _UNREACHED
        tokens = md.parse(body, env)
        md.options.maxNesting = shallow
        inline = InlineReader(md, env, self.weaver, self.comments)
        for token in tokens:
            self._token(token, inline)
        self.weaver.close()

    def _token(self, token: Token, inline: InlineReader) -> None:
        if token.type in _CONTAINERS:
            self._within.append(_CONTAINERS[token.type])
        elif token.type.replace("_close", "_open") in _CONTAINERS:
            self._within.pop()
        elif token.type == "heading_open":
            self._level = int(token.tag[1:])
        elif token.type == "heading_close":
            self._level = 0
        elif token.type == "tr_open" and token.map:
            self._cells = _cells(self._row(token.map[0]))
            self.weaver.begin_row()
        elif token.type == "html_block" and token.map:
            self._html(token)
        elif token.type == "inline" and token.map:
            self._inline(token, inline)

    def _inline(self, token: Token, inline: InlineReader) -> None:
        kind, level = self._kind(), self._level
        if kind is BlockKind.HEADING and level == 1 and not self.titled:
            kind, level, self.titled = BlockKind.TITLE, 0, True
        self._open(kind, level)
        if self._within and self._within[-1] is BlockKind.TABLE_CELL:
            strand = _cut(next(self._cells, None), token.content)
        else:
            strand = self._strand(token.content, *(token.map or (0, 0)))
        inline.read(strand)
        self.weaver.close()
        for alt, start, end in inline.images:
            self._open(BlockKind.CAPTION)
            InlineReader(inline.md, inline.env, self.weaver, self.comments).read(alt, start, end)
            self.weaver.close()
        inline.images.clear()

    def _html(self, token: Token) -> None:
        from claimcheck.documents.html import PageReader  # noqa: PLC0415  (few drafts need it)

        first, after = token.map or (0, 0)
        strand = self._strand(token.content.rstrip("\n"), first, after)
        quoted = BlockKind.QUOTE in self._within
        page = PageReader(self.weaver, strand, self.comments, base=self._kind(), quoted=quoted)
        page.read()
        self.lost += [one for one in page.lost if one.what == "a comment"]

    def _open(self, kind: BlockKind, level: int = 0) -> None:
        self.weaver.open(kind, level=level, quoted=BlockKind.QUOTE in self._within)

    def _kind(self) -> BlockKind:
        if self._level:
            return BlockKind.HEADING
        return self._within[-1] if self._within else BlockKind.PARAGRAPH

    def _row(self, row: int) -> Strand:
        span = self.lines.span(self.first_row + row)
        return Strand(self.lines.source[span.start : span.end], (0,), (span.start,))

    def _strand(self, content: str, first: int, after: int) -> Strand:
        """Answer a block's content with the place of each of its lines.

        A line of content is the end of its source line: what was cut off stands before it, or is
        white space or closing `#`s after it.
        """
        starts, sources = [], []
        at = 0
        row = self.first_row + first
        last = self.first_row + max(first, after - 1)
        for number, line in enumerate(content.split("\n")):
            column = self._column(row, line)
            while not number and column is None and row < last:
                row += 1  # a first line of nothing but odd white space is trimmed off
                column = self._column(row, line)
            span = self.lines.span(row)
            place = span.start + (column or 0)
            lead = len(line) - len(line.lstrip())
            if lead:  # white space, of which markdown-it may have made more or less
                starts.append(at)
                sources.append(max(span.start, place - lead))
            starts.append(at + lead)
            sources.append(place)
            at += len(line) + 1
            row = min(row + 1, last)
        return Strand(content, tuple(starts), tuple(sources))

    def _column(self, row: int, line: str) -> int | None:
        """Answer where in a source line the words of a line of content begin; None if nowhere."""
        words = line.strip()
        kept = self.lines.text(row).replace("\0", "\ufffd").rstrip()
        if self._level:
            open_end = kept.rstrip("#").rstrip()
            if open_end.endswith(words):
                kept = open_end
        return len(kept) - len(words) if kept.endswith(words) else None


def _cut(cell: Strand | None, content: str) -> Strand:
    """Answer a cell's words; marks of a list or quote before a row's first cell are cut off."""
    if cell is None:
        return Strand("", (0,), (0,))
    kept = cell.text.rstrip(_BLANK)
    at = len(kept) - len(content)
    return cell.after(at) if at > 0 and kept.endswith(content) else cell


def _cells(row: Strand) -> Iterator[Strand]:
    """Yield the cells of a table row as markdown-it splits it, an escaped bar read as a bar."""
    text, base = row.text, row.sources[0]
    start = len(text) - len(text.lstrip(_BLANK + ">"))
    end = len(text.rstrip(_BLANK))
    cuts = [
        at for at in range(start, end) if text[at] == "|" and (at == start or text[at - 1] != "\\")
    ]
    edges = list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))
    if edges and edges[0][0] == edges[0][1]:
        edges = edges[1:]
    if edges and edges[-1][0] == edges[-1][1]:
        edges = edges[:-1]
    for first, last in edges:
        parts, starts, sources, size = [], [], [], 0
        at = first
        for piece in text[first:last].split("\\|"):
            part = piece if at == first else f"|{piece}"
            parts.append(part)
            starts.append(size)
            sources.append(base + at)
            size += len(part)
            at += len(part) + 1
        yield Strand("".join(parts), tuple(starts), tuple(sources))


def _deep(state: Any, start: int, _end: int, silent: bool) -> bool:  # noqa: ANN401, FBT001  (markdown-it's own signature)
    """Read a line that lies too deep as a block of its own, without the marks before its words."""
    if silent or state.level < _DEEPEST:
        return False
    content = state.getLines(start, start + 1, state.blkIndent, keepLastLF=False)
    token = state.push("inline", "", 0)
    token.content = content.strip(_BLANK).lstrip(_BLANK + ">")
    token.map = [start, start + 1]
    token.children = []
    state.line = start + 1
    return True


def _footnote(state: Any, start: int, end: int, silent: bool) -> bool:  # noqa: ANN401, FBT001  (markdown-it's own signature)
    """Read `[^1]: words` as a block of its own, which it also is without a blank line before it."""
    if state.is_code_block(start):
        return False
    first = state.bMarks[start] + state.tShift[start]
    match = _FOOTNOTE.match(state.src, first, state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    after = start + 1
    terminators = state.md.block.ruler.getRules("paragraph")
    while after < end and not state.isEmpty(after):
        if state.sCount[after] >= 0 and any(
            rule(state, after, end, _SILENT) for rule in terminators
        ):
            break
        after += 1
    content = state.getLines(start, after, state.blkIndent, keepLastLF=False).lstrip(_BLANK)
    words = content[match.end() - first :].rstrip(_BLANK)
    token = state.push("inline", "", 0)
    token.content = words.lstrip(_BLANK)
    token.map = [start + words[: len(words) - len(token.content)].count("\n"), after]
    token.children = []
    last = _indented(state, after, end)
    if last > after:
        # As GitHub reads it: what is indented after a blank line goes on in the note.
        state.blkIndent += _NOTE_INDENT
        state.md.block.tokenize(state, after, last)
        state.blkIndent -= _NOTE_INDENT
    state.line = last
    return True


def _indented(state: Any, start: int, end: int) -> int:  # noqa: ANN401
    """Answer the line after the paragraphs of a footnote that follow its first one."""
    last = line = start
    while line < end:
        if not state.isEmpty(line):
            if state.sCount[line] - state.blkIndent < _NOTE_INDENT:
                break
            last = line + 1
        line += 1
    return last
