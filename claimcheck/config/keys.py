"""The keys of the settings: what each of them may hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcheck.config.settings import Color, Exclude, FailOn, OutputFormat
from claimcheck.errors import ConfigError, Location, combined
from claimcheck.model.verdict import Confidence, VerdictKind

if TYPE_CHECKING:
    from enum import StrEnum


class _Wrong(Exception):  # noqa: N818  (never leaves this module)
    """A value that does not fit its key; the text says what was wanted."""


_Reader = Callable[[Any, Path], Any]


def _flag(value: Any, _base: Path) -> bool:  # noqa: ANN401
    if isinstance(value, bool):
        return value
    wanted = "true or false"
    raise _Wrong(wanted)


def _percent(value: Any, _base: Path) -> float:  # noqa: ANN401
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100:  # noqa: PLR2004
        return float(value)
    wanted = "a number from 0 to 100"
    raise _Wrong(wanted)


MIN_WIDTH = 40


def _columns(value: Any, _base: Path) -> int:  # noqa: ANN401
    if isinstance(value, int) and not isinstance(value, bool) and value >= MIN_WIDTH:
        return value
    wanted = f"a whole number of columns, {MIN_WIDTH} or more"
    raise _Wrong(wanted)


def _choice(kind: type[StrEnum]) -> _Reader:
    wanted = "one of " + ", ".join(kind)

    def read(value: Any, _base: Path) -> StrEnum:  # noqa: ANN401
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        raise _Wrong(wanted)

    return read


def _list(read_one: _Reader) -> _Reader:
    def read(value: Any, base: Path) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(value, list | tuple):
            wanted = "a list"
            raise _Wrong(wanted)
        return tuple(read_one(one, base) for one in value)

    return read


def _text(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str) and value and "\0" not in value:
        return value
    wanted = "text that is not empty"
    raise _Wrong(wanted)


def _address(value: Any, _base: Path) -> str:  # noqa: ANN401
    # It goes into the headers and addresses of requests: nothing there that could break one.
    if isinstance(value, str) and re.fullmatch(r"[!-~]{1,64}@[A-Za-z0-9.-]{1,190}", value):
        return value
    wanted = "an e-mail address"
    raise _Wrong(wanted)


def _path(value: Any, base: Path) -> Path:  # noqa: ANN401
    return base / Path(_text(value)).expanduser()


def _exclude(value: Any, base: Path) -> Exclude:  # noqa: ANN401
    return Exclude(_text(value), base)


_READERS: Mapping[str, _Reader] = {
    "format": _choice(OutputFormat),
    "fail-on": _choice(FailOn),
    "exit-zero": _flag,
    "require-coverage": _percent,
    "only": _list(_choice(VerdictKind)),
    "min-confidence": _choice(Confidence),
    "exclude": _list(_exclude),
    "force-exclude": _flag,
    "corpus": _list(_path),
    "rules": _list(_path),
    "baseline": _path,
    "color": _choice(Color),
    "width": _columns,
    "verbose": _flag,
    "quiet": _flag,
    "contact": _address,
}


def checked(
    values: Mapping[str, Any], base: Path, place: Callable[[str], tuple[str, Location | None]]
) -> dict[str, Any]:
    """Answer the values as typed ones, paths made absolute by `base`.

    `place` tells how a message calls a key, and where it stands. Raises ConfigError with every
    fault.
    """
    found: dict[str, Any] = {}
    faults: list[ConfigError] = []
    for key, value in values.items():
        name, location = place(key)
        if (read := _READERS.get(key)) is None:
            faults.append(ConfigError(f"{name}: unknown setting{_nearest(key)}", location=location))
            continue
        try:
            found[key] = read(value, base)
        except _Wrong as wrong:
            message = f"{name}: wanted {wrong}, got {value!r}"
            faults.append(ConfigError(message, location=location))
    if faults:
        raise combined(faults)
    return found


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key.replace("_", "-"), _READERS, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(_READERS)}"
