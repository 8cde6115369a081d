"""Shares of a group: which are told in a text, and which cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.reading.shares import Share, shares


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("43 % of the 14 patients were free of pain", True),  # 6 of 14
        ("42 percent of the 14 patients were free of pain", True),  # 42.9, cut
        ("45 % of 14 patients were free of pain", False),
        ("6 of 14 patients (43 %) were free of pain", True),
        ("6 of 14 patients (53 %) were free of pain", False),
        ("19 out of 14 did better", False),
        ("33.3 per cent of 12 women", True),
        ("33.9 per cent of 12 women", False),
        ("12 percent of 2,000 people", True),
        ("0 percent of the 14 patients", True),
    ],
)
def test_a_share_can_be_or_cannot(text, possible):
    (found,) = shares(text)
    assert found.possible is possible


@pytest.mark.parametrize(
    "text",
    [
        "43 % of patients",
        "45 % lower risk in 14 patients",
        "a 6-of-one affair",
        "20 percent in 2014",
    ],
)
def test_no_share_of_a_group_of_known_size(text):
    assert list(shares(text)) == []


@given(st.integers(1, 5000), st.data(), st.integers(0, 2))
def test_what_people_make_is_possible(whole, data, places):
    part = data.draw(st.integers(0, whole))
    percent = round(100 * part / whole, places)
    assert Share("x", whole, None, percent, places).possible
    assert Share("x", whole, part, percent, places).possible


@given(st.integers(1, 10**7), st.floats(0, 100))
def test_any_group_is_answered_at_once(whole, percent):
    assert Share("x", whole, None, percent, 0).possible in {True, False}
