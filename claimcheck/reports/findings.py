"""Issues and notices with their place, for the formats that are lists of findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.baseline import IN_BASELINE, fingerprint, normalised
from claimcheck.model.lines import Lines, Place
from claimcheck.model.report import NoticeKind
from claimcheck.model.verdict import Level
from claimcheck.reports.evidence import bearing_on, cited, records
from claimcheck.reports.places import repository_path
from claimcheck.reports.words import REASONS, VERDICTS, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.report import DocumentReport, Report
    from claimcheck.model.verdict import Issue, Verdict
    from claimcheck.reports import View

_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}

MAX_SOURCES = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One issue of a claim, or one notice, with the place it stands at in its file.

    `text` is the claim's plain text and `claim` its id, empty for a notice; `end` is exclusive;
    `sources` name record, outcome and address of what the numbers in `because` rest on, `records`
    records and addresses alone, for forms of few words; `fingerprint` stays the same while
    the words do, wherever they move; `baselined` as in Issue.
    """

    path: str
    rule: str
    level: Level
    because: str
    advice: str
    start: Place
    end: Place
    text: str
    fingerprint: str = ""
    sources: tuple[str, ...] = ()
    records: str = ""
    suppressed: str | None = None
    baselined: bool = False
    claim: str = ""


def findings(report: Report, view: View) -> list[Finding]:
    """Answer what was found, by document and place; suppressed issues among them."""
    return [finding for one in report.documents for finding in findings_of(one, view)]


def findings_of(report: DocumentReport, view: View) -> list[Finding]:
    """Answer what was found in one document, by place."""
    found = sorted(_of_document(report, view), key=lambda finding: finding.start)
    path = repository_path(report.document.name)
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for one in found:
        words = one.text or one.because
        seen[key := (one.rule, normalised(words))] += 1
        name = fingerprint(one.rule, path, words, seen[key])
        numbered.append(replace(one, fingerprint=name))
    return numbered


def _message(verdict: Verdict, issue: Issue) -> str:
    if issue.level is Level.NOTE:
        return clean(issue.because)
    # Figures alone would not tell a reader of one line what is wrong.
    return f"{VERDICTS[verdict.kind]}: {REASONS[issue.reason]}. {clean(issue.because)}"


def worst_first(found: list[Finding]) -> list[Finding]:
    """Answer the findings that are not suppressed, errors first, else in their order."""
    kept = (one for one in found if one.suppressed is None)
    return sorted(kept, key=lambda one: _WEIGHT[one.level])


def _of_document(report: DocumentReport, view: View) -> Iterator[Finding]:
    document = report.document
    lines = Lines(document.source)
    name = document.name
    for verdict in report.verdicts:
        if not view.shows(verdict):
            continue
        span = document.offsets.source_span(verdict.claim.span)
        start, end = lines.place(span.start), lines.end_place(span.start, span.end)
        text = clean(document.text[verdict.claim.span.start : verdict.claim.span.end])
        bearing = bearing_on(verdict.evidence)[:MAX_SOURCES]
        sources = tuple(map(cited, bearing))
        for issue in verdict.issues:
            yield Finding(
                name,
                issue.rule,
                issue.level,
                _message(verdict, issue),
                clean(issue.advice),
                start,
                end,
                text,
                sources=sources,
                records=records(bearing),
                suppressed=issue.suppressed,
                baselined=issue.baselined,
                claim=verdict.claim.id,
            )
    for notice in report.notices if not view.only else ():
        if notice.kind is NoticeKind.UNCHANGED:
            continue
        place = Place(notice.line or 1, 1)
        told = clean(notice.message)
        known = IN_BASELINE if notice.baselined else None
        yield Finding(
            name,
            notice.kind.value,
            notice.level,
            told,
            "",
            place,
            place,
            "",
            suppressed=known,
            baselined=notice.baselined,
        )
