"""Findings that are known: kept by rule, path and words, told when no longer needed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.baseline import Baseline, Known, apply, dump, normalised, of_document, parse
from claimcheck.cli.main import main
from claimcheck.errors import ConfigError
from claimcheck.model.report import DocumentReport, NoticeKind
from claimcheck.model.verdict import Level
from tests import report_factory as factory

PAIN = "Turmeric eases pain"


def report_on(*sentences):
    """A report with an overstatement for each sentence of a draft."""
    source = factory.document("\n\n".join(f"{one}." for one in sentences))
    at = 0
    verdicts = []
    for one in sentences:
        at = source.text.index(one, at)
        verdicts.append(factory.overstated(factory.claim(source, one, start=at)))
        at += len(one)
    return DocumentReport(source, tuple(verdicts))


def levels(report):
    return [verdict.level for verdict in report.verdicts]


def known(report, *kinds):
    return Baseline(of_document(report, "draft.md", kinds or tuple(Level)))


def unneeded(report):
    return [one.message for one in report.notices if one.kind is NoticeKind.UNUSED_BASELINE]


def test_what_is_known_does_not_fail_wherever_it_moves():
    before = report_on("Turmeric eases 'all' pain")
    after = apply(
        report_on("Ginger lifts mood", "Turmeric eases ‘all’  PAIN"), "draft.md", known(before)
    )
    assert levels(after) == [Level.ERROR, None]
    assert [one.baselined for one in after.verdicts[1].issues] == [True]
    assert not unneeded(after)


def test_another_draft_is_not_excused():
    after = apply(report_on(PAIN), "other.md", known(report_on(PAIN)))
    assert levels(after) == [Level.ERROR]


def test_a_repeat_more_than_is_known_is_a_finding():
    after = apply(report_on(PAIN, PAIN, PAIN), "draft.md", known(report_on(PAIN, PAIN)))
    assert levels(after) == [None, None, Level.ERROR]


def test_what_is_no_longer_needed_is_told():
    after = apply(report_on("Ginger lifts mood"), "draft.md", known(report_on(PAIN, PAIN)))
    (message,) = unneeded(after)
    assert "no longer needs CC101 on “turmeric eases pain” (2 times)" in message


def test_what_the_draft_itself_silences_needs_no_entry():
    before = report_on(PAIN)
    silenced = factory.suppressed().documents[0]
    after = apply(silenced, "draft.md", known(before))
    assert [one.baselined for one in after.verdicts[0].issues] == [False]
    assert unneeded(after)


def test_notices_can_be_known_but_idle_suppressions_cannot():
    noticed = factory.knee()
    after = apply(noticed, "draft.md", known(noticed))
    assert all(one.baselined for one in after.notices)
    idle = factory.replace(noticed.notices[0], kind=NoticeKind.UNUSED_SUPPRESSION)
    noticed = factory.replace(noticed, notices=(idle,))
    assert not any(one.baselined for one in apply(noticed, "draft.md", known(noticed)).notices)


def test_only_the_levels_asked_for_are_kept():
    assert {one.rule for one in known(factory.knee(), Level.ERROR).counts} == {"CC101", "CC201"}


WORDS = st.text(max_size=20)
COUNTS = st.dictionaries(st.builds(Known, WORDS, WORDS, WORDS), st.integers(1, 9), max_size=5)


@given(COUNTS)
def test_a_baseline_reads_back_as_it_was_written(counts):
    written = dump(Baseline(counts))
    assert dict(parse(written, name="b.json").counts) == counts
    assert dump(parse(written, name="b.json")) == written


@given(st.text(max_size=40))
def test_normalising_twice_is_normalising_once(text):
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is no baseline"),
        ('{"findings": []}', "is no baseline"),
        ('{"claimcheck-baseline": 2}', "of version 2; 1 is known"),
        ('{"claimcheck-baseline": 1}', "wanted a list of findings"),
        ('{"claimcheck-baseline": 1, "findings": [3]}', "finding 1: wanted an object"),
        (
            '{"claimcheck-baseline": 1, "findings": [{"path": "a", "rule": "b", "claim": null}]}',
            "finding 1: claim: wanted text, got None",
        ),
        (
            (
                '{"claimcheck-baseline": 1, "findings": '
                '[{"path": "a", "rule": "b", "claim": "c", "count": 0}]}'
            ),
            "count: wanted a whole number from 1",
        ),
    ],
)
def test_what_is_no_baseline_is_told(text, words):
    with pytest.raises(ConfigError, match=r"b\.json") as told:
        parse(text, name="b.json")
    assert words in str(told.value)


OLD = "Turmeric reduced pain in adults with osteoarthritis.\n"
NEW = "Turmeric paste relieves pain in osteoarthritis.\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    (tmp_path / "trials").mkdir()
    (tmp_path / "trials" / "orlova.yaml").write_text(factory.NULL_RECORD, encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "posts" / "two.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text(
        'corpus = ["trials"]\nbaseline = "known.json"\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(["check", *args])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def test_old_findings_pass_new_ones_do_not(run, tmp_path, monkeypatch):
    assert run("posts")[0] == 2
    code, out, err = run("posts", "--write-baseline")
    assert (code, out) == (0, "")
    assert "known.json: 2 findings in 2 drafts are known now" in err
    entries = json.loads((tmp_path / "known.json").read_text("utf-8"))["findings"]
    assert [one["path"] for one in entries] == ["posts/old.md", "posts/two.md"]

    code, out, _ = run("posts", "--fail-on", "warning")
    assert code == 0
    assert "In the baseline (1)" in out
    assert "2 overstated, 0 not in your evidence, 2 of these in the baseline" in out

    (tmp_path / "posts" / "old.md").write_text(f"# News\n\n{NEW}\n{OLD}", encoding="utf-8")
    code, out, _ = run("posts", "--format", "line")
    assert code == 1
    assert [line.partition(":")[0] for line in out.splitlines()] == ["posts/old.md"]

    monkeypatch.chdir(tmp_path / "posts")
    assert run("two.md")[0] == 0  # known from wherever it is checked


def test_an_entry_no_longer_needed_is_told_and_left_out_next_time(run, tmp_path):
    run("posts", "--write-baseline")
    (tmp_path / "posts" / "old.md").write_text("It rained.\n", encoding="utf-8")
    code, out, _ = run("posts")
    assert code == 0
    assert "the baseline no longer needs" in out
    (tmp_path / "posts" / "two.md").unlink()
    _, _, err = run("posts")
    assert "known.json speaks of drafts that are gone: posts/two.md" in err
    assert run("posts", "--write-baseline")[0] == 0
    assert json.loads((tmp_path / "known.json").read_text("utf-8"))["findings"] == []


def test_writing_for_some_drafts_keeps_the_others(run, tmp_path):
    run("posts", "--write-baseline")
    before = (tmp_path / "known.json").read_text("utf-8")
    run("posts/two.md", "--write-baseline")
    assert (tmp_path / "known.json").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(("--baseline", "none.json"), "--write-baseline makes one", id="missing"),
        pytest.param(("--baseline", "posts/two.md"), "is not JSON", id="a draft"),
        pytest.param(
            ("--baseline", "posts/two.md", "--write-baseline"), "is not JSON", id="over a draft"
        ),
        pytest.param(("--baseline", "posts"), "cannot be read", id="a folder"),
        pytest.param(("--baseline", "no/a.json", "--write-baseline"), "no folder", id="nowhere"),
        pytest.param(("--isolated", "--write-baseline"), "name the file to write", id="unnamed"),
        pytest.param(("none.md", "--write-baseline"), "was not written", id="unread draft"),
        pytest.param(("--write-baseline", "--gaps"), "makes no report", id="a report, too"),
        pytest.param(
            ("--write-baseline", "--output", "json=a.json"), "makes no report", id="a file, too"
        ),
    ],
)
def test_a_baseline_that_cannot_be_used_is_told(run, tmp_path, args, words):
    code, _, err = run("posts/old.md", *args)
    assert code == 2
    assert words in err
    assert (tmp_path / "posts" / "two.md").read_text("utf-8") == OLD
    assert not (tmp_path / "known.json").exists()
