"""Sentences that can hold no claim are passed over, and nothing that is said of a draft changes."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from claimcheck import paths
from claimcheck.app import check as app
from claimcheck.app.check import Checker
from claimcheck.claims.discourse import Weights
from claimcheck.claims.extract import extract
from claimcheck.claims.passage import places
from claimcheck.claims.sift import sift
from claimcheck.claims.words import Words
from claimcheck.documents import read_path, read_text
from claimcheck.model.document import Format
from claimcheck.model.report import Report
from claimcheck.reading.sentences import Splitter
from claimcheck.serialize import to_json
from claimcheck.trials.store import load_index
from tests.claim_factory import READER, RULES

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))
BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
LABELLED = sorted(BENCH.rglob("*.jsonl"))
DRAFT = """Ketamine for fatigue

The library opened in spring. Ketamine is old. It was an open-label study. It eased fatigue.
"""


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def kept(document, *, keep_all=False):
    weights = Weights(document.text, Words.of(RULES))
    return list(sift(document, READER, Splitter.of(RULES), weights, keep_all=keep_all))


@pytest.fixture(scope="module")
def checker():
    return Checker.of(load_index(paths.corpus_dir()), RULES)


@pytest.fixture
def printed(checker, monkeypatch):
    """What is printed of a document, with and without passing over anything."""

    def both(document):
        with monkeypatch.context() as patch:
            sifted = Report(app.tool_of(checker.trials, RULES), (checker.check(document),))
            patch.setattr(app, "extract", partial(extract, keep_all=True))
            whole = Report(app.tool_of(checker.trials, RULES), (checker.check(document),))
        return to_json(sifted.to_dict()), to_json(whole.to_dict())

    return both


def test_what_is_kept_of_a_sentence_is_what_it_may_be_asked_for():
    document = read_text(DRAFT, format=Format.TEXT)
    title, named, told, claims = kept(document)
    assert [item.mention.text for item in title.named] == ["Ketamine"]
    assert [one.order for one in (title, named, told, claims)] == [0, 2, 3, 4]
    assert named.named
    assert named.sketch is None
    assert told.told
    assert told.sketch is None
    assert claims.sketch is not None


def test_keeping_all_keeps_every_sentence():
    document = read_text(DRAFT, format=Format.TEXT)
    every = list(places(document, Splitter.of(RULES)))
    assert [one.order for one in kept(document, keep_all=True)] == list(range(len(every)))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_our_own_drafts_are_judged_alike(path, printed):
    sifted, whole = printed(read_path(path))
    assert sifted == whole


@pytest.mark.skipif(not LABELLED, reason="no labelled texts at hand")
def test_real_articles_are_judged_alike(printed):
    for row in rows(BENCH / "news" / "dev.jsonl"):
        sifted, whole = printed(read_text(row["text"], title=row["title"], format=Format.TEXT))
        assert sifted == whole, row["id"]


@pytest.mark.skipif(not LABELLED, reason="no labelled texts at hand")
@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_labelled_texts_claim_alike(path):
    texts = (row.get("text") or " ".join(row.get("words", ())) for row in rows(path))
    for text in filter(None, dict.fromkeys(texts)):
        document = read_text(text, format=Format.TEXT)
        assert extract(document, RULES, READER) == extract(document, RULES, READER, keep_all=True)
