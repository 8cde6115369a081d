"""Plain text as it is pasted: which lines are title, headings, list items, paragraphs, records."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from claimcheck.documents.directives import MARK, TOKEN
from claimcheck.documents.textline import RECORD, Line, goes_on, lines_of, normalise
from claimcheck.documents.weave import Strand, Weaver
from claimcheck.model.document import BlockKind
from claimcheck.model.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

WRAP_LIMIT = 100  # hard-wrapped lines are no longer than this
WRAP_LEAST = 40
WRAP_SHARE = 0.6  # of the lines that another follows, how many must be full
STACKED_HEADINGS = 2


class _Role(Enum):
    TITLE = auto()
    HEADING = auto()
    ITEM = auto()
    RECORD = auto()
    PROSE = auto()
    MORE = auto()  # goes on with the line before


_KINDS = {
    _Role.TITLE: BlockKind.TITLE,
    _Role.HEADING: BlockKind.HEADING,
    _Role.ITEM: BlockKind.LIST_ITEM,
    _Role.RECORD: BlockKind.TABLE_CELL,
    _Role.PROSE: BlockKind.PARAGRAPH,
}


def read(source: str, *, title: str | None = None) -> Weaver:
    """Answer what a reader sees in plain text, and what each part of it is.

    A title that the text opens with is its TITLE, however long; otherwise the first line is, if it
    is short and has no full stop.
    """
    lines = lines_of(Lines(source))
    roles = _roles(lines, title)
    weaver = Weaver()
    strand = Strand.whole(source)
    for line, role in zip(lines, roles, strict=True):
        if role is _Role.MORE:
            weaver.space(strand, line.start - 1, line.start)
        else:
            if role is _Role.RECORD:
                weaver.begin_row()
            weaver.open(_KINDS[role], level=1 if role is _Role.HEADING else 0)
        _write(weaver, strand, line.start + line.offset, line.end)
    weaver.close()
    return weaver


def _write(weaver: Weaver, strand: Strand, start: int, end: int) -> None:
    if strand.text.find(MARK, start, end) >= 0:  # hardly ever
        for match in TOKEN.finditer(strand.text, start, end):
            weaver.write(strand, start, match.start())
            start = match.end()
    weaver.write(strand, start, end)


def _roles(lines: Sequence[Line], title: str | None) -> list[_Role]:
    width = _wrap_width(lines)
    roles = _wrapped_roles(lines, width) if width else _free_roles(lines)
    opening = _opening(lines, title)
    if opening:
        roles[opening[0] : opening[1]] = [
            _Role.TITLE,
            *[_Role.MORE] * (opening[1] - opening[0] - 1),
        ]
        if opening[1] < len(roles) and roles[opening[1]] is _Role.MORE:
            roles[opening[1]] = _Role.PROSE
    return roles


def _opening(lines: Sequence[Line], title: str | None) -> tuple[int, int] | None:
    """Answer which lines the title covers, as a half-open range, or None."""
    first = next((at for at, line in enumerate(lines) if any(map(str.isalnum, line.text))), None)
    if first is None:
        return None
    if title is not None:
        wanted = normalise(title)
        read_so_far = ""
        for at in range(first, len(lines)):
            read_so_far = normalise(f"{read_so_far} {lines[at].text}")
            if read_so_far == wanted:
                return first, at + 1
            if not wanted.startswith(read_so_far):
                break
    while first < len(lines) and not any(map(str.isalpha, lines[first].text)):
        first += 1  # a page number, a counter
    if first < len(lines) and lines[first].could_title:
        return _title_lines(lines, first)
    return None


def _title_lines(lines: Sequence[Line], first: int) -> tuple[int, int] | None:
    """Answer over which lines a title runs that may itself be wrapped."""
    line = lines[first]
    after = lines[first + 1] if first + 1 < len(lines) else None
    if line.before_blank or after is None or after.is_prose or after.offset:
        wrapped = not line.before_blank and after is not None and goes_on(line, after)
        return None if wrapped else (first, first + 1)
    if after.before_blank and goes_on(line, after) and after.could_title:
        return first, first + 2
    return (first, first + 1) if line.could_head and not goes_on(line, after) else None


def _wrap_width(lines: Sequence[Line]) -> int:
    """Answer at which width the text was wrapped by hand or machine, or 0 if it was not.

    A line of wrapped text is full: the next line's first word would not have fitted on it.
    """
    if not lines:
        return 0
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[-1 - len(lengths) // 50]
    inner = [
        (line, after)
        for line, after in pairwise(lines)
        if not line.before_blank and not after.offset
    ]
    if not WRAP_LEAST <= width <= WRAP_LIMIT or not inner:
        return 0
    full = sum(_is_full(line, after, width) for line, after in inner)
    typical = median(len(line.text) for line, _ in inner)
    return width if full >= WRAP_SHARE * len(inner) and typical >= WRAP_LEAST else 0


def _is_full(line: Line, after: Line, width: int) -> bool:
    return len(line.text) + 1 + len(after.text.split(maxsplit=1)[0]) >= width


def _wrapped_roles(lines: Sequence[Line], width: int) -> list[_Role]:
    roles: list[_Role] = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        if line.offset:
            roles.append(_Role.ITEM)
        elif before and not line.after_blank and _runs_on(before, line, width, roles[-1]):
            roles.append(_Role.MORE)
        elif line.could_head and (
            line.before_blank or (after is not None and _heads_wrapped(line, after, width))
        ):
            roles.append(_Role.HEADING)
        elif RECORD.match(line.text) and len(line.text) < width // 2:
            roles.append(_Role.RECORD)
        else:
            roles.append(_Role.PROSE)
    return roles


def _runs_on(before: Line, line: Line, width: int, role: _Role) -> bool:
    if role in {_Role.HEADING, _Role.RECORD}:
        return False
    return _is_full(before, line, width) or (
        not before.ends_sentence
        and not before.bare_end.endswith(":")
        and not RECORD.match(line.text)
    )


def _heads_wrapped(line: Line, after: Line, width: int) -> bool:
    return not _is_full(line, after, width) and not after.text[:1].islower() and not after.offset


def _free_roles(lines: Sequence[Line]) -> list[_Role]:
    """Answer the roles where a line is a paragraph of its own."""
    roles: list[_Role] = []
    run = _short_runs(lines)
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        after = lines[at + 1] if at + 1 < len(lines) else None
        if line.offset:
            roles.append(_Role.ITEM)
        elif before and not line.after_blank and goes_on(before, line):
            roles.append(_Role.MORE)
        elif line.is_prose or (after and not line.before_blank and goes_on(line, after)):
            roles.append(_Role.PROSE)
        elif line.could_head and _heads(line, after, run[at]):
            roles.append(_Role.HEADING)
        elif line.after_blank and line.before_blank:
            roles.append(_Role.PROSE)
        else:
            roles.append(_Role.RECORD if not line.bare_end.endswith((":", "!")) else _Role.PROSE)
    return roles


def _heads(line: Line, after: Line | None, run: int) -> bool:
    if line.before_blank:
        return run == 1
    return after is not None and run <= STACKED_HEADINGS and not goes_on(line, after)


def _short_runs(lines: Sequence[Line]) -> list[int]:
    """Answer for each line how many lines that are no prose stand together with it."""
    sizes = [0] * len(lines)
    start = 0
    for at, line in enumerate(lines):
        if line.is_prose or line.offset:
            start = at + 1
            continue
        if (
            line.before_blank
            or at + 1 == len(lines)
            or lines[at + 1].is_prose
            or lines[at + 1].offset
        ):
            sizes[start : at + 1] = [at + 1 - start] * (at + 1 - start)
            start = at + 1
    return sizes
