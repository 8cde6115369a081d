"""JSON: one object, by its own schema, with offsets that lead back to the source."""

from __future__ import annotations

import json
from importlib import resources

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.config import OutputFormat
from claimcheck.errors import InputError, Location
from claimcheck.model.document import OffsetMap
from claimcheck.model.lines import Lines
from claimcheck.model.report import DocumentReport
from claimcheck.model.verdict import Level, VerdictKind
from claimcheck.reports import View, render
from claimcheck.serialize import to_bytes, to_json
from tests import report_factory as factory

SCHEMA = json.loads((resources.files("claimcheck.reports") / "schema.json").read_text("utf-8"))
REPORTS = {
    "two documents": factory.report(),
    "suppressed": factory.suppressed(),
    "no claim": factory.empty(),
    "no document": factory.Report(factory.TOOL, ()),
}


def told(report, view=None):
    return json.loads(render(report, OutputFormat.JSON, view or View()))


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_report_is_as_its_schema_says(report):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(told(report), SCHEMA)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_what_is_printed_is_to_dict(report):
    printed = render(report, OutputFormat.JSON, View())
    assert printed == to_json(report.to_dict()) + "\n"


def test_the_same_report_gives_the_same_bytes():
    view = View()
    one, two = (render(factory.report(), OutputFormat.JSON, view) for _ in range(2))
    assert one == two
    assert one.endswith("}\n")


def test_offsets_lead_back_to_the_source():
    report = factory.report()
    for document, shown in zip(report.documents, told(report)["documents"], strict=True):
        source = document.document.source
        for claim in shown["claims"]:
            assert source[claim["start"] : claim["end"]] == claim["quote"]
            line = source.replace("\r\n", "\n").split("\n")[claim["line"] - 1]
            assert line[claim["column"] - 1 :].startswith(claim["quote"])
            for part in ("intervention", "outcome"):
                mention = claim[part]
                if mention:
                    assert source[mention["start"] : mention["end"]] == mention["text"]


def test_the_quote_is_the_source_and_the_text_its_plain_reading():
    source = factory.document("Turmeric <b>eases</b> pain.")
    plain = "Turmeric eases pain."
    offsets = OffsetMap(((0, 0, 9, 9), (9, 12, 5, 5), (14, 21, 6, 6)))
    read = factory.replace(source, text=plain, offsets=offsets)
    one = factory.claim(read, plain)
    claim = told(factory.report(DocumentReport(read, (factory.supported(one),))))
    claim = claim["documents"][0]["claims"][0]
    assert claim["quote"] == "Turmeric <b>eases</b> pain."
    assert claim["text"] == plain
    assert (claim["start"], claim["end"]) == (0, len(source.source))


def test_coverage_counts_what_was_judged():
    document = told(factory.report())["documents"][0]
    assert document["coverage"] == {
        "claims": 7,
        "judged": 4,
        "suppressed": 0,
        "baselined": 0,
        "percent": 57.1,
        "summary": "7 claims, 2 overstated, 1 contradicted, 3 not in your evidence "
        "(31 trials, as of 2026-11-20)",
    }
    assert document["counts"] == {
        "supported": 1,
        "overstated": 2,
        "contradicted": 1,
        "no-evidence": 3,
    }


def test_only_chooses_claims_and_leaves_the_counts():
    document = told(factory.report(), View(only=(VerdictKind.CONTRADICTED,)))["documents"][0]
    assert [claim["verdict"] for claim in document["claims"]] == ["contradicted"]
    assert document["coverage"]["claims"] == 7


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        pytest.param(factory.report(factory.tea()), True, id="a warning counts"),
        pytest.param(factory.suppressed(), False, id="a suppressed one does not"),
        pytest.param(factory.empty(), False, id="no claim"),
    ],
)
def test_a_document_overstates_when_a_claim_of_benefit_does(report, expected):
    assert told(report)["documents"][0]["overstated"] is expected


def test_a_claim_of_harm_that_is_overstated_is_no_overstated_benefit():
    source = factory.document("Turmeric worsens pain.")
    one = factory.claim(source, "Turmeric worsens pain", direction=factory.Direction.HARM)
    report = factory.report(DocumentReport(source, (factory.overstated(one),)))
    assert told(report)["documents"][0]["overstated"] is False


def test_the_best_link_of_a_study_is_its_doi():
    evidence = told(factory.report())["documents"][0]["claims"][0]["evidence"][0]
    assert evidence["url"] == "https://doi.org/10.1000/example.1"
    assert evidence["analysis"]["p"] == 0.4
    assert evidence["analysis"]["ci"] == [-0.32, 0.12]


def test_what_could_not_be_read_is_told_beside_what_could():
    problem = InputError("is empty", location=Location("void.md"))
    shown = told(factory.report(), View(problems=(problem,)))
    jsonschema.validate(shown, SCHEMA)
    assert shown["errors"] == [
        {"type": "InputError", "message": "is empty", "path": "void.md", "line": None}
    ]


def test_json_lines_are_objects_that_name_their_document():
    text = render(factory.report(), OutputFormat.JSONL, View())
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["type"] for line in lines] == ["claim"] * 7 + ["document"] + ["claim", "document"]
    assert {line["document"] for line in lines[:7]} == {"draft.md"}
    assert lines[7]["coverage"]["claims"] == 7


def test_levels_are_told_by_issue():
    claims = told(factory.report())["documents"][0]["claims"]
    assert {issue["level"] for claim in claims for issue in claim["issues"]} <= set(Level)


@given(st.text(max_size=80), st.integers(0, 80))
def test_lines_and_columns_lead_back_to_the_offset(text, offset):
    offset = min(offset, len(text))
    line, column = Lines(text).place(offset)
    starts, at = [0], 0
    while at < len(text):
        if text.startswith("\r\n", at):
            at += 1
        if text[at] in "\r\n":
            starts.append(at + 1)
        at += 1
    assert starts[line - 1] + column - 1 == offset


@given(st.text(min_size=1))
def test_any_text_can_be_written_as_json(text):
    if text.strip():
        data = to_bytes(render(factory.with_text(text), OutputFormat.JSON, View()))
        claim = json.loads(data.decode("utf-8"))["documents"][0]["claims"][0]
        assert claim["quote"] == text


def test_a_lone_surrogate_is_written_as_its_escape():
    report = factory.report(factory.tea(name="caf\udce9.txt"))
    data = to_bytes(render(report, OutputFormat.JSON, View()))
    assert json.loads(data)["documents"][0]["name"] == "caf\udce9.txt"
