"""`claimcheck check draft.docx --annotate checked.docx` through its own front door."""

from __future__ import annotations

import io
import os
import re

import docx
import pytest

from claimcheck.cli.main import main
from tests.test_cli_check import CLAIM, RECORD
from tests.word_factory import commented, comments_of, paragraph, run, word


@pytest.fixture
def desk(tmp_path, monkeypatch):
    (tmp_path / "trials").mkdir()
    (tmp_path / "trials" / "orlova.yaml").write_text(RECORD, encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text('corpus = ["trials"]\n', encoding="utf-8")
    body = [run("A root for sore joints"), run(CLAIM), run("Turmeric improves sleep in adults.")]
    (tmp_path / "draft.docx").write_bytes(word("".join(map(paragraph, body))))
    (tmp_path / "draft.md").write_text(f"{CLAIM}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*args):
    return main(["check", *map(str, args)])


def test_a_copy_tells_verdict_numbers_advice_and_source(desk, capfd):
    before = (desk / "draft.docx").read_bytes()
    assert check("draft.docx", "--annotate", "checked.docx") == 1
    assert (desk / "draft.docx").read_bytes() == before
    copy = (desk / "checked.docx").read_bytes()
    said = {words: comments_of(copy)[id_] for id_, words in commented(copy).items()}
    author, told = said[CLAIM.rstrip(".")]
    assert author == "claimcheck"
    assert told.startswith("✗ Overstated [error] CC101\n")
    assert "primary: Knee Pain Scale, 12 weeks, mean change −0.10 (95% CI −0.32 to 0.12)" in told
    assert "https://doi.org/10.1000/example.1" in told
    assert "record orlova-2019-turmeric-knee" in told
    assert "\nAdvice: Say that" in told
    assert re.match(
        r"\? Not in your evidence \[note\]", said["Turmeric improves sleep in adults"][1]
    )
    assert "2 claims, 1 overstated, 1 not in your evidence" in said["A root for sore joints"][1]
    assert "checked.docx: written, with 2 comments" in capfd.readouterr().err


def test_a_checked_copy_is_checked_anew_and_keeps_what_people_said(desk):
    check("draft.docx", "--annotate", "checked.docx")
    check("checked.docx", "--annotate", "again.docx")
    first, second = ((desk / name).read_bytes() for name in ("checked.docx", "again.docx"))
    assert list(comments_of(second).values()) == list(comments_of(first).values())
    assert list(commented(second)) == list(commented(first))

    said = docx.Document(io.BytesIO(first))
    said.add_comment(said.paragraphs[0].runs, "✗ Overstated [error] CC101", author="An editor")
    said.add_comment(said.paragraphs[0].runs, "Who is this claimcheck?", author="claimcheck")
    said.save(desk / "said.docx")
    check("said.docx", "--annotate", "third.docx")
    told = [words for _, words in comments_of((desk / "third.docx").read_bytes()).values()]
    assert len(told) == len(comments_of(first)) + 2
    assert "Who is this claimcheck?" in told


def test_the_same_draft_gives_the_same_bytes(desk):
    for name in ("one.docx", "two.docx"):
        check("draft.docx", "--annotate", name)
    assert (desk / "one.docx").read_bytes() == (desk / "two.docx").read_bytes()


def test_only_those_verdicts_that_are_asked_for_get_a_comment(desk):
    check("draft.docx", "--only", "overstated", "--annotate", "checked.docx")
    told = [words for _, words in comments_of((desk / "checked.docx").read_bytes()).values()]
    assert len(told) == 2
    assert "only claims that are overstated" in told[0]


def test_what_is_suppressed_gets_no_comment(desk):
    silenced = paragraph(run(f"{CLAIM} claimcheck:ignore CC101 -- agreed"))
    (desk / "draft.docx").write_bytes(word(paragraph(run("A title")) + silenced))
    assert check("draft.docx", "--annotate", "checked.docx") == 0
    assert len(comments_of((desk / "checked.docx").read_bytes())) == 1


@pytest.mark.parametrize("link", [os.link, os.symlink, None], ids=["hard", "symbolic", "itself"])
def test_the_draft_itself_is_not_replaced_unless_asked(desk, capfd, link):
    name = "draft.docx"
    if link is not None:
        name = "other.docx"
        link(desk / "draft.docx", desk / name)
    before = (desk / "draft.docx").read_bytes()
    assert check("draft.docx", "--annotate", name) == 2
    assert "is the draft draft.docx itself" in capfd.readouterr().err
    assert (desk / "draft.docx").read_bytes() == before


def test_the_draft_itself_is_replaced_when_asked(desk):
    assert check("draft.docx", "--annotate", "draft.docx", "--overwrite") == 1
    assert len(comments_of((desk / "draft.docx").read_bytes())) == 3


def test_a_copy_in_which_somebody_worked_is_not_replaced_unless_asked(desk, capfd):
    again = ["draft.docx", "--annotate", "checked.docx"]
    assert check(*again) == 1
    (desk / "draft.docx").write_bytes(word(paragraph(run(CLAIM))))
    assert check(*again) == 1  # as it was written: nothing is lost
    worked = docx.Document(desk / "checked.docx")
    worked.add_paragraph("The work of a day.")
    worked.save(desk / "checked.docx")
    before = (desk / "checked.docx").read_bytes()
    capfd.readouterr()
    assert check(*again) == 2
    told = capfd.readouterr()
    assert "somebody may have worked in it" in told.err
    assert told.out == ""
    assert (desk / "checked.docx").read_bytes() == before
    assert check(*again, "--overwrite") == 1
    assert (desk / "checked.docx").read_bytes() != before


@pytest.mark.parametrize("name", ["draft.docx", "draft.md", "link.md", "checked.docx"])
def test_no_report_is_written_over_what_is_read_or_written(desk, capfd, name):
    (desk / "link.md").symlink_to("draft.md")
    before = {one.name: one.read_bytes() for one in desk.iterdir() if one.is_file()}
    args = ["draft.docx", "draft.md", "--annotate", "checked.docx"]
    assert check(*args, "--output", f"json={name}") == 2
    told = capfd.readouterr()
    assert "would be written" in told.err
    assert told.out == ""
    assert {one.name: one.read_bytes() for one in desk.iterdir() if one.is_file()} == before


def test_a_folder_takes_the_copies_of_several(desk, capfd):
    (desk / "more").mkdir()
    (desk / "checked").mkdir()
    (desk / "second.docx").write_bytes((desk / "draft.docx").read_bytes())
    assert check("draft.docx", "second.docx", "draft.md", "--annotate", "checked") == 1
    assert sorted(one.name for one in (desk / "checked").iterdir()) == ["draft.docx", "second.docx"]
    (desk / "more" / "draft.docx").write_bytes((desk / "draft.docx").read_bytes())
    assert check("draft.docx", "more/draft.docx", "--annotate", "checked") == 2
    assert "two drafts are called draft.docx" in capfd.readouterr().err
    assert check("draft.docx", "second.docx", "--annotate", "one.docx") == 2
    assert "name a folder for their copies" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["draft.md", "--annotate", "checked.docx"], "no file here is a Word draft"),
        (["-", "--annotate", "checked.docx"], "nor into standard input"),
        (["draft.docx", "--annotate", "checked.pdf"], "a name that ends in .docx"),
        (["draft.docx", "--annotate", "nowhere/checked.docx"], "there is no folder nowhere"),
        (["draft.docx", "--overwrite"], "goes with --annotate"),
    ],
)
def test_what_cannot_be_done_is_said_before_any_work(desk, capfd, args, message):
    assert check(*args) == 2
    told = capfd.readouterr()
    assert message in told.err
    assert told.out == ""
    assert not (desk / "checked.docx").exists()


def test_a_copy_that_cannot_be_made_leaves_all_as_it_was(desk, capfd):
    (desk / "draft.docx").write_bytes(word(paragraph(run(CLAIM)), parts={"comments": "<broken"}))
    (desk / "checked.docx").write_bytes(b"what was there before")
    copy = ["--annotate", "checked.docx", "--overwrite"]
    assert check("draft.docx", *copy, "--format", "json") == 2
    told = capfd.readouterr()
    assert "word/comments.xml is no sound XML" in told.err
    assert told.out.count('"schema_version"') == 1
    assert "error" not in told.out.partition('"claims"')[0]
    assert (desk / "checked.docx").read_bytes() == b"what was there before"
    assert sorted(one.name for one in desk.iterdir()) == [
        "checked.docx", "claimcheck.toml", "draft.docx", "draft.md", "trials",
    ]  # fmt: skip
