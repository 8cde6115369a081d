"""What an analysis shows, at the edges where a reader could be misled."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.model.trial import (
    Basis,
    Better,
    FindingKind,
    Hypothesis,
    PValue,
    Scale,
)
from claimcheck.trials.findings import find
from claimcheck.trials.numbers import Numbers, scale_of

IMPROVED, WORSENED, DIFFERS = (
    FindingKind.IMPROVED,
    FindingKind.WORSENED,
    FindingKind.DIFFERS,
)
NULL, NON_INFERIOR, SILENT = (
    FindingKind.NO_DIFFERENCE,
    FindingKind.NON_INFERIOR,
    FindingKind.NOT_REPORTED,
)
LOWER, HIGHER = Better.LOWER, Better.HIGHER
DIFFERENCE, RATIO, REDUCTION = Scale.DIFFERENCE, Scale.RATIO, Scale.PERCENT_REDUCTION


def p(value, sign="="):
    return PValue(value, sign)


@pytest.mark.parametrize(
    ("numbers", "kind", "because"),
    [
        pytest.param(
            {"ci": (-0.32, 0.12), "scale": DIFFERENCE},
            NULL,
            "95% CI -0.32 to 0.12 crosses 0",
            id="interval across 0",
        ),
        pytest.param({"p": p(0.40)}, NULL, "p 0.4, above 0.05", id="p above"),
        pytest.param({"p": p(0.001, "<")}, DIFFERS, "p <0.001", id="p below, no direction"),
        pytest.param(
            {"p": p(0.001, "<"), "estimate": -3, "scale": DIFFERENCE, "better": LOWER},
            IMPROVED,
            "p <0.001",
            id="lower is better and lower",
        ),
        pytest.param(
            {"p": p(0.01), "estimate": -3, "scale": DIFFERENCE, "better": HIGHER},
            WORSENED,
            "p 0.01, below 0.05",
            id="higher is better but lower",
        ),
        pytest.param(
            {"p": p(0.01), "estimate": 0.7, "scale": RATIO, "better": LOWER},
            IMPROVED,
            "p 0.01, below 0.05",
            id="ratio under 1",
        ),
        pytest.param(
            {"p": p(0.01), "estimate": 33, "scale": REDUCTION, "better": LOWER},
            IMPROVED,
            "p 0.01, below 0.05",
            id="a reduction is a fall",
        ),
        pytest.param(
            {"p": p(0.01), "estimate": 33, "scale": REDUCTION, "better": HIGHER},
            WORSENED,
            "p 0.01, below 0.05",
            id="a reduction of a good thing",
        ),
        pytest.param(
            {"ci": (1.05, 1.62), "scale": RATIO, "better": LOWER},
            WORSENED,
            "95% CI 1.05 to 1.62 excludes 1",
            id="direction from the interval alone",
        ),
        pytest.param(
            {"ci": (0.86, 1.0), "scale": RATIO},
            NULL,
            "95% CI 0.86 to 1 reaches 1",
            id="interval touches the null",
        ),
        pytest.param(
            {"p": p(0.05)}, NULL, "p 0.05, at the threshold", id="p exactly at alpha is not below"
        ),
        pytest.param({"p": p(0.05, "<")}, DIFFERS, "p <0.05", id="p under alpha by its sign"),
        pytest.param({"p": p(0.05, ">")}, NULL, "p >0.05", id="p over alpha by its sign"),
        pytest.param(
            {"p": p(0.03), "alpha": 0.025},
            NULL,
            "p 0.03, above 0.025",
            id="a stricter threshold",
        ),
        pytest.param(
            {"p": p(0.04), "ci": (-0.2, 5), "scale": DIFFERENCE},
            DIFFERS,
            "p 0.04, below 0.05",
            id="p decides against the interval",
        ),
        pytest.param(
            {"p": p(0.24), "ci": (-2.1, 0.5), "scale": DIFFERENCE},
            NULL,
            "p 0.24, above 0.05; 95% CI -2.1 to 0.5 crosses 0",
            id="both are told where they agree",
        ),
        pytest.param(
            {"ci": (-2, 1), "ci_level": 90, "scale": DIFFERENCE},
            NULL,
            "90% CI -2 to 1 crosses 0",
            id="a 90% interval across 0: the 95% one is wider",
        ),
        pytest.param(
            {"ci": (1, 2), "ci_level": 99, "scale": DIFFERENCE},
            DIFFERS,
            "99% CI 1 to 2 excludes 0",
            id="a 99% interval clear of 0: the 95% one is narrower",
        ),
        pytest.param(
            {"ci": (1, None), "ci_level": 97.5, "scale": DIFFERENCE, "better": HIGHER},
            IMPROVED,
            "one-sided 97.5% CI from 1 excludes 0",
            id="one-sided 97.5% is two-sided 95%",
        ),
        pytest.param(
            {"ci": (-1, None), "estimate": 2, "scale": DIFFERENCE},
            NULL,
            "one-sided 95% CI from -1 crosses 0",
            id="one bound and the estimate on either side of 0",
        ),
    ],
)
def test_figures(numbers, kind, because):
    found = find(Numbers(**numbers))
    assert (found.kind, found.because, found.basis) == (kind, because, Basis.REPORTED)


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param({}, id="nothing given"),
        pytest.param({"estimate": -4, "scale": DIFFERENCE}, id="an estimate alone"),
        pytest.param({"ci": (-1, 1)}, id="an interval of unknown scale"),
        pytest.param({"p": p(0.1, "<")}, id="p under 0.1 may lie on either side"),
        pytest.param({"p": p(0.01, ">")}, id="p over 0.01 may lie on either side"),
        pytest.param(
            {"ci": (1, 2), "ci_level": 90, "scale": DIFFERENCE},
            id="a 90% interval clear of 0: the 95% one may not be",
        ),
        pytest.param(
            {"ci": (-1, 2), "ci_level": 99, "scale": DIFFERENCE},
            id="a 99% interval across 0: the 95% one may not be",
        ),
        pytest.param(
            {"ci": (1, None), "ci_level": 95, "scale": DIFFERENCE},
            id="one-sided 95% is two-sided 90%",
        ),
        pytest.param(
            {"ci": (-1, None), "scale": DIFFERENCE}, id="one bound below 0, the other unknown"
        ),
    ],
)
def test_figures_that_settle_nothing_are_no_null_result(numbers):
    found = find(Numbers(**numbers))
    assert found.kind is SILENT
    assert found.because


@pytest.mark.parametrize(
    ("numbers", "stated", "basis", "expected"),
    [
        pytest.param({}, IMPROVED, None, (IMPROVED, Basis.STATED), id="words without figures"),
        pytest.param({}, NULL, None, (NULL, Basis.STATED), id="a null result in words"),
        pytest.param(
            {"p": p(0.04), "alpha": 0.05},
            NULL,
            Basis.STATED,
            (NULL, Basis.STATED),
            id="a corrected threshold, in words",
        ),
        pytest.param(
            {"p": p(0.05)}, IMPROVED, None, (IMPROVED, Basis.REPORTED), id="words settle a tie"
        ),
        pytest.param(
            {"ci": (0.32, 1.0), "scale": RATIO},
            IMPROVED,
            None,
            (IMPROVED, Basis.REPORTED),
            id="words settle a touching interval",
        ),
        pytest.param(
            {"ci": (-1, 1), "scale": DIFFERENCE},
            IMPROVED,
            None,
            (NULL, Basis.REPORTED),
            id="figures outweigh words",
        ),
        pytest.param(
            {"p": p(0.01), "estimate": 3, "scale": DIFFERENCE, "better": LOWER},
            IMPROVED,
            None,
            (IMPROVED, Basis.REPORTED),
            id="the sign of an estimate misleads: words stand",
        ),
        pytest.param(
            {"p": p(0.01)},
            SILENT,
            None,
            (DIFFERS, Basis.REPORTED),
            id="not-reported beside a p-value",
        ),
        pytest.param(
            {}, IMPROVED, Basis.COMPUTED, (IMPROVED, Basis.COMPUTED), id="computed from arms"
        ),
        pytest.param(
            {}, IMPROVED, Basis.REPORTED, (IMPROVED, Basis.STATED), id="no figures to rest on"
        ),
    ],
)
def test_words_beside_figures(numbers, stated, basis, expected):
    found = find(Numbers(**numbers), stated=stated, basis=basis)
    assert (found.kind, found.basis) == expected


@pytest.mark.parametrize(
    ("numbers", "stated", "kind"),
    [
        pytest.param({"ci": (-6, 3), "margin": 10, "better": HIGHER}, None, NON_INFERIOR, id="met"),
        pytest.param({"ci": (-12, 3), "margin": 10, "better": HIGHER}, None, NULL, id="missed"),
        pytest.param(
            {"ci": (-10, 3), "margin": 10, "better": HIGHER}, None, NULL, id="reaches the margin"
        ),
        pytest.param(
            {"ci": (-6, 3), "margin": -10, "better": HIGHER}, None, NON_INFERIOR, id="signed margin"
        ),
        pytest.param(
            {"ci": (-6, 12), "margin": 10, "better": LOWER}, None, NULL, id="the worse side counts"
        ),
        pytest.param({"ci": (1, 3), "margin": 10, "better": HIGHER}, None, IMPROVED, id="superior"),
        pytest.param(
            {"ci": (-13, -11), "margin": 10, "better": HIGHER}, None, WORSENED, id="inferior"
        ),
        pytest.param(
            {"ci": (0.8, 1.2), "margin": 1.25, "scale": RATIO, "better": LOWER},
            None,
            NON_INFERIOR,
            id="ratio",
        ),
        pytest.param(
            {"ci": (0.85, 1.2), "margin": 1.25, "scale": RATIO, "better": HIGHER},
            None,
            NON_INFERIOR,
            id="ratio, margin from the other side",
        ),
        pytest.param({"p": p(0.001, "<")}, None, NON_INFERIOR, id="p for non-inferiority"),
        pytest.param({"p": p(0.3)}, None, NULL, id="p above"),
        pytest.param({"ci": (-6, 3)}, NON_INFERIOR, NON_INFERIOR, id="stated, margin unknown"),
        pytest.param(
            {"ci": (-12, 3), "margin": 10, "better": HIGHER},
            NON_INFERIOR,
            NULL,
            id="stated against the figures",
        ),
        pytest.param(
            {"ci": (-4, 4), "margin": 5, "hypothesis": Hypothesis.EQUIVALENCE},
            None,
            NON_INFERIOR,
            id="equivalence within both margins",
        ),
        pytest.param(
            {"ci": (-4, 6), "margin": 5, "hypothesis": Hypothesis.EQUIVALENCE},
            None,
            NULL,
            id="equivalence past one margin",
        ),
    ],
)
def test_margins(numbers, stated, kind):
    given_numbers = {"scale": DIFFERENCE, "hypothesis": Hypothesis.NON_INFERIORITY, **numbers}
    assert find(Numbers(**given_numbers), stated=stated).kind is kind


@pytest.mark.parametrize(
    ("measure", "scale"),
    [
        ("hazard ratio", RATIO),
        ("Adjusted Odds Ratio (per SD)", RATIO),
        ("weighted risk ratio", RATIO),
        ("relative risk", RATIO),
        ("rate ratio per 1.0 mmol/L", RATIO),
        ("HR", RATIO),
        ("mean difference", DIFFERENCE),
        ("mean change", DIFFERENCE),
        ("risk difference", DIFFERENCE),
        ("percent reduction", REDUCTION),
        ("relative risk reduction", Scale.UNKNOWN),
        ("log odds ratio", Scale.UNKNOWN),
        ("odds of relapse", Scale.UNKNOWN),
        ("12 articles", Scale.UNKNOWN),
        ("ratio", Scale.UNKNOWN),
        ("per cent, 89.5 against 96.6", Scale.UNKNOWN),
        ("", Scale.UNKNOWN),
        (None, Scale.UNKNOWN),
    ],
)
def test_a_scale_is_taken_from_a_name_only_where_certain(measure, scale):
    assert scale_of(measure) is scale


def numbers(**fixed):
    finite = st.floats(-1e6, 1e6)
    ends = st.tuples(finite, finite).map(lambda pair: tuple(sorted(pair)))
    return st.builds(
        Numbers,
        estimate=st.none() | finite,
        ci=fixed.get("ci", st.none() | ends),
        ci_level=st.sampled_from([90.0, 95.0, 97.5, 99.0]),
        p=fixed.get("p", st.none() | st.builds(PValue, st.floats(0, 1), st.sampled_from("<=>"))),
        scale=st.sampled_from(Scale),
        better=st.sampled_from(Better),
        hypothesis=st.sampled_from(Hypothesis),
        margin=st.none() | st.floats(-10, 10),
        alpha=st.sampled_from([0.05, 0.01]),
    )


@given(numbers())
def test_every_finding_says_why(figures):
    assert find(figures).because


@given(numbers(ci=st.none(), p=st.none()))
def test_without_p_or_interval_nothing_is_found(figures):
    assert find(figures).kind is SILENT


@given(st.floats(0, 1), st.floats(-100, 100))
def test_turning_better_round_turns_the_finding_round(value, estimate):
    lower, higher = (
        find(Numbers(p=p(value), estimate=estimate, scale=DIFFERENCE, better=better)).kind
        for better in (LOWER, HIGHER)
    )
    turned = {IMPROVED: WORSENED, WORSENED: IMPROVED}
    assert higher is turned.get(lower, lower)
    assert not math.isnan(value)
