"""What a trial record may hold: the pydantic mirror of the YAML, key by key."""

from __future__ import annotations

import math
import re
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

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

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

E = TypeVar("E", bound=Enum)

Place = tuple[str | int, ...]

# How registries and papers spell what the format calls otherwise.
_SPELLINGS = {
    "randomised": "randomized",
    "double-blind": "double",
    "single-blind": "single",
    "open": "none",
    "open-label": "none",
}


def _text(value: object) -> object:
    if isinstance(value, str):
        if not value.strip():
            raise ValueError("must not be empty")
        return " ".join(value.split())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ValueError(f"must be text, got {_show(value)}")


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"must be a number, got {_show(value)}")  # noqa: TRY004
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("must be a finite number")
    return number


def _whole(value: object) -> object:
    number = _number(value)
    if isinstance(number, float) and number.is_integer() and number >= 0:
        return int(number)
    raise ValueError(f"must be a whole number from 0 up, got {_show(value)}")


def _flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    raise ValueError(f"must be true or false, got {_show(value)}")


def _list(value: object) -> object:
    items = list(value) if isinstance(value, list | tuple) else [value]
    return [item for item in items if item is not None]


def _one_of(values: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        name = re.sub(r"[\s_]+", "-", str(value).strip().lower())
        name = name if name in values else _SPELLINGS.get(name, name)
        if not isinstance(value, str) or name not in values:
            raise ValueError(f"must be one of {', '.join(values)}, got {_show(value)}")
        return name

    return check


def _enum(kind: type[E]) -> BeforeValidator:
    check = _one_of(tuple(member.value for member in kind))
    return BeforeValidator(lambda value: kind(check(value)))


_P = re.compile(r"\s*(?:p\s*(?:-?\s*value)?\s*)?(<=|>=|[<>=≤≥≦≧]?)\s*(\d*\.?\d+(?:e-?\d+)?)\s*", re.IGNORECASE)


def _p(value: object) -> PValue:
    if isinstance(value, PValue):
        return value
    if isinstance(value, str):
        parts = _P.fullmatch(value)
        if parts is None:
            raise ValueError(f"must be a number or text such as '<0.001', got {_show(value)}")
        sign, number = parts.group(1), float(parts.group(2))
    else:
        sign, number = "=", float(str(_number(value)))
    if not 0 <= number <= 1 or (sign[:1] in {"<", "≤", "≦"} and number == 0):
        raise ValueError(f"must lie between 0 and 1, got {_show(value)}")
    if sign[:1] in {"<", "≤", "≦"}:
        return PValue(number, "<")
    return PValue(number, ">" if sign[:1] in {">", "≥", "≧"} else "=")


def _interval(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004
        raise ValueError(f"must be two numbers, [lower, upper], got {_show(value)}")
    low, high = (None if end is None else _number(end) for end in value)
    if isinstance(low, float) and isinstance(high, float) and low > high:
        raise ValueError(f"the lower end {low:g} lies above the upper end {high:g}")
    return None if low is None and high is None else (low, high)


def _identifier(prefix: str, pattern: str, shape: str) -> BeforeValidator:
    strip, whole = re.compile(prefix, re.IGNORECASE), re.compile(pattern)

    def check(value: object) -> str:
        text = strip.sub("", str(_text(value)))
        text = text.lower() if shape.startswith("10.") else text.upper()
        if not whole.fullmatch(text):
            raise ValueError(f"must look like {shape}, got {_show(value)}")
        return text

    return BeforeValidator(check)


def _record_id(value: object) -> str:
    text = str(_text(value))
    if not re.fullmatch(r"[^\W_][^\x00-\x1f/\\:*?\"<>|]{0,149}", text):
        raise ValueError(f"must be a name that can name a file, got {_show(value)}")
    return text


def _show(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."  # noqa: PLR2004


Text = Annotated[str, BeforeValidator(_text)]
Number = Annotated[float, BeforeValidator(_number)]
Whole = Annotated[int, BeforeValidator(_whole)]
Texts = Annotated[list[Text], BeforeValidator(_list)]


class Part(BaseModel):
    """A mapping of a record: unknown keys are refused, a null is as good as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, data: Any) -> Any:  # noqa: ANN401
        if isinstance(data, str) and cls.short_form():
            return {cls.short_form(): data}
        if isinstance(data, dict):
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

    pmid: Annotated[str | None, _identifier(r"^(?:pmid:?\s*)", r"\d{1,9}", "32633662")] = None
    doi: Annotated[
        str | None,
        _identifier(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", r"10\.\d{4,9}/\S+", "10.1000/182"),
    ] = None
    nct: Annotated[str | None, _identifier(r"^$", r"NCT\d{8}", "NCT01234567")] = None
    isrctn: Annotated[str | None, _identifier(r"^$", r"ISRCTN\d{6,9}", "ISRCTN12345678")] = None
    pmcid: Annotated[str | None, _identifier(r"^$", r"PMC\d{1,9}", "PMC1234567")] = None


class DesignPart(Part):
    """How a study was built."""

    type: Annotated[DesignType, _enum(DesignType)] = DesignType.UNKNOWN
    blinding: Annotated[
        str, BeforeValidator(_one_of(("none", "single", "double", "unknown")))
    ] = "unknown"
    control: Annotated[
        str, BeforeValidator(_one_of(("placebo", "active", "usual-care", "none", "unknown")))
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
    prespecified: Annotated[bool | None, BeforeValidator(_flag)] = None

    @classmethod
    def short_form(cls) -> str:
        """Plain text is the name."""
        return "name"


class ArmValuePart(Part):
    """What one arm showed."""

    arm: Text
    n: Whole | None = None
    mean: Number | None = None
    sd: Annotated[float, BeforeValidator(_number), Field(ge=0)] | None = None
    median: Number | None = None
    events: Annotated[float, BeforeValidator(_number), Field(ge=0)] | None = None


class AnalysisPart(Part):
    """One comparison on one outcome."""

    groups: Texts = []
    comparison: Annotated[Comparison, _enum(Comparison)] = Comparison.BETWEEN_GROUP
    measure: Text | None = None
    scale: Annotated[Scale, _enum(Scale)] | None = None
    estimate: Number | None = None
    ci: Annotated[tuple[float | None, float | None] | None, BeforeValidator(_interval)] = None
    ci_level: Annotated[float, BeforeValidator(_number), Field(gt=50, lt=100)] = 95.0
    p: Annotated[PValue | None, BeforeValidator(_p)] = None
    population: Text | None = None
    hypothesis: Annotated[Hypothesis, _enum(Hypothesis)] | None = None
    margin: Number | None = None
    alpha: Annotated[float, BeforeValidator(_number), Field(gt=0, lt=1)] = 0.05
    values: Annotated[list[ArmValuePart], BeforeValidator(_list)] = []
    method: Text | None = None
    finding: Annotated[FindingKind, _enum(FindingKind)] | None = None
    basis: Annotated[Basis, _enum(Basis)] | None = None


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
    analyses: Annotated[list[AnalysisPart], BeforeValidator(_list)]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, data: Any) -> Any:  # noqa: ANN401
        if not isinstance(data, dict):
            return data
        present = {key: value for key, value in data.items() if value is not None}
        flat = {key: present.pop(key) for key in AnalysisPart.model_fields if key in present}
        if flat and present.get("analyses"):
            keys = ", ".join(flat)
            raise ValueError(f"holds analyses, so {keys} must stand inside one of them")
        return {**present, "analyses": present.get("analyses") or [flat]}


class Record(Part):
    """A whole trial record."""

    id: Annotated[str, BeforeValidator(_record_id)]
    title: Text | None = None
    identifiers: IdentifiersPart = IdentifiersPart()
    source: Texts = []
    year: Annotated[int, BeforeValidator(_whole), Field(ge=1700, le=2200)] | None = None
    status: Annotated[
        str | None, BeforeValidator(_one_of(("retracted", "corrected", "terminated")))
    ] = None
    design: DesignPart = DesignPart()
    population: PopulationPart = PopulationPart()
    conditions: Annotated[list[NamedPart], BeforeValidator(_list)] = []
    interventions: Annotated[list[NamedPart], BeforeValidator(_list)] = []
    comparators: Annotated[list[NamedPart], BeforeValidator(_list)] = []
    arms: Annotated[list[ArmPart], BeforeValidator(_list)] = []
    outcomes: Annotated[list[OutcomePart], BeforeValidator(_list)] = []


def parse(data: Mapping[str, object]) -> Record | list[tuple[Place, str]]:
    """Answer the record that plain data holds, or every fault in its shape and where it lies."""
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        return [_fault(fault) for fault in error.errors(include_url=False)]


def _fault(fault: Any) -> tuple[Place, str]:  # noqa: ANN401
    place = tuple(fault["loc"])
    match fault["type"]:
        case "extra_forbidden":
            return place[:-1], f"unknown key {place[-1]!r}"
        case "missing":
            return place[:-1], f"{place[-1]} is missing"
        case "value_error":
            return place, str(fault["ctx"]["error"])
        case "model_type" | "dict_type" | "model_attributes_type":
            return place, f"must be a mapping, got {_show(fault['input'])}"
        case _:
            return place, f"{fault['msg'][:1].lower()}{fault['msg'][1:]}, got {_show(fault['input'])}"
