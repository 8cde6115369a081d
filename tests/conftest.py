"""What every test runs under: no user's cache or settings, no colours, the same random cases."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_HOME = tempfile.TemporaryDirectory(prefix="claimcheck-tests-")

settings.register_profile(
    "claimcheck", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def pytest_configure() -> None:
    settings.load_profile("claimcheck")
    os.environ["CLAIMCHECK_CACHE_DIR"] = str(Path(_HOME.name) / "cache")
    os.environ["CLAIMCHECK_DATA_DIR"] = str(Path(_HOME.name) / "data")
    os.environ["XDG_CONFIG_HOME"] = str(Path(_HOME.name) / "config")
    for name in ("FORCE_COLOR", "NO_COLOR", "GITHUB_ACTIONS", "COLUMNS", "CLICOLOR_FORCE"):
        os.environ.pop(name, None)


def pytest_unconfigure() -> None:
    _HOME.cleanup()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout that is under test."""
    return Path(__file__).resolve().parent.parent
