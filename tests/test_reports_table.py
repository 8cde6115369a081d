"""The table: read at 80 and at 120 columns, with nothing in it that a terminal would act on."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from claimcheck.config import OutputFormat
from claimcheck.model.report import DocumentReport, Report
from claimcheck.model.trial import (
    Analysis,
    Basis,
    Comparison,
    Design,
    DesignType,
    Finding,
    FindingKind,
    Identifiers,
    Outcome,
    PValue,
    Role,
    Scale,
    Subgroup,
    Trial,
)
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports import View, render
from claimcheck.reports.numbers import numbers
from claimcheck.reports.words import clean, outcome_name, shorten, trial_design, trial_name
from tests import report_factory as factory

ADDRESS = "https://doi.org/10.1000/example.1"
GOLDEN = Path(__file__).parent / "golden"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def table(report, **options):
    return render(report, OutputFormat.TABLE, View(**{"width": 80, **options}))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("table-80.txt", {"width": 80}),
        ("table-120.txt", {"width": 120}),
        ("table-80-verbose.txt", {"width": 80, "verbose": True}),
        ("table-80-quiet.txt", {"width": 80, "quiet": True}),
    ],
)
def test_the_table_looks_as_it_was_approved(name, options):
    """After a change that is meant, run with CLAIMCHECK_GOLDEN=1 and read the difference."""
    shown = table(factory.report(), **options)
    if os.environ.get("CLAIMCHECK_GOLDEN"):
        (GOLDEN / name).write_text(shown, encoding="utf-8")
    assert shown == (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_asked(width, verbose):
    shown = table(factory.report(), width=width, verbose=verbose)
    # An address alone runs past it: one that is cut or wrapped leads nowhere.
    lines = [line.removesuffix(ADDRESS) for line in shown.splitlines()]
    assert max(map(cell_len, lines)) <= width


@pytest.mark.parametrize("width", [40, 80, 110, 140])
@pytest.mark.parametrize("options", [{}, {"verbose": True}, {"color": True}])
def test_an_address_is_neither_cut_nor_wrapped(width, options):
    address = f"https://registry.example/{'long-' * 30}end"
    trial = replace(factory.TRIAL, identifiers=Identifiers(), source=(address,))
    source = factory.document("Turmeric eases pain. Turmeric made it easier to walk.")
    verdicts = [
        replace(made(factory.claim(source, words)), evidence=(rows(trial),))
        for made, words, rows in (
            (factory.overstated, "Turmeric eases pain", _null_in),
            (factory.supported, "Turmeric made it easier to walk", _better_in),
        )
    ]
    report = Report(factory.TOOL, (DocumentReport(source, tuple(verdicts)),))
    shown = table(report, width=width, **options)
    assert len(re.findall(rf"{re.escape(address)}\s*$", ANSI.sub("", shown), re.MULTILINE)) == 2


def _null_in(trial):
    return factory.evidence(factory.PRIMARY, VerdictKind.OVERSTATED, trial=trial)


def _better_in(trial):
    return factory.evidence(factory.SECONDARY, VerdictKind.SUPPORTED, trial=trial)


def test_repeated_claims_are_counted_where_they_are_folded():
    words = "Turmeric lifts energy"
    source = factory.document(f"{words}. {words}.\n{words}.")
    starts = [found.start() for found in re.finditer(words, source.text)]
    verdicts = tuple(
        factory.no_evidence(factory.claim(source, words, start=at, outcome="energy"))
        for at in starts
    )
    report = Report(factory.TOOL, (DocumentReport(source, verdicts),))
    assert "Not in your evidence (3, 2 of them repeats)" in table(report)
    assert "line 1 (also at line 2)" in table(report)
    assert "Not in your evidence (3, 2 of them repeats)" in render(
        report, OutputFormat.MARKDOWN, View()
    )


def test_claims_that_would_look_the_same_stand_in_one_line():
    beginning = "Turmeric lifts energy in everyone who takes it every day with a meal"
    source = factory.document(f"{beginning} at noon. {beginning} at night.")
    verdicts = tuple(
        factory.no_evidence(factory.claim(source, f"{beginning} at {when}", outcome="energy"))
        for when in ("noon", "night")
    )
    shown = table(Report(factory.TOOL, (DocumentReport(source, verdicts),)))
    assert "line 1 (2 claims) energy: “Turmeric lifts energy" in shown
    assert shown.count("Turmeric lifts energy") == 1


def test_colour_changes_nothing_but_colour():
    colored = table(factory.report(), color=True)
    assert ANSI.search(colored)
    stripped = "\n".join(line.rstrip() for line in ANSI.sub("", colored).splitlines())
    assert stripped == table(factory.report()).rstrip("\n")


def test_the_verdict_is_in_a_word_and_a_sign_too():
    shown = table(factory.report())
    assert "✗ OVERSTATED [error]" in shown
    assert "✗ CONTRADICTED" in shown
    assert "? Not in your evidence (3)" in shown


def test_the_evidence_tells_trial_outcome_role_estimate_interval_and_p():
    shown = " ".join(table(factory.report(factory.tea()), width=80).split())
    assert "Orlova 2019 (randomized, 64 people" in shown
    assert (
        "primary: Knee Pain Scale, 12 weeks, mean change −0.10 (95% CI −0.32 to 0.12), p 0.40: "
        "no significant difference"
    ) in shown


def test_repeated_sentences_fold_into_one_row():
    shown = table(factory.report(factory.knee()))
    assert "line 3 (also at line 8)" in shown
    assert shown.count("“Turmeric eased knee pain") == 1


def test_every_document_has_its_count_and_the_run_a_total():
    shown = table(factory.report(), width=120)
    assert "1 claim, 1 overstated, 0 not in your evidence (31 trials, as of 2026-11-20)" in shown
    assert shown.rstrip().endswith(
        "In all 2 documents: 8 claims, 3 overstated, 1 contradicted, 3 not in your evidence "
        "(31 trials, as of 2026-11-20)"
    )


@pytest.mark.parametrize("width", [80, 120])
def test_a_draft_without_claims_says_so(width):
    shown = table(factory.empty(), width=width)
    assert "No efficacy claim found, so nothing was judged" in shown


def test_a_run_without_documents_says_so():
    assert "Nothing was checked" in table(Report(factory.TOOL, ()))


def test_what_is_suppressed_is_told_with_its_reason():
    shown = table(factory.suppressed())
    assert "Suppressed in the draft (1)" in shown
    assert "CC101: a quote, told as such" in shown
    assert "1 of these suppressed" in shown


def test_only_shows_what_was_asked_for_and_counts_all():
    shown = table(factory.report(), only=(VerdictKind.NO_EVIDENCE,))
    assert "CONTRADICTED" not in shown
    assert "sleep" in shown
    assert "2 overstated, 1 contradicted" in shown


def test_what_is_not_in_the_evidence_does_not_drown_the_findings():
    words = [f"Turmeric helps part {number}" for number in range(20)]
    source = factory.document(". ".join(words))
    verdicts = tuple(factory.no_evidence(factory.claim(source, one)) for one in words[2:])
    report = Report(factory.TOOL, (DocumentReport(source, verdicts),))
    shown = table(report)
    assert "Not in your evidence (18)" in shown
    assert "and 12 more (--only no-evidence lists them all)" in shown
    assert "more (" not in table(report, only=(VerdictKind.NO_EVIDENCE,))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Turmeric [bold red]cures[/] pain [link=x]", id="rich markup"),
        pytest.param("Turmeric :smile: cures pain", id="emoji code"),
        pytest.param("Turmeric 💊 lindert Schmerz – 関節痛に効く", id="wide characters"),
    ],
)
def test_words_of_the_draft_come_as_they_are(text):
    assert text in table(factory.with_text(text), width=80, color=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Turmeric \x1b[31mcures\x1b[0m pain", id="colour"),
        pytest.param("Turmeric \x1b]0;title\x07 cures", id="window title"),
        pytest.param("Turmeric \x9b31m cures", id="C1"),
        pytest.param("Turmeric \u202ecures\u2066 pain", id="reordering"),
        pytest.param("Turmeric \x00\x08\x7f cures", id="control"),
    ],
)
def test_what_a_terminal_would_act_on_is_taken_out(text):
    shown = table(factory.with_text(text), width=80)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "Turmeric" in shown


def test_an_evil_file_name_is_harmless():
    shown = table(factory.report(factory.tea(name="\x1b[2Jdraft\n.md")))
    assert "\x1b" not in shown


@given(st.text(min_size=1), st.integers(40, 130))
def test_any_text_can_be_shown_at_any_width(text, width):
    shown = table(factory.with_text(text), width=width)
    assert "OVERSTATED" in shown
    assert {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"} == {"Cc"}
    assert all(char == "\n" for char in shown if unicodedata.category(char) == "Cc")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(st.text(), st.integers(5, 60))
def test_what_is_shortened_fits(text, width):
    assert len(shorten(text, width)) <= max(width, 2)


def test_text_is_cut_at_a_word():
    assert shorten("Turmeric eases knee pain, quickly", 26) == "Turmeric eases knee pain…"


FINDING = Finding(FindingKind.NO_DIFFERENCE, "said so", Basis.STATED)


@pytest.mark.parametrize(
    ("analysis", "expected"),
    [
        pytest.param(Analysis(FINDING), "", id="nothing"),
        pytest.param(Analysis(FINDING, p=PValue(0.001, "<")), "p <0.001", id="p alone"),
        pytest.param(Analysis(FINDING, p=PValue(0.4)), "p 0.40", id="two decimals at least"),
        pytest.param(Analysis(FINDING, p=PValue(0.0432)), "p 0.0432", id="no rounding"),
        pytest.param(Analysis(FINDING, p=PValue(1e-7)), "p 1.0e-07", id="a tiny p"),
        pytest.param(
            Analysis(FINDING, estimate=-0.1, ci=(-0.32, 0.12), p=PValue(0.4)),
            "−0.10 (95% CI −0.32 to 0.12), p 0.40",
            id="final zeros that a record drops",
        ),
        pytest.param(
            Analysis(FINDING, measure="odds ratio", estimate=1.5, ci=(0.9, None), ci_level=97.5),
            "odds ratio 1.5 (97.5% CI from 0.9)",
            id="one-sided",
        ),
        pytest.param(
            Analysis(FINDING, estimate=3.0, comparison=Comparison.WITHIN_GROUP),
            "3, within the group",
            id="within the group",
        ),
        pytest.param(
            Analysis(FINDING, measure="percentage points, 35 against 33", estimate=2.0),
            "percentage points, 35 against 33: 2",
            id="a measure that holds figures",
        ),
        pytest.param(
            Analysis(FINDING, estimate=1.28374, ci=(0.877193, 1.88679), scale=Scale.RATIO),
            "1.28 (95% CI 0.877 to 1.89)",
            id="a ratio that was turned about",
        ),
        pytest.param(
            Analysis(FINDING, estimate=1.50015, ci=(1.00301, 1.99602), scale=Scale.RATIO),
            "1.50 (95% CI 1.003 to 2.00)",
            id="but not onto the line of no effect",
        ),
        pytest.param(
            Analysis(FINDING, estimate=0.8765, ci=(0.8012, 0.9991), scale=Scale.RATIO),
            "0.8765 (95% CI 0.8012 to 0.9991)",
            id="a ratio with the digits of its paper",
        ),
    ],
)
def test_numbers_are_told_as_in_a_paper(analysis, expected):
    assert numbers(analysis) == expected


@pytest.mark.parametrize(
    ("trial", "expected"),
    [
        (Trial("orlova-2019-turmeric", "T"), "Orlova 2019"),
        (Trial("van-der-berg-2003", "T"), "Van Der Berg 2003"),
        (Trial("van-der-berg-2003", "Turmeric (van der Berg 2003)"), "van der Berg 2003"),
        (Trial("mccullough-2018-vitd", "T"), "McCullough 2018"),
        (Trial("hemila-2017-zinc", "Zinc lozenges (Hemilä 2017)"), "Hemilä 2017"),
        (Trial("macedo-2018-vitd", "Vitamin D (Macedo 2018)"), "Macedo 2018"),
        (Trial("nct01234567", "A trial", year=2019), "A trial (2019)"),
        (Trial("x-1", "A trial of a treatment in people who had a very long title"),
         "A trial of a treatment in people who had a very…"),
    ],
)  # fmt: skip
def test_a_study_is_called_by_author_and_year(trial, expected):
    assert trial_name(trial) == expected


@pytest.mark.parametrize(
    ("name", "part", "expected"),
    [
        ("pain", "women", "pain, in women"),
        ("cold duration, zinc acetate", "zinc acetate", "cold duration, zinc acetate"),
        ("infection", "after gynaecological surgery", "infection, after gynaecological surgery"),
        ("pain", "in nursing homes", "pain, in nursing homes"),
        ("cancer of women", "men", "cancer of women, in men"),
    ],
)
def test_a_part_of_the_people_is_named_once(name, part, expected):
    measured = Outcome(name, (Analysis(FINDING),), role=Role.SUBGROUP, subgroup=Subgroup(part))
    assert outcome_name(measured) == expected


def test_a_design_is_spelled_as_people_spell_it():
    def built(design):
        return trial_design(Trial("x", "T", design=Design(design)))

    assert built(DesignType.META_ANALYSIS) == "meta-analysis"
    assert built(DesignType.CASE_REPORT) == "case report"
