"""How strong a relation does a sentence assert, and on which words does the answer rest?"""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.claims.strength import explain_strength, strength_of
from claimcheck.model.claim import Strength
from claimcheck.model.document import Span
from claimcheck.reading.nlp import Reader, Reading
from claimcheck.rulebook.load import load_rulebook


@cache
def _reader() -> Reader:
    return Reader(load_rulebook(paths.rules_dir()))


def _read(sentence: str) -> Reading:
    return _reader().read(sentence, Span(0, len(sentence)))


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("Patients were followed for two years.", Strength.NONE),
        ("Larger trials are needed to improve care.", Strength.NONE),
        ("Doctors should offer exercise to reduce falls.", Strength.NONE),
        ("The role of diet remains unclear.", Strength.NONE),
        ("Nurses met to improve sleep.", Strength.NONE),
        ("Lack of sleep tied to stroke", Strength.CORRELATIONAL),
        ("Coffee was associated with lower mortality.", Strength.CORRELATIONAL),
        ("Shift workers were more likely to fall.", Strength.CORRELATIONAL),
        ("Obesity may be associated with gout.", Strength.CORRELATIONAL),
        ("Smokers had reduced lung capacity.", Strength.CORRELATIONAL),
        ("Admissions increased significantly over time.", Strength.CORRELATIONAL),
        ("Poor sleep common among nurses", Strength.CORRELATIONAL),
        ("Study links naps to fewer falls", Strength.CORRELATIONAL),
        ("Yoga may reduce back pain.", Strength.CONDITIONAL_CAUSAL),
        ("Zinc appears to shorten colds.", Strength.CONDITIONAL_CAUSAL),
        ("Naps could help the elderly.", Strength.CONDITIONAL_CAUSAL),
        ("Yoga reduces back pain.", Strength.CAUSAL),
        ("Yoga can reduce back pain.", Strength.CAUSAL),
        ("Yoga did not reduce back pain.", Strength.CAUSAL),
        ("Zinc increases risk of nausea", Strength.CAUSAL),
        ("The patch was effective against nausea.", Strength.CAUSAL),
        ("Night work puts nurses at higher risk of falls.", Strength.CAUSAL),
        ("Yoga cut the costs associated with falls.", Strength.CAUSAL),
        ("Zinc was shown to shorten colds.", Strength.CAUSAL),
    ],
)
def test_a_sentence_has_the_strength_of_its_words(sentence: str, strength: Strength) -> None:
    assert strength_of(_read(sentence)) is strength


def test_an_organisation_s_name_is_no_association() -> None:
    named = "Yoga reduces back pain, says the American Heart Association."
    assert strength_of(_read(named)) is Strength.CAUSAL


def test_a_modal_reaches_only_the_next_deed() -> None:
    far = "It may rain today, and our trial, in which nobody who took part knew, cured them."
    assert strength_of(_read(far)) is Strength.CAUSAL


def test_the_answer_shows_the_words_it_rests_on() -> None:
    sentence = "In this trial yoga may reduce back pain."
    strength, why, hits = explain_strength(_read(sentence))
    shown = [sentence[hit.span.start : hit.span.end] for hit in hits]
    assert strength is Strength.CONDITIONAL_CAUSAL
    assert shown == ["may", "reduce"]
    assert "possible" in why


def test_no_words_of_a_relation_are_no_relation_and_say_so() -> None:
    strength, why, hits = explain_strength(_read("The hall was full."))
    assert (strength, hits) == (Strength.NONE, ())
    assert why == "it holds no word of a relation"


@given(st.text(max_size=200))
def test_any_text_has_a_strength_with_its_words_inside_it(text: str) -> None:
    _, why, hits = explain_strength(_read(text))
    assert why
    assert all(0 <= hit.span.start < hit.span.end <= len(text) for hit in hits)
