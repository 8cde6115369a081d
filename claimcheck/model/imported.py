"""What goes into an importer and what comes out of it, beside trials."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from claimcheck.model.document import Span
    from claimcheck.model.trial import Trial
    from claimcheck.model.verdict import Confidence


@dataclass(frozen=True, slots=True)
class Source:
    """A named stream of bytes: a path, a member of a zip, standard input; opened once."""

    name: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that cannot be used: which one, and why."""

    name: str
    reason: str


class Asked(StrEnum):
    """What a report says an intervention did to an outcome, against a comparator."""

    INCREASED = "increased"
    DECREASED = "decreased"
    NO_DIFFERENCE = "no-difference"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a report says, why it is read so, and where it says it (in the text that was asked)."""

    direction: Asked
    because: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class ReadOutcome:
    """Where a report's prose tells of one outcome of the record read from it.

    `index` counts in Trial.outcomes; `definition` and `result` are spans in the report's text.
    `tested` says whether words or figures tell that its first result is significant, or not.
    """

    index: int
    definition: Span | None
    result: Span | None
    confidence: Confidence
    tested: bool = True


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A trial report read from its prose: the record, and where each of its outcomes was read."""

    trial: Trial
    text: str
    outcomes: tuple[ReadOutcome, ...] = field(default=())
