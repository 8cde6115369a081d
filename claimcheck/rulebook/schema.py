"""The form of the YAML files, held by pydantic, and what holds between them."""

from __future__ import annotations

import difflib
import re
import string
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

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

from claimcheck.errors import Location
from claimcheck.model.trial import Better
from claimcheck.model.verdict import Level, Reason, VerdictKind
from claimcheck.rulebook.source import Listing, Part, Source, Table
from claimcheck.rulebook.types import (
    Cue,
    OutcomeClass,
    RuleExample,
    Rulebook,
    Scope,
    ScopeDirection,
    Term,
    TermKind,
    VerdictRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = tuple[Text, ...]
Some = Annotated[tuple[Text, ...], Field(min_length=1)]


def _as_text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Value = Annotated[Text, BeforeValidator(_as_text)]
Values = Annotated[tuple[Value, ...], Field(min_length=1), BeforeValidator(_as_list)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CueModel(_Model):
    """How a cue is written."""

    id: Text
    kind: Text
    value: Value | None = None
    phrases: Texts | None = None
    pattern: Text | None = None
    exact: bool = False
    scope: Text | None = None
    source: Text | None = None
    match: Some
    no_match: Some

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        if pattern is None:
            return None
        try:
            compiled = re.compile(pattern, re.IGNORECASE)
        except re.error as error:
            msg = f"is no regular expression: {error}"
            raise ValueError(msg) from error
        if compiled.search("") is not None:
            msg = "matches the empty text, so it would match everywhere"
            raise ValueError(msg)
        return pattern

    @model_validator(mode="after")
    def _one_way(self) -> CueModel:
        if bool(self.phrases) == bool(self.pattern):
            msg = f"give phrases or a pattern, {'not both' if self.pattern else 'one of them'}"
            raise ValueError(msg)
        return self


class ScopeModel(_Model):
    """How a scope is written."""

    id: Text
    direction: ScopeDirection
    stop_at: Texts = ()
    max_tokens: Annotated[int, Field(ge=0)] = 0
    pseudo: Texts = ()


class TermModel(_Model):
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

    @model_validator(mode="after")
    def _is_named(self) -> TermModel:
        if not self.names and not self.exact:
            msg = "give names, exact, or both"
            raise ValueError(msg)
        if self.kind is TermKind.INSTRUMENT and self.concept is None:
            msg = "an instrument needs the concept that it measures"
            raise ValueError(msg)
        return self


class ExampleModel(_Model):
    """How an example of a verdict rule is written."""

    claim: Text
    situation: dict[Text, Value]


class VerdictModel(_Model):
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
    match: Annotated[tuple[ExampleModel, ...], Field(min_length=1)]
    no_match: Annotated[tuple[ExampleModel, ...], Field(min_length=1)]

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
            msg = f"is no template: {error}"
            raise ValueError(msg) from error
        for slot in slots:
            if slot is not None and not slot.isidentifier():
                msg = f"has a slot {{{slot}}}, which is no name"
                raise ValueError(msg)
        return template


_Written = TypeVar("_Written", bound=_Model)


class _Builder:
    """Gathers what the sources hold, layer over layer, and every fault on the way."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        self.cues: dict[str, Cue] = {}
        self.scopes: dict[str, Scope] = {}
        self.terms: dict[tuple[str, str], Term] = {}
        self.verdicts: dict[str, VerdictRule] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.irregular: dict[str, str] = {}
        self.seen: dict[tuple[int, str, str], Location] = {}
        self.places: dict[tuple[str, str], Location] = {}

    def read(self, source: Source) -> None:
        known = {
            Part.LEXICON: ("cues", "scopes", "words", "irregular"),
            Part.TERMS: ("terms",),
            Part.VERDICTS: ("rules",),
        }[source.part]
        if source.content is None:
            return
        if not isinstance(source.content, Table):
            self._fault(Location(source.name), f"must hold {_either(known)} as keys")
            return
        for name, content in source.content.items():
            place = Location(source.name, source.content.lines[name])
            if name not in known:
                self._fault(place, f"unknown key {name!r}{_nearest(name, known)}")
            elif content is None:
                continue
            elif name in {"words", "irregular"}:
                self._read_table(source, name, content, place)
            elif isinstance(content, Listing):
                for item in content:
                    self._read_item(source, name, item, place)
            else:
                self._fault(place, f"{name} must be a list")

    def _read_item(self, source: Source, name: str, item: Any, place: Location) -> None:  # noqa: ANN401
        if not isinstance(item, Table):
            self._fault(place, f"{name} must be a list of mappings, got {_show(item)}")
            return
        here = Location(source.name, item.line)
        match name:
            case "cues":
                if (cue := self._model(source, "rule", CueModel, item)) is not None:
                    self._keep(self.cues, cue.id, _cue(cue, here), source, "rule", here)
            case "scopes":
                if (scope := self._model(source, "scope", ScopeModel, item)) is not None:
                    self._keep(self.scopes, scope.id, _scope(scope), source, "scope", here)
            case "terms":
                if (term := self._model(source, "term", TermModel, item)) is not None:
                    value = _term(term, here)
                    self._keep(self.terms, (term.kind, term.id), value, source, "term", here)
            case _:
                if (rule := self._model(source, "rule", VerdictModel, item)) is not None:
                    self._keep(self.verdicts, rule.code, _verdict(rule, here), source, "rule", here)

    def _read_table(self, source: Source, name: str, content: Any, place: Location) -> None:  # noqa: ANN401
        if not isinstance(content, Table):
            self._fault(place, f"{name} must be a mapping, got {_show(content)}")
            return
        for key, value in content.items():
            here = Location(source.name, content.lines[key])
            if name == "irregular":
                if isinstance(value, str) and value.strip():
                    self._keep(self.irregular, key, value.strip(), source, "irregular form", here)
                else:
                    self._fault(here, f"irregular form {key}: must be text, got {_show(value)}")
            elif isinstance(value, Listing) and all(isinstance(v, str) and v for v in value):
                self._keep(self.words, key, tuple(value), source, "word list", here)
            else:
                self._fault(here, f"word list {key}: must be a list of texts, got {_show(value)}")

    def _model(
        self, source: Source, noun: str, model: type[_Written], item: Table
    ) -> _Written | None:
        try:
            return model.model_validate(item)
        except ValidationError as error:
            name = item.get("code" if model is VerdictModel else "id")
            label = f"{noun} {name if isinstance(name, str) else '(without id)'}"
            for fault in error.errors(include_url=False):
                line, message = _explain(fault, item, model)
                self._fault(Location(source.name, line), f"{label}: {message}")
            return None

    def _keep(
        self, kept: dict[Any, Any], key: Any, value: Any, source: Source, noun: str, here: Location  # noqa: ANN401
    ) -> None:
        mark = (source.layer, noun, repr(key))
        if (first := self.seen.get(mark)) is not None:
            name = key[1] if isinstance(key, tuple) else key
            self._fault(here, f"{noun} {name}: is given twice, first in {first}")
            return
        self.seen[mark] = here
        self.places[noun, repr(key)] = here
        kept[key] = value

    def check_references(self) -> None:
        """Find what names a scope, parent or concept that no file holds."""
        for cue in self.cues.values():
            if cue.scope is not None and cue.scope not in self.scopes:
                hint = _nearest(cue.scope, self.scopes)
                self._fault(cue.location, f"rule {cue.id}: unknown scope {cue.scope!r}{hint}")
        ids = {term.id for term in self.terms.values()}
        outcomes = {term.id for term in self.terms.values() if term.kind is TermKind.OUTCOME}
        for term in self.terms.values():
            place = term.location or Location("rules")
            for parent in term.parents:
                if parent not in ids:
                    hint = _nearest(parent, ids)
                    self._fault(place, f"term {term.id}: unknown parent {parent!r}{hint}")
            if term.concept is not None and term.concept not in outcomes:
                hint = _nearest(term.concept, outcomes)
                self._fault(place, f"term {term.id}: unknown concept {term.concept!r}{hint}")
        self._check_ancestors()

    def _check_ancestors(self) -> None:
        parents: dict[str, tuple[str, ...]] = {}
        for term in self.terms.values():
            parents[term.id] = (*parents.get(term.id, ()), *term.parents)
        for term in self.terms.values():
            met: set[str] = set()
            waiting = list(term.parents)
            while waiting:
                ancestor = waiting.pop()
                if ancestor not in met:
                    met.add(ancestor)
                    waiting += parents.get(ancestor, ())
            if term.id in met:
                place = term.location or Location("rules")
                self._fault(place, f"term {term.id}: is among its own ancestors")

    def _fault(self, place: Location, message: str) -> None:
        self.faults.append(f"{place}: {message}")


def build(sources: Iterable[Source], *, fingerprint: str, faults: list[str]) -> Rulebook:
    """Which rules do these files hold, taken together? Appends every fault found to `faults`."""
    builder = _Builder(faults)
    for source in sources:
        builder.read(source)
    builder.check_references()
    return Rulebook(
        cues=tuple(builder.cues.values()),
        scopes=builder.scopes,
        terms=tuple(builder.terms.values()),
        verdicts=tuple(builder.verdicts.values()),
        words=builder.words,
        irregular=builder.irregular,
        fingerprint=fingerprint,
    )


def _cue(model: CueModel, place: Location) -> Cue:
    return Cue(
        model.id, model.kind, model.value, model.phrases or (), model.pattern, model.exact,
        model.scope, model.source, model.match, model.no_match, place,
    )


def _scope(model: ScopeModel) -> Scope:
    return Scope(model.id, model.direction, model.stop_at, model.max_tokens, model.pseudo)


def _term(model: TermModel, place: Location) -> Term:
    return Term(
        model.id, model.kind, model.names, model.exact, model.near_misses, model.parents,
        model.concept, model.class_, model.better, model.stands_for_members, model.source, place,
    )


def _verdict(model: VerdictModel, place: Location) -> VerdictRule:
    return VerdictRule(
        model.code, model.name, model.verdict, model.reason, model.level, model.when,
        model.because, model.advice, model.description, model.references,
        tuple(RuleExample(e.claim, e.situation) for e in model.match),
        tuple(RuleExample(e.claim, e.situation) for e in model.no_match), place,
    )


def _explain(fault: Any, item: Table, model: type[_Model]) -> tuple[int, str]:  # noqa: ANN401
    """In which line does this fault of pydantic's lie, and how is it told in the user's words?"""
    where = tuple(fault["loc"])
    line = _line(item, where)
    name = ".".join(str(step) for step in where if isinstance(step, str)) or "rule"
    context = fault.get("ctx", {})
    got = f", got {_show(fault['input'])}"
    match fault["type"]:
        case "extra_forbidden":
            known = [f.alias or n for n, f in model.model_fields.items()]
            if len(where) > 1:
                known = list(ExampleModel.model_fields)
            return line, f"unknown key {where[-1]!r}{_nearest(str(where[-1]), known)}"
        case "missing":
            return line, f"{name} is missing"
        case "enum":
            wanted = context["expected"].replace("'", "")
            return line, f"{name} must be {wanted}{got}"
        case "too_short" | "string_too_short":
            return line, f"{name} must not be empty"
        case "value_error":
            told = str(context["error"])
            return line, f"{name} {told}" if where else told
        case "string_type":
            hint = "; put it in quotes" if isinstance(fault["input"], bool) else ""
            return line, f"{name} must be text{got}{hint}"
        case "tuple_type":
            return line, f"{name} must be a list{got}"
        case "string_pattern_mismatch":
            return line, f"{name} must be CC and three digits{got}"
    return line, f"{name}: {fault['msg'][:1].lower()}{fault['msg'][1:]}{got}"


def _line(item: Table, where: Iterable[Any]) -> int:
    line, value = item.line, item
    for step in where:
        if isinstance(value, Table) and step in value.lines:
            line, value = value.lines[step], value[step]
        elif isinstance(value, Listing) and isinstance(step, int) and step < len(value):
            value = value[step]
            line = getattr(value, "line", line)
        else:
            break
    return line


def _show(value: object) -> str:
    shown = "nothing" if value is None else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _either(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
