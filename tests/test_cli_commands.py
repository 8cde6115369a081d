"""The other commands: help, version, explain, claims, trials, rules."""

from __future__ import annotations

import json
import re

import pytest

from claimcheck import __version__
from claimcheck.cli.main import main
from tests.test_cli_check import DRAFT, RECORD

ANSI = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
COMMANDS = (
    ("check",),
    ("claims",),
    ("compare",),
    ("self-check",),
    ("explain",),
    ("watch",),
    ("init",),
    ("doctor",),
    ("trials", "ask"),
    ("trials", "fetch"),
    ("trials", "import"),
    ("trials", "list"),
    ("trials", "search"),
    ("trials", "stats"),
    ("trials", "export"),
    ("trials", "remove"),
    ("trials", "show"),
    ("trials", "add"),
    ("trials", "lint"),
    ("rules", "list"),
    ("rules", "lint"),
    ("rules", "test"),
)


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(list(args))
        told = capfd.readouterr()
        return code, ANSI.sub("", told.out), ANSI.sub("", told.err)

    return run


@pytest.fixture
def mine(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "orlova.yaml").write_text(RECORD, encoding="utf-8")
    return tmp_path / "mine"


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version(run, option):
    assert run(option) == (0, f"claimcheck {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_with_an_example(run, command, option):
    code, out, _ = run(*command, option)
    assert code == 0
    assert "Examples:" in out
    assert f"claimcheck {' '.join(command)}" in out.split("Examples:")[1]


def test_the_overview_names_every_command(run):
    code, out, _ = run("--help")
    assert code == 0
    for command in COMMANDS:
        assert command[0] in out


@pytest.mark.parametrize("args", [(), ("trials",), ("rules",), ("nonsense",), ("trials", "x")])
def test_a_command_that_is_missing_or_unknown_is_an_error(run, args):
    code, _, err = run(*args)
    assert code == 2
    assert "--help" in err


def test_shell_completion_is_there(run):
    _, out, _ = run("--help")
    assert "--install-completion" in out


def test_explain_tells_meaning_example_and_reference(run):
    code, out, _ = run("explain", "cc101")
    assert code == 0
    assert out.startswith("CC101 ")
    assert "Fires on" in out
    assert "Boutron 2010" in out
    assert "{" not in out


def test_explain_of_an_unknown_code_names_the_nearest(run):
    code, _, err = run("explain", "CC10")
    assert code == 2
    assert re.search(r"did you mean CC\d\d\d", err)


def test_explain_knows_what_notices_are_called(run):
    code, out, _ = run("explain", "unused-suppression")
    assert code == 0
    assert "silences a rule" in out


def test_claims_lists_without_judging(run, tmp_path, mine):
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    code, out, _ = run("claims", "draft.md", "--corpus", str(mine))
    assert code == 0
    assert "line 3" in out
    assert "OVERSTATED" not in out
    code, out, _ = run("claims", "draft.md", "--corpus", str(mine), "--format", "json")
    (document,) = json.loads(out)["documents"]
    assert {claim["outcome"]["text"] for claim in document["claims"]} == {"pain", "sleep"}
    assert "verdict" not in document["claims"][0]
    for claim in document["claims"]:
        assert DRAFT[claim["start"] : claim["end"]] == claim["quote"]


def test_claims_of_a_missing_draft_is_an_error_in_json_too(run):
    code, out, err = run("claims", "none.md", "--format", "json")
    assert code == 2
    assert "no such file" in err
    assert json.loads(out)["error"]["path"] == "none.md"


def test_trials_list_and_show(run, mine):
    code, out, _ = run("trials", "list", "--corpus", str(mine))
    assert code == 0
    assert re.search(r"orlova-2019-turmeric-knee +2019 +randomized +Turmeric paste", out)
    code, out, _ = run("trials", "list", "--corpus", str(mine), "--json")
    assert "orlova-2019-turmeric-knee" in {one["id"] for one in json.loads(out)}
    show = ("trials", "show", "orlova-2019-turmeric-knee", "--corpus", str(mine))
    code, out, _ = run(*show, "--width", "120")
    assert code == 0
    primary = out.index("\nprimary\n")
    assert re.search(
        r"Knee Pain Scale, 12 weeks .*−0\.10 \(95% CI −0\.32 to 0\.12\)", out[primary:]
    )
    assert {len(line) <= 80 for line in run(*show, "--width", "80")[1].splitlines()} == {True}
    assert run(*show, "--width", "8")[0] == 2
    assert "https://doi.org/10.1000/example.1" in out


def test_an_unknown_trial_names_the_nearest(run, mine):
    code, _, err = run("trials", "show", "orlova-2019", "--corpus", str(mine))
    assert code == 2
    assert "did you mean orlova-2019-turmeric-knee?" in err


def test_trials_add_looks_a_record_over_and_takes_it_in(run, tmp_path):
    (tmp_path / "new.yaml").write_text(RECORD, encoding="utf-8")
    code, _, err = run("trials", "add", "new.yaml")
    assert code == 2
    assert "--corpus DIR" in err
    (tmp_path / "claimcheck.toml").write_text('corpus = ["own"]', encoding="utf-8")
    assert run("trials", "add", "new.yaml")[0] == 0
    assert (tmp_path / "own" / "orlova-2019-turmeric-knee.yaml").is_file()
    code, _, err = run("trials", "add", "new.yaml")
    assert code == 2
    assert "already" in err


def test_trials_lint_names_file_and_line(run, tmp_path):
    bad = RECORD.replace("p: 0.40", "p: 40")
    (tmp_path / "bad.yaml").write_text(bad, encoding="utf-8")
    code, out, _ = run("trials", "lint", "bad.yaml")
    assert code == 2
    assert re.search(r"bad\.yaml:\d+", out)
    (tmp_path / "good.yaml").write_text(RECORD, encoding="utf-8")
    assert run("trials", "lint", "good.yaml")[0] == 0
    assert run("trials", "lint", "none.yaml")[0] == 2


def test_trials_lint_speaks_of_your_own_records_alone(run, tmp_path):
    (tmp_path / "own").mkdir(exist_ok=True)
    mine = "id: hemila-2011-zinc\ntitle: Zinc for colds\n"
    (tmp_path / "own" / "mine.yaml").write_text(mine, encoding="utf-8")
    _, out, _ = run("trials", "lint", "--corpus", "own")
    assert "mine.yaml:1: [warning] no source" in out
    assert "has the id hemila-2011-zinc, as has" in out
    assert all("own/mine.yaml" in line for line in out.splitlines()[:-1])


def test_the_bundled_records_and_rules_have_no_fault(run):
    assert run("trials", "lint")[0] == 0
    assert run("rules", "lint")[0] == 0


def test_rules_list(run):
    code, out, _ = run("rules", "list")
    assert code == 0
    assert re.search(r"CC101 +error +overstated +negative-primary", out)
    code, out, _ = run("rules", "list", "--json")
    assert "CC101" in {rule["code"] for rule in json.loads(out)["rules"]}


def test_the_examples_of_the_bundled_rules_hold(run):
    code, out, _ = run("rules", "test")
    assert "0 faults" in out
    assert code == 0


def test_a_cue_whose_example_does_not_hold_is_named(run, tmp_path):
    (tmp_path / "own" / "lexicon").mkdir(parents=True)
    (tmp_path / "own" / "lexicon" / "own.yaml").write_text(
        "cues:\n  - {id: hedge.own, kind: hedge, phrases: [perchance], source: ours,\n"
        "     match: [It never says the word.], no_match: [It may help.]}\n",
        encoding="utf-8",
    )
    code, out, _ = run("rules", "test", "--rules", "own")
    assert code == 1
    assert "hedge.own" in out


def test_rules_that_are_malformed_end_with_2(run, tmp_path):
    (tmp_path / "own" / "lexicon").mkdir(parents=True)
    (tmp_path / "own" / "lexicon" / "own.yaml").write_text("cues: 3\n", encoding="utf-8")
    code, _, err = run("rules", "list", "--rules", "own")
    assert code == 2
    assert "own.yaml:1" in err
