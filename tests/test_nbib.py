"""MEDLINE's format: fields, continued lines, several records."""

from __future__ import annotations

import pytest

from claimcheck.errors import InputError
from claimcheck.model.imported import Skipped
from claimcheck.model.trial import DesignType, Trial
from claimcheck.trials.importers.nbib import import_nbib
from tests.article_factory import Prose, source

RECORD = """PMID- 00123
OWN - NLM
DP  - 2021 May
TI  - Sage tea for fatigue: a randomised
      trial.
LID - 448 [pii]
AB  - BACKGROUND AND AIM: People are tired. METHODS: We gave 40 adults sage tea
      or water. RESULTS: No change was seen (p = 0.40;
      95% CI: -0.3, 0.1).
AU  - Salvia O
PT  - Journal Article
PT  - Randomized Controlled Trial
SI  - ClinicalTrials.gov/NCT01234567
MH  - Adult
MH  - Humans
MH  - Fatigue/*drug therapy/etiology
PMC - PMC77
AID - 10.1000/Sage.1 [doi]
SO  - Tea. 2021 May;1(1):1-2.
"""


def load(text, prose=None):
    return list(import_nbib(source(text), prose or Prose()))


def test_fields_make_the_bibliography():
    prose = Prose()
    (trial,) = load(RECORD, prose)
    assert (trial.id, trial.year) == ("pmid-123", 2021)
    assert trial.title == "Sage tea for fatigue: a randomised trial"
    known = trial.identifiers
    assert (known.doi, known.pmcid, known.nct) == ("10.1000/sage.1", "PMC77", "NCT01234567")
    assert trial.design.type is DesignType.RANDOMIZED
    assert trial.population.age == "adults"
    assert [named.name for named in trial.conditions] == ["Fatigue"]
    assert prose.texts[0].split("\n\n") == [
        "BACKGROUND AND AIM: People are tired.",
        "METHODS: We gave 40 adults sage tea or water.",
        "RESULTS: No change was seen (p = 0.40; 95% CI: -0.3, 0.1).",
    ]


@pytest.mark.parametrize(
    ("abstract", "labels"),
    [
        ("Background- People are tired. Methods- We gave tea.", ["Background", "Methods"]),
        ("Aims: People are tired. Main results: None.", ["Aims", "Main results"]),
        ("People are tired. We gave tea: none helped.", [""]),
        ("One arm: sage. It did nothing.", [""]),
        ("We gave tea. RESULTS: None helped.", ["", "RESULTS"]),
        (
            "OBJECTIVETo test tea.METHODSWe gave it.RESULTSA few.",
            ["OBJECTIVE", "METHODS", "RESULTS"],
        ),
        (
            "Aim To test. Tea and Methods We gave it. Results It failed.",
            ["", "Tea and Methods", "Results"],
        ),
        ("We gave tea. Results were poor.", [""]),
    ],
)
def test_labels_of_sections_in_several_styles(abstract, labels):
    prose = Prose()
    load(f"PMID- 1\nTI  - Sage.\nAB  - {abstract}\n", prose)
    parts = prose.texts[0].split("\n\n")
    assert len(parts) == len(labels)
    for part, label in zip(parts, labels, strict=True):
        assert part.startswith(f"{label}: " if label else abstract[:3])


@pytest.mark.parametrize("gap", ["\n", "\n\n\n", "\r\n\r\n", ""])
def test_several_records(gap):
    text = RECORD + gap + RECORD.replace("00123", "124")
    assert [trial.id for trial in load(text)] == ["pmid-123", "pmid-124"]


def test_pmc_puts_its_own_number_first():
    record = "PMC - PMC{0}\nPMID- {0}\nTI  - Sage.\nAB  - Read.\n"
    text = f"{record.format(1)}\n{record.format(2)}"
    assert [trial.identifiers.pmcid for trial in load(text)] == ["PMC1", "PMC2"]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("RIN - Tea. 2022;2(1):3. PMID: 9", "retracted"),
        ("PT  - Retracted Publication", "retracted"),
        ("EIN - Tea. 2022;2(1):3. PMID: 9", "corrected"),
        ("CIN - Tea. 2022;2(1):3. PMID: 9", None),
    ],
)
def test_retractions_and_corrections_are_kept(line, status):
    (trial,) = load(RECORD + line + "\n")
    assert trial.status == status


def test_a_notice_names_what_it_retracts():
    (skipped,) = load(RECORD + "ROF - Tea. 2020;1(1):3. PMID: 9\n")
    assert isinstance(skipped, Skipped)
    assert "PMID: 9" in skipped.reason


def test_old_encodings_are_read():
    text = RECORD.replace("Sage tea for", "Thé à la sauge naïve für").encode("cp1252")
    (trial,) = load(text)
    assert trial.title.startswith("Thé à la sauge naïve für fatigue")


@pytest.mark.parametrize(
    "text",
    [b"", b"no fields here", b"\x00\x01\x02\x03" * 500, b"AB  - \n", b"\n" * 1_000_000],
    ids=range(5),
)
def test_what_is_no_record_gives_a_clear_error(text):
    with pytest.raises(InputError):
        load(text)


def test_a_field_of_ten_megabytes_is_no_hang():
    blanks = " \n      " * 1_000_000
    (trial,) = load(f"PMID- 1\nTI  - Sage.\nAB  - Tea{blanks}. RESULTS: {'A' * 5_000_000}\n")
    assert trial.id == "pmid-1"


def test_every_real_file_is_read(root):
    folder = root.parent / "shared" / "evidence" / "nbib"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        text = path.read_text(encoding="utf-8")
        found = load(path.read_bytes())
        assert len(found) == text.count("\nPMID- ") + text.startswith("PMID- ")
        for one in found:
            if isinstance(one, Trial):
                assert f"PMID- {one.identifiers.pmid}" in text
                assert one.year
                assert one.title
