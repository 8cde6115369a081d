"""Fields of a Word file, whose codes stand in pieces between marks: which links are among them?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.documents.word.story import Paragraph

_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\l\s+)?\"([^\"]+)\"", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    """A field that has not ended yet: its code so far, and where what it shows began."""

    code: list[str] = field(default_factory=list)
    shown_in: Paragraph | None = None
    start: int = 0


@dataclass(slots=True)
class Fields:
    """The fields that are open, the innermost last."""

    _open: list[_Field] = field(default_factory=list)

    def write(self, code: str) -> None:
        """Add a piece of the innermost field's code."""
        if self._open:
            self._open[-1].code.append(code)

    def mark(self, kind: str, paragraph: Paragraph) -> None:
        """Begin a field, part its code from what it shows, or end it, and note its link then."""
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].shown_in, self._open[-1].start = paragraph, paragraph.length
        elif self._open and kind == "end":
            ended = self._open.pop()
            if link := _HYPERLINK.match("".join(ended.code)):
                here = ended.start if ended.shown_in is paragraph else paragraph.length
                paragraph.links.append((link[1], here, paragraph.length))
