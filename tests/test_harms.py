"""A draft that praises a treatment and leaves out the harm that its study found."""

from __future__ import annotations

import pytest

import claimcheck as cc
from tests.judgement_factory import a_trial, an_outcome

HARM = an_outcome("nausea", "unknown", "worsened", concept="adverse events", kind="safety")
TRIAL = a_trial(outcomes=[an_outcome(finding="improved"), HARM])
PRAISE = "Ketamine eases fatigue in people with multiple sclerosis."


def told(text, trial=TRIAL):
    (document,) = cc.check(text, trials=[trial]).to_dict()["documents"]
    return [one["message"] for one in document["notices"] if one["kind"] == "harm-left-out"]


def test_harm_left_out_is_told():
    (message,) = told(PRAISE)
    assert "nausea" in message
    assert TRIAL.title in message


@pytest.mark.parametrize(
    "more",
    ["Nausea was more frequent.", "There were side effects.", "Safety was studied too."],
)
def test_a_draft_that_speaks_of_harm_is_not_told(more):
    assert told(f"{PRAISE} {more}") == []


def test_without_praise_or_without_harm_there_is_nothing_to_tell():
    null = a_trial(outcomes=[an_outcome(), HARM])
    assert told(PRAISE, null) == []
    assert told(PRAISE, a_trial(outcomes=[an_outcome(finding="improved")])) == []
