"""Library records and pasted abstracts: the copy that lost least, titles, headings."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.errors import InputError
from claimcheck.model.imported import Skipped
from claimcheck.model.trial import FindingKind, Role
from claimcheck.reading.nlp import Reader
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms
from claimcheck.trials.importers.abstract import import_abstract
from claimcheck.trials.importers.library import import_library
from claimcheck.trials.importers.nbib import import_nbib
from claimcheck.trials.importers.report import read_report
from tests.article_factory import Prose, source

PIECES = (
    "\n", "\n\n", " ", "Abstract", "Abstract ", "AbstractList ", "Title ", "PMID- 1\n", "PMC - ",
    "TI  - ", "AB  - ", "      ", "RESULTS", "RESULTS: ", "Results- ", "Tea did nothing.", "1. ",
    "2021 May;", "PMID: 12", "doi: 10.1000/x", ";  = 0.40", "(", ")", "\x80 \x80", "\u200b", "\r",
    "Author information:", "SubjectTerms - ", "RETRACTED: ", "[Tea.]", "©",
)  # fmt: skip
RESULTS = "Tea did nothing (-0.1 points; 95% CI: -0.3, 0.1; p = 0.40). BMI fell (p < .01)."
LOST = RESULTS.replace("; p =", ";  =")
DOUBLED = (
    "People are tired.BACKGROUNDPeople are tired."
    "BMI was primary. We gave 40 adults tea.MATERIALS AND METHODSBMI was primary. "
    f"We gave 40 adults tea.{RESULTS}RESULTS{RESULTS}"
)
PLAIN = f"People are tired. BMI was primary. We gave 40 adults tea. {LOST}"
RECORD = f"""Sage tea for fatigue

People are tired. BMI was primary. We gave 40...

Saved in:
Bibliographic Details
Published in:Tea Vol. 1; no. 1; p. 2
Main Authors: Salvia, O
Online Access:Get more information
Abstract {PLAIN}
AbstractList {PLAIN}
{{copy}}
Author Salvia, O
BackLink https://www.ncbi.nlm.nih.gov/pubmed/123$$D View this record
DOI 10.1000/Sage.1
Genre Randomized Controlled Trial
Journal Article
ISSN 1234-5678
OpenAccessLink https://www.ncbi.nlm.nih.gov/pmc/articles/77
PublicationYear 2021
SubjectTerms Double-Blind Method
Fatigue - drug therapy
Fatigue - etiology
Title Sage tea for fatigue
"""


def load(text, prose=None, importer=import_library):
    return list(importer(source(text), prose or Prose()))


def read(text):
    prose = Prose()
    load(text, prose)
    return prose.texts[0].split("\n\n")


def test_fields_make_the_bibliography():
    (trial,) = load(RECORD.format(copy=DOUBLED))
    assert (trial.id, trial.title, trial.year) == ("pmid-123", "Sage tea for fatigue", 2021)
    assert (trial.identifiers.doi, trial.identifiers.pmcid) == ("10.1000/sage.1", "PMC77")
    assert (trial.design.type, trial.design.blinding) == ("randomized", "double")
    assert [named.name for named in trial.conditions] == ["Fatigue"]


def test_the_copy_that_lost_no_letters_is_read_section_by_section():
    assert read(RECORD.format(copy=DOUBLED)) == [
        "BACKGROUND: People are tired.",
        "MATERIALS AND METHODS: BMI was primary. We gave 40 adults tea.",
        f"RESULTS: {RESULTS}",
    ]


def test_a_letter_that_every_copy_lost_is_put_back():
    (text,) = read(RECORD.format(copy=""))
    assert text.endswith(f"tea. {RESULTS}")


def test_what_is_no_p_value_is_left_alone():
    kept = "Scores ( = 0.5; r = 0.3, n = 40), weight; = 2.4 kg."
    (text,) = read(f"Saved in:\nAbstract {kept}\nTitle Sage tea")
    assert text == kept


@pytest.mark.parametrize("text", [b"", b"  \n", b"\x00\x01" * 500], ids=range(3))
@pytest.mark.parametrize("importer", [import_library, import_abstract])
def test_what_is_no_text_gives_a_clear_error(text, importer):
    with pytest.raises(InputError):
        load(text, importer=importer)


@pytest.mark.parametrize("text", ["A.AAAA" * 1_000_000, "Abstract " + "A.AAA" * 2_000_000])
@pytest.mark.parametrize("importer", [import_library, import_abstract])
def test_hostile_text_is_no_hang(text, importer):
    assert len(load(text, importer=importer)) == 1


def test_a_record_without_an_abstract_is_skipped():
    (skipped,) = load("Sage tea\nSaved in:\nTitle Sage tea\n")
    assert isinstance(skipped, Skipped)
    assert skipped.name == "Sage tea"


def test_seed_001_gives_the_p_values_that_one_copy_kept(root):
    for path in (root.parent / "shared" / "seeds").glob("001_*.txt"):
        prose = Prose()
        (trial,) = load(path.read_bytes(), prose)
        known = trial.identifiers
        assert (known.pmid, known.doi) == ("32633662", "10.1177/1352458520936226")
        assert known.pmcid == "PMC7790846"
        assert trial.year == 2021
        text = prose.texts[0]
        assert [text.count(p) for p in ("p = 0.40", "p = 0.06", "p = 0.04")] == [1, 1, 1]
        assert text.count("\n\n") == 4


PASTED = "We gave 40 adults sage tea or water. Fatigue did not differ (p = 0.40)."


@pytest.mark.parametrize(
    ("text", "title", "paragraphs"),
    [
        (PASTED, "", [PASTED]),
        (f"Sage tea for fatigue\n\n{PASTED}", "Sage tea for fatigue", [PASTED]),
        (f"Sage tea for fatigue\n\nAbstract\n\n{PASTED}", "Sage tea for fatigue", [PASTED]),
        (f"Abstract\n{PASTED}", "", [PASTED]),
        (
            f"Sage tea\n\nMethods\nWe gave tea.\n\nResults\n{PASTED}\n\nKeywords: tea",
            "Sage tea",
            ["Methods: We gave tea.", f"Results: {PASTED}"],
        ),
        (
            f"Background:\nPeople are tired.\nMain results\n{PASTED}",
            "",
            ["Background: People are tired.", f"Main results: {PASTED}"],
        ),
        (f"TITLE: Sage tea.\n\nABSTRACT: {PASTED}", "Sage tea", [PASTED]),
        (f"Background and aims:\n\n{PASTED}", "", [f"Background and aims: {PASTED}"]),
        (
            f"BACKGROUND: People are tired.\n\nRESULTS: {PASTED}",
            "",
            ["BACKGROUND: People are tired.", f"RESULTS: {PASTED}"],
        ),
        (
            f"Background: People are tired. Results: {PASTED}",
            "",
            ["Background: People are tired.", f"Results: {PASTED}"],
        ),
    ],
    ids=range(10),
)
def test_pasted_abstracts(text, title, paragraphs):
    prose = Prose()
    load(text, prose, import_abstract)
    assert prose.titles == [title]
    assert prose.texts[0].split("\n\n") == paragraphs


def test_pubmeds_own_text_format():
    record = f"""{{n}}. Tea. 2021 May;1(1):2-3. doi: 10.1000/sage.{{n}}.
Epub 2020 Dec 1.

Sage tea for
fatigue.

Salvia O(1), Menta P(2).

Author information:
(1)Tea House.

METHODS: We gave tea.
RESULTS: {PASTED}

© 2021. The Authors.

DOI: 10.1000/sage.{{n}}
PMID: 12{{n}} [Indexed for MEDLINE]
"""
    prose = Prose()
    trials = load(record.format(n=1) + "\n\n" + record.format(n=2), prose, import_abstract)
    assert [trial.id for trial in trials] == ["pmid-121", "pmid-122"]
    assert trials[1].identifiers.doi == "10.1000/sage.2"
    assert trials[0].title == "Sage tea for fatigue"
    assert trials[0].year == 2021
    assert prose.texts[0].split("\n\n") == ["METHODS: We gave tea.", f"RESULTS: {PASTED}"]


@pytest.fixture(scope="module")
def reader():
    """The reader of prose that imports use."""
    rulebook = load_rulebook(paths.rules_dir())
    parts = {"reader": Reader(rulebook), "rulebook": rulebook, "terms": Terms(rulebook)}
    return lambda text, title: read_report(text, title=title, **parts)


def results(trial):
    return [
        (one.role, one.analysis.estimate, one.analysis.p and one.analysis.p.value, one.finding.kind)
        for one in trial.outcomes
    ]


WITHOUT_P = """Saved in:
Abstract Fatigue is common. In this double-blind trial, 40 adults with multiple sclerosis were \
randomly assigned to sage or placebo. The primary outcome was the Fatigue Severity Scale (FSS) at \
7 days. Secondary outcomes included pain. No change in the FSS was seen after 7 days (-0.3 points; \
95% CI: -0.9, 0.3;  = 0.31). Pain was significantly reduced with sage at day 28 (-8.5 points; \
95% CI: -14.0, -3.0;  = 0.01).
Title Sage for fatigue in multiple sclerosis
"""


def test_p_values_that_lost_their_letter_are_read(reader):
    (trial,) = import_library(source(WITHOUT_P), reader)
    assert results(trial) == [
        (Role.PRIMARY, -0.3, 0.31, FindingKind.NO_DIFFERENCE),
        (Role.SECONDARY, -8.5, 0.01, FindingKind.IMPROVED),
    ]


def test_seed_001_gives_its_three_results(root, reader):
    for path in (root.parent / "shared" / "seeds").glob("001_*.txt"):
        (trial,) = import_library(source(path.read_bytes()), reader)
        assert results(trial) == [
            (Role.PRIMARY, -0.10, 0.40, FindingKind.NO_DIFFERENCE),
            (Role.SECONDARY, -5.2, 0.06, FindingKind.NO_DIFFERENCE),
            (Role.SECONDARY, -13.5, 0.04, FindingKind.IMPROVED),
        ]


@pytest.mark.parametrize("importer", [import_library, import_abstract, import_nbib])
@given(text=st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_any_text_is_read_or_refused(text, importer):
    with suppress(InputError):
        load(text.encode("utf-8", "surrogatepass"), importer=importer)
