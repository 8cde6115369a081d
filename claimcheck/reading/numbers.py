"""Which figures does a text give: p-values, intervals, percentages or doses?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUS = "[-−–‐]"
# Begun only where its digits begin, and of bounded length: a row of digits must cost no more than
# the words around it.
_NUMBER = (
    rf"(?:{_MINUS}\s?)?(?<!\d)"
    r"(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,20})?|\d{1,20}(?:[.·]\d{1,20})?|[.·]\d{1,20})"
)
_UNIT = (
    r"(?:mg|mcg|µg|μg|g|kg|ml|mL|IU|units?|milligrams?|micrograms?|grams?)"
    r"(?:\s?/\s?(?:kg|day|d|m2|h|hour))?"
)


_DIGIT = re.compile(r"\d")


class FigureKind(StrEnum):
    """What a figure measures."""

    P_VALUE = "p-value"
    INTERVAL = "interval"
    PERCENT = "percent"
    POINTS = "points"
    DOSE = "dose"
    RATIO = "ratio"


class Figure(NamedTuple):
    """A figure in the text: its kind, its words and where they stand."""

    kind: FigureKind
    text: str
    span: Span


_PATTERNS: tuple[tuple[FigureKind, re.Pattern[str]], ...] = (
    (
        FigureKind.P_VALUE,
        re.compile(
            rf"\bp\s{{0,9}}(?:-?\s?values?\s{{0,9}})?[=<>≤≥]\s{{0,9}}{_NUMBER}", re.IGNORECASE
        ),
    ),
    (
        FigureKind.INTERVAL,
        re.compile(
            r"\b\d{2}\s?%\s?(?:CI|confidence interval)s?[^\d-]{0,13}"
            rf"{_NUMBER}\s?(?:,|;|to|{_MINUS})\s?{_NUMBER}",
            re.IGNORECASE,
        ),
    ),
    (
        FigureKind.RATIO,
        re.compile(
            r"\b(?:(?:hazard|odds|risk|rate)\s{1,9}ratio[,:]?\s{0,9}(?:of|was|=)?"
            rf"|(?:HR|OR|RR)[,:]?\s{{0,9}}=?)\s{{0,9}}{_NUMBER}",
        ),
    ),
    (
        FigureKind.PERCENT,
        re.compile(
            rf"{_NUMBER}\s?(?:%|percentage points?|per\s?cent|pct\b)"
            rf"(?:\s(?:to|and)\s{_NUMBER}\s?(?:%|percent))?",
            re.IGNORECASE,
        ),
    ),
    (FigureKind.POINTS, re.compile(rf"{_NUMBER}[ -]points?\b", re.IGNORECASE)),
    (FigureKind.DOSE, re.compile(rf"{_NUMBER}\s?{_UNIT}\b")),
)


# One of these stands in whatever its pattern matches: looking for it is quicker than matching.
_SIGNS = {
    FigureKind.P_VALUE: ("=", "<", ">", "≤", "≥"),
    FigureKind.INTERVAL: ("%",),
    FigureKind.RATIO: ("ratio", "HR", "OR", "RR"),
    FigureKind.PERCENT: ("%", "per", "pct"),
    FigureKind.POINTS: ("po",),
}


def figures(text: str, span: Span) -> Iterator[Figure]:
    """Yield the figures in text[span]; of overlapping ones the earlier kind stays."""
    if not _DIGIT.search(text, span.start, span.end):
        return
    taken = bytearray(max(0, span.end - span.start))
    said = text[span.start : span.end]
    said = f"{said} {said.lower()}"
    for kind, pattern in _PATTERNS:
        if kind in _SIGNS and not any(sign in said for sign in _SIGNS[kind]):
            continue
        for match in pattern.finditer(text, span.start, span.end):
            here = slice(match.start() - span.start, match.end() - span.start)
            if not any(taken[here]):
                taken[here] = b"\1" * (here.stop - here.start)
                yield Figure(kind, match.group(), Span(match.start(), match.end()))


@dataclass(frozen=True, slots=True)
class Dose:
    """An amount of a treatment, by its unit in short: mg, mcg, g, IU, ml, each perhaps per kg."""

    text: str
    amount: float
    unit: str


_DOSE = re.compile(
    r"(?<![\d.,])(?P<amount>\d{1,3}(?:,\d{3}){1,3}|\d{1,7}(?:\.\d{1,6})?)[\s-]?"
    r"(?P<unit>mg|milligrams?|mcg|[µμ]g|micrograms?|g|grams?|IU|international units|ml)\b"
    r"(?P<per>\s?/\s?kg|\sper\s(?:kg|kilogram)(?:\sof\sbody\s?weight)?)?",
    re.IGNORECASE,
)
_SHORT = {
    "milligram": "mg",
    "microgram": "mcg",
    "µg": "mcg",
    "μg": "mcg",
    "gram": "g",
    "international unit": "IU",
    "iu": "IU",
}


def doses(text: str) -> Iterator[Dose]:
    """Yield the doses that a text names, their units in short."""
    for match in _DOSE.finditer(text):
        unit = match["unit"].casefold().removesuffix("s")
        per = "/kg" if match["per"] else ""
        amount = float(match["amount"].replace(",", ""))
        yield Dose(match.group(), amount, _SHORT.get(unit, unit) + per)
