"""`claimcheck init`: a file of settings that explains itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli import streams
from claimcheck.config import FILE_NAME
from claimcheck.errors import ConfigError, InputError, Location
from claimcheck.reports.words import clean

EXAMPLES = """\b
Examples:
  claimcheck init
  claimcheck init drafts/
  claimcheck init --force
"""
# Every line that sets something is commented out, and shows what holds without it, or an example.
TEMPLATE = """\
# Settings of claimcheck for the drafts in this folder and below it. The nearest such file counts;
# the command line wins. Paths are relative to this file. What is in force, and who set it:
#   claimcheck check --show-settings

# The lowest level that fails the gate: "error", "warning", "note" or "never".
# fail-on = "error"

# Fail where fewer claims in a hundred could be judged by your evidence.
# require-coverage = 50

# Exit with 0 whatever is found.
# exit-zero = false

# Folders with trial records of your own, beside the bundled ones.
# corpus = ["evidence/"]

# Folders with rules of your own, beside the bundled ones.
# rules = ["house-rules/"]

# Findings that you know of and live with: claimcheck check drafts/ --write-baseline
# baseline = "known.json"

# What to leave out, as in .gitignore; force-exclude holds it for files that are named, too.
# exclude = ["archive/", "*.txt"]
# force-exclude = false

# How to print the report: "table", "json", "jsonl", "line", "github", "sarif", "gitlab", "rdjson",
# "junit", "markdown" or "html".
# format = "table"

# List only claims with these verdicts; the gate minds all of them.
# only = ["overstated", "contradicted"]

# List, and fail on, only verdicts of at least this confidence: "low", "medium" or "high".
# min-confidence = "low"

# How the table looks: colour "auto", "always" or "never", columns, and how much is told.
# color = "auto"
# width = 100
# verbose = false
# quiet = false

# Told to the registry and to NCBI by `claimcheck trials fetch`, as they ask for.
# contact = "you@example.org"
"""


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where to write it.", show_default=False)
    ] = Path(),
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there already.")
    ] = False,
) -> None:
    """Write a file of settings, every one of them explained and commented out."""
    path = folder / FILE_NAME
    if not folder.is_dir():
        raise InputError("no such folder", location=Location(str(folder)))
    if (path.exists() or path.is_symlink()) and not force:
        raise ConfigError("is there already; --force replaces it", location=Location(str(path)))
    streams.check_writable(path)
    streams.write_file(path, [TEMPLATE])
    streams.print_text(
        f"{clean(str(path))}: written; every setting in it is explained, and none is set yet\n"
    )
