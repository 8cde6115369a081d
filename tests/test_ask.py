"""Asking a report what a treatment did."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.app.ask import ask
from claimcheck.errors import RuleError
from claimcheck.reading.nlp import Reader
from claimcheck.rulebook.load import load_rulebook
from claimcheck.rulebook.weights import load_weights
from claimcheck.terms import Terms

RULES = load_rulebook(paths.rules_dir())
READER, TERMS = Reader(RULES), Terms(RULES)

REPORT = """METHODS: 200 adults were randomized to melatonin or placebo.

RESULTS: Age was similar at baseline. Sleep latency was significantly shorter with melatonin than \
with placebo (12 vs 25 minutes, P = 0.01). Headache was more frequent with melatonin (20%) than \
with placebo (8%; P = 0.02). Daytime sleepiness did not differ between groups (P = 0.60).

CONCLUSION: Melatonin shortens sleep latency."""


def answer(outcome, text=REPORT, intervention="melatonin", comparator="placebo"):
    return ask(
        text,
        intervention=intervention,
        comparator=comparator,
        outcome=outcome,
        reader=READER,
        rulebook=RULES,
        terms=TERMS,
    )


@pytest.mark.parametrize(
    ("outcome", "wanted"),
    [
        ("sleep latency", "decreased"),
        ("headache", "increased"),
        ("daytime sleepiness", "no-difference"),
        ("blood pressure", "unknown"),
    ],
)
def test_it_answers(outcome, wanted):
    assert answer(outcome).direction.value == wanted


def test_the_other_way_round():
    asked = answer("headache", intervention="placebo", comparator="melatonin")
    assert asked.direction.value == "decreased"


def test_it_shows_the_sentence_words_and_numbers():
    found = answer("headache")
    assert REPORT[found.span.start : found.span.end].startswith("Headache was more frequent")
    assert "P = 0.02" in found.because
    assert "more frequent" in found.because


def test_silence_is_unknown_and_has_no_span():
    found = answer("bone density")
    assert (found.direction.value, found.span) == ("unknown", None)
    assert "bone density" in found.because
    assert answer("pain", text="").direction.value == "unknown"


@settings(max_examples=40)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_question_is_answered(intervention, comparator, outcome):
    found = answer(outcome, intervention=intervention, comparator=comparator)
    assert found.because
    assert found.span is None or 0 <= found.span.start < found.span.end <= len(REPORT)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"weights": {"null": {"p": "x"}}}'])
def test_a_broken_file_of_weights_is_told(tmp_path, content):
    path = tmp_path / "ask.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match="no file of weights"):
        load_weights(path)
