"""`claimcheck check`: from the command line's options to a report and the gate's answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli import show, streams
from claimcheck.cli.annotate import Copies
from claimcheck.cli.checking import Wanted, run
from claimcheck.cli.drafts import STDIN, collect
from claimcheck.cli.engine import Against
from claimcheck.cli.jobs import Judging, jobs_of
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    AnnotateOption,
    BaselineOption,
    ColorOption,
    ConfigOption,
    DiffOption,
    ExitZeroOption,
    FailOnOption,
    FormatOption,
    GapsOption,
    IsolatedOption,
    JobsOption,
    MinConfidenceOption,
    NoCacheOption,
    OverwriteOption,
    QuietOption,
    RulesOption,
    StatisticsOption,
    StdinNameOption,
    VerboseOption,
    WidthOption,
    WriteBaselineOption,
)
from claimcheck.cli.printing import Shown
from claimcheck.config import OutputFormat, Resolver, command_line
from claimcheck.errors import ConfigError
from claimcheck.model.verdict import VerdictKind  # noqa: TC001  (typer reads them)

EXAMPLES = """\b
Examples:
  claimcheck check draft.md
  claimcheck check drafts/ --only overstated
  claimcheck check 'posts/**/*.md' --format github --fail-on warning
  claimcheck check draft.md --against NCT00067236.json --against paper.xml
  claimcheck check draft.docx --corpus my-trials --output sarif=report.sarif
  claimcheck check draft.docx --annotate checked.docx
  claimcheck check drafts/ --baseline known.json --diff origin/main
  claimcheck check draft.md --gaps
  claimcheck check drafts/ --jobs 4
  cat draft.md | claimcheck check - --stdin-filename draft.md

\b
Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage, settings,
or a file that cannot be read (others are still checked); 3 a bug; 130
interrupted.
"""


def check(
    *,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATHS",
            help="Drafts, folders, globs, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = None,
    output: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=PATH", help="Also write the report to a file; repeatable."),
    ] = None,
    annotate: AnnotateOption = None,
    overwrite: OverwriteOption = False,
    corpus: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Trial records of your own; repeatable."),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            help="A registry record, a paper or an abstract as the evidence: alone, or with "
            "--corpus beside your records. Repeatable.",
        ),
    ] = None,
    rules: RulesOption = None,
    only: Annotated[
        list[VerdictKind] | None,
        typer.Option(
            metavar="VERDICT",
            help="List only claims that are overstated, contradicted, supported or no-evidence; "
            "the gate minds all. Repeatable.",
        ),
    ] = None,
    min_confidence: MinConfidenceOption = None,
    verbose: VerboseOption = None,
    quiet: QuietOption = None,
    fail_on: FailOnOption = None,
    exit_zero: ExitZeroOption = None,
    require_coverage: Annotated[
        float | None,
        typer.Option(
            metavar="PCT", help="Exit with 1 if fewer claims in a hundred could be judged."
        ),
    ] = None,
    color: ColorOption = None,
    width: WidthOption = None,
    stdin_filename: StdinNameOption = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="PATTERN", help="Leave out, as in .gitignore; repeatable."),
    ] = None,
    force_exclude: Annotated[
        bool | None,
        typer.Option("--force-exclude", help="Exclude paths that are named outright, too."),
    ] = None,
    baseline: BaselineOption = None,
    write_baseline: WriteBaselineOption = False,
    diff: DiffOption = None,
    gaps: GapsOption = False,
    statistics: StatisticsOption = False,
    jobs: JobsOption = 1,
    no_cache: NoCacheOption = False,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print the settings and who set them; stop.")
    ] = False,
    show_files: Annotated[
        bool, typer.Option("--show-files", help="Print the files to be checked; stop.")
    ] = False,
) -> None:
    """Check the efficacy claims of drafts against trial results."""
    options = command_line(
        {
            "format": form,
            "corpus": tuple(corpus or ()),
            "rules": tuple(rules or ()),
            "only": tuple(only or ()),
            "min-confidence": min_confidence,
            "verbose": verbose,
            "quiet": quiet,
            "fail-on": fail_on,
            "exit-zero": exit_zero,
            "require-coverage": require_coverage,
            "color": color,
            "width": width,
            "exclude": tuple(exclude or ()),
            "force-exclude": force_exclude,
            "baseline": str(baseline) if baseline is not None else None,
        },
        cwd=Path.cwd(),
    )
    resolver = Resolver(options, config=config, isolated=isolated)
    outputs = [_output(text) for text in output or ()]
    if show_settings and not paths:
        streams.print_text(show.settings_text(resolver.settings_for(Path())))
        return
    if not paths:
        raise ConfigError(
            "nothing to check: name a draft, as in 'claimcheck check draft.md', "
            "or '-' for standard input"
        )
    collected = collect(paths, resolver, stdin_filename=stdin_filename)
    if show_settings:
        raise typer.Exit(show.show_settings(collected))
    if show_files:
        raise typer.Exit(show.show_files(collected))
    evidence = Against(tuple(dict.fromkeys(against or ())), alone=not corpus)
    if STDIN in evidence.paths and STDIN in paths:
        raise ConfigError("--against: standard input holds the draft already, name a file")
    wanted = Wanted(
        evidence,
        tuple(outputs),
        Copies.planned(annotate, collected.drafts, overwrite=overwrite),
        write_baseline=write_baseline,
        diff=diff,
        shown=_shown(gaps=gaps, statistics=statistics),
        judging=Judging(jobs_of(jobs), cached=not no_cache),
    )
    raise typer.Exit(run(collected, wanted, resolver.settings_for(Path())))


def _shown(*, gaps: bool, statistics: bool) -> Shown:
    if gaps and statistics:
        raise ConfigError("--gaps and --statistics: ask for one of them")
    return Shown.GAPS if gaps else Shown.STATISTICS if statistics else Shown.REPORT


def _output(text: str) -> tuple[OutputFormat, Path]:
    form, sign, path = text.partition("=")
    if not sign or not path or form not in list(OutputFormat):
        known = ", ".join(OutputFormat)
        raise ConfigError(
            f"--output: wanted FORMAT=PATH, as in json=report.json (FORMAT: {known}), got {text!r}"
        )
    streams.check_writable(Path(path))
    return OutputFormat(form), Path(path)
