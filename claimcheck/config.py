"""Settings: from the command line, a file of settings, the user's own, and the defaults."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from claimcheck.errors import ConfigError, Location
from claimcheck.model.verdict import VerdictKind
from claimcheck.paths import user_config_dir

FILE_NAME = "claimcheck.toml"


class OutputFormat(StrEnum):
    """The forms in which a report can be had."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    LINE = "line"
    GITHUB = "github"
    SARIF = "sarif"


class FailOn(StrEnum):
    """The lowest level of finding that makes the gate fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Exclude:
    """A pattern in .gitignore's own language, held against paths below `base`."""

    pattern: str
    base: Path


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place sets: checked values by key, their paths made absolute."""

    origin: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for one draft; `origins` tells by key who set it, where it is not the default."""

    format: OutputFormat = OutputFormat.TABLE
    fail_on: FailOn = FailOn.ERROR
    exit_zero: bool = False
    require_coverage: float | None = None
    only: tuple[VerdictKind, ...] = ()
    exclude: tuple[Exclude, ...] = ()
    force_exclude: bool = False
    corpus: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    color: Color = Color.AUTO
    width: int | None = None
    verbose: bool = False
    quiet: bool = False
    origins: Mapping[str, str] = field(default_factory=dict)


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
    "exclude": _list(_exclude),
    "force-exclude": _flag,
    "corpus": _list(_path),
    "rules": _list(_path),
    "color": _choice(Color),
    "width": _columns,
    "verbose": _flag,
    "quiet": _flag,
}

# These grow from layer to layer: a draft's own corpus must not hide the user's.
_ADD_UP = frozenset({"exclude", "corpus", "rules"})


def command_line(values: Mapping[str, Any], *, cwd: Path) -> Layer:
    """Answer the layer that options make; None means that an option was not given.

    Raises ConfigError naming every option with an impossible value.
    """
    given = {key: value for key, value in values.items() if value is not None and value != ()}
    return Layer("command line", _checked(given, cwd, lambda key: (f"--{key}", None)))


def read_config(path: Path) -> Layer:
    """Answer what a file of settings holds: claimcheck.toml, or any other's [tool.claimcheck].

    Raises ConfigError with every fault, a line each.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "is not UTF-8 text"
        raise ConfigError(message, location=Location(str(path))) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ConfigError(message, location=Location(str(path))) from error
    table = _table(text, path)
    lines = _key_lines(text, in_pyproject=path.name == "pyproject.toml")
    if not isinstance(table, dict):
        message = "tool.claimcheck: wanted a table of settings"
        raise ConfigError(message, location=Location(str(path)))

    def place(key: str) -> tuple[str, Location]:
        return key, Location(str(path), lines.get(key))

    return Layer(str(path), _checked(table, path.resolve().parent, place))


def _table(text: str, path: Path) -> Any:  # noqa: ANN401
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, line = _fault_in_toml(str(error), text)
        where = Location(str(path), line)
        message = f"is not TOML: {reason}"
        raise ConfigError(message, location=where) from None
    except RecursionError:
        message = "is not TOML that can be read: nested too deeply"
        raise ConfigError(message, location=Location(str(path))) from None
    if path.name != "pyproject.toml":
        return content
    tool = content.get("tool", {})
    return tool.get("claimcheck", {}) if isinstance(tool, dict) else {}


def _fault_in_toml(message: str, text: str) -> tuple[str, int]:
    # tomllib tells the place in words alone.
    if place := re.search(r"\s*\(at line (\d+), column \d+\)", message):
        return message.replace(place[0], ""), int(place[1])
    return message, max(1, len(text.splitlines()))


def _key_lines(text: str, *, in_pyproject: bool) -> dict[str, int]:
    lines: dict[str, int] = {}
    inside = not in_pyproject
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            inside = header[1].replace('"', "") == "tool.claimcheck"
            lines.setdefault(header[1], number)
        elif inside and (key := re.match(r"""\s*["']?([\w-]+)["']?\s*[.=]""", line)):
            lines.setdefault(key[1], number)
    return lines


def _checked(
    values: Mapping[str, Any], base: Path, place: Callable[[str], tuple[str, Location | None]]
) -> dict[str, Any]:
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
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise ConfigError("\n".join(map(str, faults)))
    return found


def _nearest(key: str) -> str:
    near = difflib.get_close_matches(key.replace("_", "-"), _READERS, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(_READERS)}"


def find_config(folder: Path) -> Path | None:
    """Answer the nearest file of settings, looking in a folder and then upward.

    A pyproject.toml counts only where it speaks of claimcheck.
    """
    for place in (folder, *folder.parents):
        if (own := place / FILE_NAME).is_file():
            return own
        if _speaks_of_claimcheck(project := place / "pyproject.toml"):
            return project
    return None


def _speaks_of_claimcheck(path: Path) -> bool:
    # A mere look, not a parse: somebody else's broken pyproject.toml is none of our business.
    try:
        return (
            path.is_file()
            and b"claimcheck" in path.read_bytes()
            and "claimcheck" in (tomllib.loads(path.read_text("utf-8-sig")).get("tool", {}))
        )
    except (OSError, UnicodeDecodeError):
        return False
    except tomllib.TOMLDecodeError:
        return b"[tool.claimcheck" in path.read_bytes()


class Resolver:
    """What holds where: discovers files of settings, and reads each of them once."""

    def __init__(
        self, options: Layer, *, config: Path | None = None, isolated: bool = False
    ) -> None:
        """Take what the command line says; `config` names a file, `isolated` forbids discovery."""
        self._options = options
        self._named = read_config(config) if config is not None else None
        self._isolated = isolated
        self._own = self._read_own()
        self._found: dict[Path, Path | None] = {}
        self._layers: dict[Path, Layer] = {}

    def settings_for(self, folder: Path) -> Settings:
        """Answer what holds for the drafts of a folder. Raises ConfigError."""
        layers = [self._options, self._named, self._project(folder.resolve()), self._own]
        return merge([layer for layer in layers if layer is not None])

    def _read_own(self) -> Layer | None:
        own = user_config_dir() / FILE_NAME
        return read_config(own) if not self._isolated and own.is_file() else None

    def _project(self, folder: Path) -> Layer | None:
        if self._isolated:
            return None
        if folder not in self._found:
            self._found[folder] = find_config(folder)
        path = self._found[folder]
        if path is None:
            return None
        if path not in self._layers:
            self._layers[path] = read_config(path)
        return self._layers[path]


def merge(layers: list[Layer]) -> Settings:
    """Answer what several layers, the strongest first, amount to."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for layer in layers:
        for key, value in layer.values.items():
            name = key.replace("-", "_")
            if name not in values:
                values[name], origins[key] = value, layer.origin
            elif key in _ADD_UP:
                values[name] = (*values[name], *(one for one in value if one not in values[name]))
                origins[key] = f"{origins[key]}, {layer.origin}"
    return Settings(**values, origins=origins)
