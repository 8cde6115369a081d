"""Which claims of a document stand on lines that have changed?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from claimcheck.model.lines import Lines
from claimcheck.model.report import NoticeKind

if TYPE_CHECKING:
    from claimcheck.model.document import Document, Span
    from claimcheck.model.report import DocumentReport, Notice
    from claimcheck.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Changed:
    """Changed lines of a text as half-open ranges of rows from 0, where LF alone ends a row.

    An empty range stands between two rows: what stood there was deleted.
    """

    rows: tuple[tuple[int, int], ...]


def only_changed(report: DocumentReport, changed: Changed) -> DocumentReport:
    """Answer the report with the claims alone whose sentence holds changed words.

    Notices stay where they speak of a changed line, of a suppression that governs one, or of the
    document as a whole.
    """
    document = report.document
    touched = _Touched(document.source, changed)
    verdicts = tuple(one for one in report.verdicts if _is_touched(one, document, touched))
    lines = Lines(document.source)
    retracted = any(map(_is_retracted, verdicts))
    notices = tuple(
        one
        for one in report.notices
        if _concerns(one, document, lines, touched)
        and (retracted or one.kind is not NoticeKind.RETRACTED)
    )
    return replace(report, verdicts=verdicts, notices=notices)


class _Touched:
    """The changed ranges of a source in code points, to be asked about any span of it."""

    def __init__(self, source: str, changed: Changed) -> None:
        starts = [0]
        while (found := source.find("\n", starts[-1])) >= 0:
            starts.append(found + 1)
        last = len(starts)
        starts.append(len(source))
        ranges = [(starts[min(at, last)], starts[min(end, last)]) for at, end in changed.rows]
        self._filled = sorted((start, end) for start, end in ranges if start < end)
        self._points = sorted(start for start, end in ranges if start == end)

    def holds(self, span: Span) -> bool:
        """Tell whether a part of the span changed, or something was deleted from within it."""
        before = bisect_left(self._filled, span.end, key=itemgetter(0))
        if before and self._filled[before - 1][1] > span.start:
            return True
        after = bisect_right(self._points, span.start)
        return after < len(self._points) and self._points[after] < span.end


def _is_touched(verdict: Verdict, document: Document, touched: _Touched) -> bool:
    claim = verdict.claim
    return any(
        touched.holds(document.offsets.source_span(span)) for span in (claim.sentence, claim.span)
    )


def _concerns(notice: Notice, document: Document, lines: Lines, touched: _Touched) -> bool:
    # How a draft was read bears on all of it: what is never closed hides changed lines below.
    if notice.line is None or notice.kind is NoticeKind.INPUT:
        return True
    spans = [lines.span(notice.line - 1)]
    if notice.kind is NoticeKind.UNUSED_SUPPRESSION:
        spans += (one.span for one in document.suppressions if one.line == notice.line)
    return any(map(touched.holds, spans))


def _is_retracted(verdict: Verdict) -> bool:
    return any(row.match.trial.status == "retracted" for row in verdict.evidence)
