"""How often which rule was found: the count of a run in place of its findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from claimcheck.model.as_dict import SCHEMA_VERSION, tool_to_dict
from claimcheck.model.coverage import Coverage
from claimcheck.reports.findings import findings
from claimcheck.reports.json import error_to_dict
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.report import Report
    from claimcheck.model.verdict import Level
    from claimcheck.reports import View


@dataclass(frozen=True, slots=True)
class Count:
    """How often a rule was found at a level: standing, silenced by drafts, held by a baseline."""

    rule: str
    name: str
    level: Level
    standing: int
    suppressed: int
    baselined: int


def counts(report: Report, view: View) -> list[Count]:
    """Answer a count a rule and level, the most frequent first."""
    names = {rule.code: rule.name for rule in view.rules}
    found: Counter[tuple[str, Level, str]] = Counter()
    for one in findings(report, view):
        state = "baselined" if one.baselined else "suppressed"
        found[one.rule, one.level, "standing" if one.suppressed is None else state] += 1
    rules = {(rule, level): None for rule, level, _ in found}
    rows = [
        Count(
            rule,
            names.get(rule, rule.replace("-", " ")),
            level,
            found[rule, level, "standing"],
            found[rule, level, "suppressed"],
            found[rule, level, "baselined"],
        )
        for rule, level in rules
    ]
    return sorted(rows, key=lambda one: (-one.standing, one.rule, one.level))


def render_text(report: Report, view: View) -> str:
    """Answer the counts for a person, a line a rule, then what was covered."""
    lines = [
        f"{one.standing:>6}  {one.rule:<12} {one.level:<8} {one.name}{_silenced(one)}"
        for one in counts(report, view)
    ]
    return "\n".join([*lines, Coverage.of_documents(report.documents).summary(report.tool)]) + "\n"


def _silenced(one: Count) -> str:
    told = [
        *([f"{one.suppressed} suppressed"] if one.suppressed else []),
        *([f"{one.baselined} in the baseline"] if one.baselined else []),
    ]
    return f" (and {', '.join(told)})" if told else ""


def render_json(report: Report, view: View) -> str:
    """Answer the counts as one JSON object."""
    coverage = Coverage.of_documents(report.documents)
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_to_dict(report.tool),
        "summary": coverage.summary(report.tool),
        "documents": len(report.documents),
        "counts": {kind.value: number for kind, number in coverage.counts.items()},
        "statistics": [_to_dict(one) for one in counts(report, view)],
    }
    if view.problems:
        content["errors"] = [error_to_dict(problem) for problem in view.problems]
    return to_json(content) + "\n"


def render_jsonl(report: Report, view: View) -> Iterator[str]:
    """Answer a JSON line a rule, then one for each draft that could not be read."""
    for one in counts(report, view):
        yield to_json({"type": "count", **_to_dict(one)}, indent=None) + "\n"
    for problem in view.problems:
        yield to_json({"type": "error", "error": error_to_dict(problem)}, indent=None) + "\n"


def _to_dict(one: Count) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "name": one.name,
        "level": one.level.value,
        "count": one.standing,
        "suppressed": one.suppressed,
        "baselined": one.baselined,
    }
