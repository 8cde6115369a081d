"""From what the files hold to one Rulebook: layer over layer, with every fault on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.errors import Location, RuleError
from claimcheck.rulebook.schema import Item, known_keys, read_item
from claimcheck.rulebook.source import Listing, Part, Source, Table
from claimcheck.rulebook.types import Cue, Rulebook, Scope, Term, TermKind, VerdictRule
from claimcheck.rulebook.wording import either, explain, line_of, nearest, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEYS = {
    Part.LEXICON: ("cues", "scopes", "words", "irregular"),
    Part.TERMS: ("terms",),
    Part.VERDICTS: ("rules",),
}
_NOUNS = {
    "cues": "rule",
    "scopes": "scope",
    "terms": "term",
    "rules": "rule",
    "words": "word list",
    "irregular": "irregular form",
}

_Key = str | tuple[str, ...]


def build(sources: Iterable[Source], *, fingerprint: str, faults: list[RuleError]) -> Rulebook:
    """Which rules do these files hold, taken together? Appends every fault found to `faults`."""
    shelf = _Shelf(faults)
    for source in sources:
        shelf.read(source)
    book = Rulebook(
        cues=tuple(shelf.kept["cues"].values()),
        scopes=shelf.kept["scopes"],
        terms=tuple(shelf.kept["terms"].values()),
        verdicts=tuple(shelf.kept["rules"].values()),
        words=shelf.kept["words"],
        irregular=shelf.kept["irregular"],
        fingerprint=fingerprint,
    )
    faults += dangling(book, shelf.faulty)
    return book


class _Shelf:
    """What was read so far, by part and id; a later layer replaces, within one nothing may."""

    def __init__(self, faults: list[RuleError]) -> None:
        self.faults = faults
        self.kept: dict[str, dict[Any, Any]] = {part: {} for part in _NOUNS}
        self.first: dict[tuple[int, str, object], Location] = {}
        self.faulty: set[str] = set()  # names of what is there, though not well formed

    def read(self, source: Source) -> None:
        """Take in a file."""
        known = _KEYS[source.part]
        if source.content is None:
            return
        if not isinstance(source.content, Table):
            self._fault(Location(source.name), f"must hold {either(known)}, each with its content")
            return
        for part, content in source.content.items():
            place = Location(source.name, source.content.lines[part])
            if part not in known:
                self._fault(place, f"unknown key {part!r}{nearest(part, known)}")
            elif content is None:
                continue
            elif part in {"words", "irregular"}:
                self._read_words(source, part, content, place)
            elif isinstance(content, Listing):
                for line, item in zip(content.lines, content, strict=True):
                    self._read_item(source, part, item, Location(source.name, line))
            else:
                self._fault(place, f"{part} must be a list")

    def _read_item(self, source: Source, part: str, item: object, place: Location) -> None:
        noun = _NOUNS[part]
        if not isinstance(item, Table):
            self._fault(place, f"{noun} must be a mapping, got {show(item)}")
            return
        read = read_item(part, item, place)
        if not isinstance(read, list):
            self._keep(source, part, _id_of(read), read, place)
            return
        name = item.get("code" if part == "rules" else "id")
        label = f"{noun} {name}" if isinstance(name, str) else f"{noun} without a name"
        self.faulty.add(str(name))
        for fault in read:
            known = known_keys(part, example=len(fault["loc"]) > 1)
            here = Location(source.name, line_of(item, fault["loc"]))
            self._fault(here, f"{label}: {explain(fault, known)}")

    def _read_words(self, source: Source, part: str, content: object, place: Location) -> None:
        noun = _NOUNS[part]
        if not isinstance(content, Table):
            self._fault(place, f"{part} must be a mapping, got {show(content)}")
            return
        for key, value in content.items():
            place = Location(source.name, content.lines[key])
            if part == "irregular":
                good = isinstance(value, str)
                wanted = "text"
            else:
                good = isinstance(value, Listing) and all(isinstance(v, str) for v in value)
                wanted = "a list of texts (true and false in quotes)"
            if not good or not value:
                self._fault(place, f"{noun} {key}: must be {wanted}, got {show(value)}")
            else:
                kept = value if part == "irregular" else tuple(value)
                self._keep(source, part, key, kept, place)

    def _keep(self, source: Source, part: str, key: _Key, value: object, place: Location) -> None:
        mark = (source.layer, part, key)
        if (first := self.first.get(mark)) is not None:
            name = key if isinstance(key, str) else key[-1]
            self._fault(place, f"{_NOUNS[part]} {name}: is given twice, first in {first}")
            return
        self.first[mark] = place
        self.kept[part][key] = value

    def _fault(self, place: Location, message: str) -> None:
        self.faults.append(RuleError(message, location=place))


def _id_of(item: Item) -> _Key:
    match item:
        case Term():
            return (item.kind, item.id)
        case VerdictRule():
            return item.code
        case Cue() | Scope():
            return item.id


def dangling(book: Rulebook, faulty: set[str]) -> Iterator[RuleError]:
    """Which scopes, parents and concepts are named and not there, and who descends from itself?

    What is there but faulty has been told already.
    """
    scopes = {*book.scopes, *faulty}
    for cue in book.cues:
        if cue.scope is not None and cue.scope not in scopes:
            hint = nearest(cue.scope, book.scopes)
            message = f"rule {cue.id}: unknown scope {cue.scope!r}{hint}"
            yield RuleError(message, location=cue.location)
    ids = {term.id for term in book.terms} | faulty
    outcomes = {term.id for term in book.terms if term.kind is TermKind.OUTCOME} | faulty
    parents: dict[str, set[str]] = {}
    for term in book.terms:
        parents.setdefault(term.id, set()).update(term.parents)
    for term in book.terms:
        messages = [
            f"unknown parent {parent!r}{nearest(parent, ids)}"
            for parent in term.parents
            if parent not in ids
        ]
        if term.concept is not None and term.concept not in outcomes:
            hint = nearest(term.concept, outcomes)
            messages.append(f"concept {term.concept!r} is no outcome that is listed{hint}")
        if term.id in _ancestors(term, parents):
            messages.append("is among its own ancestors")
        for message in messages:
            yield RuleError(f"term {term.id}: {message}", location=term.location)


def _ancestors(term: Term, parents: dict[str, set[str]]) -> set[str]:
    met: set[str] = set()
    waiting = list(term.parents)
    while waiting:
        ancestor = waiting.pop()
        if ancestor not in met:
            met.add(ancestor)
            waiting += parents.get(ancestor, ())
    return met
