"""Imported trials on disk: kept whole or not at all, and found without a scan."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from claimcheck.claims.names import names_of
from claimcheck.errors import CorpusError
from claimcheck.match.study import Study
from claimcheck.match.treatments import Meant, find_treatment
from claimcheck.match.wanted import wanted_of
from claimcheck.model.document import Citation, CitationKind, Span
from claimcheck.model.trial import (
    ArmValue,
    Basis,
    Finding,
    FindingKind,
    Hypothesis,
    Named,
    PValue,
    Trial,
)
from claimcheck.paths import corpus_dir
from claimcheck.rulebook.types import TermKind
from claimcheck.trials.as_record import trial_to_record
from claimcheck.trials.combined import CombinedIndex
from claimcheck.trials.database.file import FILE_NAME
from claimcheck.trials.database.reader import open_database
from claimcheck.trials.database.writer import Change, writing
from claimcheck.trials.evidence import load_evidence
from claimcheck.trials.index import TrialIndex, Wanted
from claimcheck.trials.store import load_corpus, trial_from_dict
from tests.judgement_factory import a_claim, rulebook, terms

DAY = "2030-01-02"


def make(trial_id, drug="ketamine", condition="depression", outcome="mood", **more):
    return trial_from_dict(
        {
            "id": trial_id,
            "title": f"{drug} for {condition}",
            "interventions": [drug],
            "conditions": [condition],
            "outcomes": [{"name": outcome, "role": "primary", "p": 0.2}],
            **more,
        }
    )


def put(folder, *trials, day=DAY, stop=None):
    with writing(folder, today=day) as store:
        for trial in trials:
            store.put(trial)
        if stop:
            raise stop
        return store.changes()


def opened(folder):
    database = open_database(folder)
    assert database is not None
    return database


def cite(kind, value):
    return [Citation(CitationKind(kind), value, Span(0, 1))]


def found(folder, *words, **more):
    database = opened(folder)
    return [one.id for one in database.candidates_for(Wanted(words, **more))]


def test_what_is_put_in_comes_out_the_same(tmp_path):
    trials = load_corpus(corpus_dir())
    put(tmp_path, *trials)
    assert tuple(opened(tmp_path).trials()) == trials
    assert opened(tmp_path).as_of == DAY
    assert len(opened(tmp_path)) == len(trials)


def test_importing_twice_changes_nothing(tmp_path):
    put(tmp_path, make("a"), make("b"))
    before = (tmp_path / FILE_NAME).read_bytes()
    changes = put(tmp_path, make("a"), make("b"), day="2031-01-01")
    assert changes == {Change.ADDED: 0, Change.CHANGED: 0, Change.SAME: 2}
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_later_record_of_the_same_id_stands(tmp_path):
    put(tmp_path, make("a", drug="ketamine"))
    assert put(tmp_path, make("a", drug="zinc"))[Change.CHANGED] == 1
    assert found(tmp_path, "ketamine") == []
    assert found(tmp_path, "zinc") == ["a"]


def test_an_interrupted_import_leaves_the_store_as_it_was(tmp_path):
    put(tmp_path, make("a"))
    before = opened(tmp_path).fingerprint
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, make("b"), make("a", drug="zinc"), stop=KeyboardInterrupt())
    assert [one.id for one in opened(tmp_path).trials()] == ["a"]
    assert opened(tmp_path).fingerprint == before
    assert found(tmp_path, "zinc") == []


def test_an_interrupted_first_import_leaves_nothing(tmp_path):
    with pytest.raises(MemoryError):
        put(tmp_path, make("a"), stop=MemoryError())
    assert list(tmp_path.iterdir()) == []
    assert open_database(tmp_path) is None


def test_two_imports_at_once_do_not_mix(tmp_path, monkeypatch):
    monkeypatch.setattr("claimcheck.trials.database.writer.WAIT", 0.05)
    put(tmp_path, make("a"))
    with writing(tmp_path, today=DAY) as store:
        store.put(make("b"))
        with pytest.raises(CorpusError, match="another run"):
            put(tmp_path, make("c"))
        # Whoever reads meanwhile sees the store as it was.
        assert opened(tmp_path).ids() == {"a"}
    assert opened(tmp_path).ids() == {"a", "b"}


@pytest.mark.parametrize(
    "content", [b"not a database, but text", b"\0" * 9000, b"SQLite format 3\0x"]
)
def test_a_file_of_another_kind_is_refused(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(CorpusError, match=FILE_NAME):
        put(tmp_path, make("a"))
    with pytest.raises(CorpusError, match=FILE_NAME):
        len(open_database(tmp_path))
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_store_of_another_release_is_refused(tmp_path):
    put(tmp_path, make("a"))
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(CorpusError, match="version 99"):
        open_database(tmp_path)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ketamine",), ["k"]),
        (("Ketamine",), ["k"]),
        (("ketamin",), ["k"]),  # a slip of the pen
        (("ketanserin",), []),  # another drug
        (("lozenges",), ["z"]),
        (("zinc", "ketamine"), ["k", "z"]),
        (("aspirin",), []),
        ((), []),
        (('"',), []),
        (("NEAR(", "*", "col:"), []),
    ],
)
def test_candidates_by_word(tmp_path, words, expected):
    put(tmp_path, make("k", drug="esketamine; ketamine"), make("z", drug="zinc acetate lozenge"))
    assert found(tmp_path, *words) == expected


def test_candidates_by_another_name_of_the_thing(tmp_path):
    put(tmp_path, make("a", drug="acetylsalicylic acid"), make("b", drug="folic acid"))
    names = ("aspirin", "acetylsalicylic acid")
    assert found(tmp_path, "aspirin", interventions=names) == ["a"]


def test_of_too_many_candidates_the_nearest_are_taken(tmp_path):
    crowd = [make(f"c{at:03}", condition="asthma") for at in range(150)]
    put(tmp_path, *crowd, make("z", condition="depression", outcome="mood"))
    wanted = Wanted(("ketamine",), conditions=("depression",), outcomes=("mood",))
    near = opened(tmp_path).candidates(wanted, limit=5)
    assert len(near) == 5
    (nearest,) = opened(tmp_path).candidates(wanted, limit=1)
    assert nearest == near[0] == 151


def test_every_trial_that_a_scan_would_match_is_a_candidate(tmp_path):
    """For every treatment of the bundled records, the store finds what looking at each would."""
    trials = load_corpus(corpus_dir())
    put(tmp_path, *trials)
    database = opened(tmp_path)
    studies = [Study.of(trial, terms()) for trial in trials]
    names = {name for term in names_of(trials, rulebook()) for name in term.names}
    names |= {term.names[0] for term in rulebook().terms if term.kind is TermKind.INTERVENTION}
    names |= {term.id for term in rulebook().terms if term.stands_for_members}
    for name in sorted(names):
        said = a_claim("It helps.", intervention=name)
        meant = (Meant.of(name, said.intervention.concept, terms()),)
        bearing = {one.trial.id for one in studies if find_treatment(meant, one)}
        near = {trial.id for trial in database.candidates_for(wanted_of(said, terms()))}
        assert bearing <= near, name


def test_cited_trials(tmp_path):
    report = {"pmid": "900000009", "results": True}
    background = {"pmid": "900000010", "results": False}
    put(
        tmp_path,
        make("a", identifiers={"nct": "NCT09000001"}, publications=[report, background]),
        make("b", identifiers={"doi": "10.9999/B"}),
    )
    database = opened(tmp_path)
    for kind, value, expected in (
        ("nct", "nct09000001", ["a"]),
        ("pmid", "900000009", ["a"]),
        ("pmid", "900000010", []),
        ("doi", "https://doi.org/10.9999/b", ["b"]),
        ("doi", "10.9999/c", []),
    ):
        assert [trial.id for trial in database.cited(cite(kind, value))] == expected


def test_search_wants_every_word(tmp_path):
    put(tmp_path, make("a", condition="asthma"), make("b"), make("c", drug="zinc"))
    database = opened(tmp_path)
    assert set(database.search(["ketamine"])) == {"a", "b"}
    assert database.search(["keta", "asthma"]) == ("a",)
    assert database.search(["ketamine zinc"]) == ()
    assert database.search(['"', "*"]) == ()


def test_removing(tmp_path):
    put(tmp_path, make("NCT09000001"), make("b"))
    with writing(tmp_path, today=DAY) as store:
        assert store.remove("nct09000001")
        assert not store.remove("nowhere")
    assert opened(tmp_path).ids() == {"b"}
    assert found(tmp_path, "ketamine") == ["b"]


def test_what_is_no_record_is_refused_and_the_rest_is_kept(tmp_path):
    odd = replace(make("odd"), interventions=(Named("zinc \0 \ud83d"),))
    with writing(tmp_path, today=DAY) as store:
        store.put(make("a", drug="zinc 'or'; DROP TABLE trials --"))
        with pytest.raises(CorpusError, match="control character"):
            store.put(odd)
    assert opened(tmp_path).ids() == {"a"}
    assert found(tmp_path, "zinc") == ["a"]


def test_records_and_imported_trials_are_one_evidence(tmp_path):
    put(tmp_path, make("a", drug="zinc"), make("both", title="imported"))
    records = TrialIndex([make("mine"), make("both", title="by hand")])
    both = CombinedIndex(records, [opened(tmp_path)])
    assert len(both) == 3
    assert [row.id for row in both.rows()] == ["a", "both", "mine"]
    assert both.get("both").title == "by hand"
    assert both.get("A").id == "a"
    assert both.get("nowhere") is None
    assert {one.id for one in both.candidates_for(lambda: Wanted(("zinc",)))} == {
        "a",
        "both",
        "mine",
    }
    assert both.search(["ketamine"]) == ("both", "mine")
    assert both.as_of == DAY
    assert both.fingerprint != records.fingerprint


def test_a_folder_without_a_store_gives_records_alone(tmp_path):
    assert isinstance(load_evidence(corpus_dir(), imported=(tmp_path / "none",)), TrialIndex)


def test_a_draft_learns_the_names_it_uses(tmp_path):
    put(tmp_path, make("a", drug="Zelomab"), make("b", drug="pipretamol sulfate"))
    evidence = CombinedIndex(TrialIndex(()), [opened(tmp_path)])
    names = [n.name for one in evidence.naming(["Will zelomab help?"]) for n in one.interventions]
    assert names == ["Zelomab"]


def test_only_what_fits_is_read(tmp_path):
    put(tmp_path, make("a", drug="zinc lozenge"), make("b", drug="zinc nasal gel"))
    wanted = Wanted(("zinc",))
    near = opened(tmp_path).candidates_for(wanted, lambda names: "lozenge" in names[0].name)
    assert [trial.id for trial in near] == ["a"]


def test_few_candidates_are_the_same_as_of_many_the_nearest(tmp_path):
    put(tmp_path, *(make(f"c{at:02}", drug=("zinc", "tin")[at % 2]) for at in range(20)))
    wanted = Wanted(("zinc",), conditions=("depression",))
    all_of_them = opened(tmp_path).candidates(wanted, limit=10)
    assert sorted(all_of_them) == list(range(1, 20, 2))
    assert set(opened(tmp_path).candidates(wanted, limit=9)) < set(all_of_them)


@pytest.mark.parametrize("column", ["part", "tested"])
def test_a_damaged_record_is_told_with_its_file(tmp_path, column):
    put(tmp_path, make("a"))
    for damage in (b"", b"\xc1", b"\x80", "text", 7, None):
        if column == "part" and damage is None:
            continue
        with sqlite3.connect(tmp_path / FILE_NAME) as connection:
            connection.execute(f"UPDATE trials SET {column} = ?", (damage,))  # noqa: S608
        connection.close()
        with pytest.raises(CorpusError, match=FILE_NAME):
            opened(tmp_path).candidates_for(Wanted(("ketamine",)), lambda _: True)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "mood  swings"},
        {"timepoint": "week\n4"},
        {"p": 0.01, "estimate": -0.0},
        {"finding": "non-inferior"},
    ],
)
def test_what_the_format_writes_otherwise_is_kept_as_it_writes_it(tmp_path, change):
    trial = make("a")
    outcome = trial.outcomes[0]
    told = trial_from_dict({"id": "x", "outcomes": [{"name": "mood", **change}]}).outcomes[0]
    analysis = replace(told.analysis, hypothesis=Hypothesis.SUPERIORITY)
    analysis = replace(analysis, estimate=change.get("estimate"), ci=None)
    raw = replace(
        outcome,
        name=change.get("name", "mood"),
        timepoint=change.get("timepoint"),
        analyses=(analysis,),
    )
    put(tmp_path, replace(trial, outcomes=(raw,)))
    (kept,) = opened(tmp_path).trials()
    assert kept == trial_from_dict(trial_to_record(kept))


@pytest.mark.parametrize(
    "analysis",
    [
        {"p": PValue(1.5)},
        {"ci": (2.0, 1.0)},
        {"ci": (1.0, 2.0), "estimate": 3.0},
        {"estimate": float("nan")},
        {"groups": ("nowhere",)},
        {"alpha": 0.0},
        {"ci_level": 30.0, "ci": (0.0, 1.0)},
        {"p": PValue(0.5), "finding": Finding(FindingKind.IMPROVED, "so", Basis.REPORTED)},
        {"values": (ArmValue("k", n=3, events=4.0),)},
        {"method": "half \ud83d"},
    ],
)
def test_an_impossible_analysis_is_refused(tmp_path, analysis):
    trial = make("a", arms=[{"id": "k"}, {"id": "m"}])
    outcome = trial.outcomes[0]
    odd = replace(outcome, analyses=(replace(outcome.analysis, **analysis),))
    with writing(tmp_path, today=DAY) as store, pytest.raises(CorpusError):
        store.put(replace(trial, outcomes=(odd,)))


def test_a_registry_s_empty_names_for_a_treatment_are_no_treatment():
    """Registries hold "study", "control" and "Group 1" as other names of a drug."""
    drug = Named("Zorbatin", ("study", "control", "Group 1", "Usual care", "less intensive"), None)
    stub = Trial(id="", title="", interventions=(drug,))
    (term,) = names_of((stub,), rulebook())
    assert term.names == ("Zorbatin",)
