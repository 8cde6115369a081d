"""Requests in a draft to silence rules: what they govern, and what is said of idle ones."""

from __future__ import annotations

import pytest

from claimcheck.documents import read_text
from claimcheck.model.claim import Certainty, Claim, ClaimKind, Direction, Strength
from claimcheck.model.document import Format, Span
from claimcheck.model.verdict import Confidence, Issue, Level, Reason, Verdict, VerdictKind
from claimcheck.suppress import apply

CODES = frozenset({"CC101", "CC102", "CC201"})
ERROR = Issue("CC101", Reason.NEGATIVE_PRIMARY, Level.ERROR, "the primary failed", "say so")
WARNING = Issue("CC102", Reason.STRENGTH, Level.WARNING, "too strong", "soften it")


def verdict_on(document, words, *issues):
    at = document.text.index(words)
    span = Span(at, at + len(words))
    claim = Claim(
        id=words,
        span=span,
        sentence=span,
        block=0,
        section=0,
        text=words,
        kind=ClaimKind.EFFICACY,
        direction=Direction.BENEFIT,
        certainty=Certainty.ASSERTED,
        strength=Strength.CAUSAL,
        intervention=None,
        outcome=None,
    )
    first = issues[0] if issues else None
    return Verdict(
        claim=claim,
        kind=VerdictKind.OVERSTATED if first else VerdictKind.SUPPORTED,
        rule=first.rule if first else "CC000",
        reason=first.reason if first else Reason.NONE,
        because=first.because if first else "it holds",
        advice=first.advice if first else "",
        confidence=Confidence.HIGH,
        issues=issues,
    )


def judged(source, words="spray works", issues=(ERROR, WARNING), form=Format.MARKDOWN):
    document = read_text(source, format=form)
    (verdict,), notices = apply([verdict_on(document, words, *issues)], document, codes=CODES)
    return verdict, [(notice.line, notice.message) for notice in notices]


GOVERNED = [
    ("a <!-- claimcheck-disable-line CC101 --> The spray works.", Format.MARKDOWN),
    ("The spray works. <!-- claimcheck-disable-line CC101 -->", Format.HTML),
    ("<!-- claimcheck-disable-next-line CC101 -->\nThe spray works.", Format.MARKDOWN),
    ("<!-- claimcheck-disable-next-line CC101 -->\r\n\r\nThe spray works.", Format.MARKDOWN),
    ("The\nspray <!-- claimcheck-disable-next-line CC101 -->\nworks.", Format.MARKDOWN),
    ("<!-- claimcheck-disable CC101 -->\n\na\n\nThe spray works.", Format.MARKDOWN),
    (
        "<!-- claimcheck-disable CC101 --><p>The spray works.</p><!-- claimcheck-enable -->",
        Format.HTML,
    ),
    (
        "<!-- claimcheck-disable CC101 -->\nThe spray works.\n<!-- claimcheck-enable CC101 -->",
        Format.MARKDOWN,
    ),
    ("The spray works.\n\n<!-- claimcheck-disable-file CC101 -->", Format.MARKDOWN),
    ("> <!--claimcheck-disable-next-line CC101-->\n> The spray works.", Format.MARKDOWN),
    ("<nav><!-- claimcheck-disable-file CC101 --></nav>The spray works.", Format.HTML),
    ("Title\n\nThe spray works. claimcheck:ignore CC101", Format.TEXT),
    ("Title\n\nclaimcheck:ignore CC101 The spray works.", Format.TEXT),
]


@pytest.mark.parametrize(("source", "form"), GOVERNED)
def test_a_request_silences_the_rule_it_names(source, form):
    verdict, notices = judged(source, form=form)
    assert [one.suppressed for one in verdict.issues] == ["", None]
    assert (verdict.rule, verdict.reason) == ("CC102", Reason.STRENGTH)
    assert (verdict.because, verdict.advice) == ("too strong", "soften it")
    assert verdict.kind is VerdictKind.OVERSTATED
    assert verdict.level is Level.WARNING
    assert notices == []


ELSEWHERE = [
    ("The spray works.\n<!-- claimcheck-disable-line CC101 -->", Format.MARKDOWN),
    ("<!-- claimcheck-disable-next-line CC101 -->\na\n\nThe spray works.", Format.MARKDOWN),
    ("The spray works.\n\n<!-- claimcheck-disable CC101 -->", Format.MARKDOWN),
    ("<!-- claimcheck-disable CC101 -->a<!-- claimcheck-enable --> The spray works.", Format.HTML),
    ("Title\n\nThe spray works.\n\nMore. claimcheck:ignore CC101", Format.TEXT),
]


@pytest.mark.parametrize(("source", "form"), ELSEWHERE)
def test_a_request_elsewhere_silences_nothing_and_is_reported(source, form):
    verdict, notices = judged(source, form=form)
    assert verdict.level is Level.ERROR
    ((line, message),) = notices
    assert "CC101" in source.splitlines()[line - 1]
    assert message == "this suppression of CC101 silences nothing; remove it"


def test_requests_in_code_are_no_requests():
    source = (
        "```\n<!-- claimcheck-disable-file -->\n```\n\n"
        "The spray works. `<!-- claimcheck-disable-line -->`"
    )
    verdict, notices = judged(source)
    assert verdict.level is Level.ERROR
    assert notices == []


def test_no_code_means_all_and_the_reason_is_kept():
    verdict, notices = judged(
        "The spray works. <!-- claimcheck-disable-line -- agreed with  the editor -->"
    )
    assert [one.suppressed for one in verdict.issues] == ["agreed with the editor"] * 2
    assert verdict.level is None
    assert (verdict.kind, verdict.rule) == (VerdictKind.OVERSTATED, "CC101")
    assert notices == []


def test_several_codes_and_the_nearest_reason():
    source = (
        "<!-- claimcheck-disable-file CC101 -- everywhere -->\n\n"
        "The spray works. <!-- claimcheck-disable-line CC101, CC102 -- here -->"
    )
    verdict, notices = judged(source)
    assert [one.suppressed for one in verdict.issues] == ["here", "here"]
    assert notices == []


def test_enable_ends_only_what_it_names():
    source = (
        "<!-- claimcheck-disable CC101 CC102 -->\n\na\n\n<!-- claimcheck-enable CC102 -->\n\n"
        "The spray works."
    )
    verdict, notices = judged(source)
    assert [one.suppressed for one in verdict.issues] == ["", None]
    assert [line for line, _ in notices] == [1]


def test_unknown_codes_are_named():
    verdict, notices = judged("The spray works. <!-- claimcheck-disable-line CC20l -->")
    assert verdict.level is Level.ERROR
    assert notices == [(1, "CC20l is no rule; is CC201 meant?")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- claimcheck-enable CC101 -->", "ends no claimcheck-disable"),
        ("<!-- claimcheck-disabel CC101 -->", "claimcheck-disabel is unknown"),
    ],
)
def test_mistaken_requests_are_told(comment, message):
    document = read_text(f"The spray works.\n\n{comment}\n", format=Format.MARKDOWN)
    (notice,) = document.notices
    assert message in notice.message
    assert notice.line == 3


def test_supported_claims_need_no_request():
    verdict, notices = judged("The spray works. <!-- claimcheck-disable-line -->", issues=())
    assert verdict.kind is VerdictKind.SUPPORTED
    assert notices == [(1, "this suppression silences nothing; remove it")]


def test_the_token_is_no_part_of_the_text():
    document = read_text(
        "Title\n\nThe spray claimcheck:ignore CC101, CC102 works. claimcheck:ignore"
    )
    assert document.text == "Title\n\nThe spray works."
    assert [one.codes for one in document.suppressions] == [("CC101", "CC102"), ()]
