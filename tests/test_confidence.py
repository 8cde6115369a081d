"""How sure a verdict is, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.model.claim import Resolution, Wording
from claimcheck.model.verdict import Confidence
from tests.judgement_factory import a_claim, a_trial, an_outcome, verdict

FIGURES = {"estimate": -0.1, "ci": [-0.32, 0.12], "p": 0.4, "scale": "difference"}
NULL = an_outcome(**FIGURES)
STATED = an_outcome()


def sure(claim, *outcomes):
    return verdict(claim, a_trial(outcomes=outcomes)).confidence


def claim(**changes):
    return a_claim("It relieves fatigue.", outcome="fatigue", **changes)


def inferred(one):
    return replace(one, intervention=replace(one.intervention, resolution=Resolution.ANAPHOR))


def test_named_parts_and_reported_figures_are_sure():
    assert sure(claim(), NULL) is Confidence.HIGH


@pytest.mark.parametrize(
    ("made", "outcome", "expected"),
    [
        pytest.param(claim(), STATED, Confidence.HIGH, id="one doubt"),
        pytest.param(inferred(claim()), STATED, Confidence.MEDIUM, id="two"),
        pytest.param(inferred(replace(claim(), outcome=None)), STATED, Confidence.LOW, id="three"),
        pytest.param(
            claim(wording=[Wording.DESCRIPTIVE]), STATED, Confidence.MEDIUM, id="may describe"
        ),
    ],
)
def test_doubts_add_up(made, outcome, expected):
    assert sure(made, outcome) is expected


def test_no_evidence_is_never_sure():
    other = verdict(a_claim("x", intervention="modafinil"), a_trial(outcomes=[NULL]))
    assert other.confidence is Confidence.MEDIUM
    assert verdict(inferred(claim()), a_trial(outcomes=[])).confidence is Confidence.LOW


def test_a_lesser_result_of_a_study_without_known_primary_is_not_sure():
    assert sure(claim(), an_outcome(role="secondary", finding="improved")) is Confidence.LOW


def test_the_trace_tells_the_doubts():
    found = verdict(claim(), a_trial(outcomes=[STATED]))
    assert found.trace[-1] == (
        "confidence high: the record states the finding without figures that show it"
    )


def test_confidence_is_ordered():
    assert Confidence.HIGH.reaches(Confidence.LOW)
    assert Confidence.LOW.reaches(Confidence.LOW)
    assert not Confidence.MEDIUM.reaches(Confidence.HIGH)


def test_words_that_single_out_a_result_make_up_for_a_doubt():
    late = an_outcome("Modified Fatigue Impact Scale", "secondary", "improved")
    text = "Scores on the Modified Fatigue Impact Scale fell with it."
    made = inferred(a_claim(text, outcome="fatigue"))
    assert sure(made, STATED, late) is Confidence.HIGH
    assert sure(made, STATED) is Confidence.MEDIUM
