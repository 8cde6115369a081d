"""`claimcheck trials ask`: what does a report say an intervention did to an outcome?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claimcheck.cli import reading, streams
from claimcheck.cli.drafts import collect
from claimcheck.config import Resolver, command_line
from claimcheck.model.lines import Lines
from claimcheck.paths import rules_dir
from claimcheck.reports.words import clean
from claimcheck.serialize import to_json

EXAMPLES = """\b
Examples:
  claimcheck trials ask abstract.txt --intervention ketamine --outcome fatigue
  claimcheck trials ask - --intervention aspirin --outcome stroke < paper.txt
"""


class AskFormat(StrEnum):
    """How the answer is printed."""

    TEXT = "text"
    JSON = "json"


def ask(
    path: Annotated[str, typer.Argument(metavar="REPORT", help="A report, or - for stdin.")],
    *,
    intervention: Annotated[str, typer.Option(help="What was given.")],
    outcome: Annotated[str, typer.Option(help="What was measured.")],
    comparator: Annotated[str, typer.Option(help="What it was compared with.")] = "control",
    form: Annotated[
        AskFormat, typer.Option("--format", "-f", help="How to print the answer.")
    ] = AskFormat.TEXT,
) -> None:
    """Tell what a trial report says an intervention did to an outcome, and where it says so."""
    collected = collect([path], Resolver(command_line({}, cwd=Path.cwd())), stdin_filename=None)
    if collected.problems:
        streams.print_error(list(collected.problems))
        raise typer.Exit(2)
    from claimcheck.app.ask import ask as ask_report  # noqa: PLC0415  (takes a second to load)
    from claimcheck.reading.nlp import Reader  # noqa: PLC0415
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415
    from claimcheck.terms import Terms  # noqa: PLC0415

    document = reading.read(collected.drafts[0])
    rulebook = load_rulebook(rules_dir())
    answer = ask_report(
        document.text,
        intervention=intervention,
        comparator=comparator,
        outcome=outcome,
        reader=Reader(rulebook),
        rulebook=rulebook,
        terms=Terms(rulebook),
    )
    span = answer.span
    quote = document.text[span.start : span.end] if span else None
    at = document.offsets.source_span(span).start if span else None
    line = Lines(document.source).place(at).line if at is not None else None
    if form is AskFormat.JSON:
        content = {
            "direction": answer.direction,
            "because": answer.because,
            "quote": quote,
            "line": line,
        }
        streams.print_data(to_json(content) + "\n")
        return
    streams.print_text(f"{answer.direction}: {clean(answer.because)}\n")
    if quote is not None:
        streams.print_text(f"line {line}: “{clean(quote)}”\n")
