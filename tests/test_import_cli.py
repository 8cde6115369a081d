"""`claimcheck trials import` and what is done with imported trials; `check --against`."""

from __future__ import annotations

import json

import pytest

from claimcheck.cli.main import main
from tests import import_factory as made

DRAFT = "# Zelomab helps\n\nZelomab reduces knee pain in people with osteoarthritis.\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(*args):
        code = main([str(arg) for arg in args])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def files(tmp_path):
    """A registry's record, the trial's abstract, a draft, and what is none of them."""
    (tmp_path / "study.json").write_text(made.study_text())
    (tmp_path / "abstract.txt").write_text(f"{made.TITLE}\n\n{made.PROSE}")
    (tmp_path / "paper.xml").write_text(made.PUBMED)
    (tmp_path / "draft.md").write_text(DRAFT)
    (tmp_path / "junk.tsv").write_text("a\tb\n")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_an_imported_trial_is_listed_shown_and_found(run):
    code, out, err = run("trials", "import", "study.json")
    assert (code, err) == (0, "")
    assert out.startswith("1 added")
    assert "NCT09000001" in run("trials", "list")[1]
    assert "Knee pain" in run("trials", "show", "nct09000001")[1]
    assert "NCT09000001" in run("trials", "search", "zelomab")[1]
    _, out, err = run("trials", "search", "zelomab", "asthma")
    assert out == "0 trials\n"
    assert "try fewer words" in err
    stats = json.loads(run("trials", "stats", "--json")[1])
    assert stats["trials"] == len(json.loads(run("trials", "list", "--json")[1]))
    assert run("trials", "import", "study.json")[1].startswith("1 unchanged")


@pytest.mark.usefixtures("files")
def test_a_claim_is_judged_by_what_was_imported(run):
    assert "CC101" not in run("check", "draft.md")[1]
    run("trials", "import", "study.json")
    code, out, _ = run("check", "draft.md")
    assert code == 1
    assert "CC101" in out
    assert "Zelomab" in run("claims", "draft.md")[1]


@pytest.mark.usefixtures("files")
def test_a_folder_of_imported_trials_is_a_corpus(run):
    run("trials", "import", "study.json", "--into", "evidence")
    assert "NCT09000001" not in run("trials", "list")[1]
    assert "NCT09000001" in run("trials", "list", "--corpus", "evidence")[1]
    assert "CC101" in run("check", "draft.md", "--corpus", "evidence")[1]


@pytest.mark.parametrize("evidence", ["study.json", "abstract.txt", "paper.xml"])
def test_a_draft_against_a_file(run, files, evidence):
    code, out, err = run("check", "draft.md", "--against", evidence)
    assert (code, err) == (1, "")
    assert "CC101" in out
    assert "(1 trial)" in out
    assert not (files / "data").exists()


def test_a_corpus_may_hold_the_files_it_was_imported_from(run, files):
    (files / "mine").mkdir()
    (files / "mine" / "study.json").write_text(made.study_text())
    assert run("trials", "list", "--corpus", "mine")[0] == 2
    run("trials", "import", "mine", "--into", "mine")
    (files / "mine" / "own.json").write_text('{"id": "own", "interventions": ["zinc"]}')
    code, out, err = run("trials", "list", "--corpus", "mine")
    assert (code, err) == (0, "")
    assert "NCT09000001" in out
    assert "own " in out
    assert run("trials", "import", "mine", "--into", "mine")[1].startswith("1 added, 1 unchanged")


def test_against_a_file_beside_a_corpus(run, files):
    (files / "mine").mkdir()
    out = run("check", "draft.md", "--against", "study.json", "--corpus", "mine")[1]
    assert "CC101" in out
    assert "(1 trial)" not in out


@pytest.mark.usefixtures("files")
def test_the_draft_alone_may_come_on_standard_input(run):
    code, _, err = run("check", "-", "--against", "-")
    assert code == 2
    assert "standard input" in err


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("evidence", ["junk.tsv", "nowhere.json"])
def test_against_what_holds_no_trial(run, evidence):
    code, out, err = run("check", "draft.md", "--against", evidence)
    assert (code, out) == (2, "")
    assert err.startswith(f"claimcheck: {evidence}: ")


@pytest.mark.usefixtures("files")
def test_what_is_of_no_use_is_named_at_the_end(run):
    code, out, err = run("trials", "import", ".")
    assert code == 0
    assert "1 added" not in out  # the draft is none, the three others are
    assert "left out: junk.tsv: " in err
    assert "left out: draft.md: " in err
    assert err.endswith("2 left out in all\n")


@pytest.mark.usefixtures("files")
def test_a_path_without_a_trial_ends_with_two_and_the_rest_is_kept(run):
    code, out, err = run("trials", "import", "junk.tsv", "study.json")
    assert code == 2
    assert out.startswith("1 added")
    assert err.count("junk.tsv") == 1
    assert "NCT09000001" in run("trials", "list")[1]


def test_strict_stops_and_keeps_nothing(run, files):
    code, out, err = run("trials", "import", "study.json", "junk.tsv", "--strict")
    assert (code, out) == (2, "")
    assert err.startswith("claimcheck: junk.tsv: ")
    assert not list((files / "data").glob("*"))


def test_a_missing_path_is_told_before_anything_is_imported(run, files):
    code, out, err = run("trials", "import", "study.json", "nowhere")
    assert (code, out) == (2, "")
    assert "nowhere: no such file or folder" in err
    assert not (files / "data").exists()


def test_nothing_to_import(run):
    assert run("trials", "import")[0] == 2


def test_registry_and_report_are_joined_and_a_switch_is_shown(run, files):
    switched = made.study()
    measures = switched["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"]
    measures[0]["title"] = "Overall survival"
    (files / "study.json").write_text(json.dumps(switched))
    run("trials", "import", "study.json", "paper.xml")
    out = run("trials", "show", "NCT09000001", "--width", "240")[1]
    assert "outcome-switched: primary in the report, not named in the registry" in out
    assert "the primary outcome that was registered" in out
    assert run("trials", "show", "pmid-900000001", "--width", "240")[1] == out


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("form", ["yaml", "jsonl"])
def test_what_is_exported_can_be_imported(run, form):
    run("trials", "import", "study.json")
    run("trials", "export", "--format", form, "--output", f"all.{form}")
    code, out, _ = run("trials", "import", f"all.{form}", "--into", "copy")
    assert code == 0
    assert out.startswith(f"{len(json.loads(run('trials', 'list', '--json')[1]))} added")
    one = run("trials", "export", "NCT09000001", "--format", form)[1]
    assert one == run("trials", "export", "NCT09000001", "--format", form, "--corpus", "copy")[1]


@pytest.mark.usefixtures("files")
def test_removing(run):
    assert run("trials", "remove", "NCT09000001")[0] == 2
    run("trials", "import", "study.json")
    assert run("trials", "remove", "nct09000001")[:2] == (0, "removed 1 trial\n")
    assert "NCT09000001" not in run("trials", "list")[1]
    assert run("trials", "remove", "NCT09000001")[0] == 2


def test_a_damaged_store_is_told(run, files):
    (files / "data").mkdir()
    (files / "data" / "trials.sqlite").write_text("no database")
    for command in (("trials", "list"), ("check", "draft.md"), ("trials", "import", "study.json")):
        code, _, err = run(*command)
        assert code == 2
        assert "trials.sqlite: is damaged or no store of trials" in err


@pytest.mark.usefixtures("files")
def test_progress_is_for_terminals_alone(run, monkeypatch):
    monkeypatch.setattr("claimcheck.cli.progress._LEAST", 0)
    monkeypatch.setattr("claimcheck.cli.progress._PATIENCE", 0)
    assert run("trials", "import", "study.json")[2] == ""
