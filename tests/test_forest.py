"""A forest plot tells at a glance, on page and at the terminal, what the record's figures tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimcheck.model.trial import (
    Analysis,
    Basis,
    Better,
    Finding,
    FindingKind,
    Outcome,
    PValue,
    Role,
    Scale,
    Trial,
)
from claimcheck.reports.forest import NULL_AT, forest
from claimcheck.reports.forest_text import cells, draw
from claimcheck.reports.words import in_ascii
from tests.report_factory import PRIMARY, SECONDARY, TRIAL

FINDING = Finding(FindingKind.NO_DIFFERENCE, "stated by the report", Basis.REPORTED)


def analysis(estimate=None, ci=None, scale=Scale.DIFFERENCE, **more):
    return Analysis(FINDING, scale=scale, estimate=estimate, ci=ci, **more)


def outcome(name, *analyses, role=Role.SECONDARY, **more):
    return Outcome(name, analyses, role=role, **more)


def trial(*outcomes):
    return replace(TRIAL, outcomes=outcomes)


def bar(one, **more):
    return forest(trial(outcome("pain", one, **more))).rows[0].bar


def test_primary_outcomes_stand_on_top_and_those_of_the_claim_are_lit():
    later = outcome("walking", analysis(1.0, (0.5, 1.5)))
    first = outcome("pain", analysis(-1.0, (-2.0, 0.5)), role=Role.PRIMARY)
    plot = forest(trial(later, first), lit=[later])
    assert [(row.name, row.lit) for row in plot.rows] == [("pain", False), ("walking", True)]


def test_what_does_not_fit_is_counted_and_what_the_claim_is_about_always_fits():
    others = [outcome(f"score {number}", analysis(1.0)) for number in range(9)]
    last = outcome("last", analysis(1.0))
    plot = forest(trial(*others, last), lit=[last], most=4)
    assert [row.name for row in plot.rows] == ["score 0", "score 1", "score 2", "last"]
    assert plot.left_out == 6


@pytest.mark.parametrize(
    ("one", "better", "side"),
    [
        (analysis(-1.0, (-2, 1)), Better.LOWER, -1),
        (analysis(-1.0, (-2, 1)), Better.HIGHER, 1),
        (analysis(-1.0, (-2, 1)), Better.UNKNOWN, 0),
        (analysis(30.0, (10, 50), Scale.PERCENT_REDUCTION), Better.LOWER, 1),
        (analysis(0.8, (0.7, 0.9), Scale.RATIO), Better.LOWER, -1),
    ],
)
def test_the_better_side_is_known_where_the_record_says_which(one, better, side):
    assert bar(one, better=better).better == side


@pytest.mark.parametrize(
    "one",
    [analysis(), analysis(-1.0, (-2, 1), Scale.UNKNOWN), analysis(ci=(None, None))],
    ids=["no figures", "no known scale", "no bounds"],
)
def test_nothing_is_drawn_that_the_record_does_not_hold(one):
    assert bar(one) is None


def test_a_bound_that_is_missing_or_nought_in_a_ratio_goes_on():
    assert bar(analysis(-1.0, (None, -0.2))).goes_on == (True, False)
    assert bar(analysis(2.0, (0.0, 9.0), Scale.RATIO)).goes_on == (True, False)


def test_one_wild_interval_does_not_press_the_others_flat():
    wild = outcome("wild", analysis(40.0, (1.0, 9000.0), Scale.RATIO))
    tame = outcome("tame", analysis(0.5, (0.3, 0.8), Scale.RATIO))
    rows = forest(trial(wild, tame)).rows
    assert rows[0].bar.goes_on == (False, True)
    assert rows[1].bar.high - rows[1].bar.low > 0.1


def test_ratios_share_an_axis_and_other_outcomes_say_that_they_do_not():
    ratios = [outcome(name, analysis(0.5, (0.3, 0.8), Scale.RATIO)) for name in "ab"]
    shared = forest(trial(*ratios))
    assert [label for _, label in shared.ticks] == ["0.5", "1", "2"]
    own = forest(trial(outcome("c", analysis(-1, (-2, 1)))))
    assert own.ticks == ()
    assert "of its own" in own.scales
    assert "each other" in forest(trial(*ratios, *[row.outcome for row in own.rows])).scales


def test_two_doses_are_told_apart():
    groups = [analysis(1.0, groups=(dose, "none")) for dose in ("high", "low")]
    names = [row.name for row in forest(trial(outcome("pain", *groups))).rows]
    assert names == ["pain: high against none", "pain: low against none"]


FIGURE = st.floats(-1e6, 1e6, allow_nan=False) | st.none()


TENTHS = st.integers(-1000, 1000).map(lambda number: number / 10)


@st.composite
def measured(draw_from):
    scale = draw_from(st.sampled_from(Scale))
    estimate, *ends = (draw_from(FIGURE) for _ in range(3))
    known = sorted(one for one in (estimate, *ends) if one is not None)
    low = known[0] if ends[0] is not None else None
    high = known[-1] if ends[1] is not None else None
    ci = None if low is None and high is None else (low, high)
    return analysis(estimate, ci, scale)


@given(st.lists(measured(), min_size=1, max_size=5), st.integers(40, 160), st.booleans())
def test_any_figures_are_drawn_in_order_within_the_plot(analyses, width, color):
    plot = forest(trial(*(outcome(f"o{n}", one) for n, one in enumerate(analyses))))
    for row in plot.rows:
        if row.bar is not None:
            places = [row.bar.low, row.bar.mid, row.bar.high]
            known = [place for place in places if place is not None]
            assert known == sorted(known)
            assert all(0 <= place <= 1 for place in known)
            assert len(cells(row.bar, 21)) == 21
    lines = draw(plot, width=width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert draw(plot, width=width, color=color)


@given(TENTHS, TENTHS, st.sampled_from([5, 21, 35]))
def test_a_bar_crosses_the_line_exactly_where_the_interval_does(one, other, width):
    low, high = sorted((one, other))
    drawn = cells(bar(analysis((low + high) / 2, (low, high))), width)
    left, right = drawn[: width // 2], drawn[width // 2 + 1 :]
    assert (bool(left.strip()) and bool(right.strip())) == (low < 0 < high)


def test_the_line_of_no_effect_stands_in_the_middle():
    assert cells(bar(analysis(0.0, (-1.0, 1.0))), 21)[10] == "■"
    assert NULL_AT == 0.5
    assert cells(bar(analysis(1.0, (0.8, 1.2))), 21)[10] == "│"


def test_the_terminal_tells_figures_finding_and_role():
    shown = draw(forest(replace(TRIAL, outcomes=(SECONDARY, PRIMARY))), width=120)
    lines = shown.splitlines()
    assert lines[0] == "primary"
    assert "Knee Pain Scale, 12 weeks" in lines[1]
    assert "−0.10 (95% CI −0.32 to 0.12), p 0.40" in lines[1]
    assert "no significant difference" in shown
    assert shown.index("secondary") < shown.index("Walking Comfort Index")


def test_what_is_stated_or_computed_says_so():
    stated = replace(analysis(), finding=replace(FINDING, basis=Basis.STATED))
    computed = replace(
        analysis(1.0, (0.5, 1.5), p=PValue(0.01), method="t test from means and SDs"),
        finding=Finding(FindingKind.IMPROVED, "computed from arm values", Basis.COMPUTED),
    )
    shown = draw(forest(trial(outcome("a", stated), outcome("b", computed))), width=120)
    assert "stated by the report" in shown
    assert "t test from means and SDs" in shown


def test_a_record_without_figures_gets_no_empty_plot():
    assert "│" not in draw(forest(trial(outcome("pain", analysis()))), width=100)


def test_a_plain_terminal_gets_plain_signs():
    shown = in_ascii(draw(forest(trial(outcome("pain", analysis(-1, (-2, 1))))), width=100))
    assert shown.isascii()
    assert "#" in shown


def test_colour_is_used_only_where_wanted():
    plot = forest(Trial(id="t", title="t", outcomes=(PRIMARY,)))
    assert "\x1b[" not in draw(plot, width=100)
    assert "\x1b[" in draw(plot, width=100, color=True)


@pytest.mark.parametrize(
    ("better", "left", "right"),
    [(Better.LOWER, "░", " "), (Better.HIGHER, " ", "░"), (Better.UNKNOWN, " ", " ")],
)
def test_the_terminal_marks_the_better_side_too(better, left, right):
    assert cells(bar(analysis(-1.0, (-2.0, -0.5)), better=better), 21)[-1] == right
    assert cells(bar(analysis(1.0, (0.5, 2.0)), better=better), 21)[0] == left
    told = draw(
        forest(trial(replace(outcome("a", analysis(1.0, (0.5, 2.0))), better=better))), width=80
    )
    assert ("░ the better side" in told) == (better is not Better.UNKNOWN)
