from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.documents import read_text
from claimcheck.match import match, tells_of_a_case
from claimcheck.match.times import read_hours
from claimcheck.match.treatments import Meant, Tried, score_name
from claimcheck.model.claim import Resolution, Wording
from claimcheck.model.document import Citation, CitationKind, Span
from claimcheck.model.trial import Named
from claimcheck.model.verdict import Beyond, Reach
from claimcheck.rulebook.load import load_rulebook
from claimcheck.rulebook.types import TermKind
from claimcheck.trials.index import TrialIndex
from tests.judgement_factory import a_claim, a_trial, an_outcome, lay, shelf, terms

ONE = an_outcome()
NAMES = [
    name
    for term in load_rulebook(paths.rules_dir()).terms
    if term.kind is TermKind.INTERVENTION
    for name in term.names
]


@pytest.mark.parametrize(
    "said",
    ["ketamine", "Ketamine", "low-dose ketamine", "ketamine infusions", "IV ketamine", "ketamin"],
)
def test_a_treatment_is_found_under_its_names(said):
    assert lay(a_claim("x", intervention=said, outcome="fatigue"), a_trial(outcomes=[ONE]))


@pytest.mark.parametrize(
    "said", ["esketamine maleate", "midazolam", "dextromethorphan", "the drug", "naltrexone"]
)
def test_another_treatment_gets_no_match(said):
    assert not lay(a_claim("x", intervention=said, outcome="fatigue"), a_trial(outcomes=[ONE]))


@pytest.mark.parametrize(
    ("said", "tested"),
    [
        ("bapineuzumab", "solanezumab"),
        ("teriparatide", "abaloparatide"),
        ("propranolol", "metoprolol"),
        ("ropivacaine", "bupivacaine"),
        ("esomeprazole", "omeprazole"),
    ],
)
def test_drugs_of_one_class_are_two_drugs(said, tested):
    trial = a_trial(outcomes=[ONE], interventions=[tested])
    assert not lay(a_claim("x", intervention=said, outcome="fatigue"), trial)
    assert lay(a_claim("x", intervention=f"oral {tested} 5 mg", outcome="fatigue"), trial)


def test_a_claim_without_treatment_gets_no_match():
    assert not lay(a_claim("x", intervention=None, outcome="fatigue"), a_trial(outcomes=[ONE]))


def test_a_record_s_alias_is_one_of_its_names():
    trial = a_trial(
        outcomes=[ONE], interventions=[{"name": "LY2062430", "aliases": ["solanezumab"]}]
    )
    assert lay(a_claim("x", intervention="Solanezumab", outcome="fatigue"), trial)


@pytest.mark.parametrize(
    ("outcome", "reach"),
    [
        pytest.param("fatigue", Reach.CONCEPT, id="concept"),
        pytest.param("tiredness", Reach.CONCEPT, id="lay-name"),
        pytest.param(None, Reach.GENERAL, id="none-named"),
        pytest.param("symptoms", Reach.GENERAL, id="symptoms"),
        pytest.param("health outcomes", Reach.GENERAL, id="outcomes-in-general"),
    ],
)
def test_an_instrument_answers_for_its_concept(outcome, reach):
    (found,) = lay(a_claim("It helps.", outcome=outcome), a_trial(outcomes=[ONE]))
    assert found.outcome is not None
    assert found.outcome.name == "Daily Fatigue Severity"
    assert found.reach is reach


@pytest.mark.parametrize("outcome", ["pain", "depression", "muscle fatigue", "quality of life"])
def test_what_was_not_measured_has_a_match_without_outcome(outcome):
    (found,) = lay(a_claim("x", outcome=outcome), a_trial(outcomes=[ONE]))
    assert found.outcome is None
    assert "not measured" in found.because


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        pytest.param("multiple sclerosis", True, id="same"),
        pytest.param("MS", True, id="abbreviation"),
        pytest.param("relapsing multiple sclerosis", True, id="narrower"),
        pytest.param("fibromyalgia", False, id="another"),
        pytest.param(None, None, id="none-named"),
    ],
)
def test_conditions(condition, fits):
    (found,) = lay(a_claim("x", outcome="fatigue", condition=condition), a_trial(outcomes=[ONE]))
    assert found.condition_fits is fits


def test_a_wider_condition_fits_and_is_called_wider():
    trial = a_trial(
        outcomes=[an_outcome("HAM-D", concept="depression")],
        conditions=["treatment-resistant depression"],
    )
    (found,) = lay(a_claim("x", outcome="depression", condition="depression"), trial)
    assert found.condition_fits
    assert found.condition_wider


def test_an_outcome_in_part_of_the_people_answers_for_them():
    part = an_outcome("infection after hip surgery", concept="infection")
    trial = a_trial(outcomes=[part, an_outcome("infection", concept="infection")])
    found = lay(a_claim("x", outcome="infection", condition="hip surgery"), trial)
    fits = {row.outcome.name: row.condition_fits for row in found}
    assert fits["infection after hip surgery"]
    assert not fits["infection"]


@pytest.mark.parametrize(
    ("population", "fits"),
    [("children", False), ("people", True), ("adults", True), ("older adults", True)],
)
def test_populations_that_do_not_answer_for_each_other(population, fits):
    trial = a_trial(outcomes=[ONE], population={"age": "adults"})
    claim = a_claim("x", outcome="fatigue", condition="MS", population=population)
    assert lay(claim, trial)[0].condition_fits is fits


PAIN = [
    an_outcome("pain (VAS), chondroitin vs placebo", finding="improved", concept="pain"),
    an_outcome("pain (VAS), celecoxib vs placebo", finding="improved", concept="pain"),
    an_outcome("pain (VAS), chondroitin vs celecoxib", concept="pain"),
]
CONCEPT = {
    "interventions": [
        {"name": "chondroitin sulfate", "aliases": ["chondroitin"]},
        {"name": "celecoxib"},
    ],
    "comparators": ["placebo", "celecoxib"],
    "conditions": ["knee osteoarthritis"],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Chondroitin relieved pain better than placebo.",
            "pain (VAS), chondroitin vs placebo",
            id="placebo",
        ),
        pytest.param(
            "Chondroitin is as good as celecoxib at relieving pain.",
            "pain (VAS), chondroitin vs celecoxib",
            id="active",
        ),
        pytest.param("Chondroitin relieves pain.", "pain (VAS), chondroitin vs placebo", id="none"),
    ],
)
def test_the_comparator_in_the_words_tells_outcomes_apart(text, expected):
    trial = a_trial(outcomes=PAIN, **CONCEPT)
    found = lay(a_claim(text, intervention="chondroitin", outcome="pain"), trial)
    assert found[0].outcome.name == expected
    assert not any(row.outcome.name.startswith("pain (VAS), celecoxib") for row in found)


DOSES = [
    an_outcome(
        "cold duration with zinc over 75 mg/day", finding="improved", concept="cold duration"
    ),
    an_outcome("cold duration with zinc under 75 mg/day", concept="cold duration"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("High doses of zinc shorten colds.", "cold duration with zinc over 75 mg/day"),
        ("Less than 75 milligrams of zinc did nothing.", "cold duration with zinc under 75 mg/day"),
    ],
)
def test_the_dose_in_the_words_tells_outcomes_apart(text, expected):
    trial = a_trial(outcomes=DOSES, interventions=["zinc"], conditions=["common cold"])
    found = lay(a_claim(text, intervention="zinc", outcome="cold duration"), trial)
    assert [row.outcome.name for row in found] == [expected]


def test_figures_in_the_words_tell_outcomes_apart():
    trial = a_trial(
        outcomes=[
            an_outcome("fatigue at one week", measure="percent reduction", estimate=20),
            an_outcome("fatigue at one month", measure="percent reduction", estimate=33),
        ]
    )
    found = lay(a_claim("Fatigue fell by 33 percent.", outcome="fatigue"), trial)
    assert found[0].outcome.name == "fatigue at one month"
    assert found[0].reach is Reach.NAMED
    assert found[0].figures


def test_an_instrument_in_the_words_is_named():
    trial = a_trial(
        outcomes=[ONE, an_outcome("Modified Fatigue Impact Scale", "secondary", "improved")]
    )
    claim = a_claim("Scores on the Modified Fatigue Impact Scale fell.", outcome="fatigue")
    found = lay(claim, trial)
    assert found[0].outcome.name == "Modified Fatigue Impact Scale"
    assert found[0].reach is Reach.NAMED
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("for years", 17520),
        ("7 days", 168),
        ("two weeks", 336),
        ("a month", 730),
        ("week 78", 13104),
        ("about 4 to 6 weeks", 1008),
        ("days 1 and 3", 48),
        ("24 hours", 24),
        ("long term", None),
        ("", None),
    ],
)
def test_times_are_read_in_hours(text, hours):
    assert read_hours(text, terms()) == hours


@pytest.mark.parametrize(
    ("said", "longer"),
    [("two weeks", True), ("13 days", False), ("14 days", True), ("a day", False), ("ages", False)],
)
def test_a_claim_outlasts_an_outcome_from_twice_its_time(said, longer):
    trial = a_trial(outcomes=[an_outcome(timepoint="7 days")])
    claim = a_claim("x", outcome="fatigue", timeframe=said, wording=[Wording.LASTING])
    (found,) = lay(claim, trial)
    assert (Beyond.TIMEFRAME in found.beyond) is longer


def test_the_cited_study_comes_first():
    small = a_trial("small", outcomes=[ONE], identifiers={"nct": "NCT00000001"})
    large = a_trial("large", outcomes=[ONE], design={"type": "meta-analysis", "enrolled": 5000})
    cited = (Citation(CitationKind.NCT, "NCT00000001", Span(0, 0)),)
    claim = a_claim("x", outcome="fatigue")
    assert [row.trial.id for row in lay(claim, small, large)] == ["large", "small"]
    found = lay(claim, small, large, citations=cited)
    assert [row.trial.id for row in found] == ["small", "large"]
    assert [row.cited for row in found] == [True, False]


def test_a_trial_in_the_condition_comes_before_a_larger_one_outside_it():
    near = a_trial("near", outcomes=[ONE])
    far = a_trial(
        "far", outcomes=[ONE], conditions=["fibromyalgia"], design={"type": "meta-analysis"}
    )
    found = lay(a_claim("x", outcome="fatigue", condition="MS"), far, near)
    assert [row.trial.id for row in found] == ["near", "far"]


def test_the_order_of_the_records_changes_nothing():
    trials = [a_trial(f"t{n}", outcomes=[ONE]) for n in range(4)]
    claim = a_claim("x", outcome="fatigue")
    assert lay(claim, *trials) == lay(claim, *reversed(trials))


@pytest.mark.parametrize(
    "name",
    ["fatigue, more against less intensive", "fatigue, 200 mg a day against 80 mg a day"],
)
def test_one_dose_against_another_answers_what_speaks_of_doses_or_where_nothing_else_does(name):
    doses = an_outcome(name, "unknown", "improved")
    trial = a_trial(outcomes=[doses, an_outcome("fatigue, against placebo", "unknown")])
    plain = a_claim("It eases fatigue.", outcome="fatigue")
    assert [one.outcome.name for one in lay(plain, trial)] == ["fatigue, against placebo"]
    assert [one.outcome.name for one in lay(plain, a_trial(outcomes=[doses]))] == [name]
    of_doses = a_claim("A higher dose eases fatigue.", outcome="fatigue")
    assert len(lay(of_doses, trial)) == 2


def test_doses_in_the_words_point_at_an_outcome_that_compares_them():
    trial = a_trial(
        outcomes=[
            an_outcome("fatigue against placebo", finding="improved"),
            an_outcome("fatigue, 192 to 207 mg against 80 to 92 mg", "secondary"),
        ]
    )
    text = "There was no difference between 80 to 92 mg and 192 to 207 mg of it."
    found = lay(a_claim(text, direction="no-effect"), trial)
    assert found[0].outcome.role == "secondary"
    assert found[0].reach is Reach.NAMED


@pytest.mark.parametrize(
    ("text", "another"),
    [
        pytest.param("A small 2007 trial found that ketamine eased fatigue.", True, id="its-year"),
        pytest.param("A 2021 trial found that ketamine eased fatigue.", False, id="this-year"),
        pytest.param("The 2020 study found less fatigue.", False, id="online-the-year-before"),
        pytest.param("August 29, 2007 -- A study found less fatigue.", False, id="a-date-line"),
        pytest.param("A recent meta-analysis found less fatigue.", True, id="a-study-of-studies"),
        pytest.param("Ketamine eased fatigue.", False, id="no-study-named"),
    ],
)
def test_what_is_told_of_another_study_is_not_laid_to_this_one(text, another):
    claim = a_claim(text, outcome="fatigue")
    (found,) = lay(claim, a_trial(outcomes=[ONE], year=2021))
    assert found.another is another


def test_one_patient_answers_for_a_draft_about_that_patient_alone():
    claim = a_claim("Ketamine eases fatigue.", outcome="fatigue")
    trial = a_trial(
        outcomes=[an_outcome(finding="improved", role=None)], design={"type": "case-report"}
    )
    (found,) = lay(claim, trial)
    assert found.another
    for draft in ("Ketamine eased fatigue, a case report shows.", "It was only one patient."):
        assert tells_of_a_case(read_text(draft), terms())
    assert not tells_of_a_case(read_text("In one case, a report was late."), terms())
    (found,) = match(claim, TrialIndex((trial,)), shelf(), of_a_case=lambda: True)
    assert not found.another


def test_an_estimate_of_a_million_is_a_figure_like_others():
    outcome = an_outcome(estimate=1_000_000, p=0.5, finding=None)
    assert lay(a_claim("x", outcome="fatigue"), a_trial(outcomes=[outcome]))


@given(st.sampled_from(NAMES), st.sampled_from(["{}", "Oral {}", "{} tablets"]))
def test_a_treatment_of_the_rules_fits_its_own_name(name, said):
    # "Oral contraceptive implant" would name a pill first.
    assume(terms().concepts(said.format(name)) <= terms().concepts(name))
    meant = Meant.of(said.format(name), None, terms())
    assert score_name(meant, Tried.of(Named(name), terms()))


class TestATitleOnAnotherIllness:
    colds = a_trial(
        conditions=[{"name": "common cold", "aliases": ["colds"]}],
        outcomes=[an_outcome("cold duration", concept="cold duration")],
    )

    @staticmethod
    def under(title, outcome):
        claim = a_claim("x", outcome=outcome, condition=title)
        return replace(claim, condition=replace(claim.condition, resolution=Resolution.TITLE))

    def fits(self, trial, title, outcome):
        return lay(self.under(title, outcome), trial)[0].condition_fits

    def test_the_illness_that_a_sentence_itself_names_was_studied(self):
        assert self.fits(self.colds, "multiple sclerosis", "colds") is True

    def test_a_sentence_that_names_the_title_s_illness_itself_is_about_that(self):
        claim = a_claim("x", outcome="colds", condition="multiple sclerosis")
        assert lay(claim, self.colds)[0].condition_fits is False

    @pytest.mark.parametrize(
        ("conditions", "outcome"),
        [
            pytest.param(["depression"], "depression", id="what-comes-with-many-illnesses"),
            pytest.param(["asthma", "common cold"], "colds", id="one-of-two-illnesses"),
        ],
    )
    def test_but_the_people_may_still_be_others(self, conditions, outcome):
        measured = an_outcome("score", concept=outcome)
        trial = a_trial(conditions=conditions, outcomes=[measured])
        assert self.fits(trial, "multiple sclerosis", outcome) is False
