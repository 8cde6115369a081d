"""What the bundled records answer to sentences that go a little further than they do, or less."""

import pytest

from claimcheck import paths
from claimcheck.app.check import Checker
from claimcheck.documents import read_text
from claimcheck.rulebook.load import load_rulebook
from claimcheck.trials.store import load_index


@pytest.fixture(scope="module")
def checker():
    return Checker.of(load_index(paths.corpus_dir()), load_rulebook(paths.rules_dir()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Abiraterone extends survival in men with prostate cancer.",
            ["supported none"],
            id="the-illness-studied",
        ),
        pytest.param(
            "Abiraterone extends survival in people with lung cancer.",
            ["no-evidence condition-differs"],
            id="another-illness-of-one-kind",
        ),
        pytest.param(
            "Abiraterone helps women with breast cancer live longer.",
            ["no-evidence condition-differs"],
            id="an-illness-told-with-the-people",
        ),
        pytest.param(
            "Abaloparatide protects men with osteoporosis from vertebral fractures.",
            ["no-evidence condition-differs"],
            id="the-other-sex",
        ),
        pytest.param(
            "Chondroitin eased knee pain. It relieved pain better than celecoxib did.",
            ["supported none", "overstated null-result"],
            id="the-comparator-does-not-answer-for-the-treatment",
        ),
        pytest.param(
            "Abaloparatide prevented vertebral fractures better than teriparatide.",
            ["overstated strength"],
            id="better-than-what-the-result-is-not-beside",
        ),
        pytest.param(
            "Abaloparatide prevented vertebral fractures better than placebo.",
            ["supported none"],
            id="better-than-what-the-result-is-beside",
        ),
        pytest.param(
            "Solanezumab slowed cognitive decline by 34 percent in patients with mild Alzheimer's "
            "disease.",
            ["overstated subgroup"],
            id="to-name-the-people-is-not-to-tell-of-a-subgroup",
        ),
        pytest.param(
            "Abiraterone cut the risk of death by 65 percent in men with prostate cancer.",
            ["overstated numbers"],
            id="the-hazard-ratio-as-the-reduction",
        ),
        pytest.param(
            "Abiraterone cut the risk of death by 35 percent in men with prostate cancer.",
            ["supported none"],
            id="the-reduction",
        ),
        pytest.param(
            "Abiraterone lengthens the lives of men with prostate cancer.",
            ["supported none"],
            id="lives-are-lengthened",
        ),
        pytest.param(
            "People with higher blood levels of vitamin D were less likely to develop colorectal "
            "cancer.",
            ["supported none"],
            id="less-likely-is-no-lower-dose",
        ),
        pytest.param(
            "Zinc lozenges prevent colds.", ["overstated population"], id="the-ill-were-studied"
        ),
        pytest.param(
            "Zinc lozenges shorten colds.", ["supported none"], id="how-long-they-are-ill"
        ),
        pytest.param(
            "Cranberry prevents urinary tract infections.", ["supported none"], id="who-falls-ill"
        ),
        pytest.param("Flibanserin is safe.", ["overstated safety"], id="safe-alone"),
        pytest.param(
            "Aducanumab has no side effects.", ["overstated safety"], id="no-side-effects-alone"
        ),
        pytest.param("It is safe to say that flibanserin exists.", [], id="safe-to-say"),
        pytest.param(
            "It is a myth that ketamine relieves fatigue in people with multiple sclerosis.",
            ["supported none"],
            id="a-myth-is-denied",
        ),
        pytest.param(
            "Nicotine replacement doubles the risk of relapse in smokers.",
            ["no-evidence unsettled"],
            id="a-harm-in-a-subgroup-alone",
        ),
    ],
)
def test_a_sentence_gets_the_verdict_that_a_fact_checker_would_give(checker, text, expected):
    verdicts = checker.check(read_text(text)).verdicts
    assert [f"{one.kind} {one.reason}" for one in verdicts] == expected


def test_likely_is_no_hedge_where_it_is_part_of_what_is_claimed(checker):
    text = "Older people with pneumonia were more likely to recover with OMT."
    hedged = [one.claim.certainty for one in checker.check(read_text(text)).verdicts]
    assert hedged == ["asserted"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Low-dose ketamine reduced fatigue in MS.", "low-dose ketamine"),
        ("Nicotine patches prevent relapse.", "nicotine patches"),
        ("Tylenol prevents asthma attacks in children.", "Tylenol"),
        ("Vitamin D supplements prevent respiratory infections.", "vitamin D supplements"),
    ],
)
def test_advice_names_the_treatment_as_in_the_middle_of_a_sentence(checker, text, named):
    (verdict,) = checker.check(read_text(text)).verdicts
    assert verdict.advice.startswith(f"Say that {named} made no significant difference")
