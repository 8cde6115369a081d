"""The rows of a table: claims with their line, those that repeat one another folded into one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.coverage import is_baselined, is_suppressed
from claimcheck.model.lines import Lines
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claimcheck.model.report import DocumentReport
    from claimcheck.model.verdict import Verdict
    from claimcheck.reports import View

_PARTING = ":;,.–—- "


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as it is listed: its line, its words on one line, and where else it stands.

    `times` counts the claims that were folded into it, itself among them.
    """

    verdict: Verdict
    line: int
    text: str
    also: tuple[int, ...] = ()
    times: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a document by what an editor has to do about them, each in the draft's order."""

    findings: tuple[Row, ...]
    supported: tuple[Row, ...]
    no_evidence: tuple[Row, ...]
    suppressed: tuple[Row, ...]
    baselined: tuple[Row, ...] = ()


def rows_of(report: DocumentReport, view: View) -> Rows:
    """Answer the rows that the view asks for."""
    rows = [row for row in _fold(listed(report)) if view.shows(row.verdict)]
    answers = [row for row in rows if row.verdict.kind is not VerdictKind.NO_EVIDENCE]
    silenced = [row for row in answers if is_suppressed(row.verdict)]
    open_rows = [row for row in rows if not is_suppressed(row.verdict)]

    def of(*kinds: VerdictKind) -> tuple[Row, ...]:
        return tuple(row for row in open_rows if row.verdict.kind in kinds)

    return Rows(
        of(VerdictKind.OVERSTATED, VerdictKind.CONTRADICTED),
        of(VerdictKind.SUPPORTED),
        of(VerdictKind.NO_EVIDENCE),
        tuple(row for row in silenced if not is_baselined(row.verdict)),
        tuple(row for row in silenced if is_baselined(row.verdict)),
    )


def listed(report: DocumentReport) -> Iterable[Row]:
    """Answer a row a claim, in the draft's order, repeats and all."""
    document = report.document
    lines = Lines(document.source)
    placed = sorted(report.verdicts, key=lambda verdict: verdict.claim.span)
    for verdict in placed:
        span = verdict.claim.span
        place = lines.place(document.offsets.source_span(span).start)
        text = clean(document.text[span.start : span.end])
        # A clause may open with what parted it from the one before.
        yield Row(verdict, place.line, text.lstrip(_PARTING) or text)


def _fold(rows: Iterable[Row]) -> list[Row]:
    first: dict[tuple[object, ...], Row] = {}
    lines: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        verdict = row.verdict
        said = (row.text.casefold(), verdict.kind, verdict.rule, verdict.because)
        key = (*said, is_suppressed(verdict), is_baselined(verdict))
        first.setdefault(key, row)
        lines.setdefault(key, []).append(row.line)
    return [
        replace(row, also=tuple(dict.fromkeys(lines[key]))[1:], times=len(lines[key]))
        if len(lines[key]) > 1
        else row
        for key, row in first.items()
    ]


def claims_in(rows: Sequence[Row]) -> str:
    """Answer how many claims stand in rows, and how many of them only repeat another."""
    claims = sum(row.times for row in rows)
    repeats = claims - len(rows)
    if not repeats:
        return str(claims)
    return f"{claims}, {repeats} of them {'a repeat' if repeats == 1 else 'repeats'}"
