"""The forms that CI servers and reviewers read: GitLab, rdjson, JUnit, Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from claimcheck.config import OutputFormat
from claimcheck.errors import InputError, Location
from claimcheck.model.report import DocumentReport, Notice, NoticeKind
from claimcheck.model.verdict import Issue, Level, Reason, VerdictKind
from claimcheck.reports import View, render
from claimcheck.reports.comments import notes
from tests import report_factory as factory

SCHEMAS = Path(__file__).parents[2] / "shared" / "schemas"
REPORTS = {
    "usual": factory.report(),
    "suppressed": factory.suppressed(),
    "empty": factory.empty(),
    "none": factory.replace(factory.report(), documents=()),
    "hostile": factory.with_text("Tea ]]> <b>eases</b> & \"cures\" 'pain' \ufffe\x00\ud800 | `x`"),
}
HOSTILE = "Tea eases <script>alert(1)</script> ![x](http://e.vil) https://e.vil @team | `a` pain"
HTML = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NOTICE = Notice(NoticeKind.UNUSED_SUPPRESSION, "silences nothing; remove it", Level.ERROR, 2)


def gitlab(report, view=None):
    return json.loads(render(report, OutputFormat.GITLAB, view or View()))


def rdjson(report, view=None):
    return json.loads(render(report, OutputFormat.RDJSON, view or View()))


def junit(report, view=None):
    text = render(report, OutputFormat.JUNIT, view or View())
    return etree.fromstring(text.encode("utf-8"))


def markdown(report, view=None):
    return render(report, OutputFormat.MARKDOWN, view or View())


@pytest.mark.parametrize("form", list(OutputFormat))
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_form_has_something_to_say_of_every_report(form, report):
    one, two = (render(report, form, View()) for _ in range(2))
    assert one == two
    assert one == "" or one.endswith("\n")


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_gitlab_gets_an_array_of_findings_with_fingerprints_of_their_own(report):
    found = gitlab(report)
    assert isinstance(found, list)
    for one in found:
        assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert one["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert one["description"].startswith(f"{one['check_name']}: ")
        assert one["location"]["lines"]["begin"] >= 1
        assert not Path(one["location"]["path"]).is_absolute()
    assert len({one["fingerprint"] for one in found}) == len(found)


def test_gitlab_gets_an_empty_array_where_nothing_was_found():
    assert render(factory.empty(), OutputFormat.GITLAB, View()) == "[]\n"
    assert gitlab(factory.suppressed()) == []


def test_a_fingerprint_stays_when_lines_move_and_quotes_turn_curly():
    before = factory.with_text("Turmeric eases 'all' pain.")
    after = factory.with_text("Turmeric eases\n ‘all’ pain.")
    assert gitlab(before)[0]["fingerprint"] == gitlab(after)[0]["fingerprint"]
    other = factory.with_text("Turmeric eases most pain.")
    assert gitlab(before)[0]["fingerprint"] != gitlab(other)[0]["fingerprint"]


@pytest.mark.parametrize(
    "form", [one for one in OutputFormat if one not in {OutputFormat.JSONL, OutputFormat.HTML}]
)
def test_every_number_comes_with_record_outcome_and_source(form):
    told = render(factory.report(), form, View(verbose=True, width=200))
    for words in ("orlova-2019-turmeric-knee", "Knee Pain Scale", "10.1000/example.1"):
        assert words in told
    assert re.search(r"p\W+0\.4", told)


@pytest.mark.parametrize("form", [rdjson, markdown, junit], ids=lambda one: one.__name__)
def test_forms_with_room_cite_each_number_in_full(form):
    found = form(factory.report())
    told = (
        etree.tostring(found, encoding="unicode")
        if form is junit
        else json.dumps(found, ensure_ascii=False)
    )
    assert re.search(
        r"orlova-2019-turmeric-knee.{0,40}Knee Pain Scale.{0,40}"
        r"−0.10 .95% CI −0.32 to 0.12., p 0.40",
        told,
    )


def test_the_summary_tells_the_same_evidence_once():
    source = factory.document("Turmeric eases pain. Turmeric soothes pain.")
    verdicts = tuple(
        factory.overstated(factory.claim(source, words))
        for words in ("Turmeric eases pain", "Turmeric soothes pain")
    )
    one, two = markdown(factory.report(DocumentReport(source, verdicts))).splitlines()[-2:]
    assert "Say that the trial missed" in one
    assert two.endswith("| as at line 1 |")
    assert "Say that the trial missed" not in two


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas are not here")
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_rdjson_is_valid(report):
    schema = json.loads((SCHEMAS / "rdjson.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema).validate(rdjson(report))


def test_rdjson_tells_the_worst_severity_and_leaves_out_what_is_suppressed():
    found = rdjson(factory.report())
    assert found["source"] == {"name": "claimcheck"}
    assert found["severity"] == "ERROR"
    assert {one["severity"] for one in found["diagnostics"]} == {"ERROR", "WARNING", "INFO"}
    assert rdjson(factory.suppressed())["diagnostics"] == []


TEXTS = st.text(
    st.sampled_from("ab é“”🦵\u0301\u200f\u05d0\t") | st.characters(exclude_categories=["Cs", "Cc"])
)


@given(before=TEXTS, claim=TEXTS.filter(str.strip), ends=st.sampled_from(["\n", "\r\n", "\r"]))
@example(before="🦵é ", claim="Tea\teases pain", ends="\r\n")
def test_the_bytes_that_rdjson_points_at_are_the_claim(before, claim, ends):
    source = factory.document(f"One.{ends}{before}{claim}.{ends}Two.")
    start = len(f"One.{ends}{before}")
    verdict = factory.overstated(factory.claim(source, claim, start=start))
    found = rdjson(factory.report(DocumentReport(source, (verdict,))))
    (one,) = found["diagnostics"]
    span = one["location"]["range"]
    line = re.split(r"\r\n|\r|\n", source.source)[span["start"]["line"] - 1].encode("utf-8")
    assert span["end"]["line"] == span["start"]["line"]
    told = line[span["start"]["column"] - 1 : span["end"]["column"] - 1]
    assert told.decode("utf-8") == claim


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas are not here")
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_junit_is_valid(report):
    view = View(problems=(InputError("is no <draft>", location=Location("a.docx")),))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd"))
    schema.assertValid(junit(report, view))


def test_junit_has_a_suite_a_document_and_a_case_a_claim():
    report = factory.report()
    suites = junit(report).findall("testsuite")
    assert [one.get("name") for one in suites] == [one.document.name for one in report.documents]
    for suite, one in zip(suites, report.documents, strict=True):
        kinds = [verdict.kind for verdict in one.verdicts]
        wrong = {VerdictKind.OVERSTATED, VerdictKind.CONTRADICTED}
        assert int(suite.get("tests")) == len(suite.findall("testcase")) == len(kinds)
        assert int(suite.get("failures")) == sum(kind in wrong for kind in kinds)
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped")) == kinds.count(VerdictKind.NO_EVIDENCE)


def test_junit_skips_what_is_suppressed_and_tells_why():
    (skipped,) = junit(factory.suppressed()).iter("skipped")
    assert skipped.get("message") == "overstated, suppressed: a quote, told as such"


def test_junit_fails_for_a_suppression_that_silences_nothing():
    (document,) = factory.empty().documents
    (failure,) = junit(factory.report(factory.replace(document, notices=(NOTICE,)))).iter("failure")
    assert failure.get("type") == "unused-suppression"


def test_junit_tells_of_a_draft_that_could_not_be_read():
    view = View(problems=(InputError("is no Word document", location=Location("a.docx")),))
    (error,) = junit(factory.report(), view).iter("error")
    assert error.get("message") == "a.docx: is no Word document"


def test_the_summary_leads_with_what_was_covered_and_lists_findings():
    told = markdown(factory.report())
    assert told.splitlines()[2].startswith("8 claims, 3 overstated, 1 contradicted, 3 not in your")
    assert "| 3, 8 | “Turmeric eased knee pain" in told
    assert "<details><summary>Supported (1)</summary>" in told
    assert markdown(factory.report(), View(quiet=True)).count("<details>") == 0


def test_a_draft_cannot_write_its_own_markup_into_the_summary():
    shown = HTML.render(markdown(factory.with_text(HOSTILE)))
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<code>" not in shown
    assert 'href="http://e.vil' not in shown
    assert "https://e.vil" not in markdown(factory.with_text(HOSTILE))  # GitHub links a bare one
    assert "@team" not in shown
    assert shown.count("<table>") == 1
    assert shown.count("<td") == 4


@given(st.text(max_size=60).filter(str.strip))
def test_whatever_a_draft_says_is_four_cells_of_a_row(text):
    source = factory.document(text)
    verdict = factory.overstated(factory.claim(source, text))
    shown = HTML.render(markdown(factory.report(DocumentReport(source, (verdict,)))))
    assert shown.count("<td") == 4


def test_a_baselined_finding_is_folded_and_tells_sarif_where_it_is_silenced():
    report = factory.baselined()
    assert "In the baseline (1)" in render(report, OutputFormat.TABLE, View())
    assert "<summary>In the baseline (1)</summary>" in markdown(report)
    (result,) = json.loads(render(report, OutputFormat.SARIF, View()))["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "external", "justification": "in the baseline"}]
    assert gitlab(report) == rdjson(report)["diagnostics"] == []
    assert render(report, OutputFormat.LINE, View()) == ""


def _without_a_stop():
    source = factory.document("Turmeric eases pain.")
    verdict = factory.overstated(factory.claim(source, "Turmeric eases pain"))
    bare = "Knee Pain Scale: no significant difference"
    second = Issue("CC228", Reason.STRENGTH, Level.ERROR, "One small study", "Hedge it.")
    issues = (replace(verdict.issues[0], because=bare), second)
    told = replace(verdict, because=bare, issues=issues)
    return factory.report(DocumentReport(source, (told,)))


@pytest.mark.parametrize("form", ["gitlab", "sarif", "junit"])
def test_a_reason_ends_before_the_advice_begins(form):
    shown = render(_without_a_stop(), OutputFormat(form), View())
    assert "no significant difference. Say that the trial" in shown


def test_a_quoted_claim_and_what_is_said_of_it_are_told_apart():
    assert "\n- 6: “Turmeric helps sleep”: No trial" in render(
        factory.report(), OutputFormat.MARKDOWN, View()
    )


def test_github_gets_one_annotation_a_claim_that_names_every_rule():
    shown = render(_without_a_stop(), OutputFormat.GITHUB, View())
    assert shown.count("::error ") == len(shown.splitlines()) == 1
    assert "title=claimcheck CC101," in shown
    assert "%0AAlso CC228: overstated: the words promise more" in shown


def test_a_comment_in_a_word_file_names_no_line():
    told = Notice(NoticeKind.CITED_NOT_IN_CORPUS, "it is never closed", Level.NOTE, 11)
    report = replace(factory.tea(), notices=(told,))
    summary = notes(report, factory.TOOL, View())[0]
    said = [words.text for line in summary.paragraphs for words in line]
    assert said[-1] == "It is never closed."
