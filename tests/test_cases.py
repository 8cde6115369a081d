"""Drafts of our own, each with the verdicts that it must get.

A case is a Markdown draft that ends in a comment: `<!-- expected`, then a line for each claim in
order, `LINE VERDICT REASON OUTCOME`, a suppressed one with `suppressed` behind it, then `-->`.
The fresh ones end in labels instead: see cases/README.md.
"""

from pathlib import Path

import pytest

from claimcheck import paths
from claimcheck.app.check import Checker
from claimcheck.documents import read_path
from claimcheck.model.document import Span
from claimcheck.model.lines import Lines
from claimcheck.rulebook.load import load_rulebook
from claimcheck.trials.store import load_index
from tests.case_labels import MARK, Got, differences, labels

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


@pytest.fixture(scope="module")
def fresh_checker():
    index = load_index(paths.corpus_dir(), FOLDER / "records")
    return Checker.of(index, load_rulebook(paths.rules_dir()))


@pytest.mark.parametrize("path", FRESH, ids=lambda path: path.stem)
def test_a_fresh_draft_gets_its_labels_but_for_the_known_differences(fresh_checker, path):
    report = fresh_checker.check(read_path(path))
    spans = [report.document.offsets.source_span(v.claim.span) for v in report.verdicts]
    reported = [
        Got(span, str(verdict.kind), str(verdict.reason))
        for span, verdict in zip(spans, report.verdicts, strict=True)
    ]
    assert not differences(report.document.source, reported)


LABELLED = """A pill lowers pain. The moon is round.

<!-- labels
supported none | A pill lowers pain
"""
CLAIM = Got(Span(0, 18), "supported", "none")
EXTRA = Got(Span(20, 37), "supported", "none")
WRONG = CLAIM._replace(verdict="overstated", reason="strength")


@pytest.mark.parametrize(
    ("marks", "reported", "told"),
    [
        ("", [CLAIM], []),
        ("", [], ["'A pill lowers pain': missed, marked right (no claim found)"]),
        ("", [WRONG], ["'A pill lowers pain': verdict, marked right (got overstated strength)"]),
        ("known missed\n", [], []),
        ("known verdict\n", [WRONG], []),
        (
            "known missed\n",
            [CLAIM],
            ["'A pill lowers pain': right, marked missed (got supported none)"],
        ),
        ("", [CLAIM, EXTRA], ["'The moon is round': extra (supported none)"]),
        ("known extra | The moon is round\n", [CLAIM, EXTRA], []),
        (
            "known extra | The moon is round\n",
            [CLAIM],
            ["'The moon is round': no longer reported, marked extra"],
        ),
    ],
)
def test_a_difference_is_told_when_it_comes_and_when_it_goes(marks, reported, told):
    assert differences(f"{LABELLED}{marks}-->\n", reported) == told
