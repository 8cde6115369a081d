"""Numbers of results as papers print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model.document import Span
from claimcheck.reading.estimates import estimates, p_values


def whole(text):
    return Span(0, len(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(P =.40)", ["0.4"]),
        ("p<0.001 and p-value of 0.03", ["<0.001", "0.03"]),
        ("(p = 0·04)", ["0.04"]),
        ("p = 1.2 × 10−5", ["0.000012"]),
        ("(both P < 0.001)", ["<0.001"]),
        ("(CI: -0.32, 0.12;  = 0.40)", ["0.4"]),  # a text that lost the letter
        ("(p = NS)", [None]),
        ("p = 96.86", []),
        ("at 3 p.m.", []),
    ],
)
def test_p_values(text, wanted):
    found = p_values(text, whole(text))
    assert [None if p.value is None else str(p.value) for p in found] == wanted


@pytest.mark.parametrize(
    ("text", "value", "ci", "scale"),
    [
        ("(-0.10 points; 95% CI, -0.32 to 0.12; P =.40)", -0.1, (-0.32, 0.12), "difference"),
        (
            "(-13.5 points; 95% confidence interval (CI): -25.0, -1.98)",
            -13.5,
            (-25.0, -1.98),
            "difference",
        ),
        ("(OR=1.24, 95% CI 1.08-1.43, P=.003)", 1.24, (1.08, 1.43), "ratio"),
        ("relative risk was 0.83 (0.56-1.24, P=.37)", 0.83, (0.56, 1.24), "ratio"),
        ("RR [95%CI] 0.96 [0.83-1.10], P=0.51", 0.96, (0.83, 1.10), "ratio"),
        ("hazard ratio, 0.75; 95% CI, 0.60 to 0.94", 0.75, (0.60, 0.94), "ratio"),
        (
            "mean difference 12.25 cm/sec, 95% CI −20.75 to 45.5",
            12.25,
            (-20.75, 45.5),
            "difference",
        ),
    ],
)
def test_estimates(text, value, ci, scale):
    one = estimates(text, whole(text))[0]
    assert (one.value, one.ci, one.scale.value) == (value, ci, scale)


def test_the_level_of_an_interval_is_kept():
    text = "(HR 0.80, 97.5% CI 0.66 to 0.97)"
    assert estimates(text, whole(text))[0].ci_level == 97.5


@given(st.text(alphabet="pP=<>0123456789.,·-−() CI%95 to;HRORab\n", max_size=120))
def test_any_text_is_read_and_spans_lie_in_it(text):
    for figure in (*p_values(text, whole(text)), *estimates(text, whole(text))):
        assert 0 <= figure.span.start < figure.span.end <= len(text)
    for p in p_values(text, whole(text)):
        assert p.value is None or 0 <= p.value.value <= 1
