from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.trials.importers.ctgov_fields import clean
from claimcheck.trials.importers.ctgov_pvalues import parse_p, read_p_value
from claimcheck.trials.importers.ctgov_words import bundled_words


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<0.0001", "<0.0001"),
        ("&lt; 0.0001", "<0.0001"),
        (r"\<0.001", "<0.001"),
        ("= 0.917", "0.917"),
        ("=0.3681", "0.3681"),
        (".02", "0.02"),
        ("> 0.10", ">0.1"),
        ("&gt;0.05", ">0.05"),
        ("≤0.05", "<0.05"),
        ("p = 0.03", "0.03"),
        ("P-value: 0.03", "0.03"),
        ("0.03*", "0.03"),
        ("0.03 (two-sided)", "0.03"),
        ("0,03", "0.03"),
        ("1.2E-5", "0.000012"),
        ("3 x 10^-4", "0.0003"),
        ("less than 0.001", "<0.001"),
        ("Greater than 0.2", ">0.2"),
        ("0.000", "<0.001"),
        ("1.000", "1"),
        ("1", "1"),
    ],
)
def test_what_is_a_p_value(raw, shown):
    assert str(parse_p(clean(raw), bundled_words())) == shown


@pytest.mark.parametrize(
    "raw",
    [
        *("96.86", "4.03", "0", "<0", "NS", "n/a", "", "-0.03", "0.01-0.05", "0.04 vs 0.2"),
        *(">1", "5%", "<1", "NaN", "1e400", "0.03.04", "p", "<"),
    ],
)
def test_what_is_none(raw):
    assert parse_p(clean(raw), bundled_words()) is None


@given(st.text(max_size=60))
def test_no_text_makes_an_impossible_p(raw):
    p = parse_p(clean(raw), bundled_words())
    assert p is None or (0 < p.value <= 1 and math.isfinite(p.value))


def read(raw, comment="", method="", others=""):
    return read_p_value(raw, comment=comment, method=method, others=others, words=bundled_words())


def test_a_posterior_probability_is_no_p_value():
    found = read("0.9990", comment="A p-value was not used. Instead, a posterior probability was.")
    assert found.p is None
    assert found.note == "'0.9990' is a posterior probability, no p-value"


def test_what_is_no_p_value_is_noted():
    assert read("96.86").note == "'96.86' is no p-value"


@pytest.mark.parametrize(
    ("comment", "alpha"),
    [
        ("", 0.05),
        ("Threshold for significance at 0.01 level.", 0.01),
        ("Final test alpha level of 0.04825.", 0.04825),
        ("Tested at the 0.027 level of significance.", 0.027),
        ("one-sided p-value", 0.025),
        ("One-sided p-value and one-sided alpha=0.05", 0.05),
        ("90% power at an alpha of 0.5", 0.05),
    ],
)
def test_the_threshold_that_a_comment_names(comment, alpha):
    assert read("0.03", comment=comment).alpha == alpha


def test_which_p_values_are_one_sided():
    assert read("0.03", comment="1-sided raw p-value").one_sided
    assert not read("0.03", comment="two-sided p-value").one_sided
