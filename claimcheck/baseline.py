"""What a team has agreed to live with: findings known by rule, path and words, never by line."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from claimcheck.errors import ConfigError, Location
from claimcheck.model.report import Notice, NoticeKind
from claimcheck.model.verdict import Level
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from claimcheck.model.document import Document
    from claimcheck.model.report import DocumentReport
    from claimcheck.model.verdict import Issue, Verdict

IN_BASELINE = "in the baseline"
VERSION = 1
_SPACE = re.compile(r"\s+")
# Editors turn straight quotes into curly ones, and hyphens into dashes, without being asked.
_SAME = str.maketrans("“”„\u2018\u2019–—−", '"""\'\'---', "\u00ad")
_EDGES = " \"'.,;:!?-()[]"


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """What a finding is known by: the draft's path, the rule, and the claim's normalised words."""

    path: str
    rule: str
    claim: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that are known, and how often each of them; paths count from the baseline's own."""

    counts: Mapping[Known, int]

    def paths(self) -> frozenset[str]:
        """Answer which drafts it speaks of."""
        return frozenset(one.path for one in self.counts)


def normalised(text: str) -> str:
    """Answer a claim's words less what a new line break, quote mark or dash would change."""
    flat = unicodedata.normalize("NFKC", text.translate(_SAME)).casefold()
    return _SPACE.sub(" ", flat).strip(_EDGES)


def fingerprint(rule: str, path: str, text: str, ordinal: int) -> str:
    """Answer what names a finding in every run: the same while its words stay, wherever they move.

    `ordinal` tells apart findings of one rule on the same words in the same file, from 1.
    """
    key = "\0".join((rule, path, normalised(text), str(ordinal)))
    return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()


def of_document(report: DocumentReport, path: str, levels: Collection[Level]) -> Counter[Known]:
    """Answer what a baseline would have to hold for no finding of these levels to be left."""
    found: Counter[Known] = Counter()
    for verdict in report.verdicts:
        for issue in verdict.issues:
            if issue.suppressed is None and issue.level in levels:
                found[_known(verdict, issue, report.document, path)] += 1
    for notice in report.notices:
        if notice.level in levels and _can_be_known(notice):
            found[_told(notice, path)] += 1
    return found


def apply(report: DocumentReport, path: str, baseline: Baseline) -> DocumentReport:
    """Answer the report with what the baseline holds marked as known.

    Entries of this draft that are no longer needed are told as notices.
    """
    left = Counter({one: count for one, count in baseline.counts.items() if one.path == path})
    verdicts = list(report.verdicts)
    in_order = sorted(range(len(verdicts)), key=lambda number: verdicts[number].claim.span)
    for number in in_order:
        verdicts[number] = _marked(verdicts[number], report.document, path, left)
    notices = [_taken(notice, path, left) for notice in report.notices]
    unused = [_unneeded(one, count) for one, count in sorted(left.items()) if count > 0]
    return replace(report, verdicts=tuple(verdicts), notices=(*notices, *unused))


def _marked(verdict: Verdict, document: Document, path: str, left: Counter[Known]) -> Verdict:
    issues = []
    for issue in verdict.issues:
        known = _known(verdict, issue, document, path)
        if issue.suppressed is None and left[known] > 0:
            left[known] -= 1
            issues.append(replace(issue, suppressed=IN_BASELINE, baselined=True))
        else:
            issues.append(issue)
    return verdict.with_issues(tuple(issues))


def _taken(notice: Notice, path: str, left: Counter[Known]) -> Notice:
    known = _told(notice, path)
    if not _can_be_known(notice) or left[known] < 1:
        return notice
    left[known] -= 1
    return replace(notice, baselined=True)


def _known(verdict: Verdict, issue: Issue, document: Document, path: str) -> Known:
    span = verdict.claim.span
    return Known(path, issue.rule, normalised(document.text[span.start : span.end]))


def _told(notice: Notice, path: str) -> Known:
    return Known(path, notice.kind.value, normalised(notice.message))


def _can_be_known(notice: Notice) -> bool:
    # Whoever writes a baseline can as well remove a suppression that silences nothing.
    return notice.kind is not NoticeKind.UNUSED_SUPPRESSION


def _unneeded(one: Known, count: int) -> Notice:
    times = f" ({count} times)" if count > 1 else ""
    message = (
        f"the baseline no longer needs {one.rule} on “{one.claim}”{times}; "
        "--write-baseline leaves it out"
    )
    return Notice(NoticeKind.UNUSED_BASELINE, message, Level.NOTE)


def dump(baseline: Baseline) -> str:
    """Answer a baseline as JSON, a line a finding, so that version control shows each by itself."""
    lines = [
        to_json(
            {"path": one.path, "rule": one.rule, "claim": one.claim, "count": count}, indent=None
        )
        for one, count in sorted(baseline.counts.items())
        if count > 0
    ]
    body = "".join(f"\n    {line}," for line in lines).removesuffix(",")
    return f'{{\n  "claimcheck-baseline": {VERSION},\n  "findings": [{body}\n  ]\n}}\n'


def parse(text: str, *, name: str) -> Baseline:
    """Answer what a baseline file holds. Raises ConfigError with every fault, a line each."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _fault(name, f"is not JSON: {error}") from None
    if not isinstance(content, dict) or "claimcheck-baseline" not in content:
        raise _fault(name, 'is no baseline: wanted an object with "claimcheck-baseline"')
    if (version := content["claimcheck-baseline"]) != VERSION:
        raise _fault(name, f"is a baseline of version {version!r}; {VERSION} is known")
    findings = content.get("findings")
    if not isinstance(findings, list):
        raise _fault(name, "wanted a list of findings")
    counts: Counter[Known] = Counter()
    faults = []
    for number, entry in enumerate(findings, start=1):
        if wrong := _wrong(entry):
            faults.append(f"finding {number}: {wrong}")
        else:
            counts[Known(entry["path"], entry["rule"], entry["claim"])] += entry.get("count", 1)
    if faults:
        raise ConfigError("\n".join(f"{Location(name)}: {fault}" for fault in faults))
    return Baseline(counts)


def _wrong(entry: Any) -> str | None:  # noqa: ANN401  (whatever JSON holds)
    if not isinstance(entry, dict):
        return f"wanted an object, got {entry!r}"
    for key in ("path", "rule", "claim"):
        if not isinstance(entry.get(key), str):
            return f"{key}: wanted text, got {entry.get(key)!r}"
    count = entry.get("count", 1)
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        return f"count: wanted a whole number from 1, got {count!r}"
    return None


def _fault(name: str, message: str) -> ConfigError:
    return ConfigError(message, location=Location(name))
