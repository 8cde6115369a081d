"""Does a press release conclude more than the abstract that it tells of?"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.app.compare import Change, Pair, compare
from claimcheck.cli.main import main
from claimcheck.documents import read_text
from claimcheck.model.claim import Strength
from claimcheck.reading.nlp import Reader
from claimcheck.rulebook.load import load_rulebook

if TYPE_CHECKING:
    from claimcheck.rulebook.types import Rulebook

RELEASE = """\
Turmeric stops knee pain

A daily turmeric paste reduces knee pain in adults with osteoarthritis, scientists report today. \
People who used the paste were more likely to sleep well. The garden was in bloom.

Turmeric may also protect the heart.
"""
ABSTRACT = """\
Turmeric paste and pain in osteoarthritis of the knee.

BACKGROUND: Knee osteoarthritis is common. METHODS: We followed 640 adults for two years. \
RESULTS: Knee pain was lower among users of turmeric (p = 0.03). Users slept longer. \
CONCLUSIONS: Turmeric use was associated with less knee pain in adults with osteoarthritis. \
Turmeric improves sleep. Trials are needed.
"""


@cache
def _rules() -> Rulebook:
    return load_rulebook(paths.rules_dir())


@cache
def _reader() -> Reader:
    return Reader(_rules())


def _compare(release: str, abstract: str) -> tuple[Pair, ...]:
    return compare(read_text(release), read_text(abstract), _reader(), _rules())


@pytest.mark.parametrize(
    ("release", "abstract", "change"),
    [
        ("Naps prevent migraine.", "Naps were associated with fewer migraines.", Change.MORE),
        ("Naps prevent migraine.", "Naps may prevent migraine.", Change.MORE),
        ("Naps may prevent migraine.", "Naps were linked to fewer migraines.", Change.MORE),
        ("Naps prevent migraine.", "Naps reduced migraine in adults.", Change.SAME),
        ("Naps linked to less migraine", "Naps correlated with migraine.", Change.SAME),
        ("Naps may prevent migraine.", "Naps prevented migraine.", Change.LESS),
        ("Naps linked to less migraine", "Naps prevented migraine.", Change.LESS),
        ("Naps prevent migraine.", "Statins reduced cholesterol.", Change.UNMATCHED),
    ],
)
def test_a_release_says_more_the_same_or_less(release: str, abstract: str, change: Change) -> None:
    (pair,) = _compare(release, abstract)
    assert pair.change is change


def test_every_statement_stands_beside_the_one_on_the_same_things() -> None:
    pairs = _compare(RELEASE, ABSTRACT)
    beside = {pair.release.text: pair.abstract and pair.abstract.text for pair in pairs}
    knee = "Turmeric use was associated with less knee pain in adults with osteoarthritis."
    assert beside == {
        "Turmeric stops knee pain": knee,
        "A daily turmeric paste reduces knee pain in adults with osteoarthritis, "
        "scientists report today.": knee,
        "People who used the paste were more likely to sleep well.": "Turmeric improves sleep.",
        "Turmeric may also protect the heart.": None,
    }


def test_what_asserts_no_relation_is_not_compared() -> None:
    assert all(pair.release.strength for pair in _compare(RELEASE, ABSTRACT))
    assert not _compare("The garden was in bloom.", ABSTRACT)


def test_the_abstract_s_conclusion_answers_before_its_results() -> None:
    abstract = (
        "RESULTS: Naps reduced migraine by a half.\n\n"
        "CONCLUSIONS: Naps were associated with less migraine."
    )
    (pair,) = _compare("Naps prevent migraine.", abstract)
    assert pair.abstract is not None
    assert pair.abstract.strength is Strength.CORRELATIONAL


def test_spans_count_in_the_text_of_their_own_document() -> None:
    release, abstract = read_text(RELEASE), read_text(ABSTRACT)
    for pair in compare(release, abstract, _reader(), _rules()):
        sides = [(release, pair.release)]
        sides += [(abstract, pair.abstract)] if pair.abstract else []
        for document, told in sides:
            assert document.text[told.span.start : told.span.end] == told.text
            assert all(told.span.holds(word) for word in told.words)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=120), st.text(min_size=1, max_size=120))
def test_no_text_upsets_it(release: str, abstract: str) -> None:
    for pair in _compare(f"Naps help. {release}", f"Naps help. {abstract}"):
        assert (pair.abstract is None) is (pair.change is Change.UNMATCHED)


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    (tmp_path / "release.txt").write_text(RELEASE, encoding="utf-8")
    (tmp_path / "abstract.txt").write_text(ABSTRACT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(["compare", *args])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_lays_sentence_beside_sentence(run, width):
    code, out, err = run("release.txt", "abstract.txt", "--width", str(width))
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= width
    assert "says more" in out
    assert "3 brings about: stops" in out
    assert "1 go together: associated" in out
    assert out.endswith("4 statements: 2 more, 1 less, 1 not in the abstract\n")


def test_json_points_into_both_files(run):
    code, out, _ = run("release.txt", "abstract.txt", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told["counts"] == {"more": 2, "same": 0, "less": 1, "unmatched": 1}
    for pair in told["pairs"]:
        for side, source in (("release", RELEASE), ("abstract", ABSTRACT)):
            if one := pair[side]:
                assert source[one["start"] : one["end"]] == one["text"]
                assert all(source[w["start"] : w["end"]] == w["text"] for w in one["words"])


def test_the_gate_is_asked_for(run):
    assert run("release.txt", "abstract.txt", "--fail-on-more")[0] == 1
    assert run("abstract.txt", "abstract.txt", "--fail-on-more")[0] == 0


def test_a_release_without_statements_says_so(run, tmp_path):
    (tmp_path / "calm.txt").write_text("It rained.\n", encoding="utf-8")
    code, out, _ = run("calm.txt", "abstract.txt", "--fail-on-more")
    assert code == 0
    assert "asserts no relation" in out


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("release.txt", "nowhere.txt"), "nowhere.txt: no such file"),
        (("-", "-"), "only one of RELEASE and ABSTRACT"),
        ((".", "abstract.txt"), ".: is no single file"),
        (("release.txt",), "Missing argument 'ABSTRACT'"),
    ],
    ids=["missing file", "standard input twice", "folder", "one text"],
)
def test_what_cannot_be_compared_is_told(run, args, told):
    code, _, err = run(*args)
    assert code == 2
    assert told in err


def test_one_side_may_come_from_standard_input(tmp_path):
    (tmp_path / "abstract.txt").write_text(ABSTRACT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "claimcheck", "compare", "-", "abstract.txt", "-f", "json"],
        input=RELEASE.encode(),
        capture_output=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["release"]["name"] == "<stdin>"


def test_same_input_same_bytes(run):
    assert run("release.txt", "abstract.txt") == run("release.txt", "abstract.txt")
