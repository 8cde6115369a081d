"""The figures of a claim beside those of the record."""

from __future__ import annotations

import pytest

from claimcheck.model.claim import Wording
from tests.judgement_factory import a_claim, a_trial, an_outcome, verdict

RATIO = {"measure": "risk ratio", "scale": "ratio", "estimate": 0.78, "ci": [0.66, 0.92]}
RATES = {
    "arms": [{"id": "k", "name": "ketamine"}, {"id": "m", "name": "midazolam"}],
    "outcomes": [
        an_outcome(
            finding="improved",
            groups=["k", "m"],
            values=[
                {"arm": "k", "n": 100, "events": 10},
                {"arm": "m", "n": 100, "events": 20},
            ],
        )
    ],
}


def judged(text, trial, magnitude=None, **more):
    return verdict(a_claim(text, outcome="fatigue", magnitude=magnitude, **more), trial)


def has_numbers(found):
    return any(issue.reason == "numbers" for issue in found.issues if issue.level != "note")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("22 percent", False),  # as the ratio has it
        ("34 %", False),  # the far end of the interval
        ("60 percent", True),
        ("12 percent", False),  # less than was found is no overstatement
    ],
)
def test_a_relative_change_larger_than_the_record(said, wrong):
    trial = a_trial(outcomes=[an_outcome(finding="improved", **RATIO)])
    found = judged(f"It cut fatigue by {said}.", trial, said)
    assert has_numbers(found) is wrong
    if wrong:
        assert "60 percent" in found.because
        assert "22 %" in found.because


def test_a_figure_that_stands_in_the_record_is_never_too_large():
    outcome = an_outcome(finding="improved", note="60 among the oldest", **RATIO)
    assert not has_numbers(judged("x", a_trial(outcomes=[outcome]), "60 percent"))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("50 percentage points", True), ("10 percentage points", False), ("50 percent", False)],
)
def test_percent_is_not_percentage_points(said, wrong):
    found = judged(f"It cut fatigue by {said}.", a_trial(**RATES), said)
    assert has_numbers(found) is wrong
    assert not wrong or "10 %" in found.because


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("hazard ratio 0.78", False), ("hazard ratio 0.45", True), ("hazard ratio 0.9", False)],
)
def test_a_ratio(said, wrong):
    trial = a_trial(outcomes=[an_outcome(finding="improved", **RATIO)])
    assert has_numbers(judged(f"It eased fatigue ({said}).", trial)) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [("p = 0.04", False), ("p=.04", False), ("p = 0.001", True), ("p < 0.05", False)],
)
def test_a_p_value(said, wrong):
    trial = a_trial(outcomes=[an_outcome(finding="improved", p=0.04)])
    assert has_numbers(judged(f"It eased fatigue ({said}).", trial)) is wrong


def test_what_cannot_be_is_told_whatever_the_evidence():
    claim = a_claim("Fatigue was gone in 45 % of the 14 patients.", intervention="modafinil")
    found = verdict(claim, a_trial(outcomes=[an_outcome()]))
    assert (found.kind, found.reason) == ("overstated", "numbers")
    assert "45 % of the 14" in found.because


def test_a_relative_change_alone_is_noted_and_still_supported():
    found = judged("It cut fatigue by 50 percent.", a_trial(**RATES), "50 percent")
    assert found.kind == "supported"
    assert [(issue.rule, issue.level) for issue in found.issues] == [("CC019", "note")]
    assert "10 %, 20 %" in found.issues[0].because
    both = "It cut fatigue by 50 percent, from 20 percent to 10 percent."
    assert judged(both, a_trial(**RATES), "50 percent").issues == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("At 5 mg/kg it eases fatigue.", True),
        ("At 0.5 mg/kg it eases fatigue.", False),
        ("At 0.5 mg per kilogram it eases fatigue.", False),
        ("At 40 mg it eases fatigue.", False),  # another unit: nothing to compare
        ("It eases fatigue.", False),
    ],
)
def test_a_dose_that_nobody_got(text, wrong):
    arms = [{"id": "k", "name": "ketamine", "dose": "0.5 mg/kg"}]
    trial = a_trial(outcomes=[an_outcome(finding="improved")], arms=arms)
    assert has_numbers(judged(text, trial)) is wrong


def test_a_story_in_strong_words():
    trial = a_trial(outcomes=[an_outcome(finding="improved")])
    wording = [Wording.ANECDOTE, Wording.STRONG]
    assert judged("It changed my life.", trial, wording=wording).rule == "CC222"
    assert judged("I had less.", trial, wording=wording[:1]).kind == "supported"


MEANS = {
    "arms": [{"id": "k", "name": "ketamine"}, {"id": "m", "name": "midazolam"}],
    "outcomes": [
        an_outcome(
            finding="improved",
            groups=["k", "m"],
            values=[{"arm": "k", "n": 50, "mean": 3.0}, {"arm": "m", "n": 50, "mean": 5.0}],
        )
    ],
}


@pytest.mark.parametrize(
    ("text", "trial", "wrong"),
    [
        ("Fatigue eased in 40% of patients.", MEANS, True),
        ("For 40 percent of patients fatigue eased.", MEANS, True),
        ("Fatigue fell by 40%.", MEANS, False),
        ("Fatigue eased in 30% of patients.", MEANS, False),  # counted elsewhere, it may be
        ("Fatigue eased in 50% of patients.", RATES, False),
    ],
)
def test_a_change_of_the_mean_is_no_share_of_people(text, trial, wrong):
    figure = next(word for word in ("40%", "40 percent", "30%", "50%") if word in text)
    found = judged(text, a_trial(**trial), figure)
    assert ("CC226" in {issue.rule for issue in found.issues}) is wrong
