"""`claimcheck rules import-terms`: lists of names of the user's own, and the drafts they read."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimcheck.app.vocabulary import widened
from claimcheck.cli.main import main
from claimcheck.errors import InputError
from claimcheck.rulebook.lists.entries import decoded, entries
from claimcheck.rulebook.lists.sift import Left, sift
from claimcheck.rulebook.lists.store import found_in, keep, kept_lists
from claimcheck.rulebook.types import Term, TermKind
from claimcheck.terms import Terms
from tests.judgement_factory import rulebook

HEAD = "ID,Common name,Synonyms\n"
LIST = f"""{HEAD}1,Zorbalimab,Zorbafen | ZRBM | Osprey
2,Warfarin,Coumafene | WARF
3,Garlic,AB | {"x" * 81}
4,,Nobody
5,Plumatide,Cholesterol | Zorbafen
"""
DRAFT = "# Zorbafen relieves knee pain\n\nIn the trial, Zorbafen reduced fatigue.\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "ours.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")

    def run(*args):
        code = main([str(arg) for arg in args])
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def interventions(run, *args):
    listed = json.loads(run("claims", "draft.md", "--format", "json", *args)[1])
    found = [claim["intervention"] for claim in listed["documents"][0]["claims"]]
    return [(one["text"], one["concept"]) for one in found if one]


def test_a_drug_that_only_a_list_knows_is_the_intervention_of_a_claim(run):
    assert interventions(run) == []
    code, out, err = run("rules", "import-terms", "ours.csv")
    assert (code, err) == (0, "")
    assert out.startswith("ours.csv: 3 terms with 6 names, in ")
    assert interventions(run) == [("Zorbafen", "zorbalimab")] * 2


def test_a_claim_on_it_is_judged_by_a_record_that_calls_it_otherwise(run, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "one.yaml").write_text(
        "id: one\nconditions: [osteoarthritis]\ninterventions: [Zorbalimab]\n"
        "outcomes: [{name: knee pain, concept: knee pain, role: primary, better: lower, p: 0.6}]\n"
    )
    assert "CC101" not in run("check", "draft.md", "--corpus", "corpus")[1]
    run("rules", "import-terms", "ours.csv")
    assert "CC101" in run("check", "draft.md", "--corpus", "corpus")[1]


def test_what_is_left_out_is_told_with_the_reason(run):
    told = run("rules", "import-terms", "ours.csv")[1]
    assert "8 left out:" in told
    for line in (
        "2  in the rules already, as Warfarin, Garlic\n",
        "1  ordinary English word, as Osprey",
        "1  shorter than 4 letters, as AB",
        "1  longer than 80 characters, as xxx",
        "1  names something else in the rules, as Cholesterol",
        "1  row without a name\n",
        "1  given to another entry before, as Zorbafen",
    ):
        assert f"        {line}" in told


def test_importing_twice_changes_nothing(run):
    run("rules", "import-terms", "ours.csv")
    before = run("check", "draft.md", "--format", "json")
    code, out, _ = run("rules", "import-terms", "ours.csv")
    assert (code, ", as before, " in out) == (0, True)
    assert run("check", "draft.md", "--format", "json") == before


def test_a_list_of_the_same_name_is_replaced_and_others_stay(run, tmp_path):
    run("rules", "import-terms", "ours.csv")
    (tmp_path / "names.txt").write_text("Quaxidone\n\n Ploverine  acetate\n")
    assert run("rules", "import-terms", "names.txt")[1].startswith("names.txt: 2 terms")
    (tmp_path / "ours.csv").write_text("Name\nBelomab\n")
    run("rules", "import-terms", "ours.csv")
    listed = json.loads(run("rules", "list", "--json")[1])["lists"]
    assert listed == [
        {"name": "names.txt", "terms": 2, "names": 2},
        {"name": "ours.csv", "terms": 1, "names": 1},
    ]
    assert interventions(run) == []


def test_lists_are_removed_one_or_all(run, tmp_path):
    (tmp_path / "names.txt").write_text("Quaxidone\n")
    for name in ("ours.csv", "names.txt"):
        run("rules", "import-terms", name)
    assert "6 names from ours.csv" in run("rules", "list")[1]
    assert "6 names from ours.csv" in run("doctor")[1]
    assert run("rules", "import-terms", "--remove", "ours.csv") == (
        0,
        "removed 1 list of names\n",
        "",
    )
    assert interventions(run) == []
    assert run("rules", "import-terms", "--remove")[1] == "removed 1 list of names\n"
    code, _, err = run("rules", "import-terms", "--remove")
    assert code == 2
    assert "no lists are imported" in err
    assert run("rules", "import-terms", "ours.csv", "--remove")[0] == 2


def test_conditions_are_imported_as_such(run, tmp_path):
    (tmp_path / "ills.tsv").write_text("label\tsynonyms\nGrumbach syndrome\tGrumbach disease\n")
    (tmp_path / "draft.md").write_text("Aspirin relieves pain in Grumbach disease.\n")
    assert run("rules", "import-terms", "ills.tsv", "--kind", "condition")[0] == 0
    listed = json.loads(run("claims", "draft.md", "--format", "json")[1])
    (claim,) = listed["documents"][0]["claims"]
    assert claim["condition"]["concept"] == "grumbach syndrome"


def test_columns_can_be_named(run, tmp_path):
    (tmp_path / "ours.csv").write_text("Nr;Product;Further\n1;Zorbalimab;Zorbafen\n")
    code, _, err = run("rules", "import-terms", "ours.csv")
    assert code == 2
    assert "no column of names among 'Nr', 'Product', 'Further'; name one with --column" in err
    code, _, err = run("rules", "import-terms", "ours.csv", "--column", "Produkt")
    assert (code, "has no column 'Produkt'" in err) == (2, True)
    run("rules", "import-terms", "ours.csv", "--column", "product", "--column", "Further")
    assert interventions(run) == [("Zorbafen", "zorbalimab")] * 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"Name\n", "holds no name that can be used"),
        (b"Name\nAB\n", "holds no name that can be used"),
        (b"PK\x03\x04rest", "is a packed file or a workbook"),
        (b"\x1f\x8brest", "is a packed file or a workbook"),
        (b"\x00\x01\x02" * 50, "is a binary file, no list of names"),
        ("Name\nGarçinol\n".encode("latin-1"), "list.csv:2: is not UTF-8"),
        (b"\xff\xfeN", "is damaged UTF-16"),
        (b'Name,Code\n"Zorbalimab,1\n', "list.csv:2: is a broken table"),
        (b"Name,Code\n" + b"z" * 200_000 + b",1\n", "is a broken table"),
        (b"z" * 200_000, "is no table and no list of names"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_list_gets_an_error_and_changes_nothing(run, tmp_path, data, told):
    (tmp_path / "list.csv").write_bytes(data)
    code, _, err = run("rules", "import-terms", "list.csv")
    assert code == 2
    assert told in err
    assert not kept_lists(tmp_path / "data")


def test_paths_that_are_no_files_get_an_error(run, tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for path, told in (
        ("nowhere.csv", "no such file"),
        ("folder", "is no file of names"),
        ("pipe", "is no file of names"),
    ):
        code, _, err = run("rules", "import-terms", path)
        assert (code, told in err) == (2, True)
    assert run("rules", "import-terms")[0] == 2


def test_a_file_that_is_too_large_is_not_read(run, tmp_path):
    with (tmp_path / "list.csv").open("wb") as stream:
        stream.truncate(100_000_001)
    code, _, err = run("rules", "import-terms", "list.csv")
    assert (code, "is larger than 100 MB" in err) == (2, True)


def test_a_store_that_is_damaged_gets_an_error_that_says_so(run, tmp_path):
    run("rules", "import-terms", "ours.csv")
    (tmp_path / "data" / "terms.sqlite").write_bytes(b"no store of terms at all" * 200)
    for command in (
        ("check", "draft.md"),
        ("rules", "list"),
        ("rules", "import-terms", "ours.csv"),
    ):
        code, out, err = run(*command)
        assert code == 2
        assert "is damaged or no store of terms" in f"{out}{err}"


def test_utf_16_with_its_mark_is_read(run, tmp_path):
    (tmp_path / "ours.csv").write_text(LIST, encoding="utf-16")
    assert run("rules", "import-terms", "ours.csv")[1].startswith("ours.csv: 3 terms")


def test_of_many_names_only_those_of_the_text_are_loaded(tmp_path):
    many = [Term(f"drug {n}", TermKind.INTERVENTION, (f"zorbalimab {n}",)) for n in range(2000)]
    keep(tmp_path, "many", TermKind.INTERVENTION, many)
    text = "Zorbalimab-1234 is better than Zorbalimab 77."
    assert {term.id for term in found_in(tmp_path, [text])} == {"drug 77", "drug 1234"}


def test_further_names_of_a_known_thing_lead_to_it(tmp_path):
    rules = rulebook()
    sifted = sift(entries(LIST, rules, name="list"), TermKind.INTERVENTION, rules)
    keep(tmp_path, "list", TermKind.INTERVENTION, sifted.terms)
    wide = widened(rules, ["Coumafene"], tmp_path)
    assert Terms(wide).concepts("coumafene") == {"warfarin"}
    assert Terms(wide).ancestors("warfarin") == Terms(rules).ancestors("warfarin")
    assert wide.fingerprint != rules.fingerprint


def test_what_is_part_of_the_name_of_an_illness_is_no_treatment():
    rules = rulebook()
    sifted = sift(entries("Name\nHeroin\n", rules, name="l"), TermKind.INTERVENTION, rules)
    assert sifted.left == {Left.PART: ["Heroin"]}


def test_without_lists_the_rules_are_as_they_were(tmp_path):
    assert widened(rulebook(), ["Zorbafen"], tmp_path) is rulebook()


@pytest.mark.parametrize("name", ["Water", "honey", "Carrots", "reduce", "Timothy"])
def test_everyday_words_are_no_names(name):
    rules = rulebook()
    sifted = sift(entries(f"{HEAD}1,{name},\n", rules, name="l"), TermKind.INTERVENTION, rules)
    assert not sifted.terms
    assert set(sifted.left) <= {Left.EVERYDAY, Left.KNOWN, Left.OTHER}


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@example(b'Name\n"a\x85b')
@example("Name|Synonyms\n\u2028x|y\n".encode())
def test_any_bytes_are_a_list_or_get_an_error(data):
    rules = rulebook()
    try:
        text = decoded(data, name="list")
        sifted = sift(entries(text, rules, name="list"), TermKind.INTERVENTION, rules)
    except InputError:
        return
    for term in sifted.terms:
        assert term.id
        assert all(name.strip() for name in (*term.names, *term.exact))
