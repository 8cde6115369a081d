"""A claim: one assertion that an intervention changes a health outcome in people, and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.model.document import Span


class ClaimKind(StrEnum):
    """What a claim is about: what a treatment does, how safe it is, or what a headline asks."""

    EFFICACY = "efficacy"
    SAFETY = "safety"
    QUESTION = "question"


class Direction(StrEnum):
    """What a claim says of the outcome."""

    BENEFIT = "benefit"
    NO_EFFECT = "no-effect"
    HARM = "harm"


class Certainty(StrEnum):
    """Whether a claim is asserted outright or hedged."""

    ASSERTED = "asserted"
    HEDGED = "hedged"


class Strength(IntEnum):
    """How strong a relation a sentence asserts (Sumner 2014, Yu 2019)."""

    NONE = 0
    CORRELATIONAL = 1
    CONDITIONAL_CAUSAL = 2
    CAUSAL = 3


class Resolution(StrEnum):
    """How a part of a claim was found."""

    CLAUSE = "clause"  # named in the claim's own sentence
    ANAPHOR = "anaphor"  # "the drug", "it": resolved to an earlier mention
    HEADING = "heading"
    TITLE = "title"
    TOPIC = "topic"  # what the draft speaks of most


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a claim: its words, where they stand in Document.text, its concept if known."""

    text: str
    span: Span
    concept: str | None = None
    resolution: Resolution = Resolution.CLAUSE


class DisclosureKind(StrEnum):
    """What a draft tells its reader of the weakness of a result."""

    NULL_PRIMARY = "null-primary"  # the primary outcome failed, in so many words
    NULL_OUTCOME = "null-outcome"  # this outcome showed no effect (concept says which)
    NOT_SIGNIFICANT = "not-significant"
    TREND = "trend"
    SECONDARY = "secondary"
    SUBGROUP = "subgroup"
    EXPLORATORY = "exploratory"  # post hoc, interim, unplanned, per protocol
    WITHIN_GROUP = "within-group"  # compared with baseline, before and after
    UNCONTROLLED = "uncontrolled"  # open-label, no placebo, observational
    ASSOCIATION = "association"  # "does not prove cause"
    SMALL = "small"  # size told: "a study of 13 patients", "a small study"
    CASE = "case"  # a single patient or an anecdote, told as such
    ANIMAL = "animal"


class DisclosureReach(StrEnum):
    """How near the disclosure stands to the claim that it may rescue."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"  # earlier in the same paragraph
    SECTION = "section"  # earlier in the same section


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Words that stand with or before a claim and tell the weakness of its evidence."""

    kind: DisclosureKind
    span: Span
    text: str
    reach: DisclosureReach
    concept: str | None = None  # of the outcome it speaks of
    intervention: str | None = None  # concept or text of the intervention it speaks of


class Wording(StrEnum):
    """What else the words of a claim do, as far as a verdict turns on it."""

    STRONG = "strong"  # cure, breakthrough, miracle, proven
    CAUSAL = "causal"
    ASSOCIATION = "association"  # linked to, associated with
    DESCRIPTIVE = "descriptive"  # "after treatment, pain fell"
    TREND = "trend"
    EQUIVALENCE = "equivalence"  # as good as, similar efficacy, no worse than
    NOT_SIGNIFICANT = "not-significant"  # the claim itself says that it is not significant
    SUPERIORITY = "superiority"  # more effective than, beats
    RAPID = "rapid"
    LASTING = "lasting"
    ANECDOTE = "anecdote"
    BACKGROUND = "background"  # previous studies, is known to: not the study at hand
    ADVICE = "advice"  # patients should, is recommended
    RELATIVE = "relative"  # a relative change in numbers
    WITHIN_GROUP = "within-group"
    SUBGROUP = "subgroup"
    COMPOSITE = "composite"
    ANIMAL = "animal"


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue of the rules that was found in the claim's sentence: which, where, in what words."""

    cue: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a draft. All spans count in Document.text.

    `span` covers the smallest clause that holds predicate and outcome. `section` numbers the
    stretch between two headings, `block` indexes Document.blocks.
    """

    id: str
    span: Span
    sentence: Span
    block: int
    section: int
    text: str
    kind: ClaimKind
    direction: Direction
    certainty: Certainty
    strength: Strength
    intervention: Mention | None
    outcome: Mention | None
    condition: Mention | None = None
    population: Mention | None = None
    comparator: Mention | None = None
    timeframe: Mention | None = None
    magnitude: Mention | None = None
    attribution: Mention | None = None
    headline: bool = False
    wording: frozenset[Wording] = frozenset()
    disclosures: tuple[Disclosure, ...] = ()
    cues: tuple[CueHit, ...] = ()
    interventions: tuple[
        Mention, ...
    ] = ()  # every intervention the clause names, first the one above
