"""The commands, put together."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from claimcheck import __version__
from claimcheck.cli import (
    check,
    claims,
    compare,
    doctor,
    explain,
    init,
    kept,
    report,
    rules,
    self_check,
    trials,
    watch,
)

_EPILOG = """\b
Examples:
  claimcheck check draft.md
  claimcheck check draft.docx --annotate checked.docx
  claimcheck report draft.md -o report.html

Run 'claimcheck COMMAND --help' for the options of a command, with examples.
"""


def command() -> Any:  # noqa: ANN401  (typer's own click has no public types)
    """Answer the command line as one command with its subcommands."""
    main = typer.Typer(
        name="claimcheck",
        help="Lay the efficacy claims of a draft beside the trial results they rest on.",
        epilog=_EPILOG,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    main.callback()(_root)
    main.command("check", epilog=check.EXAMPLES)(check.check)
    main.command("self-check", epilog=self_check.EXAMPLES)(self_check.self_check)
    main.command("claims", epilog=claims.EXAMPLES)(claims.claims)
    main.command("compare", epilog=compare.EXAMPLES)(compare.compare)
    main.command("report", epilog=report.EXAMPLES)(report.report)
    main.command("explain", epilog=explain.EXAMPLES)(explain.explain)
    main.command("watch", epilog=watch.EXAMPLES)(watch.watch)
    main.command("init", epilog=init.EXAMPLES)(init.init)
    main.command("doctor", epilog=doctor.EXAMPLES)(doctor.doctor)
    main.add_typer(kept.group(), name="cache")
    main.add_typer(trials.group(), name="trials")
    main.add_typer(rules.group(), name="rules")
    return typer.main.get_command(main)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"claimcheck {__version__}")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Show the version.", callback=_show_version, is_eager=True
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")
    ] = False,
) -> None:
    """Lay the efficacy claims of a draft beside the trial results they rest on."""
