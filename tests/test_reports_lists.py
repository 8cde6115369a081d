"""The line, GitHub and SARIF forms: places, order, escapes, suppressions."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from claimcheck.config import OutputFormat
from claimcheck.errors import InputError, Location
from claimcheck.model.report import DocumentReport
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports import View, render
from tests import report_factory as factory

SARIF_SCHEMA = Path(__file__).parents[2] / "shared" / "schemas" / "sarif-2.1.0.json"


def lines(report, form=OutputFormat.LINE, view=None):
    return render(report, form, view or View()).splitlines()


def sarif(report, view=None):
    return json.loads(render(report, OutputFormat.SARIF, view or View()))


def test_a_line_is_path_place_code_level_and_message():
    assert lines(factory.report())[0] == (
        "draft.md:3:1: CC101 [error] "
        "overstated: the study's primary outcome showed no significant difference. "
        "The primary outcome, Knee Pain Scale, showed no significant difference (p 0.40). "
        "[orlova-2019-turmeric-knee, https://doi.org/10.1000/example.1]"
    )


def test_lines_stand_in_the_order_of_the_draft():
    places = [line.split(":")[1] for line in lines(factory.report(factory.knee()))]
    assert places == sorted(places, key=int)


def test_a_message_with_line_breaks_and_escapes_stays_one_line():
    source = factory.document("Turmeric eases pain.")
    verdict = factory.overstated(factory.claim(source, "Turmeric eases pain"))
    issue = factory.replace(verdict.issues[0], because="one\ntwo\x1b[31m")
    verdict = factory.replace(verdict, issues=(issue,))
    (line,) = lines(factory.report(DocumentReport(source, (verdict,))))
    assert "one two\ufffd[31m [orlova-2019-turmeric-knee" in line


@pytest.mark.parametrize("form", [OutputFormat.LINE, OutputFormat.GITHUB])
def test_what_is_suppressed_is_not_listed(form):
    assert lines(factory.suppressed(), form) == []


@pytest.mark.parametrize("form", [OutputFormat.LINE, OutputFormat.GITHUB])
def test_only_lists_what_was_asked_for(form):
    shown = lines(factory.report(), form, View(only=(VerdictKind.CONTRADICTED,)))
    assert len(shown) == 1
    assert "CC201" in shown[0]


def test_annotations_come_worst_first():
    shown = lines(factory.report(), OutputFormat.GITHUB)
    order = {"error": 0, "warning": 1, "notice": 2}
    ranks = [order[line[2:].split()[0]] for line in shown]
    assert ranks == sorted(ranks)


def test_an_annotation_names_its_place_and_escapes_its_path():
    shown = lines(factory.report(factory.tea(name="100% a,b: c\n.md")), OutputFormat.GITHUB)
    assert shown[0].startswith(
        "::warning title=claimcheck CC101,file=100%25 a%2Cb%3A c%0A.md,"
        "line=1,col=1,endLine=1,endColumn=27::"
    )
    assert "%0ASay that" in shown[0]


def test_an_annotation_across_lines_has_no_columns():
    report = factory.with_text("Turmeric eases\npain")
    (shown,) = lines(report, OutputFormat.GITHUB)
    assert ",line=1,endLine=2::" in shown


def test_sarif_is_valid():
    if not SARIF_SCHEMA.exists():
        pytest.skip("the SARIF schema is not at hand")
    validator = jsonschema.Draft7Validator(json.loads(SARIF_SCHEMA.read_text("utf-8")))
    problem = InputError("is empty", location=Location("void.md"))
    for report in (factory.report(), factory.suppressed(), factory.empty()):
        for view in (View(), View(problems=(problem,))):
            assert not list(validator.iter_errors(sarif(report, view)))


def test_sarif_results_point_to_their_rules_and_places():
    run = sarif(factory.report())["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 69}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "claimcheck/"}


def test_sarif_has_no_empty_text():
    def texts(value):
        if isinstance(value, dict):
            for one in value.values():
                yield from texts(one)
        elif isinstance(value, list):
            for one in value:
                yield from texts(one)
        elif isinstance(value, str):
            yield value

    assert all(texts(sarif(factory.report())))
    assert all(texts(sarif(factory.suppressed())))


def test_sarif_fingerprints_tell_repeats_apart_and_survive_moved_lines():
    def prints(report):
        results = sarif(report)["runs"][0]["results"]
        return [next(iter(one["partialFingerprints"].values())) for one in results]

    found = prints(factory.report())
    assert len(set(found)) == len(found)
    before = factory.with_text("Turmeric eases pain")
    source = factory.document("A new first line.\n\nTurmeric eases pain")
    verdict = factory.overstated(factory.claim(source, "Turmeric eases pain"))
    assert prints(before) == prints(factory.report(DocumentReport(source, (verdict,))))


def test_sarif_carries_suppressions_with_their_reason():
    (result,) = sarif(factory.suppressed())["runs"][0]["results"]
    assert result["suppressions"] == [
        {"kind": "inSource", "justification": "a quote, told as such"}
    ]


def test_sarif_paths_are_relative_to_the_repository(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "posts").mkdir()
    monkeypatch.chdir(tmp_path / "posts")
    run = sarif(factory.report(factory.tea(name="my tea.txt")))["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "posts/my%20tea.txt"
