"""What a file of rules holds before anyone has judged it: plain values that know their lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Part(StrEnum):
    """Which part of the rules a file belongs to."""

    LEXICON = "lexicon"
    TERMS = "terms"
    VERDICTS = "verdicts"


class Table(dict[str, Any]):
    """A YAML mapping: `line` is where it starts, `lines` where each of its keys stands."""

    __slots__ = ("line", "lines")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Listing(list[Any]):
    """A YAML sequence: `lines` is where each of its items starts."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


@dataclass(frozen=True, slots=True)
class Source:
    """A file of rules, read: `layer` counts the directories, a later one may replace an earlier."""

    name: str
    part: Part
    layer: int
    content: Any
