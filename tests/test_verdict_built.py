"""Studies that a draft calls better built, larger or wider than their records have them."""

from __future__ import annotations

import pytest

import claimcheck as cc
from claimcheck.model.claim import DisclosureKind, Wording
from claimcheck.model.document import Citation, CitationKind, Span
from tests.judgement_factory import a_claim, a_trial, an_outcome, verdict

MET = an_outcome(finding="improved")
OPEN = {"type": "randomized", "blinding": "none", "control": "usual-care", "enrolled": 400}
FEW = {"type": "randomized", "blinding": "double", "control": "placebo", "enrolled": 18}
SINGLE = {"type": "single-arm", "blinding": "none", "control": "none", "enrolled": 400}
COHORT = {"type": "cohort", "enrolled": 400}
UNKNOWN = {"type": "unknown", "blinding": "unknown", "control": "unknown"}
POOLED = {"type": "meta-analysis", "blinding": "none", "control": "none", "enrolled": 40}
CITED = (Citation(CitationKind.NCT, "NCT00000001", Span(0, 0)),)


def a_study(design, **changes):
    record = {"identifiers": {"nct": "NCT00000001"}, "comparators": ["usual care"]}
    return a_trial(outcomes=[MET], **(record | {"design": design} | changes))


def rules(text, trial, **more):
    found = verdict(a_claim(text, outcome="fatigue", **more), trial, citations=CITED)
    return {issue.rule for issue in found.issues}


@pytest.mark.parametrize(
    ("text", "design", "built_up"),
    [
        ("A double-blind trial showed less fatigue.", OPEN, True),
        ("A placebo-controlled trial showed less fatigue.", OPEN, True),
        ("A randomised trial showed less fatigue.", OPEN, False),
        ("An open-label trial, not placebo-controlled, showed less fatigue.", OPEN, False),
        ("A large trial showed less fatigue.", FEW, True),
        ("A large trial showed less fatigue.", OPEN, False),
        ("A double-blind, placebo-controlled trial showed less fatigue.", FEW, False),
        ("A randomized trial showed less fatigue.", SINGLE, True),
        ("The gold-standard study showed less fatigue.", SINGLE, True),
        ("A clinical trial showed less fatigue.", SINGLE, False),
        ("A clinical trial showed less fatigue.", COHORT, True),
        ("Clinical trials are needed, but it eased fatigue.", COHORT, False),
        ("A double-blind, placebo-controlled trial showed less fatigue.", UNKNOWN, False),
        ("Large double-blind trials, pooled, showed less fatigue.", POOLED, False),
    ],
)
def test_a_study_is_called_what_it_was_not(text, design, built_up):
    assert ("CC224" in rules(text, a_study(design))) is built_up


def test_the_record_is_told_as_it_was():
    claim = a_claim("A double-blind trial showed less fatigue.", outcome="fatigue")
    found = verdict(claim, a_study(OPEN))
    assert (found.kind, found.rule, found.reason) == ("overstated", "CC224", "strength")
    assert "randomized trial of 400 people, open-label, against usual care" in found.because


def test_an_arm_of_placebo_is_a_placebo():
    trial = a_study(OPEN | {"control": "none"}, comparators=["placebo pill"])
    assert "CC224" not in rules("A placebo-controlled trial showed less fatigue.", trial)


def test_earlier_studies_are_not_this_one():
    text = "Previous double-blind studies showed less fatigue."
    assert "CC224" not in rules(text, a_study(OPEN), wording=[Wording.BACKGROUND])


def test_the_study_that_is_as_it_is_called_decides():
    blind = a_trial("blind", outcomes=[MET], design=FEW)
    open_ = a_trial("open", outcomes=[MET], design=OPEN)
    claim = a_claim("A double-blind trial showed less fatigue.", outcome="fatigue")
    found = verdict(claim, open_, blind)
    assert (found.kind, found.evidence[0].match.trial.id) == ("supported", "blind")


@pytest.mark.parametrize(("size", "larger"), [(940, True), (420, False), (94, False)])
def test_more_people_than_took_part(size, larger):
    text = f"A study of {size} adults found less fatigue."
    assert ("CC225" in rules(text, a_study(OPEN))) is larger


@pytest.mark.parametrize(
    ("name", "role", "more", "rule"),
    [
        ("Daily Fatigue Severity", "exploratory", {}, "CC114"),
        ("Daily Fatigue Severity, per protocol", "primary", {}, "CC114"),
        ("Daily Fatigue Severity", "primary", {"population": "per-protocol"}, "CC114"),
        ("Daily Fatigue Severity", "primary", {"population": "mitt"}, "CC001"),
        ("Daily Fatigue Severity", "secondary", {}, "CC003"),
    ],
)
def test_what_was_not_planned(name, role, more, rule):
    trial = a_trial(outcomes=[an_outcome(name, role, "improved", **more)])
    claim = a_claim("It eases fatigue.", outcome="fatigue")
    assert verdict(claim, trial).rule == rule


def test_all_who_were_randomised_bear_a_part_of_them_out_or_not():
    def trial(p):
        both = [{"population": "mitt", "p": 0.01, "estimate": -2, "scale": "difference"}]
        both.append({"population": "itt", "p": p, "estimate": -1, "scale": "difference"})
        outcome = an_outcome(analyses=both)
        del outcome["finding"]
        return a_trial(outcomes=[outcome])

    claim = a_claim("It eases fatigue.", outcome="fatigue")
    assert verdict(claim, trial(0.4)).rule == "CC114"
    assert verdict(claim, trial(0.02)).rule == "CC001"


def test_an_unplanned_result_that_is_told_as_such():
    trial = a_trial(outcomes=[an_outcome(role="exploratory", finding="improved")])
    claim = a_claim("Post hoc, it eased fatigue.", outcome="fatigue")
    told = a_claim(claim.text, outcome="fatigue", told=[DisclosureKind.EXPLORATORY])
    assert verdict(told, trial).kind == "supported"


def test_a_wider_illness_and_a_whole_class_are_noted():
    trial = a_trial(
        outcomes=[an_outcome("LDL cholesterol", finding="improved", concept="ldl cholesterol")],
        interventions=[{"name": "atorvastatin"}],
        conditions=["type 2 diabetes"],
    )

    def issues(**parts):
        found = verdict(a_claim("x", outcome="ldl cholesterol", **parts), trial)
        assert found.kind == "supported"
        return {(issue.rule, issue.level.value) for issue in found.issues}

    assert issues(intervention="statins") == {("CC020", "note")}
    assert issues(intervention="atorvastatin", condition="diabetes") == {("CC020", "note")}
    assert issues(intervention="the statin") == set()
    assert issues(intervention="atorvastatin", condition="type 2 diabetes") == set()


DRAFT = "{} ketamine reduced fatigue in people with multiple sclerosis."


@pytest.mark.parametrize(
    ("opening", "verdict_"),
    [
        ("In a double-blind, placebo-controlled trial", "overstated"),
        ("In a randomised trial of 400 people who knew what they got,", "supported"),
    ],
)
def test_a_draft_is_judged_by_what_it_calls_the_study(opening, verdict_):
    trial = a_study(OPEN)
    (document,) = cc.check(DRAFT.format(opening), trials=[trial]).to_dict()["documents"]
    assert [claim["verdict"] for claim in document["claims"]] == [verdict_]
