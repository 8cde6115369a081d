"""What the verdict rules read: one claim beside its evidence, boiled down to a dozen answers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from claimcheck.model.claim import Certainty, ClaimKind, Direction

if TYPE_CHECKING:
    from collections.abc import Mapping


class EvidenceState(StrEnum):
    """How far the evidence can answer the claim at all."""

    NOT_IN_CORPUS = "not-in-corpus"  # no trial of this intervention, or it speaks of another study
    CONDITION_DIFFERS = "condition-differs"
    NOT_MEASURED = "not-measured"
    UNSETTLED = "unsettled"  # measured, but the record does not tell what came of it
    RETRACTED = "retracted"
    MIXED = "mixed"  # the best trials disagree
    SETTLED = "settled"


class Primary(StrEnum):
    """What became of primary outcomes."""

    MET = "met"  # one of them at least
    MISSED = "missed"  # all that are reported
    UNKNOWN = "unknown"  # none is known, or none reported


class Result(StrEnum):
    """The best result on what the claim speaks of."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    NULL = "null"
    NON_INFERIOR = "non-inferior"
    DIFFERS = "differs"  # significant, and which way is good for people is not known
    NONE = "none"


class ResultRole(StrEnum):
    """What part that result played in its trial."""

    PRIMARY = "primary"
    SWITCHED = "switched"  # the report calls it primary, the registry did not
    SECONDARY = "secondary"
    SUBGROUP = "subgroup"
    EXPLORATORY = "exploratory"
    WITHIN_GROUP = "within-group"
    UNKNOWN = "unknown"
    NONE = "none"


class Told(StrEnum):
    """What the draft has told its reader of the weakness of that result."""

    NOTHING = "nothing"
    ROLE = "role"  # that it is secondary, of a subgroup, uncontrolled, not significant
    NULL = "null"  # that the primary outcome failed, and the claim names another result


class StudyDesign(StrEnum):
    """What the design of the deciding study can show."""

    CONTROLLED = "controlled"
    UNCONTROLLED = "uncontrolled"  # one arm, before and after
    OBSERVATIONAL = "observational"
    CASE = "case"
    UNKNOWN = "unknown"


class Form(StrEnum):
    """What the claim's words make of the comparison, or of harm."""

    PLAIN = "plain"
    EQUIVALENCE = "equivalence"
    TREND = "trend"
    SLIGHT = "slight"  # an effect said to be small
    UNPROVEN = "unproven"  # proof said to be lacking
    SAFE = "safe"  # harm denied outright
    TOLERATED = "tolerated"  # harm said to be little


class Force(StrEnum):
    """How much the claim's words make of the relation."""

    PLAIN = "plain"
    STRONG = "strong"
    CAUSAL = "causal"
    ADVICE = "advice"  # people should take it
    LOOSE = "loose"  # a bare description, an association


class Extent(StrEnum):
    """In what the claim reaches past what the study looked at; of several the worst."""

    WITHIN = "within"
    ANIMALS = "animals"
    POPULATION = "population"
    SURROGATE = "surrogate"
    DEATHS = "deaths"
    CURE = "cure"
    PREVENTION = "prevention"
    COMPONENT = "component"
    COMPARATOR = "comparator"
    DESIGN = "design"
    SIZE = "size"
    RELEVANCE = "relevance"
    TIMEFRAME = "timeframe"
    ONSET = "onset"
    CONDITION = "condition"
    CLASS = "class"
    SETTING = "setting"


class Weight(StrEnum):
    """How much one study of this size and phase can carry."""

    FULL = "full"
    EARLY = "early"  # a pilot, an early phase, or few people


class Figures(StrEnum):
    """How the figures in the claim stand beside those of the record."""

    NONE = "none"  # nothing wrong, or nothing to compare
    MORE = "more"  # larger than any figure of the record
    POINTS = "points"  # percentage points for what is a relative change
    SHARE = "share"  # a share of people for what is a change of the mean
    IMPOSSIBLE = "impossible"  # no whole number of people makes this share
    DOSE = "dose"  # a dose well outside all that were given
    RELATIVE = "relative"  # the relative change alone, where the absolute one is known


class Chance(StrEnum):
    """Where the p-value stands beside the threshold that the study had to pass."""

    PLAIN = "plain"
    CORRECTED = "corrected"  # below 0.05, not below a threshold corrected for several tests


class Scope(StrEnum):
    """How the claim points at the result: at nothing in particular, at its concept, at itself."""

    GENERAL = "general"
    CONCEPT = "concept"
    NAMED = "named"


class Part(StrEnum):
    """Whether the claim is about a part of the people studied, and that part improved."""

    WHOLE = "whole"
    PART = "part"


class Voice(StrEnum):
    """Who speaks in the claim."""

    PLAIN = "plain"
    ANECDOTE = "anecdote"  # one person's story


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a verdict rule may ask.

    `primary` is of the claim's own outcome, `trial_primary` of the study as a whole. Where the
    evidence is neither settled nor mixed the result is `none`.
    """

    direction: Direction = Direction.BENEFIT
    certainty: Certainty = Certainty.ASSERTED
    evidence: EvidenceState = EvidenceState.SETTLED
    primary: Primary = Primary.UNKNOWN
    trial_primary: Primary = Primary.UNKNOWN
    result: Result = Result.NONE
    role: ResultRole = ResultRole.NONE
    told: Told = Told.NOTHING
    design: StudyDesign = StudyDesign.CONTROLLED
    form: Form = Form.PLAIN
    force: Force = Force.PLAIN
    extent: Extent = Extent.WITHIN
    scope: Scope = Scope.CONCEPT
    kind: ClaimKind = ClaimKind.EFFICACY
    weight: Weight = Weight.FULL
    figures: Figures = Figures.NONE
    chance: Chance = Chance.PLAIN
    part: Part = Part.WHOLE
    voice: Voice = Voice.PLAIN


FIELDS: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "direction": Direction,
        "certainty": Certainty,
        "evidence": EvidenceState,
        "primary": Primary,
        "trial_primary": Primary,
        "result": Result,
        "role": ResultRole,
        "told": Told,
        "design": StudyDesign,
        "form": Form,
        "force": Force,
        "extent": Extent,
        "scope": Scope,
        "kind": ClaimKind,
        "weight": Weight,
        "figures": Figures,
        "chance": Chance,
        "part": Part,
        "voice": Voice,
    }
)


def situation_fields() -> Mapping[str, frozenset[str]]:
    """Answer what a verdict rule may ask, and every answer it may get."""
    return {name: frozenset(kind) for name, kind in FIELDS.items()}


def situation_from(values: Mapping[str, str]) -> Situation:
    """Answer the situation that these values describe; what is not given is as by default."""
    default = situation_values(Situation())
    wanted = {**default, **values}
    return Situation(
        direction=Direction(wanted["direction"]),
        certainty=Certainty(wanted["certainty"]),
        evidence=EvidenceState(wanted["evidence"]),
        primary=Primary(wanted["primary"]),
        trial_primary=Primary(wanted["trial_primary"]),
        result=Result(wanted["result"]),
        role=ResultRole(wanted["role"]),
        told=Told(wanted["told"]),
        design=StudyDesign(wanted["design"]),
        form=Form(wanted["form"]),
        force=Force(wanted["force"]),
        extent=Extent(wanted["extent"]),
        scope=Scope(wanted["scope"]),
        kind=ClaimKind(wanted["kind"]),
        weight=Weight(wanted["weight"]),
        figures=Figures(wanted["figures"]),
        chance=Chance(wanted["chance"]),
        part=Part(wanted["part"]),
        voice=Voice(wanted["voice"]),
    )


def situation_values(situation: Situation) -> dict[str, str]:
    """Answer the situation as plain words, in the order of its fields."""
    return {field.name: str(getattr(situation, field.name)) for field in fields(situation)}
