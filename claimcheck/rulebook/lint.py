"""What is unwise in rules that are well formed: names that collide, rules that can never speak."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from claimcheck.errors import Location
from claimcheck.model.verdict import Level
from claimcheck.rulebook.types import OutcomeClass, Term, TermKind
from claimcheck.rulebook.wording import either, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from claimcheck.rulebook.types import Rulebook, VerdictRule

_WORD = re.compile(r"\w+")
_STEM = 4  # letters: enough to tell that a near miss and a name speak of like things
_SHOWN = 3  # names in a remark that sums up
_NOWHERE = Location("rules")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a look over the rules found: how grave, where, and what."""

    severity: Level
    location: Location
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.severity}: {self.message}"


def lint(
    rulebook: Rulebook,
    *,
    fields: Mapping[str, frozenset[str]] | None = None,
    slots: Iterable[str] | None = None,
) -> list[Remark]:
    """What in these rules is unwise, by file and line?

    `fields` names the fields of a Situation with the values that each can take, `slots` the names
    that the templates of verdict rules may use; what is not given is not checked.
    """
    remarks = chain(
        _ambiguous_names(rulebook.terms),
        chain.from_iterable(_of_term(term) for term in rulebook.terms),
        _unsourced(rulebook.terms),
        _shared_phrases(rulebook),
        _dead_scopes(rulebook),
        _twin_rules(rulebook.verdicts),
        () if fields is None else _unknown_values(rulebook.verdicts, fields),
        () if slots is None else _unknown_slots(rulebook.verdicts, frozenset(slots)),
    )
    order = list(Level)
    return sorted(
        set(remarks),
        key=lambda one: (
            order.index(one.severity),
            one.location.path,
            one.location.line or 0,
            one.message,
        ),
    )


def _ambiguous_names(terms: Iterable[Term]) -> Iterator[Remark]:
    """Which names lead to two concepts of one kind, or would but for a hyphen or a plural?"""
    terms = list(terms)
    yield from _collisions(
        terms, str.lower, Level.ERROR, "name {name!r} is also a name of {other} ({place})"
    )
    yield from _collisions(
        terms, _loose, Level.WARNING, "name {name!r} differs little from one of {other} ({place})"
    )
    by_abbreviation: dict[tuple[TermKind, str], Term] = {}
    for term in terms:
        for name in term.exact:
            first = by_abbreviation.setdefault((term.kind, name), term)
            if first.id != term.id:
                message = f"abbreviation {name!r} is also one of {first.id} ({first.location})"
                yield _on(term, Level.WARNING, message)


def _collisions(
    terms: Iterable[Term], form: Callable[[str], str], severity: Level, template: str
) -> Iterator[Remark]:
    first: dict[tuple[TermKind, str], tuple[Term, str]] = {}
    for term in terms:
        for name in term.names:
            other, written = first.setdefault((term.kind, form(name)), (term, name))
            same = written.lower() == name.lower()
            if other.id != term.id and same == (severity is Level.ERROR):
                told = template.format(name=name, other=other.id, place=other.location)
                yield _on(term, severity, told)


def _loose(name: str) -> str:
    return "".join(_words(name))


def _words(name: str) -> list[str]:
    words = _WORD.findall(name.lower().replace("ae", "e").replace("oe", "e"))
    return [word.removesuffix("s") if not word.endswith("ss") else word for word in words]


def _of_term(term: Term) -> Iterator[Remark]:
    names = [name.lower() for name in term.names]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield _on(term, Level.NOTE, f"name {name!r} is listed twice")
    stems = {word[:_STEM] for name in (*term.names, *term.exact) for word in _words(name)}
    for miss in term.near_misses:
        if miss.lower() in names:
            yield _on(term, Level.ERROR, f"{miss!r} is both a name and a near miss")
        elif not any(stem in miss.lower() for stem in stems):
            yield _on(term, Level.NOTE, f"near miss {miss!r} looks like none of the names")
    if term.kind is not TermKind.OUTCOME and term.outcome_class is not OutcomeClass.CLINICAL:
        yield _on(term, Level.NOTE, f"class says nothing of an entry of kind {term.kind}")


def _unsourced(terms: Iterable[Term]) -> Iterator[Remark]:
    """Which instruments name no source for what they measure? One remark a file: it can be many."""
    by_file: dict[str, list[str]] = defaultdict(list)
    for term in terms:
        if term.kind is TermKind.INSTRUMENT and not term.source:
            by_file[(term.location or _NOWHERE).path].append(term.id)
    for path, names in by_file.items():
        shown = ", ".join(names[:_SHOWN]) + (" and others" if len(names) > _SHOWN else "")
        message = f"instruments without a source for what they measure: {len(names)} ({shown})"
        yield Remark(Level.NOTE, Location(path), message)


def _shared_phrases(book: Rulebook) -> Iterator[Remark]:
    """Which phrases signal the same kind of thing in two cues, or twice in one?"""
    first: dict[tuple[str, str], str] = {}
    for cue in book.cues:
        for phrase in cue.phrases:
            other = first.setdefault((cue.kind, phrase.lower()), cue.id)
            if other != cue.id:
                message = (
                    f"rule {cue.id}: phrase {phrase!r} is also one of {other} (both {cue.kind})"
                )
                yield Remark(Level.WARNING, cue.location, message)
        phrases = [phrase.lower() for phrase in cue.phrases]
        for phrase in sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}):
            message = f"rule {cue.id}: phrase {phrase!r} is listed twice"
            yield Remark(Level.NOTE, cue.location, message)


def _dead_scopes(book: Rulebook) -> Iterator[Remark]:
    used = {cue.scope for cue in book.cues}
    for name, scope in book.scopes.items():
        if name not in used:
            place = scope.location or _NOWHERE
            yield Remark(Level.WARNING, place, f"scope {name}: no rule uses it")


def _twin_rules(rules: Iterable[VerdictRule]) -> Iterator[Remark]:
    by_when: dict[tuple[tuple[str, frozenset[str]], ...], list[VerdictRule]] = defaultdict(list)
    for rule in rules:
        by_when[tuple(sorted((key, frozenset(v)) for key, v in rule.when.items()))].append(rule)
    for first, *others in by_when.values():
        for rule in others:
            message = f"rule {rule.code}: fires exactly when {first.code} does ({first.location})"
            yield Remark(Level.WARNING, rule.location, message)


def _unknown_values(
    rules: Iterable[VerdictRule], fields: Mapping[str, frozenset[str]]
) -> Iterator[Remark]:
    for rule in rules:
        situations = [example.situation for example in (*rule.match, *rule.no_match)]
        named = [(key, value) for key, values in rule.when.items() for value in values]
        named += [pair for situation in situations for pair in situation.items()]
        for key, value in named:
            if key not in fields:
                told = f"unknown field {key!r}{nearest(key, fields)}"
            elif value not in fields[key]:
                told = f"{key} must be {either(sorted(fields[key]))}, got {value!r}"
            else:
                continue
            yield Remark(Level.ERROR, rule.location, f"rule {rule.code}: {told}")


def _unknown_slots(rules: Iterable[VerdictRule], slots: frozenset[str]) -> Iterator[Remark]:
    for rule in rules:
        for template in (rule.because, rule.advice):
            for _, slot, _, _ in string.Formatter().parse(template):
                if slot is not None and slot not in slots:
                    told = f"rule {rule.code}: unknown slot {slot!r}{nearest(slot, slots)}"
                    yield Remark(Level.ERROR, rule.location, told)


def _on(term: Term, severity: Level, message: str) -> Remark:
    return Remark(severity, term.location or _NOWHERE, f"term {term.id}: {message}")
