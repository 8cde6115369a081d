"""`claimcheck self-check`: does a trial report claim more than its own results show?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import progress, reading, streams
from claimcheck.cli.drafts import collect
from claimcheck.cli.gate import has_findings
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    ColorOption,
    ExitZeroOption,
    FailOnOption,
    FormatOption,
    MinConfidenceOption,
    QuietOption,
    StdinNameOption,
    VerboseOption,
    WidthOption,
)
from claimcheck.cli.printing import output_view, print_report
from claimcheck.config import OutputFormat, Resolver, command_line
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.paths import rules_dir

if TYPE_CHECKING:
    from claimcheck.cli.drafts import Collected
    from claimcheck.config import Settings
    from claimcheck.model.report import DocumentReport, Tool

EXAMPLES = """\b
Examples:
  claimcheck self-check abstract.txt
  claimcheck self-check manuscript.docx --verbose
  claimcheck self-check abstract.txt --min-confidence medium
  cat abstract.txt | claimcheck self-check - --format json

\b
Exit codes: as of claimcheck check.
"""


def self_check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REPORT", help="Abstracts or reports of trials, or - for standard input."
        ),
    ] = None,
    *,
    form: FormatOption = None,
    verbose: VerboseOption = None,
    quiet: QuietOption = None,
    min_confidence: MinConfidenceOption = None,
    fail_on: FailOnOption = None,
    exit_zero: ExitZeroOption = None,
    color: ColorOption = None,
    width: WidthOption = None,
    stdin_filename: StdinNameOption = None,
) -> None:
    """Check what a trial report claims against its own results.

    Claims are taken from its title, the wording of its results and its conclusion.
    """
    if not paths:
        raise ConfigError(
            "nothing to check: name a report, as in 'claimcheck self-check paper.txt'"
        )
    options = {
        "format": form,
        "verbose": verbose,
        "quiet": quiet,
        "min-confidence": min_confidence,
        "fail-on": fail_on,
        "exit-zero": exit_zero,
        "color": color,
        "width": width,
    }
    resolver = Resolver(command_line(options, cwd=Path.cwd()))
    collected = collect(paths, resolver, stdin_filename=stdin_filename)
    raise typer.Exit(_check(collected, resolver.settings_for(Path())))


def _check(collected: Collected, fallback: Settings) -> int:
    from claimcheck.app.self_check import SelfChecker  # noqa: PLC0415  (takes a second to load)
    from claimcheck.model.report import Report  # noqa: PLC0415
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415

    settings = collected.drafts[0].settings if collected.drafts else fallback
    problems = list(collected.problems)
    rulebook = load_rulebook(rules_dir(), *settings.rules)
    checker = SelfChecker.of(rulebook)
    done: list[tuple[DocumentReport, Settings]] = []
    tool: Tool | None = None
    with progress.of(done, len(collected.drafts), "checking", quiet=settings.quiet):
        for draft in collected.drafts:
            try:
                report = checker.check(reading.read(draft))
            except ClaimcheckError as problem:
                problems.append(problem)
                continue
            tool = report.tool
            done += [(one, draft.settings) for one in report.documents]
    streams.print_error(problems, form=OutputFormat.TABLE if done else settings.format)
    if tool is None:
        return 2
    report = Report(tool, tuple(one for one, _ in done))
    print_report(report, settings, output_view(settings, problems, rulebook.verdicts))
    found = has_findings(report, tuple(of for _, of in done))
    return 2 if problems else int(found)
