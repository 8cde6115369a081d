"""`claimcheck trials`: the records at hand."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import fetch, streams
from claimcheck.config import Resolver, Settings, command_line
from claimcheck.errors import ConfigError, InputError, Location
from claimcheck.model.as_dict import trial_url
from claimcheck.model.verdict import Level
from claimcheck.paths import corpus_dir
from claimcheck.reports.words import (
    FINDINGS,
    clean,
    numbers,
    outcome_name,
    role_name,
    shorten,
    trial_design,
)
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.trial import Named, Trial

_Corpus = Annotated[
    list[str] | None,
    typer.Option("--corpus", metavar="DIR", help="Records of your own; repeatable."),
]
_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

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
    trials = typer.Typer(help="List, show, add and lint trial records.", rich_markup_mode=None)
    trials.command("list", epilog=_LIST_EXAMPLES)(list_trials)
    trials.command("show", epilog=_SHOW_EXAMPLES)(show_trial)
    trials.command("add", epilog=_ADD_EXAMPLES)(add_trial)
    trials.command("lint", epilog=_LINT_EXAMPLES)(lint_trials)
    trials.command("fetch", epilog=fetch.EXAMPLES)(fetch.fetch_trials)
    return trials


def list_trials(*, corpus: _Corpus = None, as_json: _AsJson = False) -> None:
    """List the trial records at hand, the bundled ones and your own."""
    trials = _load(corpus)
    if as_json:
        listed = [
            {
                "id": trial.id,
                "title": trial.title,
                "year": trial.year,
                "design": trial.design.type.value,
                "url": trial_url(trial),
            }
            for trial in trials
        ]
        streams.print_data(to_json(listed) + "\n")
        return
    width = streams.table_width(None)
    room = max((len(trial.id) for trial in trials), default=0) + 2
    for trial in trials:
        year = str(trial.year or "")
        line = f"{trial.id:<{room}}{year:<6}{trial.design.type.value:<15}"
        streams.print_text(line + shorten(clean(trial.title), max(20, width - len(line))) + "\n")
    streams.print_text(f"{_count(len(trials), 'trial')}\n")


def show_trial(
    trial_id: Annotated[str, typer.Argument(metavar="ID", help="A trial's id, as listed.")],
    *,
    corpus: _Corpus = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record as JSON.")] = False,
) -> None:
    """Show one trial record: what was done, in whom, and what came of it."""
    from claimcheck.trials.as_record import trial_to_record  # noqa: PLC0415  (only this needs it)

    trials = {trial.id: trial for trial in _load(corpus)}
    trial = trials.get(trial_id)
    if trial is None:
        near = difflib.get_close_matches(trial_id, trials, n=1, cutoff=0.3)
        hint = f"did you mean {near[0]}?" if near else "see: claimcheck trials list"
        raise ConfigError(f"there is no trial {trial_id!r} in your corpus; {hint}")
    if as_json:
        streams.print_data(to_json(trial_to_record(trial)) + "\n")
        return
    streams.print_text("\n".join(_lines(trial)) + "\n")


def add_trial(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A record, or a list of them.")],
    *,
    corpus: _Corpus = None,
) -> None:
    """Add the records of a file to your own corpus, after looking them over.

    The corpus is --corpus, or the first one that the settings name.
    """
    from claimcheck.trials.store import add_record  # noqa: PLC0415  (only this needs it)

    folders = _settings(corpus).corpus
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
        typer.Argument(metavar="[PATHS]...", help="Records or folders; all at hand by default."),
    ] = None,
    *,
    corpus: _Corpus = None,
) -> None:
    """Name what is wrong or unwise in trial records; a record that cannot stand ends with 2."""
    from claimcheck.trials.lint import lint_files  # noqa: PLC0415  (only this needs it)

    for path in paths or ():
        if not path.exists():
            raise InputError("no such file or folder", location=Location(str(path)))
    remarks = lint_files(*(paths or (corpus_dir(), *_settings(corpus).corpus)))
    for remark in remarks:
        streams.print_text(f"{clean(str(remark))}\n")
    errors = sum(remark.level is Level.ERROR for remark in remarks)
    rest = len(remarks) - errors
    streams.print_text(f"{_count(errors, 'error')}, {_count(rest, 'remark')}\n")
    raise typer.Exit(2 if errors else 0)


def _settings(corpus: list[str] | None) -> Settings:
    options = command_line({"corpus": tuple(corpus or ())}, cwd=Path.cwd())
    return Resolver(options).settings_for(Path())


def _load(corpus: list[str] | None) -> list[Trial]:
    from claimcheck.trials.store import load_corpus  # noqa: PLC0415  (--help needs none of it)

    return list(load_corpus(corpus_dir(), *_settings(corpus).corpus))


def _lines(trial: Trial) -> Iterator[str]:
    yield clean(trial.title)
    yield f"id             {trial.id}"
    if design := trial_design(trial):
        yield f"design         {design}" + (f", {trial.year}" if trial.year else "")
    for name, known in (
        ("conditions", trial.conditions),
        ("interventions", trial.interventions),
        ("comparators", trial.comparators),
    ):
        if known:
            yield f"{name:<15}{', '.join(_named(one) for one in known)}"
    for link in dict.fromkeys((trial_url(trial), *trial.source)):
        if link:
            yield f"source         {clean(link)}"
    yield "outcomes"
    for outcome in trial.outcomes:
        for analysis in outcome.analyses:
            told = numbers(analysis)
            yield (
                f"  {role_name(outcome)}: {outcome_name(outcome)}"
                f"{f', {told}' if told else ''}: {FINDINGS[analysis.finding.kind]}"
            )
            yield f"      because {clean(analysis.finding.because)} ({analysis.finding.basis})"


def _named(one: Named) -> str:
    others = f" ({', '.join(map(clean, one.aliases))})" if one.aliases else ""
    return clean(one.name) + others


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
