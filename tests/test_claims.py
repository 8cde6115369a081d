"""Which claims does a text make, on what, by what, and which way?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.model.claim import Certainty, Resolution, Wording
from tests.claim_factory import claims_of, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ketamine reduced pain.", [("benefit", "ketamine", "pain")], id="plain"),
        pytest.param(
            "Aspirin relieves pain and fatigue.",
            [("benefit", "aspirin", "pain"), ("benefit", "aspirin", "fatigue")],
            id="coordinated-outcomes",
        ),
        pytest.param(
            "The trial found that aspirin reduced pain but not fatigue.",
            [("benefit", "aspirin", "pain"), ("no-effect", "aspirin", "fatigue")],
            id="but-not",
        ),
        pytest.param(
            "Ketamine was tested. Sleeping on one side may reduce the risk of stroke.",
            [("benefit", "sleeping on one side", "stroke")],
            id="something-done",
        ),
        pytest.param(
            "Ketamine was tested. Easing fear might help reduce the risk of stroke.",
            [("benefit", "easing fear", "stroke")],
            id="something-done-to-an-outcome",
        ),
        pytest.param(
            "Adding ketamine to therapy reduced pain.",
            [("benefit", "ketamine", "pain")],
            id="something-done-with-a-treatment",
        ),
        pytest.param(
            "Ketamine was tested. Growing old raises the risk of stroke.", [], id="nothing-done"
        ),
        pytest.param(
            "Gene therapy was tested. The new therapy reduced pain.",
            [("benefit", "gene therapy", "pain")],
            id="the-same-treatment",
        ),
        pytest.param(
            "Ketamine was tested. The cell transplant reduced pain.",
            [("benefit", "the cell transplant", "pain")],
            id="another-treatment",
        ),
        pytest.param(
            "Ketamine was tested. The fingolimod injections reduced pain.",
            [("benefit", "fingolimod", "pain")],
            id="a-treatment-that-is-named",
        ),
        pytest.param("Ketamine was tested. The sugar pills reduced pain.", [], id="the-other-arm"),
        pytest.param(
            "Ketamine was tested. Promising data also show less pain.",
            [("benefit", "ketamine", "pain")],
            id="data-are-not-done",
        ),
        pytest.param(
            "Ketamine is widely used and effective for the treatment of pain.",
            [("benefit", "ketamine", "pain")],
            id="used-and-effective",
        ),
        pytest.param(
            "See example. org/ ketamine-may-be-equally-effective-in-preventing-stroke?page= 2",
            [],
            id="an-address-in-pieces",
        ),
        pytest.param(
            "Ketamine is a new approach to the prevention of stroke.", [], id="an-approach-to"
        ),
        pytest.param("Ketamine improved access to care.", [], id="what-is-no-health"),
        pytest.param(
            "Ketamine hit its main study target of 18 people.", [], id="a-target-of-people"
        ),
        pytest.param("How ketamine can help people is unclear.", [], id="how-is-unclear"),
        pytest.param(
            "Doctors prescribe ketamine because of its benefits.", [], id="what-is-prescribed"
        ),
        pytest.param(
            "There are clear benefits to ketamine.",
            [("benefit", "ketamine", None)],
            id="clear-is-not-cleared",
        ),
        pytest.param(
            "Ketamine was tested. Studies found that the best treatments are effective and safe.",
            [],
            id="of-the-best-treatments",
        ),
        pytest.param(
            "Ketamine was tested. This shows research to be an academic exercise, of no benefit.",
            [],
            id="academic-exercise",
        ),
        pytest.param(
            "Ketamine has approval for the prevention of stroke.", [], id="what-it-is-approved-for"
        ),
        pytest.param(
            "Ketamine failed to reduce fatigue.",
            [("no-effect", "ketamine", "fatigue")],
            id="failed-to",
        ),
        pytest.param(
            "Ketamine did not improve sleep.",
            [("no-effect", "ketamine", "sleep")],
            id="did-not",
        ),
        pytest.param(
            "Ketamine was no better than placebo for fatigue.",
            [("no-effect", "ketamine", "fatigue")],
            id="no-better-than",
        ),
        pytest.param(
            "Fatigue did not differ between the ketamine and placebo groups.",
            [("no-effect", "ketamine", "fatigue")],
            id="did-not-differ",
        ),
        pytest.param(
            "There was no change in fatigue with ketamine.",
            [("no-effect", "ketamine", "fatigue")],
            id="no-change",
        ),
        pytest.param(
            "Patients had notable reductions in fatigue levels after ketamine.",
            [("benefit", "ketamine", "fatigue levels")],
            id="noun-phrase",
        ),
        pytest.param(
            "Reports tell of positive effects on fatigue with ketamine.",
            [("benefit", "ketamine", "fatigue")],
            id="positive-effects-on",
        ),
        pytest.param(
            "Studies showed ketamine's efficacy in alleviating pain.",
            [("benefit", "ketamine", "pain")],
            id="efficacy-in",
        ),
        pytest.param(
            "Aspirin lowered the risk of stroke.",
            [("benefit", "aspirin", "stroke")],
            id="lower-risk",
        ),
        pytest.param(
            "People who took aspirin were less likely to have a stroke.",
            [("benefit", "aspirin", "stroke")],
            id="less-likely",
        ),
        pytest.param(
            "Aspirin increased the risk of stroke.",
            [("harm", "aspirin", "stroke")],
            id="higher-risk",
        ),
        pytest.param(
            "Aspirin slowed the decline in memory.",
            [("benefit", "aspirin", "memory")],
            id="slowed-decline",
        ),
        pytest.param("Ketamine worsened sleep.", [("harm", "ketamine", "sleep")], id="worsened"),
    ],
)
def test_a_claim_is_found_with_its_parts(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We aimed to determine whether ketamine reduces pain.", id="aim"),
        pytest.param("The trial was designed to test if aspirin prevents stroke.", id="design"),
        pytest.param("They met.\n\nDoes aspirin prevent stroke?", id="question"),
        pytest.param("Aspirin reduced tumours in mice.", id="animals"),
        pytest.param("Ketamine blocks the NMDA receptor.", id="mechanism"),
        pytest.param("Ketamine raises dopamine and lowers cytokine production.", id="chemistry"),
        pytest.param("Patients were randomly assigned to ketamine or placebo.", id="method"),
        pytest.param("The primary outcome was pain at one week.", id="outcome-definition"),
        pytest.param("The agency approved aspirin last year, and sales rose.", id="approval"),
        pytest.param("Fatigue is a common symptom of multiple sclerosis.", id="disease"),
        pytest.param("More research on ketamine for fatigue is needed.", id="research-needed"),
        pytest.param("If ketamine reduces pain, more people will ask for it.", id="conditional"),
    ],
)
def test_what_is_no_claim(text):
    assert told(text) == []


def test_the_drug_is_the_one_named_before():
    text = "Aspirin was given to 40 people.\n\nThe drug reduced pain after a week."
    assert told(text) == [("benefit", "aspirin", "pain")]


def test_an_intervention_that_only_the_title_names():
    document, claims = claims_of("Pain fell by 30% in treated patients.", title="Aspirin for gout")
    assert [claim.intervention.text for claim in claims] == ["Aspirin"]
    assert claims[0].intervention.resolution is not Resolution.CLAUSE
    assert document.text[claims[0].intervention.span.start :].startswith("Aspirin for gout")


def test_a_condition_comes_from_the_title():
    _, claims = claims_of("Ketamine reduced fatigue.", title="Ketamine in multiple sclerosis")
    assert [claim.condition.concept for claim in claims] == ["multiple sclerosis"]


def test_a_named_disease_goes_before_the_titles():
    _, claims = claims_of(
        "Ketamine reduced pain in fibromyalgia.", title="Ketamine in multiple sclerosis"
    )
    assert [claim.condition.concept for claim in claims] == ["fibromyalgia"]


def test_an_insignificant_difference_in_the_next_sentence_is_about_the_same_outcome():
    text = "Aspirin users had less pain than placebo users. That difference was not significant."
    assert told(text)[-1] == ("no-effect", "aspirin", "pain")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Aspirin reduces pain.", Certainty.ASSERTED),
        ("Aspirin may reduce pain.", Certainty.HEDGED),
        ("The results suggest that aspirin reduces pain.", Certainty.HEDGED),
    ],
)
def test_certainty(text, certainty):
    _, claims = claims_of(text)
    assert [claim.certainty for claim in claims] == [certainty]


def test_wording_and_parts_that_a_verdict_turns_on():
    text = "Previous studies found that ketamine dramatically reduced pain in women at 2 weeks."
    _, (claim,) = claims_of(text)
    assert {Wording.BACKGROUND, Wording.STRONG} <= claim.wording
    assert claim.population.text == "women"
    assert "2 weeks" in claim.timeframe.text


def test_figures_belong_to_the_claim():
    text = (
        "Scores fell with ketamine: pain dropped by 13.5 points (95% CI, -25.0 to -1.98; P =.04)."
    )
    _, claims = claims_of(text)
    assert claims[-1].magnitude is not None


WORDS = st.one_of(
    st.sampled_from(["ketamine", "the drug", "it", "pain", "fatigue", "sleep", "stroke", "women"]),
    st.sampled_from(["reduced", "improved", "no better than", "not", "risk of", "and", "but"]),
    st.sampled_from([",", ".", ";", "“", "”", "é", "𝒙", "placebo", "[1]", "40%", "(P =.04)", "MS"]),
)


def part(mention):
    return mention.text.lower() if mention else None


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_every_span_holds_its_words_in_text_and_source(text):
    if not text.strip():
        return
    document, claims = claims_of(text)
    for claim in claims:
        assert document.text[claim.span.start : claim.span.end] == claim.text
        assert claim.sentence.holds(claim.span)
        for named in (claim.intervention, claim.outcome, claim.condition, claim.comparator):
            if named is not None:
                assert document.text[named.span.start : named.span.end] == named.text
    keys = [
        (claim.sentence, claim.direction, part(claim.intervention), part(claim.outcome))
        for claim in claims
    ]
    assert len(keys) == len(set(keys))


def test_a_short_form_stands_for_what_the_text_says_it_does():
    text = (
        "Fatigue was scored by the Fatigue Severity Scale (FaSS). "
        "Ketamine lowered the FaSS over a week."
    )
    _, claims = claims_of(text)
    assert [claim.outcome.concept for claim in claims] == ["fatigue"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Aspirin relieves pain,” said Jane Roe of the clinic.", "Jane Roe"),
        ("According to Susan Poe, aspirin relieves pain.", "Susan Poe"),
        ("Aspirin relieves pain, the researchers said.", "the researchers"),
        ("Aspirin relieves pain.", None),
    ],
)
def test_whose_words_a_claim_is(text, speaker):
    _, (claim,) = claims_of(text)
    assert (claim.attribution.text if claim.attribution else None) == speaker
