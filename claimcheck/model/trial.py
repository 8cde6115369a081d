"""One study's record: what was done, in whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class DesignType(StrEnum):
    """How a study was built."""

    RANDOMIZED = "randomized"
    CROSSOVER = "crossover"
    SINGLE_ARM = "single-arm"
    COHORT = "cohort"
    CASE_REPORT = "case-report"
    CASE_CONTROL = "case-control"
    META_ANALYSIS = "meta-analysis"
    OBSERVATIONAL = "observational"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What part an outcome played in its trial's plan."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SUBGROUP = "subgroup"
    EXPLORATORY = "exploratory"
    UNKNOWN = "unknown"


class OutcomeKind(StrEnum):
    """What sort of thing an outcome measures."""

    EFFICACY = "efficacy"
    SAFETY = "safety"
    BIOMARKER = "biomarker"
    PROCESS = "process"


class Better(StrEnum):
    """Which way of an outcome is good for people."""

    LOWER = "lower"
    HIGHER = "higher"
    UNKNOWN = "unknown"


class FindingKind(StrEnum):
    """What an analysis shows."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    DIFFERS = "differs"
    NO_DIFFERENCE = "no-difference"
    NON_INFERIOR = "non-inferior"
    NOT_REPORTED = "not-reported"


class Basis(StrEnum):
    """How a finding is known."""

    REPORTED = "reported"
    COMPUTED = "computed"
    STATED = "stated"


class Comparison(StrEnum):
    """What an analysis compares."""

    BETWEEN_GROUP = "between-group"
    WITHIN_GROUP = "within-group"


class Scale(StrEnum):
    """Where an estimate's null lies: 0 for a difference, 1 for a ratio."""

    DIFFERENCE = "difference"
    RATIO = "ratio"
    PERCENT_REDUCTION = "percent-reduction"
    UNKNOWN = "unknown"


class Hypothesis(StrEnum):
    """What an analysis set out to show."""

    SUPERIORITY = "superiority"
    NON_INFERIORITY = "non-inferiority"
    EQUIVALENCE = "equivalence"


@dataclass(frozen=True, slots=True)
class PValue:
    """A p-value as probability, with its sign."""

    value: float
    sign: Literal["<", "=", ">"] = "="

    def __str__(self) -> str:
        number = f"{self.value:.10f}".rstrip("0").rstrip(".")
        return number if self.sign == "=" else f"{self.sign}{number}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an analysis shows, why it is read so, and how it is known."""

    kind: FindingKind
    because: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class ArmValue:
    """What one arm showed: n people, mean and SD or median in the outcome's units, or events."""

    arm: str
    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    events: float | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """One comparison on one outcome.

    `estimate` is the first group minus (or over) the second, in the outcome's own units; `ci` is
    (lower, upper) at `ci_level` per cent.
    """

    finding: Finding
    groups: tuple[str, ...] = ()
    comparison: Comparison = Comparison.BETWEEN_GROUP
    measure: str | None = None
    scale: Scale = Scale.UNKNOWN
    estimate: float | None = None
    ci: tuple[float | None, float | None] | None = None
    ci_level: float = 95.0
    p: PValue | None = None
    population: str | None = None
    hypothesis: Hypothesis = Hypothesis.SUPERIORITY
    margin: float | None = None
    alpha: float = 0.05
    values: tuple[ArmValue, ...] = ()
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Subgroup:
    """A part of the people studied."""

    name: str
    prespecified: bool | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that a trial measured. It has one analysis at least."""

    name: str
    analyses: tuple[Analysis, ...]
    concept: str | None = None
    kind: OutcomeKind = OutcomeKind.EFFICACY
    role: Role = Role.UNKNOWN
    timepoint: str | None = None
    better: Better = Better.UNKNOWN
    components: tuple[str, ...] = ()
    registered_role: Role | None = None
    subgroup: Subgroup | None = None
    note: str | None = None

    @property
    def analysis(self) -> Analysis:
        """The analysis that the record puts first."""
        return self.analyses[0]

    @property
    def finding(self) -> Finding:
        """What the first analysis shows."""
        return self.analyses[0].finding


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the other names that the record gives for the same thing."""

    name: str
    aliases: tuple[str, ...] = ()
    concept: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Arm:
    """A group of a trial."""

    id: str
    name: str
    dose: str | None = None
    role: str | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Where a study is registered and published."""

    pmid: str | None = None
    doi: str | None = None
    nct: str | None = None
    isrctn: str | None = None
    pmcid: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A report of a study; `results` tells that the registry marks it as one of its results."""

    pmid: str | None = None
    doi: str | None = None
    results: bool = False


@dataclass(frozen=True, slots=True)
class Design:
    """How a study was built and how many took part."""

    type: DesignType = DesignType.UNKNOWN
    blinding: str = "unknown"
    control: str = "unknown"
    phase: str | None = None
    enrolled: int | None = None


@dataclass(frozen=True, slots=True)
class Population:
    """Who was studied."""

    age: str | None = None
    sex: str | None = None
    description: str | None = None


def _is_significant(p: PValue, alpha: float) -> bool:
    return p.sign != ">" and (p.value < alpha or (p.sign == "<" and p.value <= alpha))


PrimaryStatus = Literal["all_sig", "none_sig", "mixed", "none"]


@dataclass(frozen=True, slots=True)
class Trial:
    """One study's record; the attributes carry the record format's key names."""

    id: str
    title: str
    identifiers: Identifiers = Identifiers()
    source: tuple[str, ...] = ()
    year: int | None = None
    status: str | None = None
    design: Design = Design()
    population: Population = Population()
    conditions: tuple[Named, ...] = ()
    interventions: tuple[Named, ...] = ()
    comparators: tuple[Named, ...] = ()
    arms: tuple[Arm, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    publications: tuple[Publication, ...] = ()

    def primary_status(self, basis: Basis | str = Basis.REPORTED) -> PrimaryStatus:
        """Sum up the superiority p-values of the primary outcomes, from findings of one basis.

        `none` where there is no such p-value.
        """
        significant = [
            _is_significant(analysis.p, analysis.alpha)
            for outcome in self.outcomes
            if outcome.role is Role.PRIMARY
            for analysis in outcome.analyses
            if analysis.p is not None
            and analysis.finding.basis == basis
            and analysis.hypothesis is Hypothesis.SUPERIORITY
        ]
        if not significant:
            return "none"
        if all(significant):
            return "all_sig"
        return "mixed" if any(significant) else "none_sig"
