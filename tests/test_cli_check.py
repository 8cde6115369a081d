"""`claimcheck check` through its own front door: output, exit codes, errors, the gate."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from claimcheck.cli.main import main

SCHEMA = Path(__file__).parents[1] / "claimcheck" / "reports" / "schema.json"
RECORD = """\
id: orlova-2019-turmeric-knee
title: Turmeric paste for pain in osteoarthritis of the knee
identifiers: {doi: 10.1000/example.1}
year: 2019
design: {type: randomized, blinding: double, control: placebo, enrolled: 64}
conditions: [osteoarthritis]
interventions: [turmeric]
comparators: [placebo]
outcomes:
  - {name: Knee Pain Scale, concept: pain, kind: efficacy, role: primary, timepoint: 12 weeks,
     better: lower, measure: mean change, estimate: -0.10, ci: [-0.32, 0.12], p: 0.40}
"""
CLAIM = "Turmeric reduced pain in adults with osteoarthritis."
DRAFT = f"# A root for sore joints\n\n{CLAIM}\n\nTurmeric improves sleep in adults.\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with a draft that overstates, one that is calm, and a corpus of one trial."""
    (tmp_path / "trials").mkdir()
    (tmp_path / "trials" / "orlova.yaml").write_text(RECORD, encoding="utf-8")
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "calm.md").write_text("# The weather\n\nIt rained.\n", encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text('corpus = ["trials"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(desk, capfd):
    def run(*args):
        code = main(["check", *args])
        told = capfd.readouterr()
        return code, told.out, told.err

    assert desk.is_dir()
    return run


def fresh(*args, cwd, stdin=b"", **environment):
    return subprocess.run(
        [sys.executable, "-m", "claimcheck", *args],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_draft_that_overstates_a_negative_primary_fails_the_gate(run):
    code, out, err = run("draft.md")
    assert code == 1
    assert "line 3 " in out or " 3 " in out
    assert "✗ OVERSTATED [error]" in out
    assert "Orlova 2019" in out
    assert "−0.10 (95% CI" in out
    assert re.search(r"2 claims, 1 overstated, 1 not in your evidence \(\d+ trials", out)
    assert err == ""


def test_a_draft_without_claims_passes_and_says_so(run):
    code, out, _ = run("calm.md")
    assert code == 0
    assert "No efficacy claim found, so nothing was judged" in out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param(("--fail-on", "never"), 0, id="never"),
        pytest.param(("--fail-on", "warning"), 1, id="warning"),
        pytest.param(("--exit-zero",), 0, id="exit-zero"),
        pytest.param(("--exit-zero", "none.md"), 2, id="a missing path, though exit-zero"),
        pytest.param(("--require-coverage", "50", "--fail-on", "never"), 0, id="covered"),
        pytest.param(("--require-coverage", "51", "--fail-on", "never"), 1, id="not covered"),
        pytest.param(("--only", "supported"), 1, id="only does not blind the gate"),
        pytest.param(("--output", "json=report.json"), 1, id="output does not change the code"),
    ],
)
def test_exit_codes(run, args, expected):
    assert run("draft.md", *args)[0] == expected


@pytest.mark.parametrize("least", ["low", "medium", "high"])
def test_verdicts_that_are_less_sure_are_neither_listed_nor_counted_by_the_gate(run, least):
    order = ["low", "medium", "high"]
    _, out, _ = run("draft.md", "--format", "json")
    wanted = [
        claim["text"]
        for claim in json.loads(out)["documents"][0]["claims"]
        if order.index(claim["confidence"]) >= order.index(least)
    ]
    code, out, _ = run("draft.md", "--format", "json", "--min-confidence", least)
    shown = json.loads(out)["documents"][0]["claims"]
    assert [claim["text"] for claim in shown] == wanted
    assert sum(json.loads(out)["documents"][0]["counts"].values()) == 2
    assert code == int(any(claim["verdict"] == "overstated" for claim in shown))


def test_notes_alone_fail_only_at_note(run, desk):
    (desk / "sleep.md").write_text("Turmeric improves sleep in adults.\n", encoding="utf-8")
    assert run("sleep.md")[0] == 0
    assert run("sleep.md", "--fail-on", "warning")[0] == 0
    assert run("sleep.md", "--fail-on", "note")[0] == 1


def test_the_gap_in_coverage_is_told(run):
    _, _, err = run("draft.md", "--require-coverage", "90")
    assert "coverage is 50 %, 90 % is required: 1 of 2 claims could be judged" in err


def test_a_suppressed_issue_does_not_count(run, desk):
    silenced = f"<!-- claimcheck-disable-next-line -- a slogan, judged below -->\n{CLAIM}\n"
    (desk / "quiet.md").write_text(silenced, encoding="utf-8")
    code, out, _ = run("quiet.md", "--fail-on", "warning")
    assert code == 0
    assert "a slogan, judged below" in out
    code, out, _ = run("quiet.md", "--format", "sarif")
    results = json.loads(out)["runs"][0]["results"]
    assert {
        one["suppressions"][0]["justification"] for one in results if "suppressions" in one
    } == {"a slogan, judged below"}


def test_json_is_one_object_by_the_schema(run):
    code, out, err = run("draft.md", "calm.md", "--format", "json")
    content = json.loads(out)
    jsonschema.validate(content, json.loads(SCHEMA.read_text("utf-8")))
    assert code == 1
    assert err == ""
    assert [one["name"] for one in content["documents"]] == ["draft.md", "calm.md"]
    assert [one["overstated"] for one in content["documents"]] == [True, False]
    (claim,) = (one for one in content["documents"][0]["claims"] if one["verdict"] == "overstated")
    assert (claim["line"], claim["column"]) == (3, 1)
    assert DRAFT[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["reason"] == "negative-primary"


def test_standard_input_gives_the_same_as_the_file(run, desk):
    _, from_file, _ = run("draft.md", "--format", "json")
    answer = fresh(
        "check", "-", "--stdin-filename", "draft.md", "--format", "json",
        cwd=desk, stdin=DRAFT.encode(),
    )  # fmt: skip
    assert answer.stdout.decode() == from_file
    assert answer.returncode == 1


def test_two_runs_give_the_same_bytes(desk):
    one, two = (
        fresh("check", "draft.md", "--format", "json", cwd=desk, PYTHONHASHSEED=seed)
        for seed in ("1", "2")
    )
    assert one.stdout == two.stdout
    assert one.stdout


def test_one_file_that_cannot_be_read_does_not_stop_the_others(run, desk):
    (desk / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    code, out, err = run("broken.docx", "draft.md", "none.md")
    assert code == 2
    assert "OVERSTATED" in out
    assert "broken.docx" in err
    assert "none.md: no such file or folder" in err


def test_json_tells_what_could_not_be_read_beside_the_rest(run):
    code, out, _ = run("draft.md", "none.md", "--format", "json")
    content = json.loads(out)
    assert code == 2
    assert [one["path"] for one in content["errors"]] == ["none.md"]
    assert len(content["documents"]) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(("none.md",), "no such file or folder", id="missing path"),
        pytest.param(("none*.md",), "matches no file", id="glob"),
        pytest.param(("draft.md", "--corpus", "none"), "no such folder", id="corpus"),
        pytest.param(("draft.md", "--rules", "none"), "no such folder of rules", id="rules"),
        pytest.param(("draft.md", "--config", "none.toml"), "cannot be read", id="config"),
        pytest.param(("draft.md", "--width", "3"), "40 or more", id="width"),
        pytest.param(("draft.md", "--output", "json"), "wanted FORMAT=PATH", id="output"),
        pytest.param(("draft.md", "--output", "json=no/a.json"), "no folder", id="output folder"),
        pytest.param(("draft.md", "--output", "json=trials"), "is a folder", id="output is one"),
        pytest.param(("draft.md", "--require-coverage", "101"), "0 to 100", id="coverage"),
        pytest.param(("draft.md", "--nonsense"), "No such option", id="unknown option"),
        pytest.param((), "claimcheck check draft.md", id="no path"),
    ],
)
def test_what_is_wrong_is_told_in_words_and_in_json(run, args, words):
    code, out, err = run(*args)
    assert code == 2
    assert words in err
    assert "Traceback" not in err
    assert out == ""
    code, out, _ = run(*args, "--format", "json")
    assert code == 2
    assert words in json.loads(out)["error"]["message"]


def test_a_bad_setting_names_file_line_and_the_nearest_key(run, desk):
    (desk / "claimcheck.toml").write_text('\nfail_on = "note"\n', encoding="utf-8")
    code, _, err = run("draft.md")
    assert code == 2
    assert "claimcheck.toml:2: fail_on: unknown setting; did you mean fail-on?" in err


def test_several_faults_in_settings_come_one_by_one_in_json(run, desk):
    (desk / "claimcheck.toml").write_text("nonsense = 1\nonly = 3\n", encoding="utf-8")
    errors = json.loads(run("draft.md", "--format", "json")[1])["errors"]
    assert [(Path(one["path"]).name, one["line"]) for one in errors] == [
        ("claimcheck.toml", 1),
        ("claimcheck.toml", 2),
    ]
    assert errors[1]["message"].startswith("only: wanted a list")


def test_all_missing_folders_are_told_with_the_setting_that_names_them(run, desk):
    settings = 'corpus = ["one", "two"]\nrules = ["three"]\n'
    (desk / "claimcheck.toml").write_text(settings, encoding="utf-8")
    code, _, err = run("draft.md")
    assert code == 2
    set_by = f"set by {desk}/claimcheck.toml)"
    assert f"{desk}/one: no such folder of trial records (corpus, {set_by}" in err
    assert f"{desk}/two: no such folder of trial records (corpus, {set_by}" in err
    assert f"{desk}/three: no such folder of rules (rules, {set_by}" in err
    errors = json.loads(run("draft.md", "--format", "json")[1])["errors"]
    assert [Path(one["path"]).name for one in errors] == ["three", "one", "two"]


def test_a_link_to_itself_is_told_as_that(run, desk):
    (desk / "loop.md").symlink_to("loop.md")
    assert "loop.md: is a link that leads nowhere, or to itself" in run("loop.md")[2]


def test_an_excluded_file_named_outright_passes_with_force_exclude(run):
    code, out, err = run("draft.md", "--exclude", "*.md", "--force-exclude")
    assert code == 0
    assert "Nothing was checked" in out
    assert "draft.md: left out by the settings" in err


def test_reports_are_written_to_files_whole(run, desk):
    code, out, _ = run("draft.md", "--output", "json=a.json", "--output", "sarif=b.sarif")
    assert code == 1
    assert "OVERSTATED" in out
    assert json.loads((desk / "a.json").read_text("utf-8"))["schema_version"] == "1"
    assert json.loads((desk / "b.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert not [path for path in desk.iterdir() if path.name.startswith(".")]


def test_a_report_of_nothing_read_is_not_written(run, desk):
    (desk / "old.json").write_text("old", encoding="utf-8")
    assert run("none.md", "--output", "json=old.json")[0] == 2
    assert (desk / "old.json").read_text("utf-8") == "old"


def test_line_and_github_name_the_place(run):
    _, out, err = run("draft.md", "--format", "line")
    assert re.match(r"draft\.md:3:1: CC\d+ \[error\] ", out)
    assert "2 claims, 1 overstated" in err
    _, out, _ = run("draft.md", "--format", "github")
    assert re.match(r"::error title=claimcheck CC\d+,file=draft\.md,line=3,col=1,", out)


def test_github_is_told_where_in_the_repository_a_draft_lies(run, desk, monkeypatch):
    (desk / ".git").mkdir()
    (desk / "posts").mkdir()
    (desk / "draft.md").rename(desk / "posts" / "draft.md")
    monkeypatch.chdir(desk / "posts")
    assert ",file=posts/draft.md,line=3," in run("draft.md", "--format", "github")[1]
    assert run("draft.md", "--format", "line")[1].startswith("draft.md:3:1: ")  # for editors


def test_a_misspelt_request_is_told_at_its_line(run, desk):
    draft = "# The weather\n\nIt rained.\n\n<!-- claimcheck-disable-nextline -->\n"
    (desk / "calm.md").write_text(draft, encoding="utf-8")
    told = "claimcheck-disable-nextline is unknown"
    assert run("calm.md", "--format", "line")[1].startswith(f"calm.md:5:1: input [note] {told}")
    assert f"file=calm.md,line=5::{told}" in run("calm.md", "--format", "github")[1]
    assert f"! line 5: {told}" in run("calm.md")[1]


def test_verbose_tells_why(run):
    _, out, _ = run("draft.md", "--verbose")
    assert "read as" in out
    assert "trace" in out


def test_quiet_shows_findings_and_coverage_alone(run):
    _, out, _ = run("draft.md", "--quiet")
    assert "OVERSTATED" in out
    assert "sleep" not in out
    assert "2 claims, 1 overstated" in out


def test_quiet_still_tells_what_turns_the_gate_red(run, desk):
    idle = "<!-- claimcheck-disable-next-line CC101 -->\nIt rained.\n"
    (desk / "calm.md").write_text(f"{idle}\nSee doi:10.1000/unknown.\n", encoding="utf-8")
    code, out, _ = run("calm.md", "--quiet")
    assert code == 1
    assert "! line 1: this suppression of CC101 silences nothing" in out
    assert "10.1000/unknown" not in out


def test_show_files_and_settings_check_nothing(run):
    code, out, _ = run(".", "--show-files")
    assert (code, out.split()) == (0, ["calm.md", "draft.md"])
    code, out, _ = run("draft.md", "--show-settings", "--fail-on", "note")
    assert code == 0
    assert 'fail-on = "note"  # command line' in out
    assert re.search(r'corpus = \[".*trials"\]  # .*claimcheck\.toml', out)


ANSI = b"\x1b["


@pytest.mark.parametrize(
    ("args", "environment", "colored"),
    [
        pytest.param((), {}, False, id="piped"),
        pytest.param((), {"FORCE_COLOR": "1"}, True, id="FORCE_COLOR"),
        pytest.param((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, id="NO_COLOR wins"),
        pytest.param((), {"NO_COLOR": "", "FORCE_COLOR": "1"}, True, id="empty NO_COLOR"),
        pytest.param(("--color", "always"), {"NO_COLOR": "1"}, True, id="always"),
        pytest.param(("--color", "never"), {"FORCE_COLOR": "1"}, False, id="never"),
    ],
)
def test_colour(desk, args, environment, colored):
    answer = fresh("check", "draft.md", *args, cwd=desk, **environment)
    assert (ANSI in answer.stdout) is colored


def test_a_terminal_without_our_signs_gets_ascii(desk):
    answer = fresh("check", "draft.md", cwd=desk, PYTHONIOENCODING="ascii")
    assert answer.returncode == 1
    assert b"x OVERSTATED" in answer.stdout


def test_the_width_of_a_pipe_is_what_columns_says(desk):
    for columns in ("60", "140"):
        answer = fresh("check", "draft.md", cwd=desk, COLUMNS=columns)
        assert max(map(len, answer.stdout.decode().splitlines())) <= int(columns)


def test_a_closed_pipe_is_silent(desk):
    command = f"{sys.executable} -m claimcheck check draft.md --verbose | true"
    answer = subprocess.run(["/bin/sh", "-c", command], cwd=desk, capture_output=True, check=False)
    assert answer.stderr == b""


def test_an_unexpected_error_is_short_and_ends_with_3(run, monkeypatch):
    def explode(*_args, **_kwargs):
        raise ZeroDivisionError("the sky fell")

    monkeypatch.setattr("claimcheck.cli.reading.read_all", explode)
    code, _, err = run("draft.md")
    assert code == 3
    assert "a bug in claimcheck: ZeroDivisionError: the sky fell" in err
    assert "Traceback" not in err
    with pytest.raises(ZeroDivisionError):
        run("draft.md", "--debug")


def test_an_interrupt_ends_with_130_and_leaves_files_alone(run, desk, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    (desk / "old.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr("claimcheck.cli.engine.run", interrupt)
    code, out, err = run("draft.md", "--output", "json=old.json")
    assert (code, out) == (130, "")
    assert "interrupted" in err
    assert (desk / "old.json").read_text("utf-8") == "old"


def test_drafts_with_settings_of_their_own_are_judged_by_them(run, desk):
    (desk / "far").mkdir()
    (desk / "far" / "draft.md").write_text(DRAFT, encoding="utf-8")
    (desk / "far" / "claimcheck.toml").write_text("", encoding="utf-8")
    _, out, _ = run("draft.md", "far/draft.md", "--format", "json")
    near, far = json.loads(out)["documents"]
    assert near["overstated"]
    assert not far["overstated"]


def test_an_idle_suppression_is_red_unless_other_evidence_judges(run, desk):
    idle = f"<!-- claimcheck-disable-next-line CC101 -- once needed -->\nIt rained.\n\n{CLAIM}\n"
    (desk / "idle.md").write_text(idle, encoding="utf-8")
    (desk / "other.yaml").write_text(RECORD.replace("turmeric", "zinc"), encoding="utf-8")
    code, out, _ = run("idle.md", "--format", "line")
    assert code == 1
    assert "idle.md:1:1: unused-suppression [error] this suppression of CC101" in out
    code, out, _ = run("idle.md", "--against", "other.yaml", "--format", "line")
    assert code == 0
    assert "idle.md:1:1: unused-suppression [note] " in out
