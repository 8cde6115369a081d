"""Which files are checked: folders, globs, .gitignore, excludes, standard input."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimcheck.cli.drafts import collect
from claimcheck.config import Resolver, command_line

pytestmark = pytest.mark.usefixtures("tree")


@pytest.fixture
def tree(tmp_path, monkeypatch):
    for name in (
        "a.md",
        "b.txt",
        "notes.rst",
        "~$open.docx",
        ".hidden.md",
        "posts/one.markdown",
        "posts/two.HTML",
        "posts/old/three.htm",
        "posts/.cache/four.md",
        "node_modules/five.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*paths, stdin_filename=None, **options):
    given = {key.replace("_", "-"): value for key, value in options.items()}
    resolver = Resolver(command_line(given, cwd=Path.cwd()))
    return collect(paths, resolver, stdin_filename=stdin_filename)


def names(*paths, **options):
    collected = found(*paths, **options)
    assert not collected.problems
    return [draft.name for draft in collected.drafts]


def test_a_folder_stands_for_the_drafts_below_it():
    assert names(".") == [
        "a.md",
        "b.txt",
        "posts/old/three.htm",
        "posts/one.markdown",
        "posts/two.HTML",
    ]


def test_paths_keep_their_order_and_come_once():
    assert names("b.txt", "a.md", "./b.txt", "posts/../a.md") == ["b.txt", "a.md"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.md", ["a.md"]),
        ("posts/**/*.h*", ["posts/old/three.htm"]),
        ("**/*.markdown", ["posts/one.markdown"]),
        ("post?", ["posts/old/three.htm", "posts/one.markdown", "posts/two.HTML"]),
    ],
)
def test_globs(pattern, expected):
    assert names(pattern) == expected


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tree):
    (tree / "draft[1].md").write_text("Text.", encoding="utf-8")
    assert names("draft[1].md") == ["draft[1].md"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("none.md", "none.md: no such file or folder"),
        ("*.nothing", "*.nothing: the pattern matches no file"),
        ("node_modules/none", "no such file or folder"),
        ("a\0b", "no such file or folder"),
    ],
)
def test_what_stands_for_nothing_is_a_problem_and_the_rest_goes_on(path, expected):
    collected = found(path, "a.md")
    assert [draft.name for draft in collected.drafts] == ["a.md"]
    assert expected in str(collected.problems[0])


def test_a_folder_without_drafts_is_a_problem(tree):
    (tree / "empty").mkdir()
    (problem,) = found("empty").problems
    assert "holds no draft to check" in str(problem)


def test_gitignore_is_respected_down_from_the_top_of_the_repository(tree):
    (tree / ".git").mkdir()
    (tree / ".gitignore").write_text("old/\n*.HTML\n", encoding="utf-8")
    assert names("posts") == ["posts/one.markdown"]


def test_a_deeper_gitignore_can_take_back(tree):
    (tree / ".gitignore").write_text("*.HTML\n", encoding="utf-8")
    (tree / "posts" / ".gitignore").write_text("!two.HTML\n", encoding="utf-8")
    assert "posts/two.HTML" in names(".")


def test_a_file_named_outright_is_checked_though_git_ignores_it(tree):
    (tree / ".gitignore").write_text("a.md\n", encoding="utf-8")
    assert names("a.md") == ["a.md"]


def test_exclude_holds_in_folders_and_not_for_files_named_outright():
    assert names(".", exclude=("posts/old", "*.txt")) == [
        "a.md",
        "posts/one.markdown",
        "posts/two.HTML",
    ]
    assert names("b.txt", exclude=("*.txt",)) == ["b.txt"]


def test_force_exclude_holds_for_files_named_outright_too():
    collected = found("b.txt", "a.md", exclude=("*.txt",), force_exclude=True)
    assert [draft.name for draft in collected.drafts] == ["a.md"]
    assert collected.excluded == ["b.txt"]


def test_force_exclude_of_a_folder_holds_for_the_files_in_it():
    collected = found("posts/old/three.htm", exclude=("posts/old/",), force_exclude=True)
    assert collected.excluded == ["posts/old/three.htm"]


def test_excludes_are_relative_to_the_file_that_sets_them(tree):
    (tree / "posts" / "claimcheck.toml").write_text('exclude = ["/one.*"]', encoding="utf-8")
    assert "posts/one.markdown" not in names(".")


def test_each_draft_has_the_settings_of_its_folder(tree):
    (tree / "posts" / "claimcheck.toml").write_text('fail-on = "note"', encoding="utf-8")
    by_name = {draft.name: draft.settings.fail_on for draft in found(".").drafts}
    assert by_name["a.md"] == "error"
    assert by_name["posts/one.markdown"] == "note"


def test_a_circle_of_links_ends(tree):
    (tree / "posts" / "up").symlink_to(tree, target_is_directory=True)
    assert len(names(".")) == 5


def test_standard_input_has_the_settings_of_the_name_it_is_given(tree):
    (tree / "posts" / "claimcheck.toml").write_text('fail-on = "note"', encoding="utf-8")
    (draft,) = found("-", stdin_filename="posts/new.md").drafts
    assert (draft.name, draft.path, draft.settings.fail_on) == ("posts/new.md", None, "note")
    (draft,) = found("-").drafts
    assert draft.name == "<stdin>"
