"""`claimcheck explain`: what a rule means, with an example and where it comes from."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck.cli import streams
from claimcheck.config import Resolver, command_line
from claimcheck.errors import ConfigError
from claimcheck.model.report import NoticeKind
from claimcheck.paths import rules_dir
from claimcheck.reports.rule_docs import sayings_of, situation_of
from claimcheck.reports.words import VERDICTS, clean

if TYPE_CHECKING:
    from claimcheck.rulebook.types import VerdictRule

EXAMPLES = """\b
Examples:
  claimcheck explain CC101
  claimcheck explain --rules my-rules CC900
"""
_LOOKALIKES = str.maketrans("OIL", "011")  # copied from paper or a picture
_NOTICES = {
    NoticeKind.CITED_NOT_IN_CORPUS: "The draft cites a study that your corpus does not hold, so no "
    "claim could be laid beside it. Add its record with: claimcheck trials add FILE",
    NoticeKind.UNUSED_SUPPRESSION: "The draft silences a rule that found nothing there. Take the "
    "request out, or mend its code.",
    NoticeKind.UNUSED_BASELINE: "The baseline holds a finding that is no longer there. Write it "
    "again: claimcheck check … --baseline FILE --write-baseline",
    NoticeKind.UNCHANGED: "With --diff, how many claims stand on lines that have not changed, and "
    "so are not judged.",
    NoticeKind.RETRACTED: "A study that bears on the draft was retracted; it supports nothing.",
    NoticeKind.HARM_LEFT_OUT: "The draft tells of the good that a study found, and nowhere of the "
    "harm that the same study found. Tell of both.",
    NoticeKind.INPUT: "Something about the file itself that its author should know.",
}


def explain(
    code: Annotated[str, typer.Argument(help="A rule's code, as reports show it.")],
    *,
    rules: Annotated[
        list[str] | None, typer.Option(metavar="DIR", help="Rules of your own; repeatable.")
    ] = None,
) -> None:
    """Tell what a rule means, with an example and its reference."""
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415  (only this needs it)

    if code.casefold() in list(NoticeKind):
        streams.print_text(f"{code.casefold()}\n\n{_NOTICES[NoticeKind(code.casefold())]}\n")
        return
    options = command_line({"rules": tuple(rules or ())}, cwd=Path.cwd())
    settings = Resolver(options).settings_for(Path())
    rulebook = load_rulebook(rules_dir(), *settings.rules)
    known = {rule.code.casefold(): rule for rule in rulebook.verdicts}
    by_name = {rule.name.casefold(): rule for rule in rulebook.verdicts}
    rule = known.get(code.casefold()) or by_name.get(code.casefold())
    if rule is None:
        raise ConfigError(_unknown(code, [rule.code for rule in rulebook.verdicts]))
    streams.print_text(_text(rule))


def _unknown(code: str, codes: list[str]) -> str:
    typed = code.upper().translate(_LOOKALIKES)
    near = difflib.get_close_matches(typed, codes, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}" if near else "no code is near it"
    return f"there is no rule {code!r}: {hint}; all of them: claimcheck rules list"


def _text(rule: VerdictRule) -> str:
    level = f", {rule.level}" if rule.level else ""
    lines = [f"{rule.code} {rule.name} ({VERDICTS[rule.verdict]}{level})", ""]
    lines += [clean(rule.description), ""]
    lines += [f"{name:<8}{told}" for name, told in sayings_of(rule)]
    lines += ["", "Fires where"] if rule.when else ["", "Fires on whatever no other rule is for"]
    lines += [f"  {field} is {' or '.join(values)}" for field, values in rule.when.items()]
    for title, examples in (("Fires on", rule.match), ("Does not fire on", rule.no_match)):
        for example in examples:
            record = situation_of(example)
            lines += ["", f"{title}", f"  “{clean(example.claim)}”", f"  {record}"]
    if rule.references:
        lines += ["", "References", *(f"  {clean(one)}" for one in rule.references)]
    return "\n".join(lines) + "\n"
