"""Claims whose subject, illness or force the words around them decide."""

from __future__ import annotations

import pytest

from claimcheck.model.claim import ClaimKind, Wording
from claimcheck.model.document import Format
from tests.claim_factory import claims_of, told


def only(text, form=Format.TEXT):
    (claim,) = claims_of(text, form=form)[1]
    return claim


@pytest.mark.parametrize(
    ("text", "treatment"),
    [
        pytest.param("The trial tested ketamine. It reduced pain.", "ketamine", id="pronoun"),
        pytest.param("Pain fell by half with aspirin.", "aspirin", id="means-with"),
        pytest.param("People on aspirin had less pain.", "aspirin", id="means-on"),
        pytest.param(
            "After adjusting for smoking, exercise and diet, aspirin lowered the risk of stroke.",
            "aspirin",
            id="adjusted-for-a-list",
        ),
        pytest.param(
            "After accounting for exercise, aspirin lowered the risk of stroke and death.",
            "aspirin",
            id="adjusted-for-one",
        ),
        pytest.param(
            "Aspirin lowered the risk of stroke, regardless of exercise.",
            "Aspirin",
            id="regardless-of",
        ),
    ],
)
def test_which_treatment_is_meant(text, treatment):
    for claim in claims_of(text)[1]:
        assert claim.intervention.text == treatment
    assert told(text)


def test_a_pronoun_long_after_any_treatment_means_none():
    text = "Ketamine is old. He slept. She ate. They met. We talked. It reduced pain."
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "illness"),
    [
        pytest.param("Aspirin prevents stroke in people with diabetes.", "diabetes", id="treated"),
        pytest.param("Aspirin prevents asthma.", None, id="kept-off"),
        pytest.param("Aspirin cuts the risk of stroke.", None, id="risk"),
        pytest.param(
            "After accounting for diabetes, aspirin lowered the risk of stroke.",
            None,
            id="allowed-for",
        ),
    ],
)
def test_which_illness_is_treated(text, illness):
    found = only(text).condition
    assert (found.text if found else None) == illness


def test_what_shows_an_effect_does_not_bring_it_about():
    text = "Brain scans suggest that aspirin reduced pain."
    assert only(text).intervention.text == "aspirin"


def test_harm_on_what_nobody_treats_is_a_side_effect():
    harm, good = claims_of("Aspirin raised the risk of asthma, but it eased pain.")[1]
    assert (harm.kind, good.kind) == (ClaimKind.SAFETY, ClaimKind.EFFICACY)
    assert only("Aspirin worsened pain.").kind is ClaimKind.SAFETY


def test_rates_beside_one_another_are_a_claim():
    text = "Of those who took aspirin, 12% had a stroke, compared with 20% of those on placebo."
    assert told(text) == [("benefit", "aspirin", "stroke")]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Blood pressure improved with aspirin.", Wording.DESCRIPTIVE),
        ("Aspirin improved blood pressure.", Wording.CAUSAL),
        ("Blood pressure was improved by aspirin.", Wording.CAUSAL),
    ],
)
def test_what_changes_of_itself_is_only_described(text, wording):
    assert only(text).wording & {Wording.DESCRIPTIVE, Wording.CAUSAL} == {wording}


def test_a_heading_that_repeats_the_title_is_the_headline():
    text = "# Aspirin eases pain\n\n## Aspirin eases pain\n\nMore on it later.\n"
    claims = claims_of(text, title="Aspirin eases pain", form=Format.MARKDOWN)[1]
    assert claims
    assert all(claim.headline for claim in claims)


@pytest.mark.parametrize(
    "headline",
    ["Can aspirin relieve pain?", "Does aspirin ease pain?", "Could aspirin prevent stroke?"],
)
def test_a_headline_that_asks_is_kept_as_a_question(headline):
    found = only(f"# {headline}\n\nIt is an old drug.\n", Format.MARKDOWN)
    assert (found.kind, found.headline) == (ClaimKind.QUESTION, True)


def test_a_question_in_the_text_claims_nothing():
    assert told("We met.\n\nCan aspirin relieve pain? Nobody knows.") == []


def test_nothing_goes_on_speaking_of_a_question():
    text = "# Can aspirin relieve pain?\n\nThe same was true of ketamine.\n"
    assert [claim.kind for claim in claims_of(text, form=Format.MARKDOWN)[1]] == [
        ClaimKind.QUESTION
    ]
