"""Which settings hold for a draft: the command line, files, the user's own, the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.config.files import FILE_NAME, find_config, read_config
from claimcheck.config.keys import checked
from claimcheck.config.settings import Layer, Settings
from claimcheck.paths import user_config_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMMAND_LINE = "command line"  # the origin of what is set there
# These grow from layer to layer: a draft's own corpus must not hide the user's.
_ADD_UP = frozenset({"exclude", "corpus", "rules"})


def command_line(values: Mapping[str, Any], *, cwd: Path) -> Layer:
    """Answer the layer that options make; None means that an option was not given.

    Raises ConfigError naming every option with an impossible value.
    """
    given = {key: value for key, value in values.items() if value is not None and value != ()}
    return Layer(COMMAND_LINE, checked(given, cwd, lambda key: (f"--{key}", None)))


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
        self._settings: dict[Path, Settings] = {}

    def settings_for(self, folder: Path) -> Settings:
        """Answer what holds for the drafts of a folder. Raises ConfigError."""
        if folder not in self._settings:  # a folder may hold thousands of drafts
            layers = [self._options, self._named, self._project(folder.resolve()), self._own]
            self._settings[folder] = merge([layer for layer in layers if layer is not None])
        return self._settings[folder]

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
