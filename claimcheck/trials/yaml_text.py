"""The text of a record: YAML without its pitfalls, to plain data with its lines and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from claimcheck.errors import CorpusError, Location, combined
from claimcheck.trials.marked import MAX_DEPTH, Marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from claimcheck.trials.schema import Place

_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d{0,299})|[-+]?(?:\d{1,300}\.\d*|\.\d+)(?:[eE][-+]?\d+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "true": True, "false": False}
_STR_TAG = "tag:yaml.org,2002:str"


def read_yaml(text: str, path: Path) -> Marked:
    """Answer the plain data of one YAML document; raises CorpusError, which calls it `path`."""
    return _Reader(path).read(text)


def write_yaml(record: Mapping[str, Any]) -> str:
    """Answer a record in YAML, its keys in their order."""
    return str(
        yaml.dump(
            dict(record),
            Dumper=_Dumper,
            sort_keys=False,
            allow_unicode=True,
            width=100,
            default_flow_style=False,
        )
    )


class _Reader:
    """Reads one YAML document: no aliases, no tags, each key once, `no` and `off` as text."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.lines: dict[Place, int] = {}
        self.twice: list[CorpusError] = []

    def read(self, text: str) -> Marked:
        """Answer what the document holds."""
        try:
            events = (
                event
                for event in yaml.parse(text, Loader=yaml.CSafeLoader)
                if not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent)
            )
            if next(events, None) is None:
                raise self._error("is empty")
            value = self._value(next(events), events, ())
            next(events)
            if (event := next(events, None)) is not None:
                raise self._error("holds a second document; a file holds one", event)
        except yaml.MarkedYAMLError as error:
            line = _line(error.problem_mark)
            problem = " ".join(filter(None, (error.context, error.problem))) or "is not YAML"
            raise CorpusError(problem, location=Location(self.path, line)) from error
        except yaml.YAMLError as error:
            raise self._error(" ".join(str(error).split())) from error
        if self.twice:
            raise combined(self.twice)
        if value is None:
            raise self._error("is empty")
        return Marked(value, self.path, self.lines)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Any:  # noqa: ANN401
        self.lines.setdefault(place, _line(event.start_mark) or 1)
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) or event.anchor:
            raise self._error("anchors (&) and aliases (*) are not allowed in a record", event)
        if event.tag not in {None, "!", _STR_TAG}:
            raise self._error(f"the tag {event.tag} is not allowed in a record", event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value
        if len(place) >= MAX_DEPTH:
            raise self._error(f"is nested more than {MAX_DEPTH} levels deep", event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._value(event, events, (*place, len(items))))
            return items
        return self._mapping(events, place)

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error("a key must be plain text", event)
            key = event.value
            if key in mapping:
                first = self.lines[(*place, key)]
                self.twice.append(
                    self._error(f"the key {key!r} stands on line {first} already", event)
                )
            self.lines.setdefault((*place, key), _line(event.start_mark) or 1)
            mapping[key] = self._value(next(events), events, (*place, key))
        return mapping

    def _error(self, message: str, event: yaml.Event | None = None) -> CorpusError:
        line = None if event is None else _line(event.start_mark)
        return CorpusError(message, location=Location(self.path, line))


def _line(mark: Any) -> int | None:  # noqa: ANN401  (PyYAML has two kinds of mark)
    return None if mark is None else int(mark.line) + 1


def _scalar(text: str) -> str | float | bool | None:
    """Answer what plain YAML text means: YAML 1.2's numbers, true, false and null, else text."""
    if text in _WORDS:
        return _WORDS[text]
    if not _NUMBER.fullmatch(text):
        return text
    return int(text) if text.lstrip("+-").isdigit() else float(text)


class _Dumper(yaml.CSafeDumper):
    """Writes short lists and small mappings on one line, results always line by line."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True

    def represent_sequence(
        self,
        tag: str,
        sequence: Any,  # noqa: ANN401
        flow_style: bool | None = None,  # noqa: FBT001
    ) -> yaml.SequenceNode:
        short = all(not isinstance(one, dict) for one in sequence) and _fits(sequence)
        return super().represent_sequence(tag, sequence, flow_style=flow_style or short)

    def represent_mapping(
        self,
        tag: str,
        mapping: Any,  # noqa: ANN401
        flow_style: bool | None = None,  # noqa: FBT001
    ) -> yaml.MappingNode:
        small = "finding" not in mapping and "outcomes" not in mapping and _fits(mapping)
        return super().represent_mapping(tag, mapping, flow_style=flow_style or small)


def _fits(value: object) -> bool:
    return len(str(value)) <= 88  # noqa: PLR2004


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.Node:
    quoted = "'" if _NUMBER.fullmatch(text) else None
    return dumper.represent_scalar(_STR_TAG, text, style=quoted)


_Dumper.add_representer(str, _represent_text)
