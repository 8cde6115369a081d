"""The rules as the program holds them: cues, scopes, terms and verdict rules, all immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimcheck.errors import Location
    from claimcheck.model.trial import Better
    from claimcheck.model.verdict import Level, Reason, VerdictKind


class ScopeDirection(StrEnum):
    """Which way from itself a cue governs (Chapman 2007)."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a cue reaches: which way, at which words it ends, and what only looks like a cue."""

    id: str
    direction: ScopeDirection
    stop_at: tuple[str, ...] = ()
    max_tokens: int = 0  # 0: to the end of the sentence
    pseudo: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that signal something, with examples that hold it and examples that do not.

    `phrases` are matched word by word after stemming ("reduce" finds "reduced"), or as written
    (lower case) if `exact`; `pattern` is a regular expression, searched without regard to case.
    """

    id: str
    kind: str
    value: str | None
    phrases: tuple[str, ...]
    pattern: str | None
    exact: bool
    scope: str | None
    source: str | None
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    location: Location


class TermKind(StrEnum):
    """What a term names."""

    OUTCOME = "outcome"
    INSTRUMENT = "instrument"
    INTERVENTION = "intervention"
    CONDITION = "condition"
    POPULATION = "population"


class OutcomeClass(StrEnum):
    """What sort of outcome a concept is, as far as claims turn on it."""

    CLINICAL = "clinical"
    BIOMARKER = "biomarker"  # a measure in the body that people do not feel
    SAFETY = "safety"
    MECHANISM = "mechanism"  # receptors, transmitters, cytokines: no health outcome
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Term:
    """A concept and the names it goes by. `id` is the concept's name in plain lower-case words.

    `near_misses` are phrases that hold one of the names and mean something else. For an instrument
    `concept` is what it measures. `parents` are wider concepts. `exact` names (abbreviations) are
    matched as written, with case. `source` says where `smallest_change` was read.
    """

    id: str
    kind: TermKind
    names: tuple[str, ...]
    exact: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    concept: str | None = None
    outcome_class: OutcomeClass = OutcomeClass.CLINICAL
    better: Better | None = None
    stands_for_members: bool = False  # a class of drugs that a member's trial may answer for
    source: str | None = None
    smallest_change: float | None = None  # of an instrument, that matters to people; in its points
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A claim and a record (a Situation's fields) that a verdict rule fires on, or does not."""

    claim: str
    situation: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """When a situation deserves a verdict, and how to say so."""

    code: str
    name: str
    verdict: VerdictKind
    reason: Reason
    level: Level | None  # None: no issue is raised (supported)
    when: Mapping[str, tuple[str, ...]]
    because: str
    advice: str
    description: str
    references: tuple[str, ...]
    match: tuple[RuleExample, ...]
    no_match: tuple[RuleExample, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that rules/ says, in the order of its files. `fingerprint` is a hash of it all."""

    cues: tuple[Cue, ...]
    scopes: Mapping[str, Scope]
    terms: tuple[Term, ...]
    verdicts: tuple[VerdictRule, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # plain lists by name
    irregular: Mapping[str, str] = field(default_factory=dict)  # inflected form -> stem
    fingerprint: str = ""
