"""Claims that reach past what was studied: whom, when, against what, and by which measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

import claimcheck as cc
from claimcheck.model.claim import ClaimKind, Wording
from claimcheck.model.document import Citation, CitationKind, Span
from tests.judgement_factory import a_claim, a_trial, an_outcome, verdict

MET = an_outcome(finding="improved")
SCAN = an_outcome("amyloid on the scan", finding="improved", concept="amyloid", kind="biomarker")
EVENT = {"name": "death or heart attack", "concept": "major cardiovascular events"}
COMPOSITE = an_outcome(finding="improved", components=["death", "heart attack"], **EVENT)
HARM = an_outcome("nausea", "unknown", "worsened", concept="side effects", kind="safety")
NO_HARM = an_outcome(
    "adverse events", "unknown", "no-difference", concept="side effects", kind="safety"
)


def reasons(found):
    return {issue.reason.value for issue in found.issues}


def rule_of(claim, trial):
    return verdict(claim, trial).rule


def test_a_scan_is_not_how_people_fare():
    trial = a_trial(outcomes=[SCAN])
    assert rule_of(a_claim("The drug works."), trial) == "CC210"
    assert verdict(a_claim("x", outcome="amyloid"), trial).kind == "supported"


@pytest.mark.parametrize(
    ("finding", "rule"), [("no-difference", "CC115"), ("improved", "CC021"), (None, "CC021")]
)
def test_a_headline_that_asks_is_told_only_where_the_answer_is_no(finding, rule):
    outcome = an_outcome(finding=finding) if finding else an_outcome(concept="sleep", name="sleep")
    asked = a_claim("Can it ease fatigue?", outcome="fatigue", kind=ClaimKind.QUESTION)
    assert rule_of(asked, a_trial(outcomes=[outcome])) == rule


def test_a_composite_is_not_death():
    trial = a_trial(outcomes=[COMPOSITE])
    assert rule_of(a_claim("It saves lives.", outcome="mortality"), trial) == "CC211"
    heart = a_claim("It prevents heart attacks.", outcome="heart attack")
    assert verdict(heart, trial).rule == "CC211"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("It prevents heart attacks or death.", "heart attack"),
        ("It prevents heart attacks and deaths.", "mortality"),
        ("It prevents major cardiovascular events.", "major cardiovascular events"),
    ],
)
def test_a_claim_that_names_the_other_parts_tells_of_the_composite(said, outcome):
    trial = a_trial(outcomes=[COMPOSITE])
    assert verdict(a_claim(said, outcome=outcome), trial).kind == "supported"


def test_an_event_that_was_counted_by_itself_answers_for_itself():
    alone = an_outcome("heart attack", "secondary", "improved", concept="heart attack")
    trial = a_trial(outcomes=[COMPOSITE, alone])
    heart = a_claim("It prevents heart attacks.", outcome="heart attack")
    assert verdict(heart, trial).kind == "supported"


@pytest.mark.parametrize(
    ("said", "measured", "rule"),
    [
        ("It cures fatigue.", "fatigue", "CC228"),
        ("It is a cure for fatigue.", "fatigue", "CC228"),
        ("It is no cure, but eases fatigue.", "fatigue", "CC001"),
        ("It eases fatigue.", "fatigue", "CC001"),
        ("It cures fatigue.", "recovery from fatigue", "CC001"),
    ],
)
def test_a_cure_is_more_than_an_improvement(said, measured, rule):
    trial = a_trial(outcomes=[an_outcome(measured, finding="improved", concept="fatigue")])
    assert rule_of(a_claim(said, outcome="fatigue"), trial) == rule


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("Ketamine prevents deaths from asthma.", "CC229"),
        ("Ketamine prevents asthma.", "CC001"),
        ("Ketamine prevents deaths from stroke.", "CC403"),
    ],
)
def test_cases_are_not_deaths(draft, rule):
    cases = an_outcome("asthma incidence", finding="improved", concept="asthma")
    (found,) = (
        cc.check(draft, trials=[a_trial(outcomes=[cases], conditions=["asthma"])])
        .documents[0]
        .verdicts
    )
    assert found.rule == rule


def test_deaths_that_were_counted_answer_for_themselves():
    cases = an_outcome("asthma incidence", finding="improved", concept="asthma")
    deaths = an_outcome("deaths from asthma", "secondary", concept="mortality")
    trial = a_trial(outcomes=[cases, deaths], conditions=["asthma"])
    (found,) = (
        cc.check("Ketamine prevents deaths from asthma.", trials=[trial]).documents[0].verdicts
    )
    assert found.rule != "CC229"


@pytest.mark.parametrize(
    ("draft", "rule"),
    [
        ("Ketamine eased fatigue over 10 years.", "CC206"),
        ("Ketamine eased fatigue over 10 weeks.", "CC001"),
        ("Ketamine eased fatigue in women over 60 years.", "CC001"),
    ],
)
def test_longer_than_anybody_was_followed(draft, rule):
    trial = a_trial(outcomes=[an_outcome(finding="improved", timepoint="5 years")])
    (found,) = cc.check(draft, trials=[trial]).documents[0].verdicts
    assert found.rule == rule


@pytest.mark.parametrize(
    ("said", "where", "rule"),
    [
        ("It eases fatigue at home.", "patients in intensive care", "CC227"),
        ("It eases fatigue in nursing homes.", "adults in primary care", "CC227"),
        ("It eases fatigue at home.", "adults at home and in hospital", "CC001"),
        ("It eases fatigue at home.", "adults with cancer", "CC001"),
        ("It eases fatigue.", "patients in intensive care", "CC001"),
    ],
)
def test_a_place_where_it_was_not_studied(said, where, rule):
    trial = a_trial(outcomes=[MET], population={"description": where})
    assert rule_of(a_claim(said, outcome="fatigue"), trial) == rule


@pytest.mark.parametrize(
    ("said", "rule"),
    [("It brings instant relief.", "CC213"), ("It brings relief in a week.", "CC001")],
)
def test_sooner_than_anybody_was_looked_at(said, rule):
    trial = a_trial(outcomes=[an_outcome(finding="improved", timepoint="7 days")])
    assert rule_of(a_claim(said, outcome="fatigue", wording=[Wording.RAPID]), trial) == rule


def test_animals_are_not_people():
    trial = a_trial(outcomes=[MET], population={"description": "male mice"})
    assert rule_of(a_claim("It eases fatigue.", outcome="fatigue"), trial) == "CC214"
    told = a_claim("It eases fatigue in mice.", outcome="fatigue")
    assert verdict(told, trial).kind == "supported"


def test_strong_words_on_a_trial_of_few():
    small = a_trial(outcomes=[MET], design={"type": "randomized", "enrolled": 18})
    large = a_trial(outcomes=[MET], design={"type": "randomized", "enrolled": 1800})
    claim = a_claim("A breakthrough in fatigue.", outcome="fatigue", wording=[Wording.STRONG])
    found = verdict(claim, small)
    assert (found.rule, found.reason) == ("CC208", "strength")
    assert "18 people" in found.because
    assert verdict(claim, large).kind == "supported"
    advice = a_claim("People should take it.", outcome="fatigue", wording=[Wording.ADVICE])
    assert verdict(advice, small).rule == "CC208"
    assert verdict(advice, large).kind == "supported"


def test_advice_on_a_null_result_is_told_besides():
    claim = a_claim("Doctors should give it.", outcome="fatigue", wording=[Wording.ADVICE])
    found = verdict(claim, a_trial(outcomes=[an_outcome()]))
    assert found.rule == "CC101"
    assert reasons(found) == {"negative-primary", "strength"}


def test_a_corrected_threshold_is_the_threshold():
    outcome = an_outcome(role="secondary", p=0.03, alpha=0.01)
    found = verdict(a_claim("x", outcome="fatigue"), a_trial(outcomes=[outcome]))
    assert "CC112" in {issue.rule for issue in found.issues}
    plain = verdict(a_claim("x", outcome="fatigue"), a_trial(outcomes=[an_outcome(p=0.3)]))
    assert "CC112" not in {issue.rule for issue in plain.issues}


@pytest.mark.parametrize(
    ("text", "outcome", "expected"),
    [
        ("It is safe.", NO_HARM, ("overstated", "safety")),
        ("It has no side effects.", HARM, ("overstated", "safety")),
        ("It was well tolerated.", NO_HARM, ("supported", "none")),
        ("It was well tolerated.", HARM, ("supported", "none")),
    ],
)
def test_safety(text, outcome, expected):
    claim = a_claim(text, outcome="safety", kind="safety")
    found = verdict(claim, a_trial(outcomes=[MET, outcome]))
    assert (found.kind, found.reason) == expected


def test_a_subgroup_is_named_as_such_beside_a_missed_primary():
    elderly = an_outcome("Daily Fatigue Severity in the elderly", "subgroup", "improved")
    trial = a_trial(outcomes=[an_outcome(), elderly])
    found = verdict(a_claim("It eased fatigue in the elderly.", outcome="fatigue"), trial)
    assert {"negative-primary", "subgroup"} <= reasons(found)


def test_the_advice_is_made_of_the_record():
    late = an_outcome("Modified Fatigue Impact Scale", "secondary", "improved", timepoint="day 28")
    trial = a_trial(
        outcomes=[an_outcome(timepoint="7 days"), late],
        design={"type": "randomized", "phase": "pilot", "enrolled": 18},
    )
    advice = verdict(a_claim("It relieves fatigue.", outcome="fatigue"), trial).advice
    assert advice.endswith(
        "For example: In a pilot randomized trial of 18 people, ketamine, compared with midazolam, "
        "made no significant difference to Daily Fatigue Severity (7 days), the primary outcome; "
        "Modified Fatigue Impact Scale (day 28), a secondary outcome, improved compared with "
        "midazolam."
    )


def test_a_small_effect_is_not_denied():
    claim = a_claim("It does not do very much.", outcome="fatigue", direction="no-effect")
    found = verdict(claim, a_trial(outcomes=[MET]))
    assert (found.kind, found.rule) == ("supported", "CC016")


def test_lacking_proof_is_borne_out_by_a_record_that_settles_nothing():
    trial = a_trial(outcomes=[an_outcome(finding="not-reported")])
    text = "There is no good evidence that it helps."
    claim = a_claim(text, outcome="fatigue", direction="no-effect")
    assert verdict(claim, trial).rule == "CC018"
    flat = a_claim("It does not help.", outcome="fatigue", direction="no-effect")
    assert verdict(flat, trial).reason == "unsettled"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A study of 940 adults found less fatigue.", "not-in-corpus"),
        ("A study of 18 adults found less fatigue.", "none"),
        ("A trial in 12 women found less fatigue.", "none"),  # analysed, of 18
        ("In 940 hospitals it is given.", "none"),
    ],
)
def test_a_study_of_another_size_is_another_study(text, reason):
    trial = a_trial(outcomes=[MET], design={"type": "randomized", "enrolled": 18})
    assert verdict(a_claim(text, outcome="fatigue"), trial).reason == reason


def test_equal_to_what_was_never_compared():
    claim = a_claim(
        "It works as well as surgery.",
        outcome="fatigue",
        wording=[Wording.EQUIVALENCE],
        comparator="surgery",
    )
    placebo = a_trial(outcomes=[MET], comparators=["placebo"])
    assert verdict(claim, placebo).rule == "CC407"
    better = replace(claim, wording=frozenset({Wording.SUPERIORITY}))
    assert verdict(better, placebo).rule == "CC212"
    compared = a_trial(outcomes=[MET], comparators=["surgery"])
    assert verdict(better, compared).kind == "supported"


def test_a_cause_is_a_cause_however_it_is_described():
    trial = a_trial(
        outcomes=[an_outcome(role="unknown", finding="improved", comparison="within-group")],
        design={"type": "single-arm", "enrolled": 130},
    )
    wording = [Wording.CAUSAL, Wording.DESCRIPTIVE]
    found = verdict(a_claim("It caused a fall.", outcome="fatigue", wording=wording), trial)
    assert "causal-from-observational" in reasons(found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A small 2007 study found less fatigue.", "not-in-corpus"),
        ("A 2021 trial found less fatigue.", "none"),
        ("In 2007 fatigue fell, as the study shows.", "none"),
        ("A recent meta-analysis found less fatigue.", "not-in-corpus"),
    ],
)
def test_a_study_of_another_year_or_design_is_another_study(text, reason):
    trial = a_trial(outcomes=[MET], year=2021)
    assert verdict(a_claim(text, outcome="fatigue"), trial).reason == reason


def test_a_cited_study_is_itself_whatever_its_size():
    trial = a_trial(
        outcomes=[MET],
        design={"type": "randomized", "enrolled": 18},
        identifiers={"nct": "NCT00000001"},
    )
    claim = a_claim("A study of 940 adults found less fatigue.", outcome="fatigue")
    cited = (Citation(CitationKind.NCT, "NCT00000001", Span(0, 0)),)
    found = verdict(claim, trial, citations=cited)
    assert (found.rule, found.reason) == ("CC225", "numbers")


def test_a_disorder_that_was_not_studied_is_an_outcome():
    trial = a_trial(outcomes=[an_outcome()])
    claim = a_claim("It helps depression.", outcome="depression")
    same = replace(claim, condition=claim.outcome)
    assert verdict(same, trial).kind == "no-evidence"
