"""`claimcheck report`: a page to read a draft's claims in, beside their evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import known, streams
from claimcheck.cli.drafts import STDIN, collect
from claimcheck.cli.engine import Against
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    ConfigOption,
    IsolatedOption,
    RulesOption,
    StdinNameOption,
)
from claimcheck.cli.printing import output_view
from claimcheck.cli.targets import check_targets
from claimcheck.config import OutputFormat, Resolver, command_line
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.model.coverage import Coverage
from claimcheck.reports import render_parts
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from claimcheck.cli.drafts import Collected

EXAMPLES = """\b
Examples:
  claimcheck report draft.md -o report.html
  claimcheck report draft.docx --corpus my-trials -o report.html
  cat draft.md | claimcheck report - --stdin-filename draft.md -o page.html

\b
Exit codes: 0 the page was written; 2 usage, settings, or a file that cannot
be read or written.
"""


def report(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DRAFT",
            help="Drafts, folders, globs, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page to write, or - for standard output."
        ),
    ] = None,
    corpus: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Trial records of your own; repeatable."),
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Evidence from a file, as of check; repeatable."),
    ] = None,
    rules: RulesOption = None,
    stdin_filename: StdinNameOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """Write a page that shows the claims of drafts in place, with verdicts and evidence."""
    if not paths:
        raise ConfigError(
            "nothing to report on: name a draft, as in 'claimcheck report draft.md -o report.html'"
        )
    if output is None:
        raise ConfigError("where to write the page? Say -o report.html, or -o - to print it")
    options = {"corpus": tuple(corpus or ()), "rules": tuple(rules or ())}
    resolver = Resolver(command_line(options, cwd=Path.cwd()), config=config, isolated=isolated)
    evidence = Against(tuple(dict.fromkeys(against or ())), alone=not corpus)
    if STDIN in evidence.paths and STDIN in paths:
        raise ConfigError("--against: standard input holds the draft already, name a file")
    collected = collect(paths, resolver, stdin_filename=stdin_filename)
    target = None if output == STDIN else Path(output)
    if target is not None:
        streams.check_writable(target)
        check_targets([target], collected.drafts, evidence)
    raise typer.Exit(_report(collected, target, resolver, evidence))


def _report(
    collected: Collected, target: Path | None, resolver: Resolver, evidence: Against
) -> int:
    from claimcheck.cli import engine  # noqa: PLC0415  (what it loads takes a second)

    fallback = resolver.settings_for(Path())
    for name in collected.excluded:
        streams.warn(f"{clean(name)}: left out by the settings (exclude)")
    problems: list[ClaimcheckError] = list(collected.problems)
    baselines = known.read([fallback, *(draft.settings for draft in collected.drafts)])
    checked = engine.run(collected.drafts, problems, fallback=fallback, against=evidence)
    checked = known.hold(checked, baselines)
    streams.print_error(problems)
    if not checked.report.documents:
        return 2
    parts = render_parts(
        checked.report, OutputFormat.HTML, output_view(fallback, problems, checked.rules)
    )
    if target is None:
        streams.print_parts(parts)
    else:
        streams.write_file(target, parts)
    told = f"{clean(str(target))}: written; " if target is not None else ""
    coverage = Coverage.of_documents(checked.report.documents)
    streams.warn(told + coverage.summary(checked.report.tool))
    return 2 if problems else 0
