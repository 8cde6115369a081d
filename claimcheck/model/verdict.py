"""A claim laid beside the evidence, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Analysis, Outcome, Trial


class VerdictKind(StrEnum):
    """What the results say of a claim."""

    SUPPORTED = "supported"
    OVERSTATED = "overstated"
    CONTRADICTED = "contradicted"
    NO_EVIDENCE = "no-evidence"


class Level(StrEnum):
    """How much an issue weighs at the gate."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Reason(StrEnum):
    """Why a claim got its verdict (Boutron 2010, Lazarus 2015, Yavchitz 2016, Haneef 2015)."""

    NEGATIVE_PRIMARY = "negative-primary"
    NULL_RESULT = "null-result"
    SECONDARY_ONLY = "secondary-only"
    SUBGROUP = "subgroup"
    TREND = "trend"
    WITHIN_GROUP = "within-group"
    STRENGTH = "strength"
    CAUSAL_FROM_OBSERVATIONAL = "causal-from-observational"
    POPULATION = "population"
    TIMEFRAME = "timeframe"
    NUMBERS = "numbers"
    EQUIVALENCE_FROM_NULL = "equivalence-from-null"
    MIXED_EVIDENCE = "mixed-evidence"
    SAFETY = "safety"
    OUTCOME_SWITCHED = "outcome-switched"
    DIRECTION = "direction"
    NOT_IN_CORPUS = "not-in-corpus"
    CONDITION_DIFFERS = "condition-differs"
    NOT_MEASURED = "not-measured"
    UNSETTLED = "unsettled"
    NONE = "none"


class Confidence(StrEnum):
    """How sure the program is of a verdict, from the surest down."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    def reaches(self, least: Confidence) -> bool:
        """Tell whether this is at least as sure as asked for."""
        order = tuple(Confidence)
        return order.index(self) <= order.index(least)


@dataclass(frozen=True, slots=True)
class Scores:
    """How well the parts of a claim fit a record, each from 0 to 1."""

    intervention: float = 0.0
    condition: float = 0.0
    outcome: float = 0.0


class Reach(StrEnum):
    """How a claim points at the outcome that it was laid beside."""

    GENERAL = "general"  # it names no outcome, so the primary ones answer it
    CONCEPT = "concept"  # its outcome is this outcome's concept
    NAMED = "named"  # its own words single out this outcome: instrument, dose, subgroup, numbers


class Beyond(StrEnum):
    """In what a claim reaches past the outcome that it was laid beside."""

    ANIMALS = "animals"  # the record is of animals or cells, the claim is not
    POPULATION = "population"  # the claim is about people without limit
    SURROGATE = "surrogate"  # a measure in the body answers for how people fare
    DEATHS = "deaths"  # said to die less, and cases were counted
    CURE = "cure"  # said to do away with the illness
    PREVENTION = "prevention"  # said to keep people from an illness that those studied had
    COMPONENT = "component"  # a composite answers for one event that it counts
    COMPARATOR = "comparator"  # better than what the study did not compare with
    DESIGN = "design"  # the study is called better built, or larger, than it was
    SIZE = "size"  # more people are told than took part
    RELEVANCE = "relevance"  # said to matter, and smaller than what matters
    TIMEFRAME = "timeframe"  # for longer than people were followed
    ONSET = "onset"  # sooner than people were first looked at
    CONDITION = "condition"  # a wider illness than was studied
    CLASS = "class"  # a class of treatments, of which one was studied
    SETTING = "setting"  # at home, and studied in hospital


class Manner(StrEnum):
    """What a claim's own words make of an effect or of its absence."""

    SLIGHT = "slight"  # small, modest, not much
    UNPROVEN = "unproven"  # that there is no proof
    VAGUE = "vague"  # "health benefits": no outcome in particular
    SAFE = "safe"  # harm is denied outright
    TOLERATED = "tolerated"  # well tolerated, few side effects
    SHARE = "share"  # a percentage is told as one of people


@dataclass(frozen=True, slots=True)
class Match:
    """A claim laid beside one outcome of one trial; no outcome where none answers it.

    `condition_fits` is None where the claim names no condition; `condition_wider` tells that the
    claim's condition holds the trial's; `figures`, that figures of the record stand in the claim's
    words; `own` is False where several treatments are compared and the outcome names none of them;
    `beyond`, in what the claim reaches past the outcome; `manner`, what its words make of the
    effect; `biomarker`, that the outcome is nothing that people feel; `another`, that the claim
    tells of another study; `same_people`, that the group of people it names was studied; `fields`
    are the trial's conditions, and all that they are kinds of; `part`, that the claim's words
    single out a part of the people in which the trial found a benefit; `floor`, what the difference
    would have had to reach to matter, and by whom, where the claim says that it matters and it does
    not.
    `because` says how it was matched.
    """

    trial: Trial
    outcome: Outcome | None
    scores: Scores
    cited: bool = False
    condition_fits: bool | None = None
    because: str = ""
    reach: Reach = Reach.CONCEPT
    condition_wider: bool = False
    figures: bool = False
    own: bool = True
    biomarker: bool = False
    beyond: frozenset[Beyond] = frozenset()
    manner: frozenset[Manner] = frozenset()
    another: bool = False
    same_people: bool = False
    fields: frozenset[str] = frozenset()
    part: bool = False
    floor: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong with a claim.

    `suppressed` holds the reason given for silencing it, or is None; `baselined` tells that not the
    draft but a baseline silences it.
    """

    rule: str
    reason: Reason
    level: Level
    because: str
    advice: str
    suppressed: str | None = None
    baselined: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of evidence: one outcome of one trial, and what it alone says of the claim."""

    match: Match
    verdict: VerdictKind
    because: str
    analysis: Analysis | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a claim; `issues` worst first, `trace` why, step by step."""

    claim: Claim
    kind: VerdictKind
    rule: str
    reason: Reason
    because: str
    advice: str
    confidence: Confidence
    notes: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    trace: tuple[str, ...] = ()

    @property
    def level(self) -> Level | None:
        """The level of the worst issue that is not suppressed, or None."""
        return next((issue.level for issue in self.issues if issue.suppressed is None), None)

    def with_issues(self, issues: tuple[Issue, ...]) -> Verdict:
        """Answer the verdict with these issues; the worst one that is not suppressed speaks for it.

        Its kind stays, for the results say what they say; where no issue is left the rest stays
        too, and only its level is None.
        """
        worst = next((issue for issue in issues if issue.suppressed is None), None)
        if worst is None:
            return replace(self, issues=issues)
        return replace(
            self,
            issues=issues,
            rule=worst.rule,
            reason=worst.reason,
            because=worst.because,
            advice=worst.advice,
        )
