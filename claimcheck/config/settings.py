"""What can be set, and what holds where nothing is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from claimcheck.model.verdict import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from claimcheck.model.verdict import VerdictKind


class OutputFormat(StrEnum):
    """The forms in which a report can be had."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    LINE = "line"
    GITHUB = "github"
    SARIF = "sarif"
    GITLAB = "gitlab"
    RDJSON = "rdjson"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    HTML = "html"


class FailOn(StrEnum):
    """The lowest level of finding that makes the gate fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Exclude:
    """A pattern in .gitignore's own language, held against paths below `base`."""

    pattern: str
    base: Path


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place sets: checked values by key, their paths made absolute."""

    origin: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one draft; `origins` tells by key who set it, where it is not the default."""

    format: OutputFormat = OutputFormat.TABLE
    fail_on: FailOn = FailOn.ERROR
    exit_zero: bool = False
    require_coverage: float | None = None
    only: tuple[VerdictKind, ...] = ()
    min_confidence: Confidence = Confidence.LOW
    exclude: tuple[Exclude, ...] = ()
    force_exclude: bool = False
    corpus: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    baseline: Path | None = None
    color: Color = Color.AUTO
    width: int | None = None
    verbose: bool = False
    quiet: bool = False
    contact: str | None = None  # told to the services that trials are fetched from
    origins: Mapping[str, str] = field(default_factory=dict)
