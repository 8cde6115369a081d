"""Which stretches of a text are quoted speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.document import Block

SCARE_WORDS = 3  # quotation marks around no more words than this set off a term

_MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')
_CLOSES = {
    "\u201c": '\u201d\u201c"',
    "\u201e": '\u201c\u201d"',
    "\u00ab": "\u00bb",
    '"': '"\u201d',
}


def find_quotes(text: str, blocks: Iterable[Block]) -> list[Span]:
    """Answer the ranges of quoted speech, their quotation marks included, block by block.

    One to three quoted words are no speech. A quotation that opens a block and never closes runs
    to the block's end, as speech over several paragraphs is set.
    """
    return [quote for block in blocks for quote in _in_block(text, block.span)]


def _in_block(text: str, span: Span) -> list[Span]:
    found: list[Span] = []
    start: int | None = None
    for match in _MARK.finditer(text, span.start, span.end):
        mark, at = match[0], match.start()
        if start is None:
            if mark in _CLOSES and _can_open(text, at, span):
                start = at
        elif mark in _CLOSES[text[start]] and _can_close(text, at, start):
            if _is_speech(text[start + 1 : at]):
                found.append(Span(start, at + 1))
            start = None
    if start is not None and start == span.start:
        found.append(Span(start, span.end))
    return found


def _can_open(text: str, at: int, span: Span) -> bool:
    before = text[at - 1] if at > span.start else " "
    after = text[at + 1] if at + 1 < span.end else " "
    return not after.isspace() and not before.isalnum()


def _can_close(text: str, at: int, start: int) -> bool:
    """Tell whether a mark ends a quotation; one that could as well open one follows a word."""
    if at == start + 1:
        return False
    could_open = text[at - 1].isspace() or text[at + 1 : at + 2].isalnum()
    return text[at] not in '"\u201c' or not could_open


def _is_speech(quoted: str) -> bool:
    return len(quoted.split()) > SCARE_WORDS
