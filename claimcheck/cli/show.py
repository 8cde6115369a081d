"""What `--show-settings` and `--show-files` print."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from claimcheck.cli import streams
from claimcheck.config import Settings

if TYPE_CHECKING:
    from claimcheck.cli.drafts import Collected


def show_files(collected: Collected) -> int:
    """Print the drafts that would be checked; answer the exit code."""
    streams.print_error(collected.problems)
    streams.print_text("".join(f"{draft.name}\n" for draft in collected.drafts))
    return 2 if collected.problems else 0


def show_settings(collected: Collected) -> int:
    """Print the settings of the drafts, each different set once; answer the exit code."""
    streams.print_error(collected.problems)
    by_text: dict[str, list[str]] = {}
    for draft in collected.drafts:
        by_text.setdefault(settings_text(draft.settings), []).append(draft.name)
    for text, names in by_text.items():
        about = "" if len(by_text) == 1 else f"# {', '.join(names)}\n"
        streams.print_text(about + text)
    return 2 if collected.problems else 0


def settings_text(settings: Settings) -> str:
    """Answer the settings as TOML, each line with who set it."""
    lines = []
    for one in fields(Settings):
        if one.name != "origins":
            key = one.name.replace("_", "-")
            value = getattr(settings, one.name)
            line = f"# {key} is not set" if value is None else f"{key} = {_toml(value)}"
            lines.append(f"{line}  # {settings.origins.get(key, 'default')}\n")
    return "".join(lines)


def _toml(value: Any) -> str:  # noqa: ANN401  (any setting)
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"{value:g}"
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            text = str(getattr(value, "pattern", value))
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
