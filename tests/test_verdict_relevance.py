"""Differences that are significant, and smaller than what is held to matter to people."""

from __future__ import annotations

import pytest

import claimcheck as cc
from claimcheck.model.claim import Wording
from tests.judgement_factory import a_claim, a_trial, an_outcome, rulebook, terms, verdict

SGRQ = "St George's Respiratory Questionnaire, total score"
MATTERS = "It brought a clinically meaningful improvement in quality of life."


def an_sgrq(estimate=-2.2, name=SGRQ, scale="difference", **more):
    """The figures of NCT02345161 at week 24, unless others are given."""
    figures = {"estimate": estimate, "scale": scale, "p": "<0.001", "concept": "quality of life"}
    return an_outcome(name, finding="improved", **(figures | more))


def judged(text, outcome, **more):
    return verdict(a_claim(text, outcome="quality of life", **more), a_trial(outcomes=[outcome]))


@pytest.mark.parametrize(
    ("text", "outcome", "wrong"),
    [
        (MATTERS, an_sgrq(), True),
        ("It brought a gain in quality of life that patients will notice.", an_sgrq(), True),
        ("It improved quality of life.", an_sgrq(), False),
        (MATTERS, an_sgrq(-4.0), False),  # as much as matters
        (MATTERS, an_sgrq(-6.5), False),
        (MATTERS, an_sgrq(2.0, scale="ratio"), False),
        (MATTERS, an_sgrq(2.0, f"Responders by {SGRQ}"), False),  # people, not points
        (MATTERS, an_sgrq(2.0, f"Percentage of people better on {SGRQ}"), False),
        (MATTERS, an_sgrq(comparison="within-group"), False),
        (MATTERS, an_sgrq(name="EQ-5D index"), False),  # no figure is known
        (MATTERS, an_sgrq(name="EQ-5D", note="gain below the smallest change that matters"), True),
    ],
)
def test_significant_is_not_relevant(text, outcome, wrong):
    found = judged(text, outcome)
    assert ("CC223" in {issue.rule for issue in found.issues}) is wrong
    if wrong:
        assert (found.kind, found.reason) == ("overstated", "strength")


def test_the_figure_and_its_source_are_told():
    because = judged(MATTERS, an_sgrq()).because
    assert "−2.2" in because
    assert "4 points, by NCT02345161" in because


def test_strong_words_need_as_much():
    found = judged("A breakthrough in quality of life.", an_sgrq(), wording=[Wording.STRONG])
    assert found.rule == "CC223"


def test_every_figure_has_a_source():
    known = [term for term in rulebook().terms if term.smallest_change is not None]
    assert {term.id for term in known} >= {"st george's respiratory questionnaire", "borg scale"}
    assert all(term.source for term in known)


def test_the_scales_of_breathlessness_are_kept_apart():
    (mrc,) = terms().terms("mrc dyspnea scale")
    assert mrc.smallest_change is None


RECORD = {
    "id": "triple-inhaler",
    "title": "Three drugs in one inhaler for COPD",
    "source": ["https://clinicaltrials.gov/study/NCT02345161"],
    "design": {"type": "randomized", "blinding": "double", "control": "active", "enrolled": 1811},
    "conditions": ["COPD"],
    "interventions": [{"name": "vilanterol"}],
    "comparators": ["budesonide"],
    "outcomes": [an_sgrq(timepoint="week 24", ci=[-3.5, -1.0])],
}


@pytest.mark.parametrize(
    ("said", "verdict_"),
    [
        ("a clinically meaningful improvement", "overstated"),
        ("an improvement of 2.2 points", "supported"),
    ],
)
def test_a_draft_is_judged_by_the_size_of_the_difference(said, verdict_):
    draft = f"In people with COPD, vilanterol brought {said} in quality of life."
    trials = [cc.trial_from_dict(RECORD)]
    (document,) = cc.check(draft, trials=trials).to_dict()["documents"]
    assert [claim["verdict"] for claim in document["claims"]] == [verdict_]
