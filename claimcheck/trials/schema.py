"""What a trial record may hold: the pydantic mirror of the YAML, key by key."""

from __future__ import annotations

import difflib
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from claimcheck.model.trial import (
    Basis,
    Better,
    Comparison,
    DesignType,
    FindingKind,
    Hypothesis,
    OutcomeKind,
    PValue,
    Role,
    Scale,
)
from claimcheck.trials import values as check

if TYPE_CHECKING:
    from collections.abc import Mapping

E = TypeVar("E", bound=Enum)

Place = tuple[str | int, ...]


def _enum(kind: type[E]) -> BeforeValidator:
    members = {member.value: member for member in kind}
    checked = check.one_of(tuple(members))
    return BeforeValidator(lambda value: members[checked(value)])


_PMID = BeforeValidator(check.identifier(r"^pmid:?\s*", r"\d{1,9}", "32633662"))
_DOI = BeforeValidator(
    check.identifier(
        r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", r"10\.\d{4,9}/\S+", "10.1177/1352458520936226"
    )
)
_NCT = BeforeValidator(check.identifier(r"^$", r"NCT\d{8}", "NCT01234567"))
_ISRCTN = BeforeValidator(check.identifier(r"^$", r"ISRCTN\d{6,9}", "ISRCTN12345678"))
_PMCID = BeforeValidator(check.identifier(r"^$", r"PMC\d{1,9}", "PMC1234567"))

Text = Annotated[str, BeforeValidator(check.text)]
Number = Annotated[float, BeforeValidator(check.number)]
Amount = Annotated[float, BeforeValidator(check.amount)]
Whole = Annotated[int, BeforeValidator(check.whole)]
Texts = Annotated[list[Text], BeforeValidator(check.listed)]


class Part(BaseModel):
    """A mapping of a record: unknown keys are refused, a null is as good as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, data: Any) -> Any:  # noqa: ANN401
        if isinstance(data, str) and cls.short_form():
            return {cls.short_form(): data}
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data

    @classmethod
    def short_form(cls) -> str:
        """Name the key that is meant where plain text stands for the whole part; "" for none."""
        return ""


class NamedPart(Part):
    """A name, plain or with aliases."""

    name: Text
    aliases: Texts = []
    concept: Text | None = None

    @classmethod
    def short_form(cls) -> str:
        """Plain text is the name."""
        return "name"


class IdentifiersPart(Part):
    """Where a study is registered and published."""

    pmid: Annotated[str | None, _PMID] = None
    doi: Annotated[str | None, _DOI] = None
    nct: Annotated[str | None, _NCT] = None
    isrctn: Annotated[str | None, _ISRCTN] = None
    pmcid: Annotated[str | None, _PMCID] = None


class PublicationPart(Part):
    """A report of the study, and whether the registry marks it as one of its results."""

    pmid: Annotated[str | None, _PMID] = None
    doi: Annotated[str | None, _DOI] = None
    results: Annotated[bool, BeforeValidator(check.flag)] = False


class DesignPart(Part):
    """How a study was built."""

    type: Annotated[DesignType, _enum(DesignType)] = DesignType.UNKNOWN
    blinding: Annotated[
        str, BeforeValidator(check.one_of(("none", "single", "double", "unknown")))
    ] = "unknown"
    control: Annotated[
        str, BeforeValidator(check.one_of(("placebo", "active", "usual-care", "none", "unknown")))
    ] = "unknown"
    phase: Text | None = None
    enrolled: Whole | None = None


class PopulationPart(Part):
    """Who was studied."""

    age: Text | None = None
    sex: Text | None = None
    description: Text | None = None

    @classmethod
    def short_form(cls) -> str:
        """Plain text describes the people."""
        return "description"


class ArmPart(Part):
    """A group of a trial."""

    id: Text
    name: Text | None = None
    dose: Text | None = None
    role: Text | None = None
    n: Whole | None = None


class SubgroupPart(Part):
    """A part of the people studied."""

    name: Text
    prespecified: Annotated[bool | None, BeforeValidator(check.flag)] = None

    @classmethod
    def short_form(cls) -> str:
        """Plain text is the name."""
        return "name"


class ArmValuePart(Part):
    """What one arm showed."""

    arm: Text
    n: Whole | None = None
    mean: Number | None = None
    sd: Amount | None = None
    median: Number | None = None
    events: Amount | None = None


class AnalysisPart(Part):
    """One comparison on one outcome."""

    groups: Texts = []
    comparison: Annotated[Comparison, _enum(Comparison)] = Comparison.BETWEEN_GROUP
    measure: Text | None = None
    scale: Annotated[Scale, _enum(Scale)] | None = None
    estimate: Number | None = None
    ci: Annotated[tuple[float | None, float | None] | None, BeforeValidator(check.interval)] = None
    ci_level: Annotated[float, BeforeValidator(check.level)] = 95.0
    p: Annotated[PValue | None, BeforeValidator(check.p_value)] = None
    population: Text | None = None
    hypothesis: Annotated[Hypothesis, _enum(Hypothesis)] | None = None
    margin: Number | None = None
    alpha: Annotated[float, BeforeValidator(check.alpha)] = 0.05
    values: Annotated[list[ArmValuePart], BeforeValidator(check.listed)] = []
    method: Text | None = None
    finding: Annotated[FindingKind, _enum(FindingKind)] | None = None
    basis: Annotated[Basis, _enum(Basis)] | None = None


_OF_ANALYSIS = tuple(AnalysisPart.model_fields)


class OutcomePart(Part):
    """One thing measured; its analysis lies flat in it, or its analyses under `analyses`."""

    name: Text
    concept: Text | None = None
    kind: Annotated[OutcomeKind, _enum(OutcomeKind)] = OutcomeKind.EFFICACY
    role: Annotated[Role, _enum(Role)] = Role.UNKNOWN
    timepoint: Text | None = None
    better: Annotated[Better, _enum(Better)] = Better.UNKNOWN
    components: Texts = []
    registered_role: Annotated[Role, _enum(Role)] | None = None
    subgroup: SubgroupPart | None = None
    note: Text | None = None
    analyses: Annotated[list[AnalysisPart], BeforeValidator(check.listed)]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:  # noqa: ANN401
        if not isinstance(data, dict):
            return data
        present = {key: value for key, value in data.items() if value is not None}
        flat = {key: present.pop(key) for key in _OF_ANALYSIS if key in present}
        if flat and present.get("analyses"):
            keys = ", ".join(flat)
            raise ValueError(f"holds analyses, so {keys} must stand inside one of them")
        return {**present, "analyses": present.get("analyses") or [flat]}


class Record(Part):
    """A whole trial record."""

    id: Annotated[str, BeforeValidator(check.record_id)]
    title: Text | None = None
    identifiers: IdentifiersPart = IdentifiersPart()
    source: Texts = []
    year: Annotated[int, BeforeValidator(check.year)] | None = None
    status: Annotated[
        str | None, BeforeValidator(check.one_of(("retracted", "corrected", "terminated")))
    ] = None
    design: DesignPart = DesignPart()
    population: PopulationPart = PopulationPart()
    conditions: Annotated[list[NamedPart], BeforeValidator(check.listed)] = []
    interventions: Annotated[list[NamedPart], BeforeValidator(check.listed)] = []
    comparators: Annotated[list[NamedPart], BeforeValidator(check.listed)] = []
    arms: Annotated[list[ArmPart], BeforeValidator(check.listed)] = []
    outcomes: Annotated[list[OutcomePart], BeforeValidator(check.listed)] = []
    publications: Annotated[list[PublicationPart], BeforeValidator(check.listed)] = []


def parse(data: Mapping[str, object]) -> Record | list[tuple[Place, str]]:
    """Answer the record that plain data holds, or every fault in its shape and where it lies."""
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        return [_fault(fault) for fault in error.errors(include_url=False)]


def parse_outcome(data: object) -> OutcomePart | None:
    """Answer one outcome of a record that has faults elsewhere; None if it has its own."""
    try:
        return OutcomePart.model_validate(data)
    except ValidationError:
        return None


def _nearest(place: Place) -> str:
    """Suggest the known key that an unknown one was probably meant for."""
    parts = (Record, OutcomePart, AnalysisPart, NamedPart, DesignPart, IdentifiersPart, ArmPart)
    keys = {key for part in parts for key in part.model_fields}
    close = difflib.get_close_matches(str(place[-1]), sorted(keys), n=1)
    return f", did you mean {close[0]!r}?" if close else ""


def _fault(fault: Any) -> tuple[Place, str]:  # noqa: ANN401
    place = tuple(fault["loc"])
    match fault["type"]:
        case "extra_forbidden":
            return place, f"unknown key{_nearest(place)}"
        case "missing":
            return place[:-1], f"{place[-1]} is missing"
        case "value_error":
            return place, str(fault["ctx"]["error"])
        case "model_type" | "dict_type" | "model_attributes_type":
            return place, f"must be a mapping, got {check.show(fault['input'])}"
        case _:
            return (
                place,
                f"{fault['msg'][:1].lower()}{fault['msg'][1:]}, got {check.show(fault['input'])}",
            )
