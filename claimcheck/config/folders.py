"""Are the folders there that the settings name?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.config.resolve import COMMAND_LINE
from claimcheck.errors import ConfigError, Location, combined

if TYPE_CHECKING:
    from claimcheck.config.settings import Settings


def check_folders(settings: Settings) -> None:
    """Raise ConfigError for all folders of rules or records that are missing, with who named it."""
    wanted = (("rules", settings.rules, "rules"), ("corpus", settings.corpus, "trial records"))
    missing = [
        ConfigError(
            f"no such folder of {what}{_set_by(settings, key)}", location=Location(str(one))
        )
        for key, folders, what in wanted
        for one in folders
        if not one.exists()
    ]
    if missing:
        raise combined(missing)


def _set_by(settings: Settings, key: str) -> str:
    origin = settings.origins.get(key, COMMAND_LINE)
    return "" if origin == COMMAND_LINE else f" ({key}, set by {origin})"
