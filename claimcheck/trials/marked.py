"""Plain data from a file, with the line of each part, and the way from it to a Trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from claimcheck.errors import CorpusError, Location, combined

if TYPE_CHECKING:
    from claimcheck.model.trial import Trial
    from claimcheck.trials.schema import Place

MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain data, the file it came from ("" for none), and the lines on which its parts begin."""

    value: Any
    path: str = ""
    lines: Mapping[Place, int] = field(default_factory=dict)

    def location(self, place: Place = ()) -> Location | None:
        """Answer where a part stands, or the nearest part around it."""
        if not self.path:
            return None
        ends = range(len(place), -1, -1)
        known = (self.lines[place[:end]] for end in ends if place[:end] in self.lines)
        return Location(self.path, next(known, None))

    def records(self) -> list[Marked]:
        """Answer the records that the data holds: itself, or the members of a list."""
        if not isinstance(self.value, list):
            return [self]
        inside: list[dict[Place, int]] = [{} for _ in self.value]
        for place, line in self.lines.items():
            if place and isinstance(place[0], int):
                inside[place[0]][place[1:]] = line
        return [
            Marked(value, self.path, lines) for value, lines in zip(self.value, inside, strict=True)
        ]

    def at(self, place: Place) -> Any:  # noqa: ANN401
        """Answer the part at a place; None where the file has none there."""
        value = self.value
        for part in place:
            held = isinstance(value, Mapping) if isinstance(part, str) else isinstance(value, list)
            if not held or (isinstance(part, int) and part >= len(value)):
                return None
            value = value.get(part) if isinstance(part, str) else value[part]
        return value

    def written(self, place: Place) -> Place:
        """Answer a place as the file has it: an analysis may lie flat in its outcome."""
        match place:
            case ("outcomes", int(index), "analyses", int(), *rest):
                outcome = self.at(("outcomes", index))
                if isinstance(outcome, Mapping) and not outcome.get("analyses"):
                    return ("outcomes", index, *rest)
        return place


def to_trial(marked: Marked) -> Trial:
    """Answer the trial that a record tells of; raises CorpusError with every fault in it."""
    read = trial_or_faults(marked)
    if isinstance(read, list):
        raise combined(read)
    return read


def trial_or_faults(marked: Marked) -> Trial | list[CorpusError]:
    """Answer the trial that a record tells of, or all that is wrong with it, by line."""
    # Where no record is read, pydantic stays unloaded.
    from claimcheck.trials.build import build, faults_beside  # noqa: PLC0415
    from claimcheck.trials.schema import Record, parse  # noqa: PLC0415

    if not isinstance(marked.value, Mapping):
        message = "a trial record must be a mapping of keys to values"
        return [CorpusError(message, location=marked.location())]
    if _is_deep(marked.value):
        message = f"is nested more than {MAX_DEPTH} levels deep"
        return [CorpusError(message, location=marked.location())]
    parsed = parse(dict(marked.value))
    if isinstance(parsed, Record):
        built = build(parsed)
        if not isinstance(built, list):
            return built
        faults = built
    else:
        faults = [*parsed, *faults_beside(marked.value)]
    return sorted((_error(marked, place, message) for place, message in faults), key=_line)


def _line(error: CorpusError) -> int:
    return (error.location and error.location.line) or 0


def _error(marked: Marked, place: Place, message: str) -> CorpusError:
    place = marked.written(place)
    shown = ""
    for part in place:
        shown += f"[{part}]" if isinstance(part, int) else f".{part}" if shown else str(part)
    return CorpusError(f"{shown}: {message}" if shown else message, location=marked.location(place))


def _is_deep(value: object) -> bool:
    """Tell whether data is nested too deep to be a record; what holds itself is."""
    level: list[object] = [value]
    for _ in range(MAX_DEPTH):
        held: dict[int, object] = {}
        for one in level:
            if isinstance(one, Mapping | list | tuple):
                parts = one.values() if isinstance(one, Mapping) else one
                held.update((id(part), part) for part in parts)
        if not held:
            return False
        level = list(held.values())
    return True
