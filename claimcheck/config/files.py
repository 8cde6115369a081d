"""Files of settings: where they lie, and what they hold."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from claimcheck.config.keys import checked
from claimcheck.config.settings import Layer
from claimcheck.errors import ConfigError, Location

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "claimcheck.toml"


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

    return Layer(str(path), checked(table, path.resolve().parent, place))


def _table(text: str, path: Path) -> Any:  # noqa: ANN401
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, line = _fault_in_toml(str(error), text)
        where = Location(str(path), line)
        message = f'is not TOML: {reason}; settings read like: fail-on = "warning"'
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
