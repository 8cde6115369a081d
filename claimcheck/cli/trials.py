"""`claimcheck trials`: the records at hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import ask, fetch, imported, importing, streams
from claimcheck.cli.corpus import CorpusOption, find_trial, load_trials, settings_of
from claimcheck.cli.record import trial_lines
from claimcheck.cli.rows import print_rows
from claimcheck.config import MIN_WIDTH, Color
from claimcheck.errors import ConfigError, InputError, Location
from claimcheck.model.counted import counted
from claimcheck.model.verdict import Level
from claimcheck.paths import corpus_dir
from claimcheck.reports.words import clean
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from claimcheck.trials.lint import Remark

_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_EXAMPLES = """\b
Examples:
  claimcheck trials list
  claimcheck trials import downloads/
  claimcheck trials fetch NCT00067236
"""

_LIST_EXAMPLES = """\b
Examples:
  claimcheck trials list
  claimcheck trials list --corpus my-trials --json
"""

_SHOW_EXAMPLES = """\b
Examples:
  claimcheck trials show fitzgerald-2021-ketamine-ms-fatigue
"""

_ADD_EXAMPLES = """\b
Examples:
  claimcheck trials add trial.yaml --corpus my-trials
"""

_LINT_EXAMPLES = """\b
Examples:
  claimcheck trials lint
  claimcheck trials lint my-trials/new.yaml
"""


def group() -> typer.Typer:
    """Answer the commands on trial records."""
    trials = typer.Typer(
        help="Fill, list, search and keep the trials at hand.",
        epilog=_EXAMPLES,
        rich_markup_mode=None,
    )
    trials.command("import", epilog=importing.EXAMPLES)(importing.import_trials)
    trials.command("list", epilog=_LIST_EXAMPLES)(list_trials)
    trials.command("search", epilog=imported.SEARCH_EXAMPLES)(imported.search_trials)
    trials.command("show", epilog=_SHOW_EXAMPLES)(show_trial)
    trials.command("stats", epilog=imported.STATS_EXAMPLES)(imported.trial_stats)
    trials.command("export", epilog=imported.EXPORT_EXAMPLES)(imported.export_trials)
    trials.command("remove", epilog=imported.REMOVE_EXAMPLES)(imported.remove_trials)
    trials.command("add", epilog=_ADD_EXAMPLES)(add_trial)
    trials.command("lint", epilog=_LINT_EXAMPLES)(lint_trials)
    trials.command("fetch", epilog=fetch.EXAMPLES)(fetch.fetch_trials)
    trials.command("ask", epilog=ask.EXAMPLES)(ask.ask)
    return trials


def list_trials(*, corpus: CorpusOption = None, as_json: _AsJson = False) -> None:
    """List the trials at hand: bundled ones, your own records, and imported ones."""
    print_rows(load_trials(corpus).rows(), as_json=as_json)


def show_trial(
    trial_id: Annotated[str, typer.Argument(metavar="ID", help="A trial's id, as listed.")],
    *,
    corpus: CorpusOption = None,
    width: Annotated[
        int | None, typer.Option(metavar="COLUMNS", min=MIN_WIDTH, help="Width of the plot.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Show one trial record: what was done, in whom, and a plot of what came of it."""
    from claimcheck.trials.as_record import trial_to_record  # noqa: PLC0415  (only this needs it)

    trial = find_trial(load_trials(corpus), trial_id)
    if as_json:
        streams.print_data(to_json(trial_to_record(trial)) + "\n")
        return
    from claimcheck.reports.forest import forest  # noqa: PLC0415
    from claimcheck.reports.forest_text import draw  # noqa: PLC0415  (rich takes a while)

    columns = streams.table_width(width)
    plot = draw(forest(trial), width=columns, color=streams.use_color(Color.AUTO))
    streams.print_text("\n".join(trial_lines(trial, width=columns)) + f"\n\n{plot}")


def add_trial(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A record, or a list of them.")],
    *,
    corpus: CorpusOption = None,
) -> None:
    """Add the records of a file to your own corpus, after looking them over.

    The corpus is --corpus, or the first one that the settings name.
    """
    from claimcheck.trials.store import add_record  # noqa: PLC0415  (only this needs it)

    folders = settings_of(corpus).corpus
    if not folders:
        raise ConfigError(
            "no corpus of your own to add to: name a folder with --corpus DIR, "
            'or set corpus = ["DIR"] in claimcheck.toml'
        )
    for path in add_record(file, folders[0]):
        streams.print_text(f"added {path}\n")


def lint_trials(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATHS]...", help="Records or folders; your own corpus by default."
        ),
    ] = None,
    *,
    corpus: CorpusOption = None,
) -> None:
    """Name what is wrong or unwise in trial records; a record that cannot stand ends with 2.

    Looked at are your own, and the bundled ones where you have none.
    """
    from claimcheck.trials.lint import lint_files  # noqa: PLC0415  (only this needs it)

    for path in paths or ():
        if not path.exists():
            raise InputError("no such file or folder", location=Location(str(path)))
    own = paths or settings_of(corpus).corpus
    # The bundled ones are read all the same, for one of your own may have the same number.
    remarks = [
        remark
        for remark in lint_files(*(paths or (corpus_dir(), *own)))
        if not own or paths or not _is_bundled(remark)
    ]
    for remark in remarks:
        streams.print_text(f"{clean(str(remark))}\n")
    errors = sum(remark.level is Level.ERROR for remark in remarks)
    rest = len(remarks) - errors
    streams.print_text(f"{counted(errors, 'error')}, {counted(rest, 'remark')}\n")
    raise typer.Exit(2 if errors else 0)


def _is_bundled(remark: Remark) -> bool:
    return remark.location is not None and Path(remark.location.path).is_relative_to(corpus_dir())
