"""`claimcheck rules`: the rules at hand, their faults, and whether their examples hold."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import importing_terms, streams
from claimcheck.config import Resolver, command_line
from claimcheck.errors import ConfigError, InputError, Location
from claimcheck.model.counted import counted
from claimcheck.model.verdict import Level
from claimcheck.paths import data_dir, rules_dir
from claimcheck.reports.words import clean
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from claimcheck.rulebook.lists.store import Kept
    from claimcheck.rulebook.types import Rulebook

_Rules = Annotated[
    list[str] | None, typer.Option("--rules", metavar="DIR", help="Rules of your own; repeatable.")
]
_AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_EXAMPLES = """\b
Examples:
  claimcheck rules list
  claimcheck rules test --rules my-rules
"""

_LIST_EXAMPLES = """\b
Examples:
  claimcheck rules list
  claimcheck rules list --rules my-rules --json
"""

_LINT_EXAMPLES = """\b
Examples:
  claimcheck rules lint
  claimcheck rules lint --rules my-rules
"""

_DOCS_EXAMPLES = """\b
Examples:
  claimcheck rules docs | less
  claimcheck rules docs -o RULES.md --rules my-rules
  claimcheck rules docs --check RULES.md
"""

_TEST_EXAMPLES = """\b
Examples:
  claimcheck rules test
  claimcheck rules test --rules my-rules
"""


def group() -> typer.Typer:
    """Answer the commands on rules."""
    rules = typer.Typer(
        help="List, lint, test and document the rules; add names to them.",
        epilog=_EXAMPLES,
        no_args_is_help=False,
        rich_markup_mode=None,
    )
    rules.command("list", epilog=_LIST_EXAMPLES)(list_rules)
    rules.command("lint", epilog=_LINT_EXAMPLES)(lint_rules)
    rules.command("test", epilog=_TEST_EXAMPLES)(run_examples)
    rules.command("docs", epilog=_DOCS_EXAMPLES)(write_docs)
    rules.command("import-terms", epilog=importing_terms.EXAMPLES)(importing_terms.import_terms)
    return rules


def list_rules(*, rules: _Rules = None, as_json: _AsJson = False) -> None:
    """List the verdict rules, and count the cues and terms."""
    rulebook = _load(rules)
    if as_json:
        listed = [
            {
                "code": rule.code,
                "name": rule.name,
                "verdict": rule.verdict.value,
                "reason": rule.reason.value,
                "level": rule.level.value if rule.level else None,
                "place": str(rule.location),
            }
            for rule in rulebook.verdicts
        ]
        counts = {"cues": len(rulebook.cues), "terms": len(rulebook.terms)}
        lists = [{"name": one.name, "terms": one.terms, "names": one.names} for one in _lists()]
        streams.print_data(to_json({"rules": listed, **counts, "lists": lists}) + "\n")
        return
    wide = max((len(rule.name) for rule in rulebook.verdicts), default=0)
    for rule in rulebook.verdicts:
        level = rule.level.value if rule.level else "-"
        line = (
            f"{rule.code:<7} {level:<8} {rule.verdict.value:<13} {rule.name:<{wide}}  {rule.reason}"
        )
        streams.print_text(f"{clean(line) if not line.isprintable() else line}\n")
    streams.print_text(
        f"{len(rulebook.verdicts)} verdict rules, {len(rulebook.cues)} cues, "
        f"{len(rulebook.scopes)} scopes, {len(rulebook.terms)} terms\n"
    )
    for one in _lists():
        streams.print_text(f"and {one.names:,} names from {clean(one.name)}\n")


def lint_rules(*, rules: _Rules = None) -> None:
    """Name what is wrong or unwise in the rules; exit with 1 on an error."""
    from claimcheck.rulebook.lint import lint  # noqa: PLC0415  (only this needs it)
    from claimcheck.verdict import situation_fields  # noqa: PLC0415
    from claimcheck.verdict.lint import caught  # noqa: PLC0415
    from claimcheck.verdict.lint import lint_rules as walk_situations  # noqa: PLC0415

    rulebook = _load(rules)
    remarks = lint(rulebook, fields=situation_fields())
    uncovered = walk_situations(rulebook)
    for told in (*remarks, *uncovered):
        streams.print_text(f"{clean(str(told))}\n")
    left: Counter[tuple[str, ...]] = Counter()
    for (*key, _role), number in caught(rulebook).items():
        left[tuple(key)] += number
    for kept, number in left.items():
        streams.print_text(f"falls to the catch-all: {', '.join(kept)} ({number} situations)\n")
    errors = sum(remark.severity is Level.ERROR for remark in remarks) + len(uncovered)
    rest = len(remarks) + len(uncovered) - errors
    streams.print_text(f"{counted(errors, 'error')}, {counted(rest, 'remark')}\n")
    raise typer.Exit(1 if errors else 0)


def run_examples(*, rules: _Rules = None) -> None:
    """Run the examples of every cue and verdict rule; exit with 1 if one does not hold."""
    from claimcheck.reading.examples import test_cues  # noqa: PLC0415  (reads English)
    from claimcheck.verdict.examples import test_rules as test_verdicts  # noqa: PLC0415

    rulebook = _load(rules)
    faults = [*test_cues(rulebook), *test_verdicts(rulebook)]
    for fault in faults:
        streams.print_text(f"{fault}\n")
    cues = sum(len(cue.match) + len(cue.no_match) for cue in rulebook.cues)
    verdicts = sum(len(rule.match) + len(rule.no_match) for rule in rulebook.verdicts)
    streams.print_text(
        f"{counted(cues, 'example')} of cues and {counted(verdicts, 'example')} of verdict rules, "
        f"{counted(len(faults), 'fault')}\n"
    )
    raise typer.Exit(1 if faults else 0)


def write_docs(
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it; else it is shown."),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", metavar="FILE", help="Exit with 1 if this file is not current."),
    ] = None,
    rules: _Rules = None,
) -> None:
    """Document every verdict rule and kind of cue, as Markdown."""
    from claimcheck.reports.rule_docs import render  # noqa: PLC0415  (only this needs it)

    if output and check:
        raise ConfigError("--output writes a file, --check only reads one: give one of them")
    if output and str(output) != "-":
        streams.check_writable(output)
    text = render(_load(rules))
    if check:
        _hold_current(check, text, rules or [])
    elif output and str(output) != "-":
        streams.write_file(output, [text])
    else:
        streams.print_data(text)


def _hold_current(file: Path, text: str, rules: list[str]) -> None:
    options = "".join(f" --rules {shlex.quote(one)}" for one in rules)
    command = f"claimcheck rules docs{options} -o {shlex.quote(str(file))}"
    try:
        kept = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read; write it: {command}"
        raise InputError(message, location=Location(str(file))) from error
    if kept != text:
        streams.warn(f"{clean(str(file))}: is not what the rules say; write it again: {command}")
        raise typer.Exit(1)


def _lists() -> tuple[Kept, ...]:
    from claimcheck.rulebook.lists.store import kept_lists  # noqa: PLC0415

    return kept_lists(data_dir())


def _load(rules: list[str] | None) -> Rulebook:
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415  (--help needs none of it)

    options = command_line({"rules": tuple(rules or ())}, cwd=Path.cwd())
    return load_rulebook(rules_dir(), *Resolver(options).settings_for(Path()).rules)
