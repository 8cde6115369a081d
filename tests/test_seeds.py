"""What real documents must show. They lie beside the project, never in it."""

from pathlib import Path

import pytest

from claimcheck import paths
from claimcheck.app.check import Checker
from claimcheck.documents import read_path
from claimcheck.rulebook.load import load_rulebook
from claimcheck.trials.store import load_index

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents lie beside the project")


@pytest.fixture(scope="module")
def checker():
    return Checker.of(load_index(paths.corpus_dir()), load_rulebook(paths.rules_dir()))


@pytest.fixture(scope="module")
def verdicts_of(checker):
    done = {}

    def verdicts(number):
        if number not in done:
            (path,) = SEEDS.glob(f"{number}_*.txt")
            done[number] = checker.check(read_path(path)).verdicts
        return done[number]

    return verdicts


def saying(verdicts, *words):
    """The verdicts on claims whose sentence holds all these words."""
    found = [v for v in verdicts if all(word in sentence_of(v) for word in words)]
    assert found, f"no claim says {words}"
    return found


def sentence_of(verdict):
    return verdict.claim.text


def outcome_of(verdict):
    return verdict.claim.outcome.text.lower() if verdict.claim.outcome else ""


def test_an_article_that_promises_less_fatigue(verdicts_of):
    (verdict,) = saying(verdicts_of("002"), "notable reductions in fatigue levels")
    assert (verdict.kind, verdict.reason) == ("overstated", "negative-primary")
    assert verdict.level in ("error", "warning")
    measured = [row for row in verdict.evidence if row.match.outcome is not None]
    rows = {(row.match.outcome.name, str(row.match.outcome.role)) for row in measured}
    assert ("Daily Fatigue Severity", "primary") in rows
    assert any("Modified Fatigue Impact" in name and role == "secondary" for name, role in rows)
    analysis = next(r.analysis for r in measured if r.match.outcome.role == "primary")
    assert (analysis.estimate, analysis.ci, str(analysis.p)) == (-0.10, (-0.32, 0.12), "0.4")


def test_positive_effects_on_fatigue_are_overstated(verdicts_of):
    for verdict in saying(verdicts_of("002"), "positive effects on fatigue"):
        assert verdict.kind == "overstated"


@pytest.mark.parametrize(
    "words", ["efficacy in alleviating pain", "improvements in pain levels", "decrease in pain"]
)
def test_pain_in_ms_was_not_measured(verdicts_of, words):
    found = [v for v in saying(verdicts_of("002"), words) if "pain" in outcome_of(v)]
    assert found
    for verdict in found:
        assert (verdict.kind, verdict.reason) == ("no-evidence", "not-measured")
        assert "Daily Fatigue Severity" in verdict.because


def test_mechanisms_are_no_claims(verdicts_of):
    said = [sentence_of(verdict) for verdict in verdicts_of("002")]
    for words in ("cytokine production", "glutamate receptor", "enhances synaptic plasticity"):
        assert not any(words in sentence for sentence in said)


def test_a_story_that_reports_the_null_is_supported(verdicts_of):
    for verdict in saying(verdicts_of("000"), "Daily Fatigue Severity score during"):
        assert verdict.kind == "supported"
    told = [v for v in verdicts_of("000") if v.claim.direction == "benefit"]
    scales = [v for v in told if "scale" in outcome_of(v)]
    assert {outcome_of(v)[:8] for v in scales} == {"fatigue ", "modified"}
    assert all(v.kind != "overstated" for v in scales)
    assert any("long-lasting changes" in sentence_of(v) for v in told)


def test_a_library_record_goes_through_without_rubbish(verdicts_of):
    said = {sentence_of(verdict) for verdict in verdicts_of("001")}
    assert said
    assert all(len(sentence.split()) > 5 for sentence in said)
    for verdict in saying(verdicts_of("001"), "secondary analyses suggest a benefit"):
        assert verdict.kind != "overstated"


def test_a_case_report_carries_its_patient_and_no_more(verdicts_of):
    (first,) = saying(verdicts_of("004"), "eased pain significantly in a patient")
    assert first.kind == "supported"
    assert any(row.match.trial.design.type == "case-report" for row in first.evidence)
    general = saying(verdicts_of("004"), "promising for treating RA")
    assert {(v.kind, v.reason) for v in general} == {("overstated", "causal-from-observational")}


def test_a_long_post_keeps_its_drugs_apart(verdicts_of):
    verdicts = verdicts_of("003")
    for verdict in saying(verdicts, "dextromethorphan could be clinically effective"):
        assert verdict.claim.intervention.text.lower() == "dextromethorphan"
        assert verdict.kind == "no-evidence"
    for verdict in verdicts:
        if "Florinef" in sentence_of(verdict):
            assert verdict.claim.intervention.concept != "ketamine"
    keys = [
        (v.claim.sentence, v.claim.direction, v.claim.intervention, v.claim.outcome)
        for v in verdicts
    ]
    assert len(keys) == len(set(keys))
