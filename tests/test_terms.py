from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.rulebook.types import TermKind
from claimcheck.terms import plain_word, same_name, same_word, spell_out, words
from claimcheck.terms.outcomes import same_outcome
from tests.judgement_factory import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Alzheimer\u2019s patients'", ("alzheimer", "patient"), id="possessives"),
        pytest.param("β-amyloid", ("beta", "amyloid"), id="greek"),
        pytest.param(
            "oedema, anaemia, diarrhoea", ("edema", "anemia", "diarrhea"), id="british-ae"
        ),
        pytest.param("tumours randomised", ("tumor", "randomized"), id="british-our-ise"),
        pytest.param("four hours", ("four", "hour"), id="our-that-is-no-suffix"),
        pytest.param("studies of biopsies", ("study", "of", "biopsy"), id="plurals"),
        pytest.param("sclerosis virus illness", ("sclerosis", "virus", "illness"), id="no-plurals"),
        pytest.param("0.5 mg/kg", ("0.5", "mg", "kg"), id="doses"),
        pytest.param("ﬁbrosis", ("fibrosis",), id="ligature"),
        pytest.param("", (), id="empty"),
    ],
)
def test_words_are_plain(text, expected):
    assert words(text) == expected


@given(st.text())
def test_any_text_can_be_put_in_words(text):
    assert all(word and word == word.strip() for word in words(text))


@given(st.text(alphabet=st.characters(categories=["Ll"]), min_size=1))
def test_a_plain_word_is_never_longer_by_more_than_a_letter(word):
    assert len(plain_word(word)) <= len(word) + 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("depression", "depressive"),
        ("cognition", "cognitive"),
        ("relapse", "relapsing"),
        ("infection", "infected"),
        ("mortality", "mortal"),
        ("osteoporosis", "osteoporotic"),
    ],
)
def test_forms_of_a_word_are_one_word(a, b):
    assert same_word(a, b)
    assert same_word(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("hypertension", "hypotension"),
        ("hyperglycemia", "hypoglycemia"),
        ("vertebral", "nonvertebral"),
        ("protective", "protein"),
        ("pain", "paint"),
        ("stroke", "strike"),
        ("75", "76"),
    ],
)
def test_look_alikes_are_two_words(a, b):
    assert not same_word(a, b)
    assert not same_word(b, a)


@pytest.mark.parametrize(
    "stem", ["tension", "glycemia", "thyroidism", "kalemia", "natremia", "activity"]
)
def test_hypo_and_hyper_never_meet(stem):
    assert not same_word(f"hypo{stem}", f"hyper{stem}")
    assert not same_name(f"hypo{stem}", f"hyper{stem}")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        pytest.param("abiraterone", "abiratrone", True, id="a-letter-lost"),
        pytest.param("solanezumab", "solanezumap", False, id="a-letter-changed-is-below-the-edge"),
        pytest.param("prednisone", "prednisolone", False, id="prednisone"),
        pytest.param("naltrexone", "naloxone", False, id="naltrexone"),
        pytest.param("amlodipine", "nimodipine", False, id="other-beginning"),
        pytest.param("zinc", "zine", False, id="too-short"),
    ],
)
def test_names_bear_a_slip_of_the_pen_and_no_more(a, b, same):
    assert same_name(a, b) is same


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_goes_both_ways(a, b):
    assert same_word(a, b) == same_word(b, a)
    assert same_name(a, b) == same_name(b, a)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        pytest.param(
            "change in Daily Fatigue Severity score", "fatigue", id="instrument-in-phrase"
        ),
        pytest.param("pain (VAS), chondroitin vs placebo", "pain", id="outcome-in-phrase"),
        pytest.param("MFIS", "fatigue", id="abbreviation"),
        pytest.param("Fatigue Severity Scale", "fatigue", id="instrument"),
    ],
)
def test_concepts_are_found_inside_phrases(text, concept):
    assert concept in terms().concepts(text, TermKind.OUTCOME, TermKind.INSTRUMENT)


@pytest.mark.parametrize(
    ("text", "concept"),
    [("fish oil", "fish oil"), ("a flu shot", "flu vaccine")],
)
def test_a_near_miss_of_one_thing_may_name_another(text, concept):
    assert terms().concepts(text) == {concept}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        pytest.param("muscle fatigue in a gait test", "fatigue", id="muscle-fatigue"),
        pytest.param("hypotension", "hypertension", id="hypotension"),
        pytest.param("painting", "pain", id="painting"),
    ],
)
def test_near_misses_name_nothing(text, concept):
    assert concept not in terms().concepts(text)


def test_cancer_incidence_is_not_cancer_mortality():
    assert not terms().concepts("cancer incidence") & terms().concepts("cancer mortality")


def test_a_wider_concept_is_an_ancestor():
    assert "multiple sclerosis" not in terms().ancestors("multiple sclerosis")
    assert "depression" in terms().ancestors("treatment-resistant depression")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("weight gain after eight weeks", "weight gain"),
        ("GSRS abdominal pain subscore", "the GSRS subscores for abdominal pain"),
        ("Overall Survival", "overall survival."),
        ("haemoglobin", "hemoglobin"),
    ],
)
def test_same_outcomes(a, b):
    assert same_outcome(a, b, terms())
    assert same_outcome(b, a, terms())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("blood pressure", "glycated hemoglobin"),
        ("time to sit unsupported", "total coma duration"),
        ("hypoglycemia", "hyperglycemia"),
        ("", "pain"),
    ],
)
def test_other_outcomes(a, b):
    assert not same_outcome(a, b, terms())
    assert not same_outcome(b, a, terms())


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        pytest.param("ICP control", "intracranial pressure", "ICP control", id="two-words-short"),
        pytest.param("LOS", "length of stay", "length of stay", id="initials"),
        pytest.param(
            "ICU days", "days in intensive care units", "intensive care unit days", id="in"
        ),
        pytest.param("pain", "LOS", "pain", id="none"),
    ],
)
def test_abbreviations_are_spelled_out_by_the_other_phrase(text, other, expected):
    assert spell_out(text, other) == expected


def test_a_list_of_outcomes_is_not_one_of_them():
    assert not same_outcome(
        "pain severity, knee range of motion, stiffness", "pain levels", terms()
    )
