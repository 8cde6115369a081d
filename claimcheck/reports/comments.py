"""What a comment in a Word file says of a finding, and of the check as a whole."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from claimcheck.documents.word.comments import Note, Words
from claimcheck.model.as_dict import trial_url
from claimcheck.model.counted import counted
from claimcheck.model.coverage import Coverage
from claimcheck.model.trial import Role
from claimcheck.model.verdict import Confidence
from claimcheck.reports.evidence import bearing_on, why
from claimcheck.reports.numbers import numbers
from claimcheck.reports.words import (
    FINDINGS,
    SIGNS,
    VERDICTS,
    clean,
    outcome_name,
    role_name,
    sentence,
    trial_design,
    trial_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.model.report import DocumentReport, Tool
    from claimcheck.model.trial import Trial
    from claimcheck.model.verdict import Evidence, Verdict
    from claimcheck.reports import View

SHOWN_STUDIES, SHOWN_RESULTS = 3, 4

_Line = tuple[Words, ...]


def notes(report: DocumentReport, tool: Tool, view: View) -> list[Note]:
    """Answer a note for each claim with an open issue, and first one that sums up the check."""
    document = report.document
    return [
        Note(None, tuple(_summary(report, tool, view))),
        *(
            Note(document.offsets.source_span(one.claim.span), tuple(_lines(one)))
            for one in report.verdicts
            if one.level is not None and view.shows(one)
        ),
    ]


def _summary(report: DocumentReport, tool: Tool, view: View) -> Iterator[_Line]:
    covered = Coverage.of(report.verdicts).summary(tool)
    yield Words(f"Checked by claimcheck {tool.version}", bold=True), Words(f": {covered}")
    if view.only:
        kinds = ", ".join(VERDICTS[kind] for kind in view.only)
        yield (Words(f"Commented are only claims that are {kinds}."),)
    if view.least is not Confidence.LOW:
        yield (Words(f"Commented are only verdicts of {view.least} confidence or more."),)
    for notice in report.notices:
        # Without its line: that is one of the extracted text, which is nowhere to be seen in Word.
        yield (Words(sentence(clean(notice.message))),)


def _lines(verdict: Verdict) -> Iterator[_Line]:
    """Answer what is to be said of a claim: verdict, why, evidence with its source, advice."""
    head = f"{SIGNS[verdict.kind]} {VERDICTS[verdict.kind].capitalize()}"
    yield Words(head, bold=True), Words(f" [{verdict.level}] {verdict.rule}")
    yield (Words(why(verdict)),)
    others = (one for one in verdict.issues if one.suppressed is None and one.rule != verdict.rule)
    for issue in others:
        yield (Words(f"Also {issue.rule}: {sentence(clean(issue.because))}"),)
    yield from _evidence(bearing_on(verdict.evidence))
    for note in verdict.notes:
        yield (Words(sentence(clean(note))),)
    if verdict.advice:
        yield Words("Advice: ", bold=True), Words(clean(verdict.advice))


def _evidence(rows: Sequence[Evidence]) -> Iterator[_Line]:
    by_trial = [(one, list(same)) for one, same in groupby(rows, key=lambda row: row.match.trial)]
    for trial, same in by_trial[:SHOWN_STUDIES]:
        yield tuple(_study(trial, cited=any(row.match.cited for row in same)))
        primary_first = sorted(same, key=lambda row: not _is_primary(row))
        for row in primary_first[:SHOWN_RESULTS]:
            yield (Words(f"\u2022 {_result(row)}"),)
        if len(same) > SHOWN_RESULTS:
            yield (Words(f"and {counted(len(same) - SHOWN_RESULTS, 'more result')}"),)
    if (more := len(by_trial) - SHOWN_STUDIES) > 0:
        yield (Words(f"and {more} more {'study' if more == 1 else 'studies'}"),)


def _study(trial: Trial, *, cited: bool) -> Iterator[Words]:
    yield Words(clean(trial_name(trial)), bold=True)
    parts = (trial_design(trial), "cited in the draft" if cited else "", f"record {trial.id}")
    yield Words(f" ({', '.join(clean(part) for part in parts if part)})")
    if url := trial_url(trial):
        yield Words(" ")
        yield Words(clean(url), link=url)


def _result(row: Evidence) -> str:
    outcome = row.match.outcome
    if outcome is None:
        return sentence(clean(row.because))
    told = f"{role_name(outcome)}: {outcome_name(outcome)}"
    if row.analysis is None:
        return f"{told}, {clean(row.because)}"
    figures = numbers(row.analysis)
    shown = FINDINGS[row.analysis.finding.kind]
    return f"{told}, {figures}: {shown}" if figures else f"{told}: {shown}"


def _is_primary(row: Evidence) -> bool:
    return row.match.outcome is not None and row.match.outcome.role is Role.PRIMARY
