"""What every rule means, as a page of Markdown made from the rules themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.markdown import plain
from claimcheck.reports.words import VERDICTS, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.rulebook.types import Cue, Rulebook, RuleExample, VerdictRule

_OPENING = """\
# Rules

<!-- Made by `claimcheck rules docs`; edit the rules, not this page. -->

What stands here is read from the rules themselves: {rules} verdict rules and {kinds} kinds of cues.
`claimcheck explain CODE` tells the same of one rule.
"""
_ORDER = (
    VerdictKind.OVERSTATED,
    VerdictKind.CONTRADICTED,
    VerdictKind.NO_EVIDENCE,
    VerdictKind.SUPPORTED,
)
_NO_LEVEL = "raises no issue"


def render(rulebook: Rulebook) -> str:
    """Answer the documentation of all verdict rules and kinds of cues, the same for same rules."""
    kinds: dict[str, list[Cue]] = {}
    for cue in rulebook.cues:
        kinds.setdefault(cue.kind, []).append(cue)
    blocks = [
        _OPENING.format(rules=len(rulebook.verdicts), kinds=len(kinds)),
        *_contents(rulebook.verdicts),
    ]
    for verdict in _ORDER:
        rules = [rule for rule in rulebook.verdicts if rule.verdict is verdict]
        if rules:
            blocks.append(f"## {VERDICTS[verdict].capitalize()}\n")
        for rule in rules:
            blocks += _rule(rule)
    return "\n".join([*blocks, *_cues(kinds)])


def sayings_of(rule: VerdictRule) -> Iterator[tuple[str, str]]:
    """Answer what a rule says and advises, under its heading, slots shown as <name>."""
    for heading, told in (("Says", rule.because), ("Advice", rule.advice)):
        # Of a template that is one slot there is nothing to show.
        if re.sub(r"\{\w+\}|\W", "", told):
            yield heading, re.sub(r"\{(\w+)\}", r"<\1>", clean(told))


def situation_of(example: RuleExample) -> str:
    """Answer the record of an example in one line."""
    return ", ".join(f"{field} {value}" for field, value in example.situation.items())


def _contents(rules: Sequence[VerdictRule]) -> Iterator[str]:
    yield "| code | name | verdict | level |\n| --- | --- | --- | --- |"
    for rule in rules:
        place = f"{rule.code}-{rule.name}".lower()
        yield (
            f"| [{rule.code}](#{place}) | {plain(rule.name)} | {VERDICTS[rule.verdict]} "
            f"| {rule.level or _NO_LEVEL} |"
        )
    yield ""


def _rule(rule: VerdictRule) -> Iterator[str]:
    # Heading, code and name alone: that is what the anchor is made of.
    yield f"### {rule.code} {plain(rule.name)}\n"
    yield f"{VERDICTS[rule.verdict].capitalize()}, {rule.level or _NO_LEVEL}; reason {rule.reason}."
    yield f"{plain(rule.description)}\n"
    yield f"- **Fires where** {_conditions(rule.when)}"
    for title, examples in (("Fires on", rule.match), ("Does not fire on", rule.no_match)):
        for one in examples:
            yield f"- **{title}** “{plain(one.claim)}” ({plain(situation_of(one))})"
    yield from (f"- **{heading}** {plain(told)}" for heading, told in sayings_of(rule))
    yield from (f"- **Reference** {plain(one)}" for one in rule.references)
    yield ""


def _conditions(when: Mapping[str, tuple[str, ...]]) -> str:
    if not when:
        return "no other rule is for it"
    return "; ".join(f"{field} is {' or '.join(values)}" for field, values in when.items())


def _cues(kinds: Mapping[str, Sequence[Cue]]) -> Iterator[str]:
    yield "## Cues\n"
    yield "Words that signal something in a draft or a report. Each kind with its values, one"
    yield "sentence that holds such a cue and one that does not, and who described it.\n"
    yield "| kind | values | holds it | does not | source |\n| --- | --- | --- | --- | --- |"
    for kind, cues in sorted(kinds.items()):
        values = dict.fromkeys(cue.value for cue in cues if cue.value)
        sources = dict.fromkeys(cue.source for cue in cues if cue.source)
        cells = (
            ", ".join(values),
            next((one for cue in cues for one in cue.match), ""),
            next((one for cue in cues for one in cue.no_match), ""),
            "; ".join(sources),
        )
        yield f"| {plain(kind)} | {' | '.join(plain(cell) for cell in cells)} |"
    yield ""
