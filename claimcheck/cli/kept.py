"""`claimcheck cache`: what is kept between runs, and how to drop it."""

from __future__ import annotations

import typer

from claimcheck import cache
from claimcheck.cli import streams
from claimcheck.paths import cache_dir
from claimcheck.reports.words import clean

_HELP = "Show or drop what is kept between runs: rules and records made ready, and verdicts."


def group() -> typer.Typer:
    """Answer the commands of the cache."""
    app = typer.Typer(help=_HELP, no_args_is_help=True)
    app.command("show")(show)
    app.command("clear")(clear)
    return app


def show() -> None:
    """Show where the cache lies and how much it holds."""
    streams.print_text(f"{clean(str(cache_dir()))}: {_told(cache.shown())}\n")


def clear() -> None:
    """Drop all that is kept; the next run works it out again."""
    streams.print_text(f"{clean(str(cache_dir()))}: dropped {_told(cache.clear())}\n")


def _told(size: cache.Size) -> str:
    files = f"{size.files} file{'' if size.files == 1 else 's'}"
    return f"{files}, {size.size / 1024**2:.1f} MB"
