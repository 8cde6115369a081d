from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.model.claim import (
    DisclosureKind,
    DisclosureReach,
    Resolution,
    Strength,
    Wording,
)
from claimcheck.model.document import Citation, CitationKind, Span
from claimcheck.model.verdict import Confidence, Level, Reason, VerdictKind
from claimcheck.verdict.explain import describe_outcome
from tests.judgement_factory import a_claim, a_trial, an_outcome, verdict

NULL = an_outcome(estimate=-0.10, ci=[-0.32, 0.12], p=0.40, scale="difference")
MFIS = an_outcome("Modified Fatigue Impact Scale", "secondary", "improved", estimate=-13.5, p=0.04)
MET = an_outcome(finding="improved", p=0.01)


def outcome_of(found):
    return found.kind.value, found.reason.value


@pytest.mark.parametrize("certainty", ["asserted", "hedged"])
def test_a_benefit_beside_a_null_primary_is_overstated_whatever_secondaries_show(certainty):
    claim = a_claim("Ketamine relieves fatigue.", outcome="fatigue", certainty=certainty)
    found = verdict(claim, a_trial(outcomes=[NULL, MFIS]))
    assert outcome_of(found) == ("overstated", "negative-primary")
    assert found.level is (Level.ERROR if certainty == "asserted" else Level.WARNING)
    assert found.because.startswith(
        "Daily Fatigue Severity, primary: −0.10 (95% CI −0.32 to 0.12), p 0.40: "
        "no significant difference"
    )
    assert [row.verdict.value for row in found.evidence] == ["overstated", "supported"]
    assert "−13.5" in found.evidence[1].because


@pytest.mark.parametrize("outcome", [None, "symptoms"])
def test_a_general_benefit_is_answered_by_the_primary(outcome):
    claim = a_claim("Ketamine helps people with MS.", outcome=outcome, condition="MS")
    assert outcome_of(verdict(claim, a_trial(outcomes=[NULL, MFIS]))) == (
        "overstated",
        "negative-primary",
    )
    assert verdict(claim, a_trial(outcomes=[MET])).kind is VerdictKind.SUPPORTED


def test_some_primaries_met_is_supported():
    other = an_outcome("pain score", concept="pain", finding="improved")
    found = verdict(a_claim("It helps.", condition="MS"), a_trial(outcomes=[NULL, other]))
    assert found.kind is VerdictKind.SUPPORTED


def test_a_secondary_result_where_the_primary_was_met_is_supported_with_a_note():
    sleep = an_outcome("sleep quality", "secondary", "improved", concept="sleep")
    found = verdict(a_claim("It improves sleep.", outcome="sleep"), a_trial(outcomes=[MET, sleep]))
    assert outcome_of(found) == ("supported", "none")
    assert found.notes
    assert not found.issues


def test_a_secondary_result_where_the_primary_was_missed_is_secondary_only():
    sleep = an_outcome("sleep quality", "secondary", "improved", concept="sleep")
    claim = a_claim("It improves sleep.", outcome="sleep")
    found = verdict(claim, a_trial(outcomes=[NULL, sleep]))
    assert outcome_of(found) == ("overstated", "secondary-only")
    assert found.level is Level.WARNING
    told = a_claim("x", outcome="sleep", told=[DisclosureKind.SECONDARY])
    assert verdict(told, a_trial(outcomes=[NULL, sleep])).kind is VerdictKind.SUPPORTED


def test_where_the_primary_is_unknown_support_is_of_low_confidence():
    sleep = an_outcome("sleep quality", "unknown", "improved", concept="sleep")
    found = verdict(a_claim("It improves sleep.", outcome="sleep"), a_trial(outcomes=[sleep]))
    assert found.kind is VerdictKind.SUPPORTED
    assert found.confidence is Confidence.LOW


@pytest.mark.parametrize(
    ("more", "told", "reason"),
    [
        pytest.param({"role": "subgroup"}, DisclosureKind.SUBGROUP, "subgroup", id="subgroup"),
        pytest.param(
            {"role": "secondary", "comparison": "within-group"},
            DisclosureKind.WITHIN_GROUP,
            "within-group",
            id="within-group",
        ),
        pytest.param(
            {"role": "exploratory"}, DisclosureKind.EXPLORATORY, "secondary-only", id="exploratory"
        ),
    ],
)
def test_a_weak_result_alone_is_overstated_unless_told(more, told, reason):
    weak = an_outcome("sleep quality", finding="improved", concept="sleep", **more)
    trial = a_trial(outcomes=[NULL, weak])
    found = verdict(a_claim("It improves sleep.", outcome="sleep"), trial)
    assert outcome_of(found) == ("overstated", reason)
    rescued = verdict(a_claim("It improves sleep.", outcome="sleep", told=[told]), trial)
    assert rescued.kind is VerdictKind.SUPPORTED


def test_a_null_secondary_is_a_null_result():
    sleep = an_outcome("sleep quality", "secondary", concept="sleep")
    found = verdict(a_claim("It improves sleep.", outcome="sleep"), a_trial(outcomes=[MET, sleep]))
    assert outcome_of(found) == ("overstated", "null-result")


@pytest.mark.parametrize(("certainty", "level"), [("asserted", "error"), ("hedged", "warning")])
def test_a_benefit_where_things_got_worse_is_contradicted(certainty, level):
    claim = a_claim("It relieves fatigue.", outcome="fatigue", certainty=certainty)
    found = verdict(claim, a_trial(outcomes=[an_outcome(finding="worsened")]))
    assert outcome_of(found) == ("contradicted", "direction")
    assert found.level == level


def test_what_was_not_measured_is_named_with_what_was():
    found = verdict(a_claim("It relieves pain.", outcome="pain"), a_trial(outcomes=[NULL, MFIS]))
    assert outcome_of(found) == ("no-evidence", "not-measured")
    assert "Daily Fatigue Severity" in found.because
    assert found.level is Level.NOTE


@pytest.mark.parametrize(
    ("direction", "finding", "expected"),
    [
        ("no-effect", "no-difference", "supported"),
        ("no-effect", "improved", "contradicted"),
        ("harm", "worsened", "supported"),
        ("harm", "improved", "contradicted"),
        ("harm", "no-difference", "overstated"),
    ],
)
def test_claims_of_no_effect_and_of_harm(direction, finding, expected):
    claim = a_claim("x", outcome="fatigue", direction=direction)
    assert verdict(claim, a_trial(outcomes=[an_outcome(finding=finding)])).kind == expected


def test_a_null_primary_beside_a_positive_secondary_supports_no_effect():
    claim = a_claim("It does not change fatigue.", outcome="fatigue", direction="no-effect")
    assert verdict(claim, a_trial(outcomes=[MFIS, NULL])).kind is VerdictKind.SUPPORTED


class TestAnInstrumentThatTheClaimNames:
    fss = an_outcome("Fatigue Severity Scale", "secondary", p=0.06)
    trial = a_trial(outcomes=[NULL, MFIS, fss])

    @pytest.mark.parametrize("said", ["Fatigue Severity Scale", "FSS scores"])
    def test_it_answers_and_no_better_one_does(self, said):
        text = f"There was a trend in reduced {said}."
        told = {"wording": [Wording.TREND], "told": [DisclosureKind.NOT_SIGNIFICANT]}
        found = verdict(a_claim(text, outcome=said, **told), self.trial)
        assert found.kind is VerdictKind.SUPPORTED
        assert "Fatigue Severity Scale, secondary: p 0.06" in found.because
        bare = verdict(a_claim(text, outcome=said, wording=[Wording.TREND]), self.trial)
        assert bare.kind is VerdictKind.OVERSTATED
        trend = next(one for one in bare.issues if one.reason is Reason.TREND)
        assert "Fatigue Severity Scale, secondary: p 0.06" in trend.because


class TestTheRoleThatIsTold:
    def test_an_outcome_that_is_per_protocol_keeps_the_role_of_the_record(self):
        kept = an_outcome("pain", "secondary", "improved", concept="pain", p=0.01)
        trial = a_trial(outcomes=[MET, kept | {"population": "per-protocol"}])
        found = verdict(a_claim("It eases pain.", outcome="pain"), trial)
        assert outcome_of(found) == ("overstated", "secondary-only")
        assert found.because.startswith("pain, secondary, per protocol: p 0.01: improved")
        assert "leaves out people who took part" in found.advice
        assert "pain, a secondary outcome, per protocol, improved" in found.advice
        assert "exploratory" not in found.advice

    def test_the_primary_outcomes_that_failed_are_shown_beside_a_lesser_result(self):
        sleep = an_outcome("sleep quality", "secondary", "improved", concept="sleep")
        claim = a_claim("It improves sleep.", outcome="sleep")
        found = verdict(claim, a_trial(outcomes=[NULL, sleep]))
        shown = [(row.match.outcome.name, row.verdict.value) for row in found.evidence]
        assert shown == [("sleep quality", "supported"), ("Daily Fatigue Severity", "overstated")]


class TestWhatItWasComparedWith:
    @staticmethod
    def told(comparators=("midazolam",), control="active", **more):
        design = {"type": "randomized", "control": control}
        outcomes = [an_outcome(estimate=-0.1, ci=[-0.32, 0.12], p=0.4, scale="difference", **more)]
        trial = a_trial(outcomes=outcomes, design=design, comparators=list(comparators))
        return verdict(a_claim("It eases fatigue.", outcome="fatigue"), trial)

    def test_another_treatment_is_named_in_reason_advice_and_suggestion(self):
        found = self.told()
        assert found.because.endswith("p 0.40: no significant difference compared with midazolam")
        assert "to the primary outcome compared with midazolam. For example" in found.advice
        assert "ketamine, compared with midazolam, made no significant" in found.advice

    def test_a_placebo_only_in_the_suggestion(self):
        found = self.told(["placebo"], "placebo")
        assert "compared" not in found.because
        assert "primary outcome. For example" in found.advice
        assert "ketamine, compared with placebo, made no significant" in found.advice

    def test_of_several_the_one_whose_group_it_was(self):
        several = ("midazolam", "fentanyl")
        assert "compared" not in self.told(several).advice
        found = self.told(several, groups=["ketamine", "fentanyl"])
        assert "compared with fentanyl" in found.because


def test_figures_are_written_as_in_the_evidence():
    outcome = an_outcome(
        estimate=-13.5, ci=[-25, -1.98], p="<0.001", scale="difference", measure="mean change"
    )
    assert describe_outcome(a_trial(outcomes=[outcome | {"finding": "improved"}]).outcomes[0]) == (
        "Daily Fatigue Severity, primary: mean change −13.5 (95% CI −25.0 to −1.98), "
        "p <0.001: improved"
    )


class TestAPooledAnalysisOfTrialsThatMissedTheirPrimary:
    pooled = a_trial(
        "pooled",
        design={"type": "meta-analysis"},
        outcomes=[an_outcome("pooled fatigue", "secondary", "improved")],
    )
    single = a_trial("single", outcomes=[NULL])
    found = verdict(a_claim("It eases fatigue.", outcome="fatigue"), single, pooled)

    def test_the_trial_whose_primary_failed_is_shown_first(self):
        assert outcome_of(self.found) == ("overstated", "negative-primary")
        assert [row.match.trial.id for row in self.found.evidence] == ["single", "pooled"]

    def test_the_suggested_sentence_tells_of_both(self):
        assert self.found.advice.endswith(
            "In a randomized trial, ketamine, compared with midazolam, made no significant "
            "difference to Daily Fatigue Severity, the primary outcome; in a pooled analysis, "
            "pooled fatigue, a secondary outcome, improved compared with midazolam."
        )


class TestNoEffectBesideABetterPrimary:
    days = an_outcome("migraine days", "primary", "improved", concept="migraine", p=0.001)
    intensity = an_outcome("migraine intensity", "secondary", concept="migraine", p=0.6)
    trial = a_trial(outcomes=[days, intensity], conditions=["migraine"])

    def said(self, text, direction="no-effect", trial=trial):
        claim = a_claim(text, outcome="migraine", direction=direction)
        return outcome_of(verdict(claim, trial))

    def test_a_lesser_null_result_denies_nothing(self):
        assert self.said("It does not relieve migraine.") == ("contradicted", "direction")
        assert self.said("It relieves migraine.", "benefit") == ("supported", "none")

    def test_words_that_single_out_the_lesser_outcome_are_answered_by_it(self):
        assert self.said("It did not change migraine intensity.") == ("supported", "none")

    def test_nor_does_a_null_subgroup_of_another_study(self):
        men = an_outcome("men", "subgroup", concept="migraine", subgroup={"name": "men"})
        other = a_trial("t2", outcomes=[men], conditions=["migraine"])
        claim = a_claim("It has no effect.", outcome="migraine", direction="no-effect")
        assert verdict(claim, self.trial, other).kind is VerdictKind.CONTRADICTED

    def test_primaries_that_differ_settle_neither(self):
        half = a_trial(outcomes=[self.days, {**self.intensity, "role": "primary"}])
        assert self.said("It has no effect.", trial=half) == ("no-evidence", "unsettled")

    def test_what_is_pieced_together_from_the_text_around_contradicts_nothing(self):
        claim = a_claim("A setback.", outcome="migraine", direction="no-effect")
        away = {
            part: replace(getattr(claim, part), resolution=Resolution.ANAPHOR)
            for part in ("intervention", "outcome")
        }
        found = verdict(replace(claim, **away), self.trial)
        assert outcome_of(found) == ("no-evidence", "unsettled")


class TestDisclosure:
    trial = a_trial(outcomes=[NULL, MFIS])

    def test_null_told_rescues_a_claim_that_names_another_result(self):
        claim = a_claim(
            "The Modified Fatigue Impact Scale score fell.",
            outcome="fatigue",
            told=[DisclosureKind.NULL_PRIMARY],
        )
        assert verdict(claim, self.trial).kind is VerdictKind.SUPPORTED

    def test_null_told_never_rescues_a_general_claim(self):
        claim = a_claim("It eases fatigue.", outcome="fatigue", told=[DisclosureKind.NULL_PRIMARY])
        assert verdict(claim, self.trial).reason is Reason.NEGATIVE_PRIMARY

    @pytest.mark.parametrize("told", [DisclosureKind.SMALL, DisclosureKind.CASE])
    def test_size_and_anecdote_never_rescue(self, told):
        claim = a_claim("It eases fatigue.", outcome="fatigue", told=[told])
        assert verdict(claim, self.trial).reason is Reason.NEGATIVE_PRIMARY

    def test_the_role_told_rescues_the_secondary_result(self):
        claim = a_claim("x", outcome="fatigue", told=[DisclosureKind.SECONDARY])
        assert verdict(claim, self.trial).kind is VerdictKind.SUPPORTED

    def test_a_role_that_no_result_has_rescues_nothing(self):
        claim = a_claim("x", outcome="fatigue", told=[DisclosureKind.SUBGROUP])
        assert verdict(claim, self.trial).reason is Reason.NEGATIVE_PRIMARY

    def test_a_role_told_in_another_paragraph_rescues_nothing(self):
        far = DisclosureReach.SECTION
        claim = a_claim("x", outcome="fatigue", told=[DisclosureKind.SECONDARY], reach=far)
        assert verdict(claim, self.trial).reason is Reason.NEGATIVE_PRIMARY

    @pytest.mark.parametrize(
        ("told_of", "expected"), [("ketamine", "supported"), ("naltrexone", "overstated")]
    )
    def test_the_null_holds_to_the_end_of_the_section_for_its_own_treatment(
        self, told_of, expected
    ):
        claim = a_claim(
            "The Modified Fatigue Impact Scale score fell.",
            outcome="fatigue",
            told=[DisclosureKind.NULL_PRIMARY],
            reach=DisclosureReach.SECTION,
            told_of=told_of,
        )
        assert verdict(claim, self.trial).kind == expected

    def test_null_told_rescues_a_claim_on_another_outcome(self):
        sleep = an_outcome("sleep quality", "secondary", "improved", concept="sleep")
        claim = a_claim("It improves sleep.", outcome="sleep", told=[DisclosureKind.NULL_PRIMARY])
        assert verdict(claim, a_trial(outcomes=[NULL, sleep])).kind is VerdictKind.SUPPORTED

    def test_not_significant_in_so_many_words(self):
        claim = a_claim("x", outcome="fatigue", wording=[Wording.NOT_SIGNIFICANT])
        assert verdict(claim, a_trial(outcomes=[NULL])).kind is VerdictKind.SUPPORTED


def test_a_trend_is_no_difference():
    sleep = an_outcome("sleep quality", "secondary", concept="sleep", p=0.06)
    claim = a_claim("A trend towards better sleep.", outcome="sleep", wording=[Wording.TREND])
    assert outcome_of(verdict(claim, a_trial(outcomes=[MET, sleep]))) == ("overstated", "trend")


@pytest.mark.parametrize("direction", ["benefit", "no-effect"])
def test_equality_is_not_read_out_of_a_failed_test(direction):
    claim = a_claim(
        "It is as good as midazolam at relieving fatigue.",
        outcome="fatigue",
        direction=direction,
        wording=[Wording.EQUIVALENCE],
    )
    found = verdict(claim, a_trial(outcomes=[NULL]))
    assert outcome_of(found) == ("overstated", "equivalence-from-null")
    tested = an_outcome(hypothesis="non-inferiority", finding="non-inferior")
    assert verdict(claim, a_trial(outcomes=[tested])).kind is VerdictKind.SUPPORTED


CASE = {"design": {"type": "case-report", "enrolled": 1}, "conditions": ["rheumatoid arthritis"]}


def test_a_case_report_carries_its_own_story_and_no_general_claim():
    pain = an_outcome("pain", "unknown", "improved", concept="pain", comparison="within-group")
    trial = a_trial(outcomes=[pain], **CASE)
    general = a_claim("Ketamine relieves pain.", outcome="pain", condition="rheumatoid arthritis")
    found = verdict(general, trial, of_a_case=True)
    assert outcome_of(found) == ("overstated", "causal-from-observational")
    assert verdict(general, trial).reason is Reason.NOT_IN_CORPUS
    told = a_claim("x", outcome="pain", told=[DisclosureKind.CASE])
    assert verdict(told, trial).kind is VerdictKind.SUPPORTED


@pytest.mark.parametrize(
    ("strength", "expected"),
    [(Strength.CAUSAL, "overstated"), (Strength.CORRELATIONAL, "supported")],
)
def test_cohorts_show_association(strength, expected):
    trial = a_trial(
        outcomes=[an_outcome(role="unknown", finding="improved")], design={"type": "cohort"}
    )
    assert verdict(a_claim("x", outcome="fatigue", strength=strength), trial).kind == expected


def test_strong_words_on_a_study_without_comparison():
    trial = a_trial(
        outcomes=[an_outcome(role="unknown", finding="improved", comparison="within-group")],
        design={"type": "single-arm", "enrolled": 13},
    )
    found = verdict(a_claim("x", outcome="fatigue", wording=[Wording.STRONG]), trial)
    assert Reason.STRENGTH in {issue.reason for issue in found.issues}


def test_an_effect_for_longer_than_it_was_looked_at():
    trial = a_trial(outcomes=[an_outcome(finding="improved", timepoint="7 days")])
    claim = a_claim(
        "Relief lasts for months.",
        outcome="fatigue",
        timeframe="for months",
        wording=[Wording.LASTING],
    )
    assert outcome_of(verdict(claim, trial)) == ("overstated", "timeframe")
    within = a_claim("x", outcome="fatigue", timeframe="a week", wording=[Wording.LASTING])
    assert verdict(within, trial).kind is VerdictKind.SUPPORTED


def test_an_effect_in_everyone():
    claim = a_claim("It relieves fatigue in everyone.", outcome="fatigue", population="everyone")
    assert outcome_of(verdict(claim, a_trial(outcomes=[MET]))) == ("overstated", "population")


class TestSeveralTrials:
    def test_equals_that_disagree_are_mixed(self):
        trials = a_trial("a", outcomes=[MET]), a_trial("b", outcomes=[NULL])
        found = verdict(a_claim("x", outcome="fatigue"), *trials)
        assert outcome_of(found) == ("overstated", "mixed-evidence")
        assert found.level is Level.WARNING
        hedged = verdict(a_claim("x", outcome="fatigue", certainty="hedged"), *trials)
        assert hedged.kind is VerdictKind.SUPPORTED
        assert hedged.notes

    def test_the_better_design_decides(self):
        trials = (
            a_trial("meta", outcomes=[MET], design={"type": "meta-analysis"}),
            a_trial("small", outcomes=[NULL]),
        )
        assert verdict(a_claim("x", outcome="fatigue"), *trials).kind is VerdictKind.SUPPORTED

    def test_the_cited_study_decides(self):
        trials = (
            a_trial("meta", outcomes=[MET], design={"type": "meta-analysis"}),
            a_trial("small", outcomes=[NULL], identifiers={"pmid": "1"}),
        )
        cited = (Citation(CitationKind.PMID, "1", Span(0, 0)),)
        found = verdict(a_claim("x", outcome="fatigue"), *trials, citations=cited)
        assert found.reason is Reason.NEGATIVE_PRIMARY

    def test_the_study_in_the_condition_decides(self):
        trials = (
            a_trial("far", outcomes=[MET], conditions=["fibromyalgia"]),
            a_trial("near", outcomes=[NULL]),
        )
        found = verdict(a_claim("x", outcome="fatigue", condition="MS"), *trials)
        assert found.reason is Reason.NEGATIVE_PRIMARY

    def test_every_row_of_evidence_has_its_own_verdict(self):
        trials = a_trial("a", outcomes=[MET]), a_trial("b", outcomes=[NULL])
        found = verdict(a_claim("x", outcome="fatigue"), *trials)
        assert [row.verdict.value for row in found.evidence] == ["supported", "overstated"]


def test_a_biomarker_does_not_outweigh_what_people_feel():
    clinical = a_trial("clinical", outcomes=[an_outcome("ADAS-Cog", concept="cognition")])
    marker = a_trial(
        "marker",
        outcomes=[an_outcome("PET", concept="amyloid", kind="biomarker", finding="improved")],
        design={"type": "randomized", "enrolled": 5000},
    )
    found = verdict(a_claim("It works.", condition="MS"), marker, clinical)
    assert found.reason is Reason.NEGATIVE_PRIMARY


class TestNoEvidence:
    def test_another_treatment(self):
        claim = a_claim("x", intervention="naltrexone", outcome="fatigue")
        found = verdict(claim, a_trial(outcomes=[MET]))
        assert outcome_of(found) == ("no-evidence", "not-in-corpus")

    def test_another_condition(self):
        claim = a_claim("x", outcome="fatigue", condition="fibromyalgia")
        found = verdict(claim, a_trial(outcomes=[MET]))
        assert outcome_of(found) == ("no-evidence", "condition-differs")
        assert "multiple sclerosis" in found.because

    def test_a_result_that_was_not_reported(self):
        found = verdict(
            a_claim("x", outcome="fatigue"), a_trial(outcomes=[an_outcome(finding="not-reported")])
        )
        assert outcome_of(found) == ("no-evidence", "unsettled")

    def test_a_retracted_study_never_supports(self):
        found = verdict(
            a_claim("x", outcome="fatigue"), a_trial(outcomes=[MET], status="retracted")
        )
        assert found.kind is VerdictKind.NO_EVIDENCE
        assert "retracted" in found.because

    def test_other_studies_are_not_the_record(self):
        claim = a_claim("Earlier studies ...", outcome="fatigue", wording=[Wording.BACKGROUND])
        assert verdict(claim, a_trial(outcomes=[MET])).reason is Reason.NOT_IN_CORPUS

    def test_nothing_named_and_several_conditions_studied(self):
        trials = (
            a_trial("a", outcomes=[MET]),
            a_trial("b", outcomes=[MET], conditions=["fibromyalgia"]),
        )
        assert verdict(a_claim("Ketamine works."), *trials).kind is VerdictKind.NO_EVIDENCE


@pytest.mark.parametrize("direction", ["benefit", "no-effect", "harm"])
@pytest.mark.parametrize("role", ["primary", "secondary", "subgroup", "exploratory", "unknown"])
@pytest.mark.parametrize(
    "finding", ["improved", "worsened", "no-difference", "not-reported", "differs"]
)
def test_every_verdict_says_why(direction, role, finding):
    claim = a_claim("x", outcome="fatigue", direction=direction)
    found = verdict(claim, a_trial(outcomes=[an_outcome(role=role, finding=finding)]))
    assert found.because
    assert "{" not in found.because + found.advice
    assert found.trace
    assert found.rule.startswith("CC")


@pytest.mark.parametrize(
    ("registered", "kind"), [("secondary", "overstated"), ("primary", "supported")]
)
def test_a_primary_outcome_that_the_registry_did_not_know_is_told(registered, kind):
    outcome = an_outcome(finding="improved", registered_role=registered, estimate=-2.0, p=0.01)
    judged = verdict(a_claim("Ketamine relieves fatigue."), a_trial(outcomes=[outcome]))
    assert judged.kind == kind
    assert (judged.reason == "outcome-switched") is (kind == "overstated")


def test_a_trial_in_the_people_named_comes_before_a_larger_one_in_others():
    young = a_trial(
        "young",
        outcomes=[an_outcome()],
        population={"age": "adolescents"},
        design={"type": "randomized", "enrolled": 20},
    )
    any_age = a_trial("any", outcomes=[MET], design={"type": "meta-analysis", "enrolled": 2000})
    claim = a_claim("It eases it in adolescents.", outcome="fatigue", population="adolescents")
    assert verdict(claim, young, any_age).evidence[0].match.trial.id == "young"
    assert outcome_of(verdict(claim, young, any_age)) == ("overstated", "negative-primary")


def test_a_study_without_comparison_borrows_no_primary_outcome():
    alone = a_trial(
        "alone",
        outcomes=[an_outcome("fatigue after", "unknown", "improved", comparison="within-group")],
        population={"age": "adolescents"},
        design={"type": "single-arm", "enrolled": 130},
    )
    other = a_trial("other", outcomes=[MET])
    claim = a_claim("It eases it in adolescents.", outcome="fatigue", population="adolescents")
    assert outcome_of(verdict(claim, alone, other)) == ("overstated", "within-group")


def test_kinds_of_one_condition_are_one_field():
    trials = [
        a_trial(one, outcomes=[MET], conditions=[condition])
        for one, condition in (("a", "Alzheimer's disease"), ("b", "mild Alzheimer's disease"))
    ]
    assert verdict(a_claim("It helps."), *trials).kind is VerdictKind.SUPPORTED
    apart = a_trial("c", outcomes=[MET], conditions=["psoriasis"])
    assert verdict(a_claim("It helps."), trials[0], apart).reason is Reason.UNSETTLED
