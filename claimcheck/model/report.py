"""What a run found, in every document that it read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from claimcheck.model.as_dict import report_to_dict

if TYPE_CHECKING:
    from claimcheck.model.document import Document
    from claimcheck.model.verdict import Level, Verdict


class NoticeKind(StrEnum):
    """What a notice is about."""

    CITED_NOT_IN_CORPUS = "cited-not-in-corpus"
    UNUSED_SUPPRESSION = "unused-suppression"
    RETRACTED = "retracted"
    HARM_LEFT_OUT = "harm-left-out"
    UNUSED_BASELINE = "unused-baseline"
    UNCHANGED = "unchanged"  # tells what was covered, and is no finding
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know that is no verdict.

    `line` counts from 1, None if nowhere; `baselined` tells that a baseline holds it.
    """

    kind: NoticeKind
    message: str
    level: Level
    line: int | None = None
    baselined: bool = False


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The verdicts on one document, in the order of their claims."""

    document: Document
    verdicts: tuple[Verdict, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """What did the judging: enough to get the same bytes again."""

    version: str
    rules: str  # fingerprint
    trials: int
    as_of: str | None
    corpus: str  # fingerprint


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run found."""

    tool: Tool
    documents: tuple[DocumentReport, ...]

    def to_dict(self) -> dict[str, Any]:
        """Answer exactly what `--format json` prints."""
        return report_to_dict(self)
