"""What a draft's own requests silence, and which of the requests silence nothing."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from claimcheck.model.report import Notice, NoticeKind
from claimcheck.model.verdict import Issue, Level, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from claimcheck.model.document import Document, Span, Suppression


def apply(
    verdicts: Sequence[Verdict], document: Document, *, codes: Collection[str] = ()
) -> tuple[tuple[Verdict, ...], tuple[Notice, ...]]:
    """Answer the verdicts with the issues marked that the draft silences, and what to say of it.

    An issue is silenced where its claim shares a code point of the source with the range that a
    suppression of its rule governs. Suppressions that silence nothing get a notice, and so do codes
    that are not among `codes`, if any are given.
    """
    silenced: set[tuple[int, str]] = set()  # suppression by place, code
    marked = tuple(
        _marked(verdict, document.offsets.source_span(verdict.claim.span), document, silenced)
        for verdict in verdicts
    )
    notices = {
        notice: None
        for number, suppression in enumerate(document.suppressions)
        for notice in _notices(number, suppression, silenced, codes)
    }
    return marked, tuple(sorted(notices, key=lambda notice: (notice.line or 0, notice.message)))


def _marked(
    verdict: Verdict, span: Span, document: Document, silenced: set[tuple[int, str]]
) -> Verdict:
    governing = [
        (number, one)
        for number, one in enumerate(document.suppressions)
        if one.span.overlaps(span) or one.span.start <= span.start < one.span.end
    ]
    if not governing or not verdict.issues:
        return verdict
    return verdict.with_issues(
        tuple(_silence(issue, governing, silenced) for issue in verdict.issues)
    )


def _silence(
    issue: Issue, governing: Sequence[tuple[int, Suppression]], silenced: set[tuple[int, str]]
) -> Issue:
    fitting = [
        (number, one) for number, one in governing if not one.codes or issue.rule in one.codes
    ]
    if not fitting:
        return issue
    silenced.update((number, issue.rule) for number, _ in fitting)
    # The reason nearest to the claim is the one meant for it.
    reasons = [one.reason for _, one in sorted(fitting, key=_width) if one.reason]
    return replace(issue, suppressed=reasons[0] if reasons else "")


def _width(numbered: tuple[int, Suppression]) -> int:
    return numbered[1].span.end - numbered[1].span.start


def _notices(
    number: int,
    suppression: Suppression,
    silenced: set[tuple[int, str]],
    codes: Collection[str],
) -> list[Notice]:
    used = {code for place, code in silenced if place == number}
    if not suppression.codes:
        message = "this suppression silences nothing; remove it"
        return [] if used else [_notice(suppression, message)]
    return [
        _notice(suppression, _complaint(code, codes))
        for code in suppression.codes
        if code not in used
    ]


def _complaint(code: str, codes: Collection[str]) -> str:
    if not codes or code in codes:
        return f"this suppression of {code} silences nothing; remove it"
    near = get_close_matches(code.upper(), sorted(codes), n=1)
    return f"{code} is no rule" + (f"; is {near[0]} meant?" if near else "")


def _notice(suppression: Suppression, message: str) -> Notice:
    # Red, for one that outlives its reason would silence the next overstatement there.
    return Notice(NoticeKind.UNUSED_SUPPRESSION, message, Level.ERROR, suppression.line)
