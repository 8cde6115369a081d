"""`--diff BASE`: of a branch's drafts only the claims on changed lines are judged."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.app.changed import Changed, only_changed
from claimcheck.cli.git import lines_between
from claimcheck.cli.main import main
from claimcheck.model.report import DocumentReport, Notice, NoticeKind
from claimcheck.model.verdict import Level
from tests import report_factory as factory

OLD = "Turmeric reduced pain in adults with osteoarthritis."
NEW = "Turmeric paste relieves pain in osteoarthritis."
MUCH = [f"On day {day} it rained, and nobody was surprised." for day in range(9)]


def git(folder, *arguments):
    told = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return told.stdout


def write(path, *paragraphs):
    path.parent.mkdir(exist_ok=True)
    if path.suffix != ".docx":
        path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        return
    word = Word()
    for one in paragraphs:
        word.add_paragraph(one)
    word.save(str(path))


@pytest.fixture
def branch(tmp_path, monkeypatch):
    """A repository whose branch has yet to change anything."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    write(tmp_path / "trials" / "orlova.yaml", factory.NULL_RECORD)
    (tmp_path / "claimcheck.toml").write_text('corpus = ["trials"]\n', encoding="utf-8")
    for name in ("old.md", "still.md", "word.docx"):
        write(tmp_path / "posts" / name, "It rained.", OLD)
    write(tmp_path / "posts" / "moved.md", "It rained.", *MUCH, OLD)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    git(tmp_path, "checkout", "-qb", "branch")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(branch, capfd):
    def run(*args):
        code = main(["check", *args])
        told = capfd.readouterr()
        return code, told.out, told.err

    assert branch.is_dir()
    return run


def found(out):
    """The line of each claim that was judged, by document."""
    report = json.loads(out)
    return {one["name"]: [claim["line"] for claim in one["claims"]] for one in report["documents"]}


def test_a_branch_that_changed_nothing_passes_and_says_so(run):
    code, _, err = run("posts", "--diff", "main")
    assert code == 0
    assert "--diff main: 0 of 4 drafts have changed" in err


@pytest.mark.parametrize("committed", [True, False])
def test_only_claims_on_changed_lines_are_judged(run, branch, committed):
    write(branch / "posts" / "old.md", "It rained.", NEW, OLD)
    write(branch / "posts" / "word.docx", "It rained.", NEW, OLD)
    git(branch, "mv", "posts/moved.md", "posts/far away é.md")
    write(branch / "posts" / "far away é.md", "It rained, they say.", *MUCH, OLD, NEW)
    write(branch / "posts" / "[new].md", OLD)
    if committed:
        git(branch, "add", ".")
        git(branch, "commit", "-qm", "two")
    code, out, err = run("posts", "--diff", "main", "--format", "json")
    assert code == 1
    assert found(out) == {
        "posts/[new].md": [1],
        "posts/far away é.md": [2 * len(MUCH) + 5],
        "posts/old.md": [3],
        "posts/word.docx": [3],
    }
    assert "--diff main: 4 of 5 drafts have changed; 4 of their 7 claims stand on" in err


def test_a_rename_alone_changes_no_line(run, branch):
    git(branch, "mv", "posts/moved.md", "posts/far.md")
    git(branch, "mv", "posts/word.docx", "posts/far.docx")
    code, out, _ = run("posts", "--diff", "main", "--format", "json")
    assert (code, found(out)) == (0, {"posts/far.docx": [], "posts/far.md": []})
    code, out, _ = run("posts", "--diff", "main", "--fail-on", "note")
    assert code == 0
    assert "1 of 1 claims stand on lines that have not changed since main, and are not" in out
    assert run("posts", "--diff", "main", "--format", "line")[1] == ""


def test_what_the_base_gained_since_is_not_this_branch_s(run, branch):
    git(branch, "checkout", "-q", "main")
    write(branch / "posts" / "still.md", "It snowed.", NEW)
    git(branch, "commit", "-qam", "theirs")
    git(branch, "checkout", "-q", "branch")
    write(branch / "posts" / "old.md", "It rained.", "It snowed.", OLD)
    git(branch, "commit", "-qam", "ours")
    code, out, _ = run("posts", "--diff", "main", "--format", "json")
    assert (code, found(out)) == (0, {"posts/old.md": []})


def test_it_works_from_a_folder_within_and_with_a_hook_s_environment(run, branch, monkeypatch):
    write(branch / "posts" / "old.md", "It rained.", NEW)
    monkeypatch.chdir(branch / "posts")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert run(".", "--diff", "main")[0] == 1


def test_a_user_s_own_git_settings_change_nothing(run, branch):
    write(branch / "posts" / "old.md", NEW, "It rained.", "It snowed.", OLD)
    for setting in (
        ("diff.noprefix", "true"),
        ("diff.external", "false"),
        ("diff.interHunkContext", "9"),
        ("diff.renames", "false"),
        ("color.ui", "always"),
    ):
        git(branch, "config", *setting)
    _, out, _ = run("posts", "--diff", "main", "--format", "json")
    assert found(out) == {"posts/old.md": [1]}


def test_known_findings_and_changed_lines_go_together(run, branch):
    assert run("posts", "--baseline", "known.json", "--write-baseline")[0] == 0
    write(branch / "posts" / "old.md", "It rained.", "It snowed.", OLD, NEW)
    args = ("posts", "--baseline", "known.json", "--diff", "main", "--format", "json")
    code, out, _ = run(*args)
    assert (code, found(out)) == (1, {"posts/old.md": [7]})
    (notice,) = json.loads(out)["documents"][0]["notices"]
    assert "1 of 2 claims stand on lines that have not changed since main" in notice["message"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(("--diff", "nowhere"), "does not have the commit 'nowhere'", id="no base"),
        pytest.param(("--diff", ""), "does not have the commit", id="empty"),
        pytest.param(("--diff", "--help"), "does not have the commit '--help'", id="an option"),
        pytest.param(("--diff", "main:posts"), "does not have the commit", id="a folder"),
        pytest.param(("--diff", "stranger"), "no commit in common", id="no merge base"),
        pytest.param(("--diff", "HEAD^{tree}"), "does not have the commit", id="a tree"),
        pytest.param(("-", "--diff", "main"), "standard input has no history", id="stdin"),
        pytest.param(
            ("--diff", "main", "--write-baseline", "--baseline", "b.json"),
            "leave out --diff",
            id="writing a baseline",
        ),
    ],
)
def test_what_git_cannot_answer_is_told(run, branch, args, words):
    git(branch, "checkout", "-q", "--orphan", "stranger")
    git(branch, "commit", "-qm", "alone")
    git(branch, "checkout", "-q", "branch")
    code, out, err = run("posts", *args)
    assert (code, out) == (2, "")
    assert words in err


def test_a_draft_outside_any_repository_is_told(run, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("alone")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    write(folder / "a.md", OLD)
    code, _, err = run(str(folder / "a.md"), "--diff", "main")
    assert code == 2
    assert "lies in no git repository" in err


def test_without_git_it_says_so(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    code, _, err = run("posts", "--diff", "main")
    assert code == 2
    assert "--diff needs the git command" in err


LINES = st.lists(st.sampled_from(["a", "b", "c", "", "Tea eases pain."]), max_size=8)


@given(before=LINES, after=LINES, ends=st.sampled_from(["\n", "\r\n"]))
def test_lines_that_are_not_new_stood_there_before(before, after, ends):
    changed = lines_between(*(ends.join([*lines, ""]) for lines in (before, after)))
    new = {row for first, last in changed.rows for row in range(first, last)}
    kept = [line for row, line in enumerate(after) if row not in new]
    rest = iter(before)
    assert all(line in rest for line in kept)
    assert bool(changed.rows) == (before != after)


def judged(text, rows, *notices):
    source = factory.document(text)
    verdict = factory.overstated(factory.claim(source, "Turmeric eases\npain"))
    report = DocumentReport(source, (verdict,), notices)
    return only_changed(report, Changed(rows))


@pytest.mark.parametrize(
    ("rows", "stays"),
    [
        pytest.param(((0, 2),), False, id="lines before"),
        pytest.param(((2, 3),), True, id="its first line"),
        pytest.param(((3, 4),), True, id="its last line"),
        pytest.param(((4, 9),), False, id="lines after"),
        pytest.param(((2, 2),), False, id="deleted before"),
        pytest.param(((3, 3),), True, id="deleted from within"),
        pytest.param(((4, 4),), False, id="deleted after"),
        pytest.param((), False, id="nothing"),
    ],
)
def test_a_claim_counts_where_its_lines_changed(rows, stays):
    report = judged("One.\n\nTurmeric eases\npain.\n\nTwo.\n", rows)
    assert bool(report.verdicts) is stays


def test_notices_stay_on_changed_lines_and_of_the_whole():
    kinds = (NoticeKind.CITED_NOT_IN_CORPUS, NoticeKind.INPUT, NoticeKind.RETRACTED)
    lines = (1, 2, None)  # how a draft was read bears on all of it
    notices = tuple(
        Notice(kind, "told", Level.NOTE, line) for kind, line in zip(kinds, lines, strict=True)
    )
    text = "One.\n\nTurmeric eases\npain.\n"
    assert [one.kind for one in judged(text, ((0, 1),), *notices).notices] == list(kinds[:2])
    assert [one.kind for one in judged(text, ((2, 3),), *notices).notices] == [kinds[1]]
