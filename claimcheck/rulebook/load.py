"""From YAML files to a Rulebook: reading, with the line of every key, and the cache before it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck import paths
from claimcheck.errors import Location, RuleError, combined
from claimcheck.rulebook import compiled
from claimcheck.rulebook.source import Listing, Part, Source, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from claimcheck.rulebook.types import Rulebook

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _File:
    """A file of rules, as found: `name` for messages, `layer` counts the directories."""

    name: str
    part: Part
    layer: int
    data: bytes


def load_rulebook(*dirs: Path) -> Rulebook:
    """What do the rules in these directories say, taken together?

    The first directory is the bundled one as a rule; what a later one holds is added, or replaces
    what has the same id. Raises RuleError with every fault of every file, a line each.
    """
    faults: list[RuleError] = []
    files = [file for layer, folder in enumerate(dirs) for file in _find(folder, layer, faults)]
    _refuse(faults)
    fingerprint = _fingerprint(files)
    key = compiled.key(fingerprint, ((file.layer, file.name) for file in files))
    if (cached := compiled.fetch(key)) is not None:
        return cached
    # On the cold path neither PyYAML nor pydantic is imported: together they cost 0.1 s.
    from claimcheck.rulebook.build import build  # noqa: PLC0415

    sources = [source for file in files if (source := _parse(file, faults)) is not None]
    rulebook = build(sources, fingerprint=fingerprint, faults=faults)
    _refuse(faults)
    compiled.store(key, rulebook)
    return rulebook


def _refuse(faults: list[RuleError]) -> None:
    if faults:
        raise combined(faults)


def _fingerprint(files: Iterable[_File]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(len(file.data).to_bytes(8, "big"))
        digest.update(file.data)
    return digest.hexdigest()


def _find(folder: Path, layer: int, faults: list[RuleError]) -> Iterator[_File]:
    shown = "rules" if folder == paths.rules_dir() else folder.as_posix()
    if not folder.is_dir():
        faults.append(RuleError("no such folder of rules", location=Location(shown)))
        return
    found = [(Part.LEXICON, path) for path in sorted((folder / "lexicon").glob("*.y*ml"))]
    found += [(Part.TERMS, path) for path in sorted((folder / "terms").glob("*.y*ml"))]
    found += [(Part.VERDICTS, path) for path in sorted(folder.glob("*.y*ml"))]
    if not found:
        message = "holds no rules: no lexicon/*.yaml, terms/*.yaml or verdicts.yaml"
        faults.append(RuleError(message, location=Location(shown)))
    for part, path in found:
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        if part is Part.VERDICTS and path.name != "verdicts.yaml":
            message = (
                "would never be read; rules lie in verdicts.yaml, lexicon/*.yaml and terms/*.yaml"
            )
            faults.append(RuleError(message, location=Location(name)))
        elif path.suffix != ".yaml":
            message = f"would never be read; name it {path.stem}.yaml"
            faults.append(RuleError(message, location=Location(name)))
        elif (data := _read(path, name, faults)) is not None:
            yield _File(name, part, layer, data)


def _read(path: Path, name: str, faults: list[RuleError]) -> bytes | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        faults.append(RuleError(f"cannot be read: {error.strerror}", location=Location(name)))
        return None
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024**2} MB; split it"
        faults.append(RuleError(message, location=Location(name)))
        return None
    return data


def _parse(file: _File, faults: list[RuleError]) -> Source | None:
    try:
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        faults.append(RuleError("is not UTF-8 text", location=Location(file.name, line)))
        return None
    try:
        content = read_yaml(text, name=file.name)
    except RuleError as error:
        faults.append(error)
        return None
    return Source(file.name, file.part, file.layer, content)


def read_yaml(text: str, *, name: str) -> Any:  # noqa: ANN401  (whatever the file holds)
    """What does this YAML text hold, with the line of every key?

    Mappings come as Table and sequences as Listing. A plain `true` or `false` is a bool, a bare
    empty value None, as is a plain `null` or `~` after a key; all else is text, so that the words
    "no", "off" and "null" can be listed. Raises RuleError for what is not YAML, for a key that is
    given twice, and for aliases, tags and second documents.
    """
    import yaml  # noqa: PLC0415  (see load_rulebook)

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(name).build(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark is not None else None
        if line is None and isinstance(position := getattr(error, "position", None), int):
            line = text.count("\n", 0, position) + 1
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        message = f"is not YAML: {why}"
        raise RuleError(message, location=Location(name, line)) from error


class _Builder:
    """Builds values from parser events with a stack of its own, so that no nesting overflows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stack: list[Table | Listing] = []
        self.keys: list[tuple[str, int] | None] = []  # of each Table on the stack: the key waiting
        self.root: Any = None
        self.documents = 0

    def build(self, events: Iterable[Any]) -> Any:  # noqa: ANN401
        for event in events:
            match type(event).__name__:
                case "ScalarEvent":
                    self._scalar(event)
                case "MappingStartEvent":
                    self._open(event, Table(event.start_mark.line + 1))
                case "SequenceStartEvent":
                    self._open(event, Listing())
                case "MappingEndEvent" | "SequenceEndEvent":
                    self.keys.pop()
                    self.stack.pop()
                case "AliasEvent":
                    self._fail(event, f"aliases are not allowed (*{event.anchor})")
                case "DocumentStartEvent":
                    self.documents += 1
                    if self.documents > 1:
                        self._fail(event, "a file holds one document, without a second ---")
        return self.root

    def _fail(self, event: Any, message: str) -> None:  # noqa: ANN401
        raise RuleError(message, location=Location(self.name, event.start_mark.line + 1))

    def _open(self, event: Any, value: Table | Listing) -> None:  # noqa: ANN401
        if event.tag is not None:
            self._fail(event, f"tags are not allowed ({event.tag})")
        if len(self.stack) >= MAX_DEPTH:
            self._fail(event, f"is nested more than {MAX_DEPTH} deep")
        if self.stack and isinstance(self.stack[-1], Table) and self.keys[-1] is None:
            self._fail(event, "a key must be plain text")
        self._put(value, event.start_mark.line + 1)
        self.stack.append(value)
        self.keys.append(None)

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        if event.tag is not None:
            self._fail(event, f"tags are not allowed ({event.tag})")
        top = self.stack[-1] if self.stack else None
        if isinstance(top, Table) and self.keys[-1] is None:
            line = event.start_mark.line + 1
            if event.value in top:
                first = top.lines[event.value]
                self._fail(event, f"key {event.value!r} is given twice, first in line {first}")
            self.keys[-1] = (event.value, line)
        elif not event.implicit[0]:
            self._put(event.value, event.start_mark.line + 1)
        else:
            value = _plain(event.value, after_key=isinstance(top, Table))
            self._put(value, event.start_mark.line + 1)

    def _put(self, value: Any, line: int) -> None:  # noqa: ANN401
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top, Listing):
            top.append(value)
            top.lines.append(line)
            return
        waiting = self.keys[-1]
        if waiting is not None:
            key, top.lines[key] = waiting
            top[key] = value
            self.keys[-1] = None


def _plain(value: str, *, after_key: bool) -> str | bool | None:
    if value in {"true", "false"}:
        return value == "true"
    if not value or (after_key and value in {"null", "~"}):
        return None
    return value
