"""The cache of rules that were read and found good: plain JSON, keyed by what it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import claimcheck
from claimcheck import paths
from claimcheck.errors import Location
from claimcheck.model.trial import Better
from claimcheck.model.verdict import Level, Reason, VerdictKind
from claimcheck.rulebook.types import (
    Cue,
    OutcomeClass,
    Rulebook,
    RuleExample,
    Scope,
    ScopeDirection,
    Term,
    TermKind,
    VerdictRule,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT = 8  # rulebooks: people change between a few, and each edit of the rules makes another
# By their values; to call an enum takes ten times as long.
_KINDS = {one.value: one for one in TermKind}
_CLASSES = {one.value: one for one in OutcomeClass}
_BETTER: dict[str | None, Better | None] = {None: None, **{one.value: one for one in Better}}
_MAKERS = ("types.py", "schema.py", "build.py", "load.py", "compiled.py")


def key(fingerprint: str, names: Iterable[tuple[int, str]]) -> str:
    """Under which name are the compiled rules kept?

    The code that compiles counts too, so that a checkout under work never sees its own past.
    """
    digest = hashlib.sha256(fingerprint.encode())
    digest.update(repr((claimcheck.__version__, list(names))).encode())
    for maker in _MAKERS:
        with contextlib.suppress(OSError):
            digest.update((Path(__file__).parent / maker).read_bytes())
    return digest.hexdigest()


def fetch(key: str) -> Rulebook | None:
    """What is kept under this key? None when nothing is, or nothing that can be used."""
    try:
        return _thaw(json.loads(_place(key).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def store(key: str, rulebook: Rulebook) -> None:
    """Keep the rules for the next run; where that is not possible, nothing happens."""
    place = _place(key)
    temporary = place.with_suffix(f".{os.getpid()}.tmp")
    data = json.dumps(_freeze(rulebook), separators=(",", ":"), ensure_ascii=False)
    with contextlib.suppress(OSError, UnicodeEncodeError):
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data.encode())
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        kept = sorted(place.parent.glob("rules-*.json"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-KEPT]:
            old.unlink()


def _place(key: str) -> Path:
    return paths.cache_dir() / f"rules-{key[:32]}.json"


def _freeze(book: Rulebook) -> dict[str, Any]:
    return {
        "cues": [_row(cue) for cue in book.cues],
        "scopes": [_row(scope) for scope in book.scopes.values()],
        "terms": [_row(term) for term in book.terms],
        "verdicts": [_row(rule) for rule in book.verdicts],
        "words": dict(book.words),
        "irregular": dict(book.irregular),
        "fingerprint": book.fingerprint,
    }


def _row(value: Cue | Scope | Term | VerdictRule | RuleExample | Location) -> list[Any]:
    return [_plain(getattr(value, field.name)) for field in fields(value)]


def _plain(value: Any) -> Any:  # noqa: ANN401  (any field of a rule)
    match value:
        case Location() | RuleExample():
            return _row(value)
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return dict(value)
    return value


def _thaw(data: dict[str, Any]) -> Rulebook:
    scopes = [_scope(row) for row in data["scopes"]]
    return Rulebook(
        cues=tuple(_cue(row) for row in data["cues"]),
        scopes={scope.id: scope for scope in scopes},
        terms=tuple(_term(row) for row in data["terms"]),
        verdicts=tuple(_verdict(row) for row in data["verdicts"]),
        words={name: tuple(words) for name, words in data["words"].items()},
        irregular=data["irregular"],
        fingerprint=data["fingerprint"],
    )


def _tuples(row: list[Any]) -> list[Any]:
    return [tuple(value) if isinstance(value, list) else value for value in row]


def _cue(row: list[Any]) -> Cue:
    *values, location = row
    return Cue(*[*_tuples(values), Location(*location)])


def _scope(row: list[Any]) -> Scope:
    id_, direction, *rest, location = row
    place = None if location is None else Location(*location)
    return Scope(*[id_, ScopeDirection(direction), *_tuples(rest), place])


def _term(row: list[Any]) -> Term:
    # There are thousands: what would read better in a loop takes twice as long.
    id_, kind, names, exact, near, parents, concept, class_, better, members, *last = row
    source, smallest, location = last
    return Term(
        id_,
        _KINDS[kind],
        tuple(names),
        tuple(exact),
        tuple(near),
        tuple(parents),
        concept,
        _CLASSES[class_],
        _BETTER[better],
        members,
        source,
        smallest,
        None if location is None else Location(*location),
    )


def _verdict(row: list[Any]) -> VerdictRule:
    code, name, verdict, reason, level, when, *texts, match, no_match, location = row
    values = [
        code,
        name,
        VerdictKind(verdict),
        Reason(reason),
        None if level is None else Level(level),
        {field: tuple(wanted) for field, wanted in when.items()},
        *_tuples(texts),
        tuple(RuleExample(*example) for example in match),
        tuple(RuleExample(*example) for example in no_match),
        Location(*location),
    ]
    return VerdictRule(*values)
