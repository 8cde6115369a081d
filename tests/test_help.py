"""Help and errors: every command shows examples, every mistake is met with what to do next."""

from __future__ import annotations

import re

import pytest

from claimcheck.cli.app import command
from claimcheck.cli.main import main
from tests.test_cli_check import CLAIM


def paths(one=None, path=()):
    one = one or command()
    yield path
    for name, inner in getattr(one, "commands", {}).items():
        yield from paths(inner, (*path, name))


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    (tmp_path / "draft.md").write_text(CLAIM, encoding="utf-8")

    def run(*args):
        code = main(list(args))
        told = capfd.readouterr()
        return code, re.sub(r"\x1b\[[\d;]*m", "", told.out), told.err

    return run


@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_help_of_every_command_has_examples_that_fit(run, path):
    code, out, _ = run(*path, "--help")
    assert code == 0
    examples = out.partition("Examples:\n")[2].partition("\n\n")[0].splitlines()
    assert examples
    assert {line for line in examples if " ".join(("claimcheck", *path)) not in line} == set()
    # A list of choices is one word to typer, which it does not break.
    assert [line for line in out.splitlines() if len(line) > 80 and "|" not in line] == []


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "To check a draft: claimcheck check draft.md"),
        (("draft.md",), "To check it: claimcheck check draft.md"),
        (("chekc", "draft.md"), "Did you mean 'check'"),
        (("check",), "name a draft, as in 'claimcheck check draft.md'"),
        (("check", "drfat.md"), "no such file or folder; did you mean draft.md?"),
        (("check", "other.txt"), "no such file or folder; looked in /"),
        (("check", "no/other.txt"), "there is no folder no either"),
        (("check", "draft.md", "--format", "pdf"), "'--format' / '-f': 'pdf' is not one of"),
        (("check", "draft.md", "--corpus", "nowhere"), "nowhere: no such folder of trial records"),
        (("check", "draft.md", "--diff", "main"), "leave --diff out"),
        (("check", "empty.md"), "the draft is empty; give a file that holds text"),
        (("check", "paper.pdf"), "PDF is not read; export the draft as .docx or as text"),
        (("check", "folder"), "the folder holds no draft to check (.docx, "),
        (("check", "broken/draft.md"), 'settings read like: fail-on = "warning"'),
        (("explain", "CC1O1"), "did you mean CC101; all of them: claimcheck rules list"),
        (("trials", "show", "NCT00000001"), "get it: claimcheck trials fetch NCT00000001"),
        (("trials", "show", "fitzgerald"), "did you mean fitzgerald-2021-ketamine-ms-fatigue?"),
        (("report", "draft.md"), "Say -o report.html"),
        (("report", "draft.md", "-o", "no/report.html"), "there is no folder no; make it first"),
        (("cache",), "Try 'claimcheck cache --help'."),
    ],
)
def test_a_mistake_is_told_with_what_to_do_next(run, tmp_path, args, told):
    (tmp_path / "empty.md").touch()
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "draft.md").write_text(CLAIM, encoding="utf-8")
    (tmp_path / "broken" / "claimcheck.toml").write_text("fail-on = warning", encoding="utf-8")
    code, _, err = run(*args)
    assert code == 2
    assert told in err
    assert "Value error" not in err


def test_a_folder_of_records_that_is_missing_is_told_whatever_is_cached(run):
    assert run("check", "draft.md", "--exit-zero")[0] == 0
    for _ in range(2):
        code, out, err = run("check", "draft.md", "--exit-zero", "--corpus", "nowhere")
        assert (code, out) == (2, "")
        assert "nowhere: no such folder of trial records" in err
