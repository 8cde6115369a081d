"""What is read out of a report's own prose. The abstracts are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.reading.nlp import Reader
from claimcheck.reading.sections import Part, sentences
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms
from claimcheck.trials.importers.report import read_report
from claimcheck.trials.report.outcomes import concept_of

RULES = load_rulebook(paths.rules_dir())
READER, TERMS = Reader(RULES), Terms(RULES)

STRUCTURED = """BACKGROUND: Fatigue is common in multiple sclerosis.

METHODS: In this double-blind trial, 240 patients with multiple sclerosis were randomly assigned \
to amantadine (n = 120) or placebo (n = 120). The primary outcome was the Fatigue Severity Scale \
at week 12. Secondary outcomes included sleep quality and depression.

RESULTS: Fatigue severity did not differ between the groups at week 12 (mean difference -0.20; \
95% CI, -0.61 to 0.21; P = 0.34). Sleep quality improved more with amantadine than with placebo \
(P = 0.02). Depression was similar in both groups.

CONCLUSIONS: Amantadine may improve sleep."""

PLAIN = (
    "Back pain is common. We randomly assigned 90 adults with back pain to yoga or usual care. "
    "The primary outcome was pain at 8 weeks. Pain was significantly lower in the yoga group than "
    "in the usual care group (difference -1.4 points, 95% CI -2.2 to -0.6, p = 0.001). "
    "In conclusion, yoga reduces back pain."
)


def read(text, title=""):
    return read_report(text, title=title, reader=READER, rulebook=RULES, terms=TERMS)


def shown(report):
    return [
        (o.role.value, o.concept, o.finding.kind.value, o.analysis.estimate, str(o.analysis.p))
        for o in report.trial.outcomes
    ]


def test_a_structured_abstract():
    report = read(STRUCTURED, "Amantadine for fatigue in multiple sclerosis")
    trial = report.trial
    assert (trial.design.type.value, trial.design.blinding, trial.design.control) == (
        "randomized",
        "double",
        "placebo",
    )
    assert trial.design.enrolled == 240
    assert [one.name for one in trial.conditions] == ["multiple sclerosis"]
    assert trial.interventions[0].name == "amantadine"
    assert trial.comparators[0].name == "placebo"
    assert shown(report)[0] == ("primary", "fatigue", "no-difference", -0.2, "0.34")
    roles = {o.concept: (o.role.value, o.finding.kind.value) for o in trial.outcomes}
    assert roles["sleep"] == ("secondary", "improved")
    assert roles["depression"] == ("secondary", "no-difference")


def test_an_abstract_without_labels():
    report = read(PLAIN, "Yoga for back pain")
    primary = report.trial.outcomes[0]
    assert primary.role.value == "primary"
    assert primary.finding.kind.value == "improved"
    assert primary.analysis.ci == (-2.2, -0.6)
    assert report.trial.comparators[0].name == "usual care"


@pytest.mark.parametrize("text", [STRUCTURED, PLAIN])
def test_every_outcome_says_where_it_was_read(text):
    report = read(text)
    assert [place.index for place in report.outcomes] == list(range(len(report.trial.outcomes)))
    for place in report.outcomes:
        for span in (place.definition, place.result):
            assert span is None or text[span.start : span.end].strip()
    primary = report.outcomes[0]
    assert "primary" in text[: primary.definition.start].rsplit(".", 1)[-1]
    assert primary.result.start > primary.definition.end


def test_baseline_comparisons_are_no_results():
    text = (
        "METHODS: 40 patients were randomized to a drug or placebo. The primary outcome was pain.\n"
        "RESULTS: Pain was similar at baseline (p = 0.80). Pain was lower with the drug than with "
        "placebo (p = 0.01)."
    )
    primary = read(text).trial.outcomes[0]
    assert [str(one.p) for one in primary.analyses] == ["0.01"]


def test_a_change_from_baseline_is_within_a_group():
    text = (
        "METHODS: The primary outcome was anxiety.\n"
        "RESULTS: Anxiety decreased from baseline in both groups (p < 0.001)."
    )
    assert read(text).trial.outcomes[0].analysis.comparison.value == "within-group"


def test_several_outcomes_with_their_own_p_values():
    text = (
        "METHODS: Patients were randomly assigned to exercise or usual care.\n"
        "RESULTS: Exercise reduced pain (p = 0.03) and anxiety (p = 0.04), but fatigue did not "
        "differ between the groups (p = 0.50)."
    )
    found = {o.concept: str(o.analysis.p) for o in read(text).trial.outcomes}
    assert found == {"pain": "0.03", "anxiety": "0.04", "fatigue": "0.5"}


def test_a_missing_p_value_is_no_null_result():
    text = "METHODS: The primary outcome was survival.\nRESULTS: 20 patients were enrolled."
    assert read(text).trial.outcomes[0].finding.kind.value == "not-reported"


PRIMARY = "METHODS: The primary outcome was pain at 24 hours. Sleep was a secondary outcome.\n"


def first(results):
    return read(f"{PRIMARY}RESULTS: {results}").trial.outcomes[0]


@pytest.mark.parametrize(
    ("results", "finding"),
    [
        pytest.param(
            "Pain was lower with the drug at 48 hours (p = 0.01); there was no difference at "
            "24 hours.",
            "no-difference",
            id="the-planned-time-decides",
        ),
        pytest.param(
            "Pain was lower with the drug. However, pain was not significantly different between "
            "the groups.",
            "no-difference",
            id="what-was-tested-before-what-only-leans",
        ),
        pytest.param(
            "There were no significant differences in sleep or pain between the groups.",
            "no-difference",
            id="a-list-joined-by-or",
        ),
        pytest.param(
            "Mean decrease in pain was 27 mm (95% CI 22 to 33) for the drug, 28 mm (95% CI 22 to "
            "34) for the other and 23 mm (95% CI 16 to 30) for placebo.",
            "not-reported",
            id="intervals-of-arms-compare-nothing",
        ),
        pytest.param(
            "Pain fell in both treatment groups (p < 0.001). There was no difference in any of "
            "the outcomes.",
            "no-difference",
            id="no-difference-in-any-outcome",
        ),
        pytest.param(
            "Pain was 8.6 versus 8.5 at baseline and not significantly different at 24 hours.",
            "no-difference",
            id="the-start-and-the-end-in-one-sentence",
        ),
        pytest.param(
            "There was a significant interaction of group and age for pain (p = 0.02). Pain did "
            "not differ between the groups.",
            "no-difference",
            id="an-interaction-is-no-result-of-the-whole",
        ),
    ],
)
def test_the_result_that_decides(results, finding):
    outcome = first(results)
    assert outcome.role.value == "primary"
    assert outcome.finding.kind.value == finding


def test_greater_loss_of_weight_is_better_though_less_weight_is():
    text = (
        "METHODS: Adults were randomized to a diet or usual care. The primary outcome was weight.\n"
        "RESULTS: The diet group had greater weight loss than usual care (p = 0.01)."
    )
    assert read(text).trial.outcomes[0].finding.kind.value == "improved"


@pytest.mark.parametrize("who", ["them", "groups A and B", "group I"])
def test_groups_are_no_outcomes(who):
    report = read(f"METHODS: We randomized 9 men.\nRESULTS: No difference was found between {who}.")
    assert not [o.name for o in report.trial.outcomes if o.name in who]


def test_a_time_is_no_estimate():
    outcome = first("There was no difference at 24 hours in pain.")
    assert outcome.analysis.estimate is None


def test_groups_alike_in_age_tell_no_result():
    report = read("METHODS: We randomized 9 men.\nRESULTS: Age did not differ (p = 0.9).")
    assert not report.trial.outcomes


def test_labels_of_many_kinds_are_known():
    text = (
        "Aims:\nTo compare.\nPatients and methods\nWe enrolled ten.\nMain results:\nPain fell.\n"
        "Conclusions and relevance: It helps.\nTrial registration: NCT00000000"
    )
    found = [s.part for s in sentences(text, reader=READER, rulebook=RULES)]
    assert found == [Part.OBJECTIVE, Part.METHODS, Part.RESULTS, Part.CONCLUSION, Part.OTHER]


@settings(max_examples=60)
@given(
    st.text(
        alphabet="RESULTS: the primary outcome was pain (p = 0.03); lower than and in\n.α\x00é",
        max_size=300,
    )
)
def test_any_text_is_read(text):
    report = read(text)
    assert report.text == text
    for place in report.outcomes:
        for span in (place.definition, place.result):
            assert span is None or 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    "text", ["Pain was lower (p = 0.01) and " * 700, "(" * 20_000, "RESULTS: " + "a," * 10_000]
)
def test_text_without_end_is_read_all_the_same(text):
    assert read(text).text == text


NAMED = "METHODS: We randomly assigned 80 adults to a drug or placebo.\nRESULTS: "


def names(results, title="A drug for pain"):
    return [one.name for one in read(NAMED + results, title).trial.outcomes]


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        pytest.param(
            "Knowledge (p<0.001) was higher with the drug.", ["Knowledge"], id="a-p-value-behind"
        ),
        pytest.param(
            "Physical functioning score was the only measure that improved significantly "
            "(p = 0.03).",
            ["Physical functioning score"],
            id="up-to-the-verb",
        ),
        pytest.param(
            "The drug group was significantly better (p = 0.01).", [], id="who-was-treated"
        ),
        pytest.param("Baseline weight was higher with the drug (p = 0.02).", [], id="how-it-began"),
        pytest.param(
            "Patients on the drug were significantly more likely to recover (p = 0.01).",
            ["recover"],
            id="an-edge",
        ),
    ],
)
def test_what_names_no_outcome_is_left_out(results, expected):
    assert names(results) == expected


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("well-controlled asthma", "higher"),
        ("asthma", "lower"),
        ("complete revascularization", "higher"),
        ("modified Rankin Scale 0-2 at 90 days", "higher"),
        ("modified Rankin Scale score of ≤2", "higher"),
        ("pain on a scale of 0-10", "lower"),
        ("pain (p < 0.05)", "lower"),
        ("pain", "lower"),
    ],
)
def test_which_way_is_good(name, better):
    assert concept_of(name, TERMS).better.value == better


def test_a_qualified_name_keeps_its_qualifier():
    text = (
        "METHODS: Adults were randomly assigned to budesonide-formoterol or terbutaline.\n"
        "RESULTS: With respect to weeks with well-controlled asthma, budesonide-formoterol was "
        "superior to terbutaline (odds ratio, 1.14; 95% CI, 1.02 to 1.30; P = 0.02)."
    )
    (outcome,) = read(text, "Budesonide-formoterol in asthma").trial.outcomes
    assert (outcome.better.value, outcome.finding.kind.value) == ("higher", "improved")


def test_a_name_may_be_spread_over_a_list():
    text = (
        "METHODS: The primary outcome was the number and volume of lesions.\n"
        "RESULTS: The number of lesions did not differ (p = 0.40)."
    )
    assert [one.name for one in read(text).trial.outcomes] == ["the number and volume of lesions"]


def test_three_arms_are_not_two():
    text = (
        "METHODS: 300 adults were randomly assigned to one of three groups: aspirin, clopidogrel, "
        "or placebo. The primary outcome was stroke.\n"
        "RESULTS: Stroke was less frequent with aspirin than with placebo (p = 0.02)."
    )
    trial = read(text, "Drugs to prevent stroke").trial
    assert [(arm.name, arm.role) for arm in trial.arms] == [
        ("aspirin", "experimental"),
        ("clopidogrel", "experimental"),
        ("placebo", "comparator"),
    ]
    assert trial.outcomes[0].analysis.groups == ("a", "c")


def test_of_several_arms_that_are_not_listed_no_two_are_taken_for_all():
    text = (
        "METHODS: 300 adults were randomly assigned 1:1:1 to aspirin (low or high) or placebo.\n"
        "RESULTS: Stroke was less frequent with aspirin than with placebo (p = 0.02)."
    )
    assert read(text, "Aspirin to prevent stroke").trial.arms == ()
