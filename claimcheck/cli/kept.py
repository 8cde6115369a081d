"""`claimcheck cache`: what is kept between runs, and how to drop it."""

from __future__ import annotations

import typer

from claimcheck import cache
from claimcheck.cli import streams
from claimcheck.paths import cache_dir
from claimcheck.reports.words import clean

_SHOW_EXAMPLES = """\b
Examples:
  claimcheck cache show
"""
_CLEAR_EXAMPLES = """\b
Examples:
  claimcheck cache clear
"""
_EXAMPLES = _SHOW_EXAMPLES + "  claimcheck cache clear\n"
_HELP = "Show or drop what is kept between runs: rules and records made ready, and verdicts."


def group() -> typer.Typer:
    """Answer the commands of the cache."""
    app = typer.Typer(help=_HELP, epilog=_EXAMPLES, rich_markup_mode=None)
    app.command("show", epilog=_SHOW_EXAMPLES)(show)
    app.command("clear", epilog=_CLEAR_EXAMPLES)(clear)
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
