"""Drafts of our own, each with the verdicts that it must get.

A case is a Markdown draft that ends in a comment: `<!-- expected`, then a line for each claim in
order, `LINE VERDICT REASON OUTCOME`, a suppressed one with `suppressed` behind it, then `-->`.
"""

from pathlib import Path

import pytest

from claimcheck import paths
from claimcheck.app.check import Checker
from claimcheck.documents import read_path
from claimcheck.model.lines import Lines
from claimcheck.rulebook.load import load_rulebook
from claimcheck.trials.store import load_index
from tests.case_labels import MARK, labels

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(
    path for path in FOLDER.glob("*.md") if "<!-- expected\n" in path.read_text(encoding="utf-8")
)
FRESH = sorted(path for path in FOLDER.glob("*.md") if MARK in path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker():
    return Checker.of(load_index(paths.corpus_dir()), load_rulebook(paths.rules_dir()))


def expected(path):
    block = path.read_text(encoding="utf-8").partition("<!-- expected\n")[2]
    return block.partition("-->")[0].splitlines()


def got(checker, path):
    report = checker.check(read_path(path))
    lines = Lines(report.document.source)
    for verdict in report.verdicts:
        claim = verdict.claim
        place = lines.place(report.document.offsets.source_span(claim.span).start)
        outcome = claim.outcome.text.lower() if claim.outcome else "-"
        silent = verdict.issues and verdict.level is None
        tail = " suppressed" if silent else ""
        yield f"{place.line} {verdict.kind} {verdict.reason} {outcome}{tail}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(checker, path):
    assert list(got(checker, path)) == expected(path)


def test_there_are_cases():
    assert len(CASES) > 8


@pytest.mark.parametrize("path", FRESH, ids=lambda path: path.stem)
def test_a_label_quotes_its_draft(path):
    read, _ = labels(path.read_text(encoding="utf-8"))
    assert len(read) > 5
    assert len({label.span for label in read}) == len(read)
