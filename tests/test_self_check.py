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


def judged(results, conclusion):
    text = f"{METHODS}\n\n{results}\n\nCONCLUSION: {conclusion}"
    return cc.self_check(text, title="A spray for back pain").documents[0].verdicts


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
    over = [v for v in judged(results, conclusion) if v.kind == "overstated"]
    assert [v.reason for v in over] == [reason]
    assert "pain" in over[0].because


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
    assert not [v for v in judged(results, conclusion) if v.kind == "overstated"]


def test_the_command_gates_and_shows_the_numbers(tmp_path, capsys):
    report = tmp_path / "abstract.txt"
    report.write_text(f"A spray for pain\n\n{METHODS}\n\n{NULL}\n\nCONCLUSION: It relieves pain.")
    assert main(["self-check", str(report), "--format", "json"]) == 1
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert document["overstated"] is True
    assert main(["self-check", str(tmp_path / "none.txt")]) == 2
