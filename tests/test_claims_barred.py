"""Which words that look like a claim are none, and which way does a claim point?"""

import pytest

from tests.claim_factory import told


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("High blood pressure can cause strokes.", id="the-illness-does-it"),
        pytest.param("Aspirin blocks enzymes that can trigger pain.", id="what-a-noun-does"),
        pytest.param("Aspirin was given to women with a higher risk of stroke.", id="who-is-meant"),
        pytest.param("Nurses tried reduced doses of morphine before the pain clinic.", id="a-dose"),
        pytest.param(
            "The aspirin trial was run by the Institute for Reducing Stroke in Leeds.",
            id="in-a-name",
        ),
        pytest.param("Doctors weigh the risks and benefits of aspirin.", id="both-sides"),
        pytest.param("Aspirin helps researchers understand pain.", id="helps-to-know"),
        pytest.param("She took ketamine while trying to lose weight.", id="only-wanted"),
        pytest.param("Ketamine is similar to an older drug.", id="one-drug-like-another"),
        pytest.param("The aspirin study was stopped early.", id="a-study-stopped"),
        pytest.param("Ketamine influences mood in many ways.", id="no-way-told"),
    ],
)
def test_what_only_looks_like_a_claim(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Aspirin causes stomach pain.", "harm", id="causes-something-bad"),
        pytest.param(
            "The drug ketamine has induced remission.", "benefit", id="induces-something-good"
        ),
        pytest.param("Surgery raised survival rates.", "benefit", id="a-rate-of-something-good"),
        pytest.param("Ketamine causes weight loss.", "benefit", id="a-loss-that-is-wanted"),
        pytest.param("Ketamine did not affect sleep.", "no-effect", id="change-denied"),
        pytest.param(
            "People on ketamine did not lose their memory as quickly as those on placebo.",
            "benefit",
            id="not-as-quickly-as",
        ),
        pytest.param(
            "Aspirin was not significantly linked to stroke.", "no-effect", id="not-linked"
        ),
    ],
)
def test_which_way_a_claim_points(text, expected):
    assert [direction for direction, _, _ in told(text)] == [expected]


def test_what_is_done_without_is_no_claim_before_the_predicate():
    text = "Walking without any rise in blood pressure improves sleep."
    assert told(text) == [("benefit", "walking", "sleep")]
