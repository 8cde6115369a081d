"""`claimcheck compare`: does a press release conclude more than its abstract?"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck.cli import progress, reading, streams
from claimcheck.cli.drafts import STDIN, collect
from claimcheck.config import OutputFormat, Resolver, command_line
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.model.as_dict import SCHEMA_VERSION
from claimcheck.model.counted import counted
from claimcheck.model.lines import Lines
from claimcheck.paths import rules_dir
from claimcheck.reports.words import clean
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.table import Table
    from rich.text import Text

    from claimcheck.app.compare import Pair, Statement
    from claimcheck.cli.drafts import Draft
    from claimcheck.model.document import Document, Span

EXAMPLES = """\b
Examples:
  claimcheck compare release.txt abstract.txt
  claimcheck compare release.docx abstract.txt --format json
  claimcheck compare release.md abstract.txt --fail-on-more

\b
Exit codes:
  0  compared
  1  the release says more, and --fail-on-more was given
  2  a file or an option is wrong
"""
COLUMNS_FROM = 110  # narrower than this, sentences stand one below the other
STRENGTHS = (
    "no relation",
    "go together",
    "perhaps brings about",
    "brings about",
)
_SAID = {
    "more": "says more",
    "same": "says the same",
    "less": "says less",
    "unmatched": "not in the abstract",
}
_SUM = {"more": "more", "same": "the same", "less": "less", "unmatched": "not in the abstract"}


class CompareFormat(StrEnum):
    """How a comparison is printed."""

    TABLE = "table"
    JSON = "json"


def compare(
    release: Annotated[
        str, typer.Argument(metavar="RELEASE", help="The text that tells of a study, or -.")
    ],
    abstract: Annotated[
        str, typer.Argument(metavar="ABSTRACT", help="The study's own abstract, or -.")
    ],
    *,
    form: Annotated[
        CompareFormat, typer.Option("--format", "-f", help="How to print the comparison.")
    ] = CompareFormat.TABLE,
    fail_on_more: Annotated[
        bool, typer.Option("--fail-on-more", help="Exit with 1 where the release says more.")
    ] = False,
    width: Annotated[
        int | None, typer.Option(metavar="COLUMNS", min=40, help="Width of the table.")
    ] = None,
    rules: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="Rules of your own; repeatable.")
    ] = None,
    stdin_filename: Annotated[
        str | None, typer.Option(metavar="NAME", help="What standard input is called.")
    ] = None,
) -> None:
    """Lay the conclusions of a press release beside those of its abstract."""
    if release == abstract == STDIN:
        raise ConfigError("only one of RELEASE and ABSTRACT can be standard input")
    resolver = Resolver(command_line({"rules": tuple(rules or ())}, cwd=Path.cwd()))
    problems: list[ClaimcheckError] = []
    read = [
        one
        for path in (release, abstract)
        for one in _read(path, resolver, stdin_filename, problems)
    ]
    as_json = form is CompareFormat.JSON
    streams.print_error(problems, form=OutputFormat.JSON if as_json else OutputFormat.TABLE)
    if problems:
        raise typer.Exit(2)
    pairs = _compared(read)
    if as_json:
        streams.print_data(to_json(_content(pairs, read)) + "\n")
    else:
        names = clean(read[0][0].name), clean(read[1][0].name)
        streams.print_text(_table(pairs, names, streams.table_width(width)))
    more = any(pair.change == "more" for pair in pairs)
    raise typer.Exit(1 if more and fail_on_more else 0)


def _read(
    path: str, resolver: Resolver, stdin_filename: str | None, problems: list[ClaimcheckError]
) -> Iterator[tuple[Draft, Document]]:
    collected = collect([path], resolver, stdin_filename=stdin_filename)
    problems += collected.problems
    if len(collected.drafts) > 1 or (not collected.drafts and not collected.problems):
        problems.append(ConfigError(f"{path}: is no single file, and two files are compared"))
        return
    for draft in collected.drafts:
        try:
            yield draft, reading.read(draft)
        except ClaimcheckError as problem:
            problems.append(problem)


def _compared(read: list[tuple[Draft, Document]]) -> tuple[Pair, ...]:
    from claimcheck.app import compare as app  # noqa: PLC0415  (loads the reader of English)
    from claimcheck.reading.nlp import Reader  # noqa: PLC0415
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415

    (draft, release), (_, abstract) = read
    rulebook = load_rulebook(rules_dir(), *draft.settings.rules)
    with progress.shown(lambda: "comparing", quiet=draft.settings.quiet):
        return app.compare(release, abstract, Reader(rulebook), rulebook)


def _content(pairs: tuple[Pair, ...], read: list[tuple[Draft, Document]]) -> dict[str, Any]:
    (first, release), (second, abstract) = read
    release_lines, abstract_lines = Lines(release.source), Lines(abstract.source)
    return {
        "schema_version": SCHEMA_VERSION,
        "release": {"name": first.name, "coordinates": release.coordinates.value},
        "abstract": {"name": second.name, "coordinates": abstract.coordinates.value},
        "counts": _counts(pairs),
        "pairs": [
            {
                "change": pair.change.value,
                "release": _statement(pair.release, release, release_lines),
                "abstract": pair.abstract and _statement(pair.abstract, abstract, abstract_lines),
                "shared": list(pair.shared),
            }
            for pair in pairs
        ],
    }


def _statement(one: Statement, document: Document, lines: Lines) -> dict[str, Any]:
    place = lines.place(document.offsets.source_span(one.span).start)
    return {
        **_range(one.span, document),
        "line": place.line,
        "column": place.column,
        "strength": int(one.strength),
        "because": one.because,
        "words": [_range(span, document) for span in one.words],
    }


def _range(span: Span, document: Document) -> dict[str, Any]:
    at = document.offsets.source_span(span)
    return {"text": document.text[span.start : span.end], "start": at.start, "end": at.end}


def _counts(pairs: tuple[Pair, ...]) -> dict[str, int]:
    counts = Counter(pair.change.value for pair in pairs)
    return {change: counts[change] for change in _SAID}


def _table(pairs: tuple[Pair, ...], names: tuple[str, str], width: int) -> str:
    from rich.table import Table  # noqa: PLC0415  (help does without)

    release, abstract = names
    lines = [f"{release}, beside {abstract}", ""]
    if width >= COLUMNS_FROM:
        table = Table("", release, abstract, box=None, padding=(0, 2, 1, 0), expand=True)
        table.columns[0].no_wrap = True
        table.columns[1].ratio = table.columns[2].ratio = 1
        for pair in pairs:
            table.add_row(_SAID[pair.change], _told(pair.release), _told(pair.abstract))
    else:
        table = Table.grid(padding=(0, 2, 0, 0))
        for pair in pairs:
            table.add_row(_SAID[pair.change], _told(pair.release))
            if pair.abstract:
                table.add_row("  beside", _told(pair.abstract))
            table.add_row("", "")
    lines += _rendered(table, width) if pairs else []
    return "\n".join([*lines, _sum(pairs)]) + "\n"


def _rendered(table: Table, width: int) -> list[str]:
    from rich.console import Console  # noqa: PLC0415

    out = StringIO()
    console = Console(
        file=out, width=width, color_system=None, force_terminal=False, legacy_windows=False
    )
    console.print(table)
    return [line.rstrip() for line in out.getvalue().rstrip().split("\n")] + [""]


def _told(one: Statement | None) -> Text:
    from rich.text import Text  # noqa: PLC0415

    if one is None:
        return Text("—")
    words = ", ".join(
        clean(one.text[word.start - one.span.start : word.end - one.span.start])
        for word in one.words
    )
    because = f": {words}" if words else ""
    return Text(f"“{clean(one.text)}”\n{int(one.strength)} {STRENGTHS[one.strength]}{because}")


def _sum(pairs: tuple[Pair, ...]) -> str:
    if not pairs:
        return "The release asserts no relation: nothing to compare"
    counts = _counts(pairs)
    told = ", ".join(f"{counts[change]} {said}" for change, said in _SUM.items() if counts[change])
    count = len(pairs)
    return f"{counted(count, 'statement')}: {told}"
