"""The head of a Markdown file: which of its fields are read, and where their words stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import BlockKind

if TYPE_CHECKING:
    from claimcheck.documents.weave import Strand, Weaver
    from claimcheck.model.lines import Lines

READ = {
    "title": BlockKind.TITLE,
    "subtitle": BlockKind.META,
    "description": BlockKind.META,
    "summary": BlockKind.META,
    "excerpt": BlockKind.META,
}
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_MOST_ROWS = 1000
_FIELD = re.compile(r"[\"']?([A-Za-z][\w-]*)[\"']?[ \t]*(:(?=[ \t]|$)|=)[ \t]*")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?$")
_COMMENT = re.compile(r"[ \t]#|^#")
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|''", re.DOTALL
)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "_": "\u00a0", "0": "", "N": "\n", "L": "\n", "P": "\n"}
_HIGHEST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The first row after the head, and whether the head names a title."""

    rows: int
    has_title: bool


def read_head(weaver: Weaver, strand: Strand, lines: Lines) -> FrontMatter:
    """Lay down the fields that readers see, and answer where the body begins."""
    end = _last_row(lines)
    if end is None:
        return FrontMatter(0, has_title=False)
    titles = 0
    row = 1
    while row < end:
        match = _FIELD.match(lines.text(row))
        after = row + 1
        while after < end and (not lines.text(after).strip() or lines.text(after)[0] in " \t"):
            after += 1
        kind = READ.get(match[1].lower()) if match else None
        if match and kind:
            weaver.open(kind)
            _write_value(weaver, strand, lines, (row, after), match.end())
            titles += kind is BlockKind.TITLE and not weaver.is_empty
            weaver.close()
        row = after
    return FrontMatter(end + 1, has_title=titles > 0)


def _last_row(lines: Lines) -> int | None:
    ends = _FENCES.get(lines.text(0).rstrip())
    if ends is None or len(lines) == 1 or not lines.text(1).strip():
        return None  # a blank line after the fence: it is a rule across the page
    for row in range(1, min(len(lines), _MOST_ROWS)):
        if lines.text(row).rstrip() in ends:
            return row
    return None


def _write_value(
    weaver: Weaver, strand: Strand, lines: Lines, rows: tuple[int, int], column: int
) -> None:
    first, after = rows
    start = lines.span(first).start + column
    head = strand.text[start : lines.span(first).end]
    if _BLOCK_SCALAR.match(head):
        _write_rows(weaver, strand, lines, (first + 1, after))
        return
    quote = next((mark for mark in ('"""', "'''", '"', "'") if head.startswith(mark)), None)
    if quote:
        end = _closing(strand.text, start + len(quote), lines.span(after - 1).end, quote)
        _write_quoted(weaver, strand, (start + len(quote), end), quote)
        return
    comment = _COMMENT.search(head)
    weaver.write(strand, start, start + (comment.start() if comment else len(head)))
    _write_rows(weaver, strand, lines, (first + 1, after))


def _write_rows(weaver: Weaver, strand: Strand, lines: Lines, rows: tuple[int, int]) -> None:
    for row in range(*rows):
        span = lines.span(row)
        weaver.space(strand, span.start - 1, span.start)
        weaver.write(strand, span.start, span.end)


def _closing(text: str, start: int, end: int, quote: str) -> int:
    at = start
    while at < end:
        escaped = text[at] == "\\" and quote[0] == '"'
        if escaped or (quote == "'" and text.startswith("''", at)):
            at += 2
        elif text.startswith(quote, at):
            return at
        else:
            at += 1
    return end


def _write_quoted(weaver: Weaver, strand: Strand, span: tuple[int, int], quote: str) -> None:
    at, end = span
    for match in _ESCAPE.finditer(strand.text, at, end):
        if (match[0] == "''") != (quote == "'") or quote == "'''":
            continue
        weaver.write(strand, at, match.start())
        weaver.replace(_unescaped(match), strand, match.start(), match.end())
        at = match.end()
    weaver.write(strand, at, end)


def _unescaped(match: re.Match[str]) -> str:
    if match[0] == "''":
        return "'"
    if match[4] is not None:
        return _NAMED.get(match[4], match[4])
    code = int(match[1] or match[2] or match[3], 16)
    return chr(code) if code <= _HIGHEST and code not in _SURROGATES else "\ufffd"
