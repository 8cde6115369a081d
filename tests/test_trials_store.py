"""Record files: what is read, what is refused and where the fault is said to lie."""

from __future__ import annotations

import json
import os
import time

import pytest

from claimcheck.errors import CorpusError
from claimcheck.model.trial import (
    Basis,
    Comparison,
    DesignType,
    FindingKind,
    Hypothesis,
    PValue,
    Role,
    Scale,
)
from claimcheck.trials.store import (
    add_record,
    dump_trial,
    load_corpus,
    load_index,
    load_trial,
    read_trials,
    trial_from_dict,
)


def outcome(**keys):
    trial = trial_from_dict({"id": "t", "outcomes": [{"name": "pain", **keys}]})
    return trial.outcomes[0]


def fault(**keys):
    with pytest.raises(CorpusError) as caught:
        outcome(**keys)
    return str(caught.value)


def refusal(tmp_path, text, name="t.yaml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CorpusError) as caught:
        read_trials(path)
    return str(caught.value).replace(str(path), name)


def test_a_name_is_text_or_a_mapping():
    trial = trial_from_dict(
        {
            "id": "t",
            "conditions": [{"name": "multiple sclerosis", "aliases": ["MS"]}, "fatigue", None],
            "interventions": "ketamine",
        }
    )
    assert [one.names for one in trial.conditions] == [("multiple sclerosis", "MS"), ("fatigue",)]
    assert trial.interventions[0].name == "ketamine"


def test_nulls_are_as_good_as_absent():
    keys = ("title", "identifiers", "source", "year", "status", "design", "population", "arms")
    bare = trial_from_dict({"id": "t"})
    assert trial_from_dict({"id": "t", **dict.fromkeys(keys), "outcomes": None}) == bare
    assert outcome(p=None, ci=[None, None], finding=None, role=None, values=None) == outcome()


def test_an_outcome_without_a_result_has_one_analysis():
    assert len(outcome().analyses) == 1
    assert outcome().finding.kind is FindingKind.NOT_REPORTED


def test_an_analysis_lies_flat_or_in_a_list():
    flat = outcome(p=0.01, finding="improved")
    listed = outcome(analyses=[{"p": 0.01, "finding": "improved"}])
    assert flat == listed
    assert len(outcome(analyses=[{"p": 0.2}, {"p": 0.01}]).analyses) == 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (0.4, PValue(0.4)),
        ("0.117", PValue(0.117)),
        ("<0.001", PValue(0.001, "<")),
        ("=.04", PValue(0.04)),
        ("< .0001", PValue(0.0001, "<")),
        ("P = .40", PValue(0.4)),
        ("p<=0.05", PValue(0.05, "<")),
        ("≤0.05", PValue(0.05, "<")),
        (">0.05", PValue(0.05, ">")),
        ("1e-5", PValue(0.00001)),
        (0, PValue(0)),
        (1, PValue(1)),
    ],
)
def test_p_values(written, read):
    assert outcome(p=written).analysis.p == read


@pytest.mark.parametrize("written", [1.2, -0.1, "<1.5", "ns", "", "0,04", True, [0.1], "<0", ">1"])
def test_impossible_p_values(written):
    assert fault(p=written).startswith("outcomes[0].p: must")


def test_spellings_of_other_places_are_understood():
    trial = trial_from_dict({"id": "t", "design": {"type": "Randomised", "blinding": "open_label"}})
    assert trial.design.type is DesignType.RANDOMIZED
    assert trial.design.blinding == "none"
    assert outcome(comparison="within group").analysis.comparison is Comparison.WITHIN_GROUP
    assert outcome(role="Primary").role is Role.PRIMARY


def test_identifiers_are_normalised():
    known = {"pmid": 32633662, "doi": "https://doi.org/10.1177/ABC", "nct": "nct01234567"}
    trial = trial_from_dict({"id": "t", "identifiers": known})
    assert trial.identifiers.pmid == "32633662"
    assert trial.identifiers.doi == "10.1177/abc"
    assert trial.identifiers.nct == "NCT01234567"


def test_non_inferior_means_that_non_inferiority_was_tested():
    found = outcome(p="<0.001", finding="non-inferior")
    assert found.analysis.hypothesis is Hypothesis.NON_INFERIORITY
    assert found.finding.kind is FindingKind.NON_INFERIOR


def test_a_logged_ratio_is_no_ratio():
    assert outcome(measure="odds ratio", estimate=-0.3).analysis.scale is Scale.UNKNOWN


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"ci": [1, 2], "estimate": 3}, "does not hold its estimate"),
        ({"ci": [2, 1]}, "lower end 2 lies above"),
        ({"ci": [1]}, "must be two numbers"),
        ({"ci": "1 to 2"}, "must be two numbers"),
        ({"estimate": float("nan")}, "finite"),
        ({"estimate": float("inf")}, "finite"),
        ({"estimate": 10**400}, "finite"),
        ({"estimate": "−3"}, "must be a number"),
        ({"estimate": True}, "must be a number"),
        ({"p": 0.2, "finding": "improved"}, "improved, but p 0.2 lies above 0.05"),
        ({"p": 0.2, "finding": "worsened"}, "worsened, but p 0.2 lies above 0.05"),
        ({"p": 0.01, "finding": "no-difference"}, "no-difference, but p 0.01 lies below 0.05"),
        ({"p": 0.03, "alpha": 0.025, "finding": "improved"}, "above 0.025"),
        ({"scale": "ratio", "estimate": -1}, "a ratio cannot be negative"),
        ({"alpha": 5}, "between 0 and 1"),
        ({"ci_level": 0.95}, "per cent"),
        ({"values": [{"arm": "k", "n": 3, "events": 4}]}, "more events (4) than people"),
        ({"values": [{"arm": "k", "sd": -1}]}, "must not be negative"),
        ({"better": "bigger"}, "must be one of lower, higher, unknown, got 'bigger'"),
        ({"finding": "no effect"}, "must be one of improved"),
        ({"rôle": "primary"}, "unknown key, did you mean 'role'?"),
        ({"p": 0.1, "analyses": [{"p": 0.2}]}, "p must stand inside one of them"),
        ({"name": ""}, "must not be empty"),
        ({"note": "a\x1b[31m"}, "control character"),
    ],
)
def test_the_impossible_is_refused(keys, message):
    assert message in fault(**keys)


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"p": 0.04, "finding": "no-difference", "basis": "stated"}, id="in words"),
        pytest.param({"p": 0.2, "finding": "improved", "basis": "stated"}, id="improved in words"),
        pytest.param({"p": 0.05, "finding": "improved"}, id="exactly at the threshold"),
        pytest.param({"p": 0.05, "finding": "no-difference"}, id="at the threshold, null"),
        pytest.param({"p": "<0.1", "finding": "improved"}, id="p may lie below"),
        pytest.param(
            {"p": "<0.001", "finding": "no-difference", "hypothesis": "non-inferiority"},
            id="p of another hypothesis",
        ),
    ],
)
def test_what_is_odd_but_possible_is_read(keys):
    assert outcome(**keys).finding.kind.value == keys["finding"]


def test_arms_that_are_named_must_be_there():
    record = {"id": "t", "arms": [{"id": "k", "name": "ketamine"}, {"id": "k"}]}
    record["outcomes"] = [{"name": "pain", "groups": ["k", "m"]}]
    with pytest.raises(CorpusError) as caught:
        trial_from_dict(record)
    assert "outcomes[0].groups: no arm is called 'm'; the arms are k" in str(caught.value)
    assert "two arms are called 'k'" in str(caught.value)


RECORD = """\
id: broken
year: 20211
desgin: {type: randomized}
outcomes:
  - name: pain
    p: 1.2
  - {name: fatigue, estimate: 3, ci: [1, 2]}
  - name: sleep
    analyses:
      - {p: 0.01, finding: no-difference}
      - {p: 0.2,
         finding: improved}
"""


def test_every_fault_is_told_at_once_with_its_line(tmp_path):
    assert refusal(tmp_path, RECORD).splitlines() == [
        "t.yaml:2: year: must be a year, got 20211",
        "t.yaml:3: desgin: unknown key, did you mean 'design'?",
        "t.yaml:6: outcomes[0].p: must lie between 0 and 1, got 1.2",
        (
            "t.yaml:7: outcomes[1].ci: the interval does not hold its estimate: "
            "3 lies outside 95% CI 1 to 2"
        ),
        (
            "t.yaml:10: outcomes[2].analyses[0].finding: no-difference, but p 0.01 lies below "
            "0.05; if the report says so, add basis: stated"
        ),
        (
            "t.yaml:12: outcomes[2].analyses[1].finding: improved, but p 0.2 lies above 0.05; "
            "if the report says so, add basis: stated"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "t.yaml: is empty", id="empty"),
        pytest.param("# nothing\n", "t.yaml: is empty", id="comment"),
        pytest.param("null", "t.yaml: is empty", id="null"),
        pytest.param("ketamine", "t.yaml:1: a trial record must be a mapping", id="text"),
        pytest.param(bytes(range(256)), "is not UTF-8 text", id="binary"),
        pytest.param(b"id: x\n\x00", "t.yaml:2: holds the control character U+0000", id="NUL"),
        pytest.param("id: x".encode("utf-16"), "is not UTF-8 text", id="UTF-16"),
        pytest.param(b"a: " + b"x" * 6_000_000, "is larger than 5 MB", id="huge"),
        pytest.param("[" * 1_000, "nested more than 20 levels", id="deep list"),
        # A YAML library of late has a limit of its own, and says so in its own words.
        pytest.param("[" * 100_000, "nest", id="very deep list"),
        pytest.param("{a: " * 100_000, "nested more than 20 levels", id="deep mapping"),
        pytest.param("a: &a [x]\nb: [*a]", "t.yaml:1: anchors (&) and aliases", id="anchor"),
        pytest.param("b: *a", "t.yaml:1: anchors (&) and aliases", id="alias"),
        pytest.param("!!python/name:os.system x", "tag", id="tag"),
        pytest.param("id: x\nid: y", "t.yaml:2: the key 'id' stands on line 1 already", id="twice"),
        pytest.param("id: x\ntitle: [a, {b\n", "t.yaml:3: ", id="not YAML"),
        pytest.param("id: x\n---\nid: y", "t.yaml:2: holds a second document", id="two documents"),
        pytest.param("? [a]\n: b", "t.yaml:1: a key must be plain text", id="odd key"),
        pytest.param(
            "id: x\ndesign:\n  blinding: no", "t.yaml:3: design.blinding: must be", id="no is text"
        ),
        pytest.param("title: t", "t.yaml:1: id is missing", id="no id"),
        pytest.param("id: ../../etc/passwd", "must be a name that can name a file", id="a path"),
        pytest.param(
            "id: x\noutcomes: [{name: a, estimate: .nan}]", "must be a number", id="not a number"
        ),
    ],
)
def test_broken_files(tmp_path, text, message):
    start = time.perf_counter()
    assert message in refusal(tmp_path, text)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "Expecting value", id="empty"),
        pytest.param('{"id": NaN}', "NaN is not a finite number", id="NaN"),
        pytest.param('{"id": "x", "id": "y"}', "the key 'id' stands twice", id="twice"),
        pytest.param("[" * 100_000, "nested more than 20 levels", id="deep"),
        pytest.param('{"id":\n "x",}', "t.json:2: ", id="not JSON"),
        pytest.param('{"id": "x",\n "year": "no"}', "t.json:2: year", id="line of a fault"),
    ],
)
def test_broken_json(tmp_path, text, message):
    assert message in refusal(tmp_path, text, "t.json")


def test_files_that_are_not_there(tmp_path):
    for read in (load_trial, read_trials):
        with pytest.raises(CorpusError, match="No such file"):
            read(tmp_path / "absent.yaml")
    with pytest.raises(CorpusError, match="no such folder of trial records"):
        load_corpus(tmp_path / "absent")


def test_data_that_holds_itself_is_refused():
    loop = {"id": "x"}
    loop["design"] = loop
    wide = []
    for _ in range(60):
        wide = [wide, wide]
    for data in (loop, {"id": "x", "outcomes": wide}):
        with pytest.raises(CorpusError, match="nested more than 20"):
            trial_from_dict(data)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_what_is_no_record_is_refused(data):
    with pytest.raises(CorpusError):
        trial_from_dict(data)


def test_json_and_lists_of_records(tmp_path):
    records = [{"id": "b", "title": "\U0001f600 / two"}, {"id": "a"}]
    path = tmp_path / "all.json"
    path.write_text(json.dumps(records))
    assert [trial.id for trial in read_trials(path)] == ["b", "a"]
    assert read_trials(path)[0].title == "\U0001f600 / two"
    with pytest.raises(CorpusError, match="must hold one trial record, holds 2"):
        load_trial(path)
    assert [trial.id for trial in read_trials(tmp_path)] == ["a", "b"]


def test_a_later_folder_overrides_by_id(tmp_path):
    for folder, title in (("ours", "first"), ("yours", "second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "t.yaml").write_text(f"id: t\ntitle: {title}\n")
    (tmp_path / "ours" / "a.yml").write_text("id: a\n")
    (tmp_path / "ours" / "notes.txt").write_text("not a record")
    trials = load_corpus(tmp_path / "ours", tmp_path / "yours")
    assert [(trial.id, trial.title) for trial in trials] == [("a", "a"), ("t", "second")]


def test_an_id_twice_in_one_folder_is_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("id: same\n")
    with pytest.raises(CorpusError, match=r"the id 'same' stands in .*a\.yaml as well"):
        load_corpus(tmp_path)


def test_every_faulty_file_of_a_folder_is_told(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("id: x\nyear: soon\n")
    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert "a.yaml:2: year" in str(caught.value)
    assert "b.yaml:2: year" in str(caught.value)


def test_the_date_of_a_corpus(tmp_path):
    for name, date in (("old", "2024-01-31"), ("new", "2026-11-20"), ("none", "soon")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "SOURCES.md").write_text(f"# Sources\n\nAs of: {date}\n")
    folders = [tmp_path / name for name in ("new", "old", "none")]
    assert load_index(*folders).as_of == "2026-11-20"
    assert load_index(folders[2]).as_of is None


def test_a_record_is_added_once(tmp_path):
    source = tmp_path / "in.json"
    source.write_text('{"id": "t", "year": 2021}')
    into = tmp_path / "mine"
    assert add_record(source, into) == [into / "t.yaml"]
    assert load_trial(into / "t.yaml") == load_trial(source)
    with pytest.raises(CorpusError, match="there is a record of this id already"):
        add_record(source, into)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    source = tmp_path / "in.yaml"
    source.write_text("id: t\n")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CorpusError, match=f"{os.sep}file"):
        add_record(source, tmp_path / "file")


def test_a_dump_is_in_the_format_and_without_nulls():
    trial = trial_from_dict(
        {
            "id": "t",
            "title": "T",
            "identifiers": {"pmid": 1},
            "outcomes": [{"name": "pain", "p": "<.001", "estimate": 2.0, "finding": "improved"}],
        }
    )
    assert dump_trial(trial) == (
        "id: t\n"
        "title: T\n"
        "identifiers: {pmid: '1'}\n"
        "design: {type: unknown, blinding: unknown, control: unknown}\n"
        "outcomes:\n"
        "- name: pain\n"
        "  better: unknown\n"
        "  estimate: 2\n"
        "  p: <0.001\n"
        "  finding: improved\n"
    )


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"measure": "hazard ratio", "scale": "unknown"}, id="a scale denied"),
        pytest.param({"finding": "non-inferior", "hypothesis": "superiority"}, id="non-inferior"),
        pytest.param({"p": 0.01, "basis": "stated"}, id="a p-value without a finding"),
        pytest.param({"note": "1.5e5", "timepoint": "no"}, id="text like numbers"),
    ],
)
def test_what_a_dump_must_keep(tmp_path, keys):
    trial = trial_from_dict({"id": "t", "outcomes": [{"name": "pain", **keys}]})
    path = tmp_path / "t.yaml"
    path.write_text(dump_trial(trial))
    assert load_trial(path) == trial


def test_the_record_of_the_design():
    trial = trial_from_dict(
        {
            "id": "fitzgerald",
            "status": None,
            "design": {"type": "randomized", "phase": "pilot", "enrolled": 18},
            "population": {"age": "adults"},
            "comparators": ["midazolam"],
            "outcomes": [
                {
                    "name": "Daily Fatigue Severity",
                    "role": "primary",
                    "better": "lower",
                    "measure": "mean change",
                    "estimate": -0.10,
                    "ci": [-0.32, 0.12],
                    "p": 0.40,
                    "finding": "no-difference",
                }
            ],
        }
    )
    found = trial.outcomes[0].finding
    assert (found.kind, found.basis) == (FindingKind.NO_DIFFERENCE, Basis.REPORTED)
    assert found.because == "p 0.4, above 0.05; 95% CI -0.32 to 0.12 crosses 0"
    assert trial.primary_status() == "none_sig"


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ([], "none"),
        ([{"finding": "improved"}], "none"),
        ([{"p": 0.04}], "all_sig"),
        ([{"p": 0.05}], "none_sig"),
        ([{"p": "<0.05"}], "all_sig"),
        ([{"p": ">0.05"}], "none_sig"),
        ([{"p": 0.04}, {"p": 0.4}], "mixed"),
        ([{"p": 0.04}, {"p": 0.4, "role": "secondary"}], "all_sig"),
        ([{"p": 0.04, "hypothesis": "non-inferiority"}], "none"),
        ([{"p": 0.04, "finding": "no-difference", "basis": "stated"}], "none"),
        ([{"analyses": [{"p": 0.4}, {"p": 0.01}]}], "mixed"),
    ],
)
def test_primary_status(results, status):
    outcomes = [{"name": "a", "role": "primary", **result} for result in results]
    assert trial_from_dict({"id": "t", "outcomes": outcomes}).primary_status() == status
