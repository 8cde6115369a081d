"""Workflow commands that GitHub shows as annotations beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.verdict import Level
from claimcheck.reports.findings import findings, worst_first
from claimcheck.reports.places import repository_path

if TYPE_CHECKING:
    from claimcheck.model.report import Report
    from claimcheck.reports import View
    from claimcheck.reports.findings import Finding

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report, view: View) -> str:
    """Answer a command a claim or notice, worst first, since ten of a level are shown per step."""
    by_claim: dict[tuple[object, ...], list[Finding]] = {}
    for number, one in enumerate(worst_first(findings(report, view))):
        by_claim.setdefault((one.path, one.claim or number), []).append(one)
    return "".join(_command(*same) for same in by_claim.values())


def _command(one: Finding, *others: Finding) -> str:
    """Write the worst finding on a claim, with what else was found on it."""
    properties: dict[str, str | int] = {
        "title": f"claimcheck {one.rule}",
        "file": repository_path(one.path),
        "line": one.start.line,
    }
    if one.start.line == one.end.line and one.end.column > one.start.column:
        properties |= {"col": one.start.column, "endLine": one.end.line}
        properties |= {"endColumn": one.end.column}
    elif one.end.line > one.start.line:
        properties["endLine"] = one.end.line
    told = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    also = (f"Also {other.rule}: {other.because}" for other in others)
    message = "\n".join(part for part in (one.because, one.advice, *also, one.records) if part)
    return f"::{_COMMANDS[one.level]} {told}::{_message(message)}\n"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
