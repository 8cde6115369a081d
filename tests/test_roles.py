"""Which words name the primary outcome."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.reading.nlp import Reader
from claimcheck.reading.roles import primary_outcomes
from claimcheck.rulebook.load import load_rulebook

RULES = load_rulebook(paths.rules_dir())
READER = Reader(RULES)


def named(text):
    found = primary_outcomes(text, reader=READER, rulebook=RULES)
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The primary outcome was pain at six weeks.", ["pain at six weeks"]),
        (
            "The primary endpoints of this trial were walking speed and falls.",
            ["walking speed", "falls"],
        ),
        ("Main outcome measures: grip strength; sleep.", ["grip strength", "sleep"]),
        (
            "The primary outcome (time to discharge) was compared by a log-rank test.",
            ["time to discharge"],
        ),
        ("The primary outcome, body weight, was measured by a nurse.", ["body weight"]),
        ("Body weight was chosen as the primary outcome.", ["Body weight"]),
        ("We used gait speed as the primary outcome measure.", ["gait speed"]),
        ("There was no effect on walking speed (the primary endpoint).", ["walking speed"]),
        (
            "The primary end point was defined as death from any cause.",
            ["death from any cause"],
        ),
        (
            "The primary outcome is relapse; secondary outcomes are mood and sleep.",
            ["relapse"],
        ),
    ],
)
def test_it_finds_the_name(text, wanted):
    assert named(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The primary outcome was analysed by a t-test.",
        "Patients were recruited in primary care.",
        "The primary outcome did not differ between the groups.",
        "To judge the primary outcome, people walk for a mile.",
        "The secondary outcome was sleep.",
        "",
    ],
)
def test_it_finds_no_name_where_none_is_given(text):
    assert named(text) == []


@given(st.text(alphabet="The primary outcome was (pain), of; and: as in 3.5 %éα\n", max_size=200))
def test_every_span_lies_in_the_text(text):
    spans = primary_outcomes(text, reader=READER, rulebook=RULES)
    assert spans == sorted(spans)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
