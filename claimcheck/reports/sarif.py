"""SARIF 2.1.0, for code scanning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.verdict import Level
from claimcheck.reports.findings import findings
from claimcheck.reports.places import artifact_uri
from claimcheck.reports.words import ended
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from claimcheck.model.report import Report
    from claimcheck.reports import View
    from claimcheck.reports.findings import Finding
    from claimcheck.rulebook.types import VerdictRule

MAX_RESULTS = 25_000  # more are refused by GitHub
MAX_TEXT = 1_024
FINGERPRINT = "claimcheckClaim/v1"
# A name, not an address: the project has no home page yet.
INFORMATION_URI = "urn:claimcheck"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
_PRECISION = {Level.ERROR: "high", Level.WARNING: "medium", Level.NOTE: "low"}
_SEVERITY = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def render(report: Report, view: View) -> str:
    """Answer one run; suppressed issues are results that carry their suppression."""
    found = findings(report, view)
    kept = sorted(found, key=lambda one: _WEIGHT[one.level])[:MAX_RESULTS]
    codes = sorted({one.rule for one in found} | {rule.code for rule in view.rules})
    known = {rule.code: rule for rule in view.rules}
    levels = {one.rule: one.level for one in reversed(found)}
    index = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "claimcheck",
                "semanticVersion": report.tool.version,
                "informationUri": INFORMATION_URI,
                "rules": [_rule(code, known.get(code), levels.get(code)) for code in codes],
            }
        },
        "automationDetails": {"id": "claimcheck/"},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],  # by default a lone CR ends no line
        "invocations": [_invocation(view, len(found) - len(kept))],
        "results": [_result(one, index[one.rule]) for one in kept],
    }
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _invocation(view: View, dropped: int) -> dict[str, Any]:
    notifications = [
        {"level": "error", "message": {"text": str(problem) or "unreadable"}}
        for problem in view.problems
    ]
    if dropped:
        left = f"{dropped} results were left out: {MAX_RESULTS} are taken at most"
        notifications.append({"level": "warning", "message": {"text": left}})
    told = {"toolExecutionNotifications": notifications} if notifications else {}
    return {"executionSuccessful": not view.problems, **told}


def _rule(code: str, rule: VerdictRule | None, level: Level | None) -> dict[str, Any]:
    level = (rule.level if rule else level) or Level.NOTE
    name = rule.name if rule else code.replace("-", " ")
    description = (rule.description if rule else "") or name
    references = rule.references if rule else ()
    text = "\n".join(
        part for part in (description, rule.advice if rule else "", *references) if part
    )
    listed = "".join(f"\n- {reference}" for reference in references)
    markdown = f"{description}\n{f'{chr(10)}References:{chr(10)}{listed}' if listed else ''}"
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in name.replace("-", " ").split()) or code,
        "shortDescription": {"text": _cut(name)},
        "fullDescription": {"text": _cut(description)},
        "help": {"text": text, "markdown": markdown.rstrip()},
        "defaultConfiguration": {"level": level.value},
        "properties": {
            "tags": ["health", rule.reason.value if rule else "notice"],
            "precision": _PRECISION[level],
            "problem.severity": _SEVERITY[level],
        },
    }


def _result(one: Finding, rule_index: int) -> dict[str, Any]:
    uri = artifact_uri(one.path)
    region = {"startLine": one.start.line, "startColumn": one.start.column}
    if one.end != one.start:
        region |= {"endLine": one.end.line, "endColumn": one.end.column}
    message = " ".join(part for part in (ended(one.because), one.advice, one.records) if part)
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": rule_index,
        "level": one.level.value,
        "message": {"text": message or one.rule},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
        "partialFingerprints": {FINGERPRINT: one.fingerprint},
    }
    if one.suppressed is not None:
        kind = "external" if one.baselined else "inSource"
        reason = {"justification": one.suppressed} if one.suppressed else {}
        result["suppressions"] = [{"kind": kind, **reason}]
    return result


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"
