"""The requests in a draft to silence rules, and the ranges of its source that they govern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import Remark, Span, Suppression
from claimcheck.model.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# In plain text and .docx, which have no comments: claimcheck:ignore CC101, CC102 -- reason
MARK = "claimcheck:ignore"
TOKEN = re.compile(
    rf"\b{MARK}\b(?:[ \t]+(?P<codes>[A-Z]+\d+(?:[ \t,]+[A-Z]+\d+)*)\b)?"
    r"(?:[ \t]+--[ \t]+(?P<reason>[^\r\n]*))?"
)
_DIRECTIVE = re.compile(r"\s*claimcheck-(?P<verb>[\w-]+)(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"\s+--(?:\s+|$)")
_SEPARATOR = re.compile(r"[\s,]+")
_VERBS = ("disable", "enable", "disable-line", "disable-next-line", "disable-file")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the source: the words between its marks, and the range with its marks."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Directives:
    """What a draft's directives ask for, and what is wrong with those that ask for nothing."""

    suppressions: tuple[Suppression, ...] = ()
    notices: tuple[Remark, ...] = ()

    def noting(self, source: str, lost: Sequence[Lost]) -> Directives:
        """Answer the same, with a notice of each part of the source that goes unread unseen."""
        if not lost:
            return self
        lines = Lines(source)
        told = [
            Remark(
                f"{one.what} is never closed; what follows is not read",
                lines.row(one.start) + 1,
            )
            for one in lost
        ]
        return Directives(self.suppressions, (*self.notices, *told))


@dataclass(frozen=True, slots=True)
class Lost:
    """What never ends in a source, so that all that follows goes unread, and where it begins."""

    start: int
    what: str


@dataclass(slots=True)
class _Open:
    """A `disable` whose end is not known yet."""

    codes: tuple[str, ...]
    start: int
    line: int
    reason: str


def from_tokens(source: str) -> Directives:
    """Answer what the bare tokens of a plain text ask for; each governs its line."""
    found = list(TOKEN.finditer(source)) if MARK in source else []
    if not found:
        return Directives()
    lines = Lines(source)
    rows = [lines.row(match.end() - 1) for match in found]
    return Directives(
        tuple(
            Suppression(
                codes=_codes(match["codes"] or ""),
                span=lines.span(row),
                line=row + 1,
                reason=(match["reason"] or "").strip(),
            )
            for match, row in zip(found, rows, strict=True)
        )
    )


def from_comments(source: str, comments: Iterable[Comment]) -> Directives:
    """Answer what the comments of a Markdown or HTML source ask for."""
    asked = [
        (comment, match)
        for comment in sorted(comments, key=lambda one: one.span.start)
        if (match := _DIRECTIVE.fullmatch(comment.text))
    ]
    if not asked:
        return Directives()
    lines = Lines(source)
    done: list[Suppression] = []
    opened: list[_Open] = []
    notices: list[Remark] = []
    for comment, match in asked:
        row = lines.row(comment.span.start)
        words, *reasons = _REASON.split(match["rest"], maxsplit=1)
        codes, reason = _codes(words), " ".join(" ".join(reasons).split())
        match match["verb"]:
            case "disable":
                opened.append(_Open(codes, comment.span.end, row + 1, reason))
            case "enable":
                ended, opened = _end(opened, codes, comment.span.start)
                done += ended
                if not ended:
                    notices.append(Remark("claimcheck-enable ends no claimcheck-disable", row + 1))
            case "disable-line":
                done.append(Suppression(codes, lines.span(row), row + 1, reason))
            case "disable-next-line":
                last = lines.row(comment.span.end - 1)
                done.append(Suppression(codes, _next_line(lines, last), row + 1, reason))
            case "disable-file":
                done.append(Suppression(codes, Span(0, len(source)), row + 1, reason))
            case verb:
                known = ", ".join(_VERBS)
                message = f"claimcheck-{verb} is unknown; known are {known}"
                notices.append(Remark(message, row + 1))
    done += [
        Suppression(one.codes, Span(one.start, len(source)), one.line, one.reason) for one in opened
    ]
    return Directives(
        tuple(sorted(done, key=lambda one: (one.line, one.span, one.codes))), tuple(notices)
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in _SEPARATOR.split(text) if code))


def _next_line(lines: Lines, row: int) -> Span:
    """Answer the next line that has words: editors like a blank line after a comment."""
    for after in range(row + 1, len(lines)):
        if lines.text(after).strip():
            return lines.span(after)
    return Span(len(lines.source), len(lines.source))


def _end(
    opened: list[_Open], codes: tuple[str, ...], end: int
) -> tuple[list[Suppression], list[_Open]]:
    """End what an `enable` names, code by code; one without codes ends everything."""
    ended: list[Suppression] = []
    left: list[_Open] = []
    for one in opened:
        mine = tuple(code for code in one.codes if not codes or code in codes)
        if not codes or mine:
            span = Span(one.start, max(one.start, end))
            ended.append(Suppression(mine, span, one.line, one.reason))
        rest = tuple(code for code in one.codes if code not in mine)
        if rest or (codes and not one.codes):
            left.append(_Open(rest, one.start, one.line, one.reason))
    return ended, left
