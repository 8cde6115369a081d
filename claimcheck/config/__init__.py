"""Settings: from the command line, a file of settings, the user's own, and the defaults."""

from __future__ import annotations

from claimcheck.config.files import FILE_NAME, find_config, read_config
from claimcheck.config.folders import check_folders
from claimcheck.config.keys import MIN_WIDTH
from claimcheck.config.resolve import Resolver, command_line, merge
from claimcheck.config.settings import Color, Exclude, FailOn, Layer, OutputFormat, Settings

__all__ = [
    "FILE_NAME",
    "MIN_WIDTH",
    "Color",
    "Exclude",
    "FailOn",
    "Layer",
    "OutputFormat",
    "Resolver",
    "Settings",
    "check_folders",
    "command_line",
    "find_config",
    "merge",
    "read_config",
]
