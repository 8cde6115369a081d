"""Where rules, corpus and caches lie: beside the package in a checkout, inside it installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def rules_dir() -> Path:
    """Where the bundled rules lie."""
    return _shipped("rules")


def corpus_dir() -> Path:
    """Where the bundled trial records lie."""
    return _shipped("corpus")


def cache_dir() -> Path:
    """Where this user's caches lie; nothing is created."""
    if override := os.environ.get("CLAIMCHECK_CACHE_DIR"):
        return Path(override)
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "claimcheck"
        )
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "claimcheck"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "claimcheck"


def data_dir() -> Path:
    """Where this user's imported trials lie; nothing is created."""
    if override := os.environ.get("CLAIMCHECK_DATA_DIR"):
        return Path(override)
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "claimcheck"
        )
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "claimcheck"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "claimcheck"


def user_config_dir() -> Path:
    """Where this user's own settings lie; nothing is created."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")) / "claimcheck"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "claimcheck"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "claimcheck"
