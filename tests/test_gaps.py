"""What no record settles, as searches that are ready; and the counts of a run."""

from __future__ import annotations

import json
import socket
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.cli.main import main
from claimcheck.model.claim import Mention, Resolution
from claimcheck.model.document import Span
from claimcheck.model.report import DocumentReport
from claimcheck.reports import View, gaps, statistics
from tests import report_factory as factory


def a_report(*parts):
    """A report with a claim without evidence for each (intervention, condition, outcome)."""
    source = factory.document("\n".join("Tea helps." for _ in parts))
    verdicts = []
    for number, (intervention, condition, outcome) in enumerate(parts):
        claim = factory.claim(source, "Tea helps", start=11 * number)
        claim = factory.replace(
            claim,
            intervention=mention(intervention),
            condition=mention(condition),
            outcome=mention(outcome),
        )
        verdicts.append(factory.no_evidence(claim))
    return factory.report(DocumentReport(source, tuple(verdicts)))


def mention(name, resolution=Resolution.CLAUSE):
    return name if not isinstance(name, str) else Mention(name, Span(0, 3), None, resolution)


def queries(report):
    (gap,) = gaps.gaps(report)
    return {one.service: one for one in gap.queries()}


def asked(query):
    return {key: value for key, (value,) in parse_qs(urlsplit(query.url).query).items()}


def test_the_registry_is_asked_by_treatment_condition_and_outcome():
    registry = queries(a_report(("Tea", "migraine", "sleep")))["ClinicalTrials.gov"]
    assert registry.text == 'intervention: "tea"; condition: "migraine"; other terms: "sleep"'
    assert registry.url.startswith("https://clinicaltrials.gov/api/v2/studies?query.intr=")
    assert asked(registry) == {
        "query.intr": '"tea"',
        "query.cond": '"migraine"',
        "query.term": '"sleep"',
    }


def test_a_condition_that_is_the_outcome_is_asked_for_once():
    registry = queries(a_report(("tea", "migraine", "migraine")))["ClinicalTrials.gov"]
    assert asked(registry) == {"query.intr": '"tea"', "query.cond": '"migraine"'}


def test_a_record_s_description_of_a_group_is_nothing_to_search_for():
    group = Mention("zinc", Span(0, 3), "other zinc lozenges over 75 mg a day", Resolution.CLAUSE)
    found = queries(a_report((group, None, "sleep")))
    assert asked(found["ClinicalTrials.gov"])["query.intr"] == '"zinc"'
    assert "lozenges" not in found["PubMed"].text


def test_where_the_condition_is_missing_the_outcome_narrows_the_search():
    registry = queries(a_report(("tea", None, "sleep")))["ClinicalTrials.gov"]
    assert asked(registry) == {"query.intr": '"tea"', "query.term": '"sleep"'}


def test_a_condition_that_the_title_lends_narrows_nothing():
    lent = mention("autism", Resolution.TITLE)
    assert "query.cond" not in asked(
        queries(a_report(("tea", lent, "sleep")))["ClinicalTrials.gov"]
    )
    assert "query.cond" in asked(queries(a_report((None, lent, "sleep")))["ClinicalTrials.gov"])


def test_pubmed_is_asked_for_trials_of_all_three():
    pubmed = queries(a_report(("tea", "migraine", "sleep")))["PubMed"]
    assert pubmed.text.startswith(
        '("tea"[Title/Abstract]) AND ("migraine"[Title/Abstract]) AND ("sleep"[Title/Abstract]) '
        "AND (randomized controlled trial[Publication Type]"
    )
    assert pubmed.url.startswith("https://pubmed.ncbi.nlm.nih.gov/?term=")
    assert asked(pubmed) == {"term": pubmed.text}


def test_the_same_gap_is_told_once_with_all_its_claims():
    found = gaps.gaps(
        a_report(("Tea", None, "sleep"), ("tea", None, "mood"), ("tea", None, "sleep"))
    )
    assert [(gap.name, [row.line for _, row in gap.places]) for gap in found] == [
        ("tea, sleep", [1, 3]),
        ("tea, mood", [2]),
    ]


def test_a_claim_that_names_nothing_has_no_query():
    (gap,) = gaps.gaps(a_report((None, None, None)))
    assert gap.queries() == ()
    told = gaps.render_text(a_report((None, None, None)), View())
    assert "names nothing that could be searched for" in told


@given(st.text(min_size=1).filter(str.strip))
def test_whatever_it_is_called_the_address_asks_for_it_and_nothing_else(name):
    report = a_report((name, None, None))
    for query in queries(report).values() if gaps.gaps(report)[0].intervention else ():
        assert urlsplit(query.url).netloc in {"clinicaltrials.gov", "pubmed.ncbi.nlm.nih.gov"}
        assert query.url.isascii()
        assert len(asked(query)) == 1


def test_only_what_the_evidence_does_not_settle_is_a_gap():
    report = factory.report(factory.knee())
    names = [row.text for gap in gaps.gaps(report) for _, row in gap.places]
    assert names == ["Turmeric helps sleep", "Turmeric lifts energy", "Turmeric clears the skin"]
    assert gaps.gaps(factory.baselined()) == gaps.gaps(factory.empty()) == []
    assert "No gap" in gaps.render_text(factory.empty(), View())


def test_counts_are_by_rule_the_most_frequent_first():
    found = statistics.counts(factory.report(), View())
    assert [(one.rule, one.level.value, one.standing) for one in found] == [
        ("CC301", "note", 3),
        ("CC101", "error", 2),
        ("CC101", "warning", 1),
        ("CC201", "error", 1),
        ("cited-not-in-corpus", "note", 1),
    ]


def test_counts_tell_what_is_silenced():
    (one,) = statistics.counts(factory.suppressed(), View())
    assert (one.standing, one.suppressed, one.baselined) == (0, 1, 0)
    told = statistics.render_text(factory.baselined(), View())
    assert "(and 1 in the baseline)" in told
    assert "1 claim, 1 overstated" in told


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    (tmp_path / "draft.md").write_text("Zinc improves sleep in adults.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def offline(*_args, **_kwargs):
        raise AssertionError("something was sent")

    monkeypatch.setattr(socket, "socket", offline)
    monkeypatch.setattr(socket, "getaddrinfo", offline)

    def run(*args):
        code = main(["check", *args])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def test_gaps_and_counts_come_in_place_of_the_report_and_send_nothing(run):
    code, out, _ = run("draft.md", "--gaps")
    assert code == 0
    assert "1. zinc, sleep" in out
    assert "Nothing was sent" in out
    assert run("draft.md", "--gaps", "--fail-on", "note")[0] == 1
    (gap,) = json.loads(run("draft.md", "--gaps", "--format", "json")[1])["gaps"]
    assert gap["claims"][0]["line"] == 1
    assert [one["service"] for one in gap["queries"]] == ["ClinicalTrials.gov", "PubMed"]
    (line,) = run("draft.md", "--gaps", "--format", "jsonl")[1].splitlines()
    assert json.loads(line) == {"type": "gap", **gap}
    (row,) = json.loads(run("draft.md", "--statistics", "--format", "json")[1])["statistics"]
    assert row["count"] == 1
    assert row["level"] == "note"
    (line,) = run("draft.md", "--statistics", "--format", "jsonl")[1].splitlines()
    assert json.loads(line) == {"type": "count", **row}
    assert "1 claim, 0 overstated, 1 not in your" in run("draft.md", "--statistics")[1]


@pytest.mark.parametrize("args", [("--gaps", "--statistics"), ("--gaps", "--format", "sarif")])
def test_what_cannot_be_shown_is_told(run, args):
    code, out, err = run("draft.md", *args)
    assert (code, out) == (2, "")
    assert "--gaps" in err
