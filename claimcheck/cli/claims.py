"""`claimcheck claims`: the claims of a draft, without any verdict."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimcheck.cli import engine, progress, reading, streams
from claimcheck.cli.drafts import collect
from claimcheck.cli.options import (  # noqa: TC001  (typer reads them)
    ConfigOption,
    IsolatedOption,
    RulesOption,
    StdinNameOption,
)
from claimcheck.config import OutputFormat, Resolver, command_line
from claimcheck.errors import ConfigError
from claimcheck.model.as_dict import SCHEMA_VERSION, claim_to_dict
from claimcheck.model.counted import counted
from claimcheck.model.lines import Lines
from claimcheck.reports.words import clean, shorten
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.cli.drafts import Draft
    from claimcheck.model.document import Document

EXAMPLES = """\b
Examples:
  claimcheck claims draft.md
  claimcheck claims draft.html --format json
  cat draft.txt | claimcheck claims -
"""
_PARTS = ("intervention", "outcome", "condition", "population", "comparator", "timeframe")


class ClaimsFormat(StrEnum):
    """How claims are printed."""

    TABLE = "table"
    JSON = "json"


def claims(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="DRAFT", help="Drafts, or - for standard input."),
    ] = None,
    *,
    form: Annotated[
        ClaimsFormat, typer.Option("--format", "-f", help="How to print them.")
    ] = ClaimsFormat.TABLE,
    rules: RulesOption = None,
    corpus: Annotated[
        list[str] | None,
        typer.Option(metavar="DIR", help="Records whose names to know, too; repeatable."),
    ] = None,
    stdin_filename: StdinNameOption = None,
    config: ConfigOption = None,
    isolated: IsolatedOption = False,
) -> None:
    """List the efficacy claims of drafts, without judging them."""
    if not paths:
        raise ConfigError("nothing to read: name a draft, as in 'claimcheck claims draft.md'")
    options = {"rules": tuple(rules or ()), "corpus": tuple(corpus or ())}
    resolver = Resolver(command_line(options, cwd=Path.cwd()), config=config, isolated=isolated)
    collected = collect(paths, resolver, stdin_filename=stdin_filename)
    problems = list(collected.problems)
    quiet = collected.drafts[0].settings.quiet if collected.drafts else False
    read = reading.read_good(collected.drafts, problems, quiet=quiet)
    listed: list[dict[str, Any]] = []
    with progress.of(listed, len(read), "finding claims", quiet=quiet):
        listed.extend(_listed(read))
    as_json = form is ClaimsFormat.JSON
    alone = as_json and not listed
    streams.print_error(problems, form=OutputFormat.JSON if alone else OutputFormat.TABLE)
    if as_json and listed:
        content = {"schema_version": SCHEMA_VERSION, "documents": listed}
        streams.print_data(to_json(content) + "\n")
    elif listed:
        width = streams.table_width(None)
        streams.print_text("\n".join(_text(one, width) for one in listed))
    raise typer.Exit(2 if problems else 0)


def _listed(read: list[tuple[Draft, Document]]) -> Iterator[dict[str, Any]]:
    from claimcheck.app.check import Checker  # noqa: PLC0415  (loads the reader of English)

    groups: dict[engine.Sources, list[Document]] = {}
    for draft, document in read:
        groups.setdefault(engine.sources_of(draft.settings), []).append(document)
    checkers: dict[engine.Sources, Checker] = {}
    for sources, documents in groups.items():
        # The names of the records tell which words are interventions.
        rulebook, index = engine.load(sources, quiet=True)  # how far it is is shown around this
        rulebook = engine.with_lists(rulebook, documents)
        checkers[sources] = Checker.of(index, rulebook, documents=documents)
    for draft, document in read:
        lines = Lines(document.source)
        found = checkers[engine.sources_of(draft.settings)].claims(document)
        yield {
            "name": draft.name,
            "claims": [claim_to_dict(claim, document, lines) for claim in found],
        }


def _text(listed: dict[str, Any], width: int) -> str:
    lines = [clean(listed["name"]), ""]
    for claim in listed["claims"]:
        place = f"  line {claim['line']}  "
        lines.append(place + f"“{shorten(clean(claim['text']), max(20, width - len(place) - 2))}”")
        about = [claim["direction"], claim["certainty"], f"strength {claim['strength']}"]
        parts = [f"{name} {clean(claim[name]['text'])}" for name in _PARTS if claim[name]]
        lines.append(" " * 8 + shorten("; ".join([", ".join(about), *parts]), width - 8))
    count = len(listed["claims"])
    lines += [
        "",
        counted(count, "claim") if count else "No efficacy claim found",
    ]
    return "\n".join(lines) + "\n"
