"""`claimcheck report`: a page is written whole, where it was wanted, or nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

DRAFT = "# Ketamine for MS\n\nKetamine relieves fatigue in people with multiple sclerosis.\n"


@pytest.fixture
def run(tmp_path):
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")

    def run(*arguments, stdin=""):
        done = subprocess.run(
            [sys.executable, "-m", "claimcheck", "report", *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            input=stdin.encode(),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


def test_a_page_is_written(run, tmp_path):
    code, out, err = run("draft.md", "-o", "report.html")
    assert (code, out) == (0, "")
    assert err.startswith("claimcheck: report.html: written; 1 claim, 1 overstated")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Ketamine relieves fatigue in people with multiple sclerosis" in page
    assert "Fitzgerald 2021" in page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.md", "report.html"]


def test_a_page_goes_through_a_pipe(run):
    code, out, err = run("-", "--stdin-filename", "piped.md", "-o", "-", stdin=DRAFT)
    assert code == 0
    assert err.startswith("claimcheck: 1 claim, 1 overstated")
    assert out.startswith("<!DOCTYPE html>")
    assert out.endswith("</html>\n")
    assert "piped.md" in out


def test_the_same_draft_gives_the_same_bytes(run, tmp_path):
    run("draft.md", "-o", "a.html")
    run("draft.md", "-o", "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name a draft"),
        (("draft.md",), "-o report.html"),
        (("draft.md", "-o", "nowhere/report.html"), "there is no folder nowhere"),
        (("draft.md", "-o", "."), "is a folder, wanted a file"),
        (("draft.md", "-o", "draft.md"), "would be written over"),
        (("draft.md", "-o", "./link.md"), "would be written over"),
        (("none.md", "-o", "report.html"), "no such file"),
        (("draft.md", "-o", "report.html", "--corpus", "none"), "none"),
        (("-", "--against", "-", "-o", "report.html"), "standard input"),
        (("draft.md", "-o", "report.html", "--against", "none.json"), "none.json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_done_is_told_and_nothing_is_lost(run, tmp_path, arguments, told):
    (tmp_path / "link.md").symlink_to("draft.md")
    code, out, err = run(*arguments)
    assert code == 2
    assert told in err
    assert out == ""
    assert "Traceback" not in err
    assert (tmp_path / "draft.md").read_text("utf-8") == DRAFT
    assert not (tmp_path / "report.html").exists()


def test_a_page_of_before_stays_where_a_new_one_cannot_be_made(run, tmp_path):
    (tmp_path / "report.html").write_text("the old page", encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    code, _, err = run("empty.md", "-o", "report.html")
    assert code == 2
    assert "empty" in err
    assert (tmp_path / "report.html").read_text("utf-8") == "the old page"


def test_what_could_be_read_is_reported_and_the_rest_is_told(run, tmp_path):
    code, _, err = run("draft.md", "none.md", "-o", "report.html")
    assert code == 2
    assert "none.md" in err
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Not checked:" in page
    assert "Ketamine relieves fatigue" in page


def test_a_pipe_is_written_to_and_not_replaced(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        code, _, err = run("draft.md", "-o", "pipe")
        assert code == 0
        assert "pipe: written" in err
        assert (tmp_path / "pipe").is_fifo()
        assert b"Ketamine relieves fatigue" in reader.communicate(timeout=60)[0]


def test_a_page_that_is_linked_to_keeps_its_link(run, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "real.html").write_text("", encoding="utf-8")
    (tmp_path / "report.html").symlink_to("pages/real.html")
    assert run("draft.md", "-o", "report.html")[0] == 0
    assert (tmp_path / "report.html").is_symlink()
    assert "Ketamine" in (tmp_path / "pages" / "real.html").read_text("utf-8")


def test_check_writes_the_page_as_well(run, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "claimcheck", "check", "draft.md", "--output", "html=page.html"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 1
    run("draft.md", "-o", "report.html")
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "report.html").read_bytes()
