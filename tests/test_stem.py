"""Which inflections meet, and which words must stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.reading.stem import stem


@pytest.mark.parametrize(
    "forms",
    [
        ("reduce", "reduces", "reduced", "reducing"),
        ("study", "studies", "studied"),
        ("cut", "cuts", "cutting"),
        ("cure", "cures", "cured", "curing"),
        ("kill", "kills", "killed", "killing"),
        ("control", "controlled"),
        ("shorten", "shortens", "shortened"),
        ("act", "acts", "acted", "acting"),
    ],
    ids=lambda forms: forms[0],
)
def test_forms_of_one_word_meet(forms):
    assert len({stem(form, {}) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("noted", "not"),
        ("rates", "rats"),
        ("hypotension", "hypertension"),
        ("king", "k"),
        ("reduction", "reduce"),
        ("bleed", "ble"),
    ],
)
def test_other_words_stay_apart(one, other):
    assert stem(one, {}) != stem(other, {})


def test_an_irregular_form_goes_to_its_base():
    assert stem("Fell", {"fell": "fall"}) == stem("falls", {})


@given(st.text())
def test_any_word_has_a_stem_and_case_does_not_matter(word):
    assert isinstance(stem(word, {}), str)
    assert stem(word.lower(), {}) == stem(word.lower().lower(), {})
