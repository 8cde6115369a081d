"""The form of the YAML files, held by pydantic; each form answers the value it stands for."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from claimcheck.model.trial import Better
from claimcheck.model.verdict import Level, Reason, VerdictKind
from claimcheck.rulebook.types import (
    Cue,
    OutcomeClass,
    RuleExample,
    Scope,
    ScopeDirection,
    Term,
    TermKind,
    VerdictRule,
)

if TYPE_CHECKING:
    from claimcheck.errors import Location
    from claimcheck.rulebook.source import Table

Item = Cue | Scope | Term | VerdictRule


def _as_text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = tuple[Text, ...]
Examples = Annotated[tuple[Text, ...], Field(min_length=1)]
Value = Annotated[Text, BeforeValidator(_as_text)]
Values = Annotated[tuple[Value, ...], Field(min_length=1), BeforeValidator(_as_list)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CueForm(_Form):
    """How a cue is written."""

    id: Text
    kind: Text
    value: Value | None = None
    phrases: Texts | None = None
    pattern: Text | None = None
    exact: bool = False
    scope: Text | None = None
    source: Text | None = None
    match: Examples
    no_match: Examples

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is None:
            return None
        try:
            compiled = re.compile(pattern, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"is no regular expression: {error}") from error
        if compiled.search("") is not None:
            raise ValueError("matches the empty text, so it would match everywhere")
        return pattern

    @model_validator(mode="after")
    def _one_way(self) -> CueForm:
        if bool(self.phrases) == bool(self.pattern):
            both = "not both" if self.pattern else "one of them"
            raise ValueError(f"give phrases or a pattern, {both}")
        return self

    def value_at(self, place: Location) -> Cue:
        """Answer the cue that is written here."""
        return Cue(
            id=self.id,
            kind=self.kind,
            value=self.value,
            phrases=self.phrases or (),
            pattern=self.pattern,
            exact=self.exact,
            scope=self.scope,
            source=self.source,
            match=self.match,
            no_match=self.no_match,
            location=place,
        )


class ScopeForm(_Form):
    """How a scope is written."""

    id: Text
    direction: ScopeDirection
    stop_at: Texts = ()
    max_tokens: Annotated[int, Field(ge=0)] = 0
    pseudo: Texts = ()

    def value_at(self, place: Location) -> Scope:
        """Answer the scope that is written here."""
        return Scope(self.id, self.direction, self.stop_at, self.max_tokens, self.pseudo, place)


class TermForm(_Form):
    """How a term is written."""

    id: Text
    kind: TermKind
    names: Texts = ()
    exact: Texts = ()
    near_misses: Texts = ()
    parents: Texts = ()
    concept: Text | None = None
    class_: Annotated[OutcomeClass, Field(alias="class")] = OutcomeClass.CLINICAL
    better: Better | None = None
    stands_for_members: bool = False
    source: Text | None = None
    smallest_change: Annotated[float, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _is_named(self) -> TermForm:
        if not self.names and not self.exact:
            raise ValueError("give names, exact, or both")
        if self.kind is TermKind.INSTRUMENT and self.concept is None:
            raise ValueError("an instrument needs the concept that it measures")
        return self

    @model_validator(mode="after")
    def _is_sourced(self) -> TermForm:
        known = self.kind is TermKind.INSTRUMENT and self.source is not None
        if self.smallest_change is not None and not known:
            raise ValueError("a smallest_change is an instrument's, and needs a source")
        return self

    def value_at(self, place: Location) -> Term:
        """Answer the term that is written here."""
        return Term(
            id=self.id,
            kind=self.kind,
            names=self.names,
            exact=self.exact,
            near_misses=self.near_misses,
            parents=self.parents,
            concept=self.concept,
            outcome_class=self.class_,
            better=self.better,
            stands_for_members=self.stands_for_members,
            source=self.source,
            smallest_change=self.smallest_change,
            location=place,
        )


class ExampleForm(_Form):
    """How an example of a verdict rule is written."""

    claim: Text
    situation: dict[Text, Value]


class VerdictForm(_Form):
    """How a verdict rule is written."""

    code: Annotated[str, StringConstraints(pattern=r"^CC\d{3}$")]
    name: Text
    verdict: VerdictKind
    reason: Reason
    level: Level | None = None
    when: dict[Text, Values]
    because: Text
    advice: Text
    description: Text
    references: Texts = ()
    match: Annotated[tuple[ExampleForm, ...], Field(min_length=1)]
    no_match: Annotated[tuple[ExampleForm, ...], Field(min_length=1)]

    @field_validator("level", mode="before")
    @classmethod
    def _none_is_none(cls, level: object) -> object:
        return None if level == "none" else level

    @field_validator("because", "advice")
    @classmethod
    def _has_good_slots(cls, template: str) -> str:
        try:
            slots = [slot for _, slot, _, _ in string.Formatter().parse(template)]
        except ValueError as error:
            raise ValueError(f"is no template: {error}") from error
        for slot in slots:
            if slot is not None and not slot.isidentifier():
                raise ValueError(f"has a slot {{{slot}}}, which is no name")
        return template

    def value_at(self, place: Location) -> VerdictRule:
        """Answer the rule that is written here."""
        return VerdictRule(
            code=self.code,
            name=self.name,
            verdict=self.verdict,
            reason=self.reason,
            level=self.level,
            when=self.when,
            because=self.because,
            advice=self.advice,
            description=self.description,
            references=self.references,
            match=tuple(RuleExample(one.claim, one.situation) for one in self.match),
            no_match=tuple(RuleExample(one.claim, one.situation) for one in self.no_match),
            location=place,
        )


_FORMS: dict[str, type[CueForm | ScopeForm | TermForm | VerdictForm]] = {
    "cues": CueForm,
    "scopes": ScopeForm,
    "terms": TermForm,
    "rules": VerdictForm,
}


def read_item(part: str, table: Table, place: Location) -> Item | list[Any]:
    """Which cue, scope, term or verdict rule does this mapping write, or what is wrong with it?

    Faults come in pydantic's own form (`type`, `loc`, `input`, `ctx`).
    """
    try:
        return _FORMS[part].model_validate(table).value_at(place)
    except ValidationError as error:
        # A list whose only item is faulty counts as too short as well: once told is enough.
        return [
            fault
            for fault in error.errors(include_url=False)
            if not (fault["type"] == "too_short" and fault["input"])
        ]


def known_keys(part: str, *, example: bool = False) -> list[str]:
    """Which keys may stand in an item of this part, or in an example of it?"""
    form = ExampleForm if example else _FORMS[part]
    return [field.alias or name for name, field in form.model_fields.items()]
