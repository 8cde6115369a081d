"""The commands, put together."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer

from claimcheck import __version__

_COMMANDS = (
    *("check", "self-check", "claims", "compare", "report", "explain"),
    *("watch", "init", "doctor"),
)
_GROUPS = {"cache": "kept", "trials": "trials", "rules": "rules"}  # by the module of each
NAMES = frozenset({*_COMMANDS, *_GROUPS})
_EPILOG = """\b
Examples:
  claimcheck check draft.md
  claimcheck check draft.docx --annotate checked.docx
  claimcheck report draft.md -o report.html

Run 'claimcheck COMMAND --help' for the options of a command, with examples.
"""


def command(wanted: str | None = None) -> Any:  # noqa: ANN401  (typer's click has no public types)
    """Answer the command line as one command with its subcommands.

    If only one of them is `wanted` the others are not loaded: all take longer than reading a page.
    """
    main = typer.Typer(
        name="claimcheck",
        help="Lay the efficacy claims of a draft beside the trial results they rest on.",
        epilog=_EPILOG,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    main.callback()(_root)
    for name in _COMMANDS:
        if wanted in {None, name}:
            module = import_module(f"claimcheck.cli.{name.replace('-', '_')}")
            main.command(name, epilog=module.EXAMPLES)(getattr(module, name.replace("-", "_")))
    for name, place in _GROUPS.items():
        if wanted in {None, name}:
            main.add_typer(import_module(f"claimcheck.cli.{place}").group(), name=name)
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
