"""`claimcheck trials search | stats | export | remove`: what is done with many trials."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck.cli import streams
from claimcheck.cli.corpus import CorpusOption, find_trial, load_trials
from claimcheck.cli.rows import print_rows
from claimcheck.errors import ConfigError
from claimcheck.model.counted import counted
from claimcheck.paths import data_dir
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.trial import Trial
    from claimcheck.trials.combined import Evidence

SEARCH_EXAMPLES = """\b
Examples:
  claimcheck trials search ketamine fatigue
  claimcheck trials search solanezumab --json
"""

STATS_EXAMPLES = """\b
Examples:
  claimcheck trials stats
  claimcheck trials stats --corpus evidence --json
"""

EXPORT_EXAMPLES = """\b
Examples:
  claimcheck trials export NCT00067236 > trial.yaml
  claimcheck trials export --format jsonl --output all.jsonl
"""

REMOVE_EXAMPLES = """\b
Examples:
  claimcheck trials remove NCT00067236
  claimcheck trials remove NCT00067236 --from evidence/
"""

_PRIMARY = {
    "all_sig": "every primary outcome significant",
    "mixed": "some primary outcomes significant",
    "none_sig": "no primary outcome significant",
    "none": "no p-value of a primary outcome",
}


class ExportFormat(StrEnum):
    """The forms in which records can be had; both can be imported again."""

    YAML = "yaml"
    JSONL = "jsonl"


_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def search_trials(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="What a trial must name.")],
    *,
    corpus: CorpusOption = None,
    as_json: _AsJson = False,
) -> None:
    """List the trials that name all these words: in a title, treatment, condition or outcome."""
    trials = load_trials(corpus)
    order = {one: at for at, one in enumerate(trials.search(words))}
    rows = sorted((row for row in trials.rows() if row.id in order), key=lambda row: order[row.id])
    print_rows(rows, as_json=as_json)
    if not rows:
        streams.warn(
            "no trial in your evidence names all of these; try fewer words, see them all with "
            "claimcheck trials list, or get more with claimcheck trials fetch or import"
        )


def trial_stats(*, corpus: CorpusOption = None, as_json: _AsJson = False) -> None:
    """Count the trials at hand: by design, by what their primary outcomes showed."""
    trials = load_trials(corpus)
    told = _stats(trials)
    if as_json:
        streams.print_data(to_json(told) + "\n")
        return
    lines = [f"trials               {told['trials']:,}"]
    if told["as_of"]:
        lines.append(f"as of                {told['as_of']}")
    lines.append(f"with outcomes        {told['with_outcomes']:,}")
    lines.append(f"outcomes             {told['outcomes']:,}")
    lines += ["", "by design", *_counts(told["designs"])]
    primary = {_PRIMARY[key]: count for key, count in told["primary"].items()}
    lines += ["", "by primary outcome", *_counts(primary)]
    streams.print_text("\n".join(lines) + "\n")


def export_trials(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Which trials; all by default.")
    ] = None,
    *,
    form: Annotated[
        ExportFormat, typer.Option("--format", "-f", help="yaml, or jsonl: a record a line.")
    ] = ExportFormat.YAML,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there, not to standard output.")
    ] = None,
    corpus: CorpusOption = None,
) -> None:
    """Print trial records, as they can be kept in a folder of your own or imported again."""
    if output is not None:
        streams.check_writable(output)
    trials = load_trials(corpus)
    wanted = [find_trial(trials, one) for one in dict.fromkeys(ids or ())]
    parts = _exported(wanted or list(trials.trials), form)
    if output is not None:
        streams.write_file(output, parts)
    else:
        streams.print_parts(parts)


def remove_trials(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Trials, as listed.")],
    *,
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="The folder they were imported into."),
    ] = None,
) -> None:
    """Remove imported trials; records in files of their own are removed with their files."""
    from claimcheck.trials.database.reader import open_database  # noqa: PLC0415
    from claimcheck.trials.database.writer import writing  # noqa: PLC0415

    folder = from_ if from_ is not None else data_dir()
    opened = open_database(folder)
    if opened is None:
        raise ConfigError(f"there are no imported trials in {folder}")
    opened.close()
    today = datetime.now(tz=UTC).date().isoformat()
    with writing(folder, today=today) as store:
        for one in dict.fromkeys(ids):
            if not store.remove(one):
                raise ConfigError(f"there is no trial {one!r} among the imported ones in {folder}")
    count = len(dict.fromkeys(ids))
    streams.print_text(f"removed {counted(count, 'trial')}\n")


def _exported(trials: list[Trial], form: ExportFormat) -> Iterator[str]:
    from claimcheck.trials.as_record import trial_to_record  # noqa: PLC0415
    from claimcheck.trials.store import dump_trial  # noqa: PLC0415

    if form is ExportFormat.JSONL:
        for trial in trials:
            yield to_json(trial_to_record(trial), indent=None) + "\n"
        return
    for trial in trials:
        text = dump_trial(trial)
        if len(trials) > 1:
            text = "".join(f"{'- ' if at == 0 else '  '}{line}" for at, line in _lines(text))
        yield text


def _lines(text: str) -> Iterator[tuple[int, str]]:
    yield from enumerate(text.splitlines(keepends=True))


def _stats(trials: Evidence) -> dict[str, Any]:
    designs: Counter[str] = Counter()
    primary: Counter[str] = Counter()
    outcomes = measured = 0
    for row in trials.rows():
        designs[row.design] += 1
        primary[row.primary] += 1
        outcomes += row.outcomes
        measured += bool(row.outcomes)
    return {
        "trials": len(trials),
        "as_of": trials.as_of,
        "with_outcomes": measured,
        "outcomes": outcomes,
        "designs": dict(sorted(designs.items())),
        "primary": {key: primary[key] for key in _PRIMARY if primary[key]},
    }


def _counts(counts: dict[str, int]) -> list[str]:
    room = max((len(name) for name in counts), default=0) + 2
    return [f"  {name:<{room}}{count:,}" for name, count in counts.items()]
