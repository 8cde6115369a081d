"""A trial report against itself: what its conclusion sells, beside what its results show."""

import json

import pytest

import claimcheck as cc
from claimcheck.cli.main import main

METHODS = (
    "METHODS: In a randomized, double-blind trial 120 adults got the spray or placebo. "
    "The primary outcome was pain at 4 weeks. Sleep was a secondary outcome."
)
NULL = "RESULTS: Pain at 4 weeks did not differ between the groups (P = .45)."
SECONDARY = "Sleep improved more with the spray than with placebo (P = .03)."
MET = "RESULTS: Pain at 4 weeks was lower with the spray than with placebo (P = .01)."


TITLE = "A spray for back pain"
UNNAMED = "METHODS: In a randomized trial 120 adults got the spray or placebo."


def judged(results, conclusion, *, title=TITLE, methods=METHODS):
    text = f"{methods}\n\n{results}\n\nCONCLUSION: {conclusion}"
    return cc.self_check(text, title=title).documents[0].verdicts


def over(verdicts):
    return [verdict for verdict in verdicts if verdict.kind == "overstated"]


@pytest.mark.parametrize(
    ("results", "conclusion", "reason"),
    [
        pytest.param(
            NULL, "The spray relieves pain.", "negative-primary", id="the-primary-all-the-same"
        ),
        pytest.param(
            f"{NULL} {SECONDARY}", "The spray improved sleep.", "secondary-only", id="a-secondary"
        ),
        pytest.param(
            NULL, "The spray is a good alternative to pills.", "equivalence-from-null", id="as-good"
        ),
        pytest.param(NULL, "There was a trend toward less pain.", "trend", id="trend"),
    ],
)
def test_spin_is_found(results, conclusion, reason):
    found = over(judged(results, conclusion))
    assert [v.reason for v in found] == [reason]
    assert "pain" in found[0].because


@pytest.mark.parametrize(
    ("results", "conclusion"),
    [
        pytest.param(NULL, "The spray was not more effective than placebo.", id="honest-null"),
        pytest.param(MET, "The spray reduced pain.", id="primary-met"),
        pytest.param(
            f"{NULL} {SECONDARY}",
            "Although the primary outcome was negative, a secondary outcome, sleep, improved.",
            id="role-told-beside-the-null",
        ),
    ],
)
def test_honest_conclusions_stay_clean(results, conclusion):
    assert not over(judged(results, conclusion))


HONEST = "The spray was not more effective than placebo."


def test_a_title_that_promises_what_the_results_do_not_show_is_spin():
    (found,) = over(judged(NULL, HONEST, title="A nasal spray relieves back pain"))
    assert found.claim.span.start == 0
    assert found.reason == "negative-primary"


@pytest.mark.parametrize(
    "title",
    ["A nasal spray for relieving back pain", "Effect of a spray on the relief of pain"],
)
def test_a_title_that_only_names_what_was_studied_is_none(title):
    assert not over(judged(NULL, HONEST, title=title))


def test_a_trend_told_among_the_results_of_a_failed_primary_outcome_is_spin():
    results = f"{NULL} There was a trend toward fewer tablets with the spray (P = .09)."
    assert [v.reason for v in over(judged(results, HONEST))] == ["trend"]
    assert not over(judged(f"{MET} {results.removeprefix(NULL)}", "The spray reduced pain."))


def test_calling_a_trend_not_significant_does_not_rescue_it():
    said = "There was a trend toward less pain with the spray, but it was not significant."
    assert [v.reason for v in over(judged(NULL, said))] == ["trend"]


def test_a_secondary_outcome_told_behind_the_admitted_failure_is_clean():
    told = "The spray did not reduce pain but was associated with better sleep."
    assert not over(judged(f"{NULL} {SECONDARY}", told))
    assert over(judged(f"{NULL} {SECONDARY}", "The spray was associated with better sleep."))


def test_of_several_primary_outcomes_the_one_that_was_met_carries_its_claim():
    methods = METHODS.replace("outcome was pain at 4 weeks", "outcomes were pain and disability")
    results = (
        "RESULTS: Pain did not differ between the groups (P = .45). "
        "Disability was lower with the spray than with placebo (P = .01)."
    )
    met = judged(results, "The spray reduced disability.", methods=methods)
    missed = judged(results, "The spray reduced pain.", methods=methods)
    assert not over(met)
    assert [v.reason for v in over(missed)] == ["negative-primary"]


def test_a_report_that_names_no_primary_outcome_is_held_to_what_it_tells_first():
    results = (
        "RESULTS: Pain did not differ between the groups (P = .45). "
        "Sleep improved more with the spray than with placebo (P = .03). "
        "Mood improved more with the spray than with placebo (P = .04)."
    )
    (found,) = over(judged(results, "The spray is effective.", methods=UNNAMED))
    assert "names no primary outcome" in found.because
    assert found.reason == "null-result"
    assert not over(judged(results, "The spray improved sleep.", methods=UNNAMED))


def test_groups_that_were_alike_to_begin_with_are_no_failure():
    results = (
        "RESULTS: Age and sex did not differ between the groups. "
        "Pain was lower with the spray than with placebo (P = .01)."
    )
    assert not over(judged(results, "The spray reduced pain.", methods=UNNAMED))


def test_what_came_of_both_groups_does_not_meet_a_primary_outcome():
    results = (
        "RESULTS: Pain improved significantly in both treatment groups (P < .001), "
        "with no significant difference between the groups."
    )
    assert [v.reason for v in over(judged(results, "Both treatments were effective."))] == [
        "within-group"
    ]


def test_what_remains_to_be_shown_is_no_promise():
    said = "Whether the spray brings greater improvement remains to be determined."
    assert not over(judged(NULL, said))


def test_the_command_gates_and_shows_the_numbers(tmp_path, capsys):
    report = tmp_path / "abstract.txt"
    report.write_text(f"A spray for pain\n\n{METHODS}\n\n{NULL}\n\nCONCLUSION: It relieves pain.")
    assert main(["self-check", str(report), "--format", "json"]) == 1
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["overstated"] is True
    assert main(["self-check", str(tmp_path / "none.txt")]) == 2


def test_equivalence_that_was_planned_and_shown_is_clean():
    methods = (
        "METHODS: In a randomized non-inferiority trial 120 adults got the spray or pills. "
        "The primary outcome was pain; the margin was 1 point."
    )
    results = (
        "RESULTS: Pain did not differ between the groups (difference 0.1, 95% CI -0.4 to 0.6)."
    )
    said = "The spray is equivalent to pills."
    assert not over(judged(results, said, methods=methods))
    assert over(judged(results, said, methods=METHODS))


def test_a_report_without_any_test_is_asked_for_one_where_it_names_a_benefit():
    results = "RESULTS: Pain was lower with the spray than with placebo at 4 weeks."
    (found,) = over(judged(results, "The spray reduces pain.", methods=UNNAMED))
    assert "nor a test" in found.because
    assert "give the test" in found.advice


def test_all_outcomes_are_not_some():
    results = f"{MET} Sleep did not differ between the groups (P = .40)."
    (found,) = over(judged(results, "The spray was superior to placebo in all outcomes."))
    assert found.reason == "null-result"
    assert "sleep" in found.because.lower()
    assert not over(judged(MET, "The spray was superior to placebo in all outcomes."))


@pytest.mark.parametrize(
    ("results", "conclusion"),
    [
        pytest.param(
            "RESULTS: Fentanyl consumption was lower with the spray than with placebo (P = .01). "
            "Pain did not differ between the groups.",
            "The spray reduced fentanyl consumption.",
            id="what-is-told-first",
        ),
        pytest.param(
            "RESULTS: Fatigue did not differ between the groups (P = .45).",
            "Although the spray had modest effects on pain, it did not reduce fatigue.",
            id="conceded-before-the-failure",
        ),
        pytest.param(
            "RESULTS: Pain did not differ between the groups (P = .45).",
            "The spray did not reduce pain. We question the benefit of the spray.",
            id="questioned",
        ),
        pytest.param(
            "RESULTS: Pain did not differ between the groups (P = .45). The spray group had a "
            "higher body mass at trial entry.",
            "The spray does not relieve pain.",
            id="at-baseline",
        ),
        pytest.param(
            "RESULTS: Response rates were comparable between the groups.",
            "The biosimilar maintained similar efficacy.",
            id="biosimilar",
        ),
    ],
)
def test_a_report_without_a_named_primary_outcome_is_not_called_spun(results, conclusion):
    assert over(judged(results, conclusion, methods=UNNAMED)) == []


@pytest.mark.parametrize(
    ("results", "conclusion"),
    [
        pytest.param(
            "RESULTS: Pain did not differ between the groups. Fentanyl consumption was lower with "
            "the spray than with placebo (P = .01).",
            "The spray reduced fentanyl consumption.",
            id="told-after-the-failure",
        ),
        pytest.param(
            "RESULTS: Pain did not differ between the groups (P = .45).",
            "Although the spray did not reduce costs, it relieved pain.",
            id="the-failure-conceded",
        ),
        pytest.param(
            "RESULTS: Pain did not differ between the groups (P = .45).",
            "The spray is comparably effective.",
            id="comparably",
        ),
    ],
)
def test_a_report_that_sells_is_called_spun_without_a_named_primary_outcome(results, conclusion):
    assert over(judged(results, conclusion, methods=UNNAMED))


def test_a_result_with_its_own_comparison_is_one_between_groups():
    results = (
        "RESULTS: Pain was significantly lower with the spray than with placebo, without relevant "
        "differences between the two doses."
    )
    (found,) = over(judged(results, "The spray relieves pain.", methods=UNNAMED))
    pain = found.evidence[0].match.outcome
    assert [one.comparison for one in pain.analyses] == ["between-group", "between-group"]
    assert [one.finding.kind for one in pain.analyses] == ["improved", "no-difference"]
    assert "pain: no significant difference" in found.because.lower()


def test_findings_less_sure_than_asked_for_do_not_fail(tmp_path, capsys):
    paper = tmp_path / "paper.txt"
    paper.write_text(f"{UNNAMED}\n\n{NULL}\n\nCONCLUSION: The spray relieves pain.\n")
    least = ["--fail-on", "warning", "--min-confidence"]
    assert main(["self-check", str(paper), *least, "low"]) == 1
    capsys.readouterr()
    assert main(["self-check", str(paper), *least, "medium"]) == 0
    assert "OVERSTATED" not in capsys.readouterr().out
