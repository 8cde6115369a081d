"""The options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck.config import Color, FailOn, OutputFormat
from claimcheck.model.verdict import Confidence

FormatOption = Annotated[
    OutputFormat | None,
    typer.Option("--format", "-f", help="How to print the report; table by default."),
]
RulesOption = Annotated[
    list[str] | None, typer.Option("--rules", metavar="DIR", help="Rules of your own; repeatable.")
]
VerboseOption = Annotated[
    bool | None, typer.Option("--verbose", "-v", help="Show every claim in full, and why.")
]
QuietOption = Annotated[
    bool | None,
    typer.Option("--quiet", "-q", help="Show findings and the coverage line alone."),
]
MinConfidenceOption = Annotated[
    Confidence | None,
    typer.Option(
        metavar="LEVEL",
        help="List, and fail on, only verdicts at least this sure: low, medium or high. "
        "Counts and coverage are of all.",
        show_default=False,
    ),
]
FailOnOption = Annotated[
    FailOn | None,
    typer.Option("--fail-on", help="Exit with 1 from this level up; error by default."),
]
ExitZeroOption = Annotated[
    bool | None, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")
]
ColorOption = Annotated[Color | None, typer.Option("--color", help="When to use colour.")]
WidthOption = Annotated[
    int | None, typer.Option("--width", metavar="COLUMNS", help="Width of the table.")
]
StdinNameOption = Annotated[
    str | None,
    typer.Option("--stdin-filename", metavar="NAME", help="What standard input is called."),
]
BaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="Findings that are known: they are told, and do not fail the gate.",
    ),
]
WriteBaselineOption = Annotated[
    bool,
    typer.Option("--write-baseline", help="Write what is found now into the baseline; no report."),
]
DiffOption = Annotated[
    str | None,
    typer.Option(
        "--diff",
        metavar="BASE",
        help="Judge only claims on lines that changed since this branch left BASE, a git commit.",
    ),
]
AnnotateOption = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar="PATH",
        help="Also write a copy of the Word draft with a comment at each finding; a folder for "
        "the copies of several.",
    ),
]
OverwriteOption = Annotated[
    bool,
    typer.Option(
        "--overwrite",
        help="Let --annotate replace the draft itself, or a copy in which somebody has worked.",
    ),
]
JobsOption = Annotated[
    int,
    typer.Option("--jobs", "-j", metavar="N", help="Judge in N processes; 0 is one a core."),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Judge anew, and keep nothing of it for the next run.")
]
GapsOption = Annotated[
    bool,
    typer.Option(
        "--gaps",
        help="Print what no record settles, as searches for ClinicalTrials.gov and PubMed.",
    ),
]
StatisticsOption = Annotated[
    bool, typer.Option("--statistics", help="Print how often each rule was found.")
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="A file of settings to use first.")
]
IsolatedOption = Annotated[
    bool, typer.Option("--isolated", help="Use no file of settings but --config.")
]
IntoOption = Annotated[
    Path | None,
    typer.Option(
        "--into",
        metavar="DIR",
        help="Keep them there; use them with --corpus DIR. Else: with your data.",
    ),
]
