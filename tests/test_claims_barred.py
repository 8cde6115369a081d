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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Strokes were more common in the placebo group than with aspirin.",
            [("benefit", "aspirin", "strokes")],
            id="worse-on-placebo",
        ),
        pytest.param(
            "Pain was reported by 40 of those who had the traditional procedure, compared with "
            "12 of those who had acupuncture.",
            [("benefit", "acupuncture", "pain")],
            id="figures-of-the-others-first",
        ),
        pytest.param(
            "People on aspirin had fewer strokes than the placebo group.",
            [("benefit", "aspirin", "strokes")],
            id="the-others-behind-than",
        ),
    ],
)
def test_what_is_said_of_the_others_speaks_for_the_treatment(text, expected):
    assert told(text) == expected


def test_relief_in_the_placebo_group_alone_says_nothing_of_the_drug():
    text = "Aspirin was tested for migraine. In the placebo group symptoms improved."
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She said she felt much better.", "benefit", id="somebody-feels-better"),
        pytest.param("The effect on mood lasts for more than a month.", "benefit", id="it-lasts"),
        pytest.param("Its benefits wear off after a week.", "no-effect", id="it-wears-off"),
        pytest.param("These drugs relieve nausea.", "benefit", id="these-drugs"),
        pytest.param(
            "Patients on it fared better than those on placebo.", "benefit", id="fared-better-than"
        ),
        pytest.param(
            "There is no convincing evidence that it relieves nausea.",
            "no-effect",
            id="no-evidence",
        ),
        pytest.param(
            "The relation was plain: nausea — a common complaint — fell with the drug.",
            "benefit",
            id="an-aside-between-dashes",
        ),
    ],
)
def test_a_claim_that_leans_on_what_the_draft_is_about(text, expected):
    lead = "Ketamine is given at many clinics.\n\n"
    assert [direction for direction, _, _ in told(lead + text, "Ketamine")] == [expected]


def test_safe_and_effective_are_two_claims():
    assert told("Aspirin is both effective and safe.") == [
        ("benefit", "aspirin", "safe"),
        ("benefit", "aspirin", None),
    ]


def test_too_little_of_something_is_no_treatment():
    text = "People with low vitamin D had more colds, a survey found."
    assert all(intervention != "vitamin d" for _, intervention, _ in told(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Aspirin was tried for ulcers that failed to heal.", id="how-an-illness-goes"),
        pytest.param("Aspirin reaches a cell that helps fight infections.", id="what-cells-do"),
        pytest.param("Aspirin was sold to more than 19 million with pain.", id="only-an-amount"),
        pytest.param("The aspirin came in a box that was free of charge.", id="free-of-charge"),
        pytest.param("For more information on the benefits of aspirin, write to us.", id="reader"),
        pytest.param("Patients no longer took aspirin.", id="no-longer"),
        pytest.param("Aspirin is a matter of the rising incidence of diabetes.", id="a-trend"),
    ],
)
def test_what_else_is_no_claim(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Most of those on aspirin were pain free a year later.",
            [("benefit", "aspirin", "pain")],
            id="pain-free",
        ),
        pytest.param(
            "Aspirin plays a part in stroke prevention.",
            [("benefit", "aspirin", "stroke")],
            id="prevention",
        ),
        pytest.param(
            "The study does not prove that aspirin prevents stroke.",
            [("no-effect", "aspirin", "stroke")],
            id="not-proven",
        ),
        pytest.param(
            "The benefit of aspirin was called into question.",
            [("no-effect", "aspirin", None)],
            id="called-into-question",
        ),
        pytest.param(
            "Aspirin eased pain. These results were similar in men.",
            [("benefit", "aspirin", "pain"), ("benefit", "aspirin", "pain")],
            id="the-same-again",
        ),
        pytest.param(
            "With aspirin their pain scores went from 8 to 3.",
            [("benefit", "aspirin", "pain scores")],
            id="figures-alone",
        ),
        pytest.param(
            "Aspirin can reduce your risk.", [("benefit", "aspirin", None)], id="a-bare-risk"
        ),
    ],
)
def test_a_claim_told_in_few_words(text, expected):
    assert told(text) == expected


def test_how_long_an_effect_lasts_is_no_claim_where_no_treatment_is_named():
    assert told("Its effects fade within a week.") == []


def test_two_treatments_of_one_sentence_have_a_claim_each():
    text = "Aspirin seems to work in migraine; ketamine seems to work in migraine too."
    assert [intervention for _, intervention, _ in told(text)] == ["aspirin", "ketamine"]


def test_a_risk_that_is_not_named_again_is_the_one_told_before():
    text = "Aspirin cut the risk of stroke. However, risk did not decline in women."
    assert told(text)[-1] == ("no-effect", "aspirin", "stroke")


def test_advice_against_is_no_claim():
    assert told("Agencies do not recommend aspirin for the prevention of stroke.") == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Aspirin is sold there. Deaths were higher in towns compared with villages.",
            id="other-groups",
        ),
        pytest.param(
            "Aspirin was given for infections that go away on their own.", id="an-illness-that-goes"
        ),
        pytest.param("Men were more likely to be given aspirin for stroke.", id="who-gets-it"),
        pytest.param("The clinic is dedicated to preventing stroke with aspirin.", id="a-mission"),
        pytest.param(
            "The aspirin study was triggered by a report on stroke.", id="what-led-to-a-study"
        ),
    ],
)
def test_what_compares_or_aims_at_something_else_is_no_claim(text):
    assert told(text) == []


def test_another_statement_begins_with_there():
    text = "There was less pain and there was a higher number of calls with aspirin."
    assert told(text) == [("benefit", "aspirin", "pain")]


def test_a_hope_is_no_claim():
    assert told("The company hopes that aspirin prevents dementia.") == []


def test_a_risk_without_a_known_name_counts():
    text = "Aspirin cut the risk of future mishaps."
    assert told(text) == [("benefit", "aspirin", None)]
