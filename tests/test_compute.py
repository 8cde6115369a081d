from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from claimcheck.trials import compute

COUNTS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(
    st.tuples(st.floats(-50, 50), st.floats(0.1, 30), st.integers(2, 500)),
    st.tuples(st.floats(-50, 50), st.floats(0.1, 30), st.integers(2, 500)),
)
def test_means_are_compared_as_scipy_itself_compares_them(one, two):
    first, second = (compute.mean_of(mean, n=n, sd=sd) for mean, sd, n in (one, two))
    found = compute.compare_means(first, second)
    wanted = stats.ttest_ind_from_stats(*one, *two, equal_var=False)
    assert found.p.value == pytest.approx(max(wanted.pvalue, 1e-12), rel=1e-3)
    low, high = found.ci
    assert low <= found.estimate <= high
    assert found.estimate == pytest.approx(one[0] - two[0], rel=1e-4, abs=1e-9)


@given(COUNTS, COUNTS)
def test_counts_are_compared_as_scipy_itself_compares_them(one, two):
    found = compute.compare_counts(compute.Count(*one), compute.Count(*two))
    table = [[one[0], one[1] - one[0]], [two[0], two[1] - two[0]]]
    if not all(map(sum, zip(*table, strict=True))):
        assert found is None
        return
    if found is None:
        return
    exact = "Fisher" in found.method
    assert exact == (stats.contingency.expected_freq(table).min() < 5)
    wanted = (
        stats.fisher_exact(table).pvalue
        if exact
        else stats.chi2_contingency(table, correction=False).pvalue
    )
    assert found.p.value == pytest.approx(max(wanted, 1e-12), rel=1e-3)
    assert -100 <= found.ci[0] <= found.estimate <= found.ci[1] <= 100


def test_an_interval_about_a_mean_gives_its_error():
    found = compute.mean_from_interval(10.0, n=25, ci=(8.0, 12.0), level=95)
    assert found.error == pytest.approx(2 / stats.t.ppf(0.975, 24))


@pytest.mark.parametrize(
    "made",
    [
        compute.mean_of(1.0, n=1, sd=2.0),
        compute.mean_of(1.0, n=20),
        compute.mean_of(1.0, n=20, sd=-1.0),
        compute.mean_of(math.nan, n=20, sd=1.0),
        compute.mean_from_interval(1.0, n=20, ci=(0.9, 9.0), level=95),
        compute.mean_from_interval(1.0, n=20, ci=(2.0, 3.0), level=95),
    ],
)
def test_what_no_mean_can_be_compared_by(made):
    assert made is None


def test_two_means_that_do_not_vary_tell_nothing():
    still = compute.mean_of(1.0, n=10, sd=0.0)
    assert compute.compare_means(still, still) is None


@pytest.mark.parametrize(("first", "second"), [((1, 300), (0, 300)), ((0, 1), (1, 1))])
def test_few_events_show_nothing_however_they_fall(first, second):
    assert compute.compare_counts(compute.Count(*first), compute.Count(*second)) is None
    assert compute.compare_counts(compute.Count(3, 300), compute.Count(9, 300)) is not None


def test_large_studies_take_no_time():
    found = compute.compare_counts(compute.Count(70_000, 70_000), compute.Count(1, 900_000_000))
    assert found.p.sign == "<"


def test_without_scipy_nothing_is_computed_and_it_is_said():
    code = (
        "import sys, json, importlib.util; real = importlib.util.find_spec\n"
        "from claimcheck.trials import compute\n"
        "compute.find_spec = lambda name: None if name == 'scipy' else real(name)\n"
        "sys.modules['scipy'] = sys.modules['scipy.special'] = None\n"
        "from tests.ctgov_factory import measure, study, values\n"
        "from claimcheck.trials.importers.ctgov import import_study\n"
        "cells = [values(('OG000', '3.0', '2.0'), ('OG001', '5.0', '2.0'))]\n"
        "trial = import_study(study(measure(classes=cells)))\n"
        "print(trial.outcomes[0].finding.kind, '|', trial.outcomes[0].note)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    kind, _, note = told.stdout.strip().partition(" | ")
    assert kind == "not-reported"
    assert "scipy is not installed" in note
    assert "the extra stats" in note
