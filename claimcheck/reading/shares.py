"""Which shares of a group does a text tell, and can they be?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNT = r"(\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?![\d.,]*\d)"
_PERCENT = r"(\d{1,3}(?:[.·]\d{1,4})?)\s?(?:%|per\s?cent)"
_FORMS = (
    # As in: 43 % of the 14 patients.
    re.compile(
        rf"(?<![\d.,])(?P<percent>{_PERCENT})\s+of\s+(?:the\s|all\s){{0,2}}(?P<whole>{_COUNT})(?=\s+[a-z])"
    ),
    # As in: 6 of 14 patients (43 %).
    re.compile(
        rf"(?<![\d.,])(?P<part>{_COUNT})\s+(?:out\s+)?of\s+(?:the\s|all\s){{0,2}}(?P<whole>{_COUNT})"
        rf"(?:\s[a-z]{{2,20}}){{0,4}}\s?[(,]\s?(?P<percent>{_PERCENT})"
    ),
    # As in: 6 out of 14.
    re.compile(rf"(?<![\d.,])(?P<part>{_COUNT})\s+out\s+of\s+(?:the\s)?(?P<whole>{_COUNT})"),
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a group: how many of how many, or how many in a hundred of how many."""

    text: str
    whole: int
    part: int | None = None
    percent: float | None = None
    places: int = 0  # behind the point of the percentage

    @property
    def possible(self) -> bool:
        """Whether whole people can make this share; the last digit may be rounded or cut."""
        if self.part is not None and self.part > self.whole:
            return False
        if self.percent is None or not self.whole:
            return True
        near = int(self.percent * self.whole / 100)
        parts = (near, min(near + 1, self.whole)) if self.part is None else (self.part,)
        slack = 10.0**-self.places
        return any(abs(100 * part / self.whole - self.percent) < slack for part in parts)


def shares(text: str) -> Iterator[Share]:
    """Yield the shares of a group that a text tells, each once, in order of their form."""
    if "of" not in text or not _DIGIT.search(text):  # as for most
        return
    taken: list[tuple[int, int]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found = match.groupdict()
            yield _share(match.group(), found["whole"], found.get("part"), found.get("percent"))


def _share(text: str, whole: str, part: str | None, percent: str | None) -> Share:
    number = re.match(r"[\d.·]+", percent) if percent else None
    plain = number.group().replace("·", ".") if number else None
    return Share(
        text,
        _count(whole),
        _count(part) if part else None,
        float(plain) if plain else None,
        len(plain.partition(".")[2]) if plain else 0,
    )


def _count(text: str) -> int:
    return int(text.replace(",", ""))
