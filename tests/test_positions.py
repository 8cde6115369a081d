"""Where each form of a report says that a claim stands, read back by that form's own rules."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claimcheck.config import OutputFormat
from claimcheck.documents import read_bytes
from claimcheck.errors import InputError
from claimcheck.model.claim import Certainty, Claim, ClaimKind, Direction, Strength
from claimcheck.model.document import Span
from claimcheck.model.report import DocumentReport, Report
from claimcheck.reports import View, render
from claimcheck.reports.html.safe import fit
from tests.report_factory import TOOL, overstated
from tests.test_offsets import EOL, FRAMES, MESS, PAGES, PLAIN, SHOWN
from tests.word_factory import paragraph, run, word

FIRST, LAST = "Zqxwortqz", "Ykvendvky"  # no draft of these tests holds them but once
SUFFIXES = st.sampled_from(["txt", "md", "html"])


def planted(document):
    """A report with one claim, from the first planted word to the last."""
    span = Span(document.text.index(FIRST), document.text.index(LAST) + len(LAST))
    claim = Claim(
        id="c1",
        span=span,
        sentence=span,
        block=0,
        section=0,
        text=document.text[span.start : span.end],
        kind=ClaimKind.EFFICACY,
        direction=Direction.BENEFIT,
        certainty=Certainty.ASSERTED,
        strength=Strength.CAUSAL,
        intervention=None,
        outcome=None,
    )
    return Report(TOOL, (DocumentReport(document, (overstated(claim),)),))


def rows(text, breaks=("\r\n", "\r", "\n")):
    return re.split("|".join(map(re.escape, breaks)), text)


def cut(lines, start, end):
    """What stands from one line and column, counted from 1, to another; the end is exclusive."""
    (row, column), (last_row, last_column) = start, end
    if row == last_row:
        return [lines[row - 1][column - 1 : last_column - 1]]
    between = lines[row : last_row - 1]
    return [lines[row - 1][column - 1 :], *between, lines[last_row - 1][: last_column - 1]]


def read_back(report, source):
    """What each form points at, in the text that its positions count in."""
    view = View()
    whole = json.loads(render(report, OutputFormat.JSON, view))["documents"][0]["claims"][0]
    yield "json", [whole["quote"]]
    yield "json offsets", [source[whole["start"] : whole["end"]]]
    yield "json lines", rows(source)[whole["line"] - 1][whole["column"] - 1 :]
    told = map(json.loads, filter(None, render(report, OutputFormat.JSONL, view).split("\n")))
    listed = next(one for one in told if one.get("type") == "claim")
    yield "jsonl", [source[listed["start"] : listed["end"]]]
    yield from _by_lines(report, source, view)
    (run_,) = json.loads(render(report, OutputFormat.SARIF, view))["runs"]
    region = run_["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run_["columnKind"] == "unicodeCodePoints"
    lines = rows(source, run_.get("newlineSequences", ("\r\n", "\n")))
    start, end = (
        (region["startLine"], region["startColumn"]),
        (region["endLine"], region["endColumn"]),
    )
    yield "sarif", cut(lines, start, end)
    diagnostic = json.loads(render(report, OutputFormat.RDJSON, view))["diagnostics"][0]
    start, end = (
        (place["line"], place["column"])
        for place in (
            diagnostic["location"]["range"]["start"],
            diagnostic["location"]["range"]["end"],
        )
    )
    in_bytes = [line.encode() for line in rows(source)]
    yield "rdjson", [part.decode() for part in cut(in_bytes, start, end)]


def _by_lines(report, source, view):
    lines = rows(source)
    line = render(report, OutputFormat.LINE, view).split("\n")[0]
    row, column = map(int, re.match(r"[^:]*:(\d+):(\d+): ", line).groups())
    yield "line", lines[row - 1][column - 1 :]
    command = render(report, OutputFormat.GITHUB, view).split("\n")[0]
    told = dict(pair.split("=") for pair in command.split("::")[1].partition(" ")[2].split(","))
    row, last = int(told["line"]), int(told.get("endLine", told["line"]))
    if "col" in told:
        yield "github", cut(lines, (row, int(told["col"])), (last, int(told["endColumn"])))
    else:
        assert row < last
        yield "github", lines[row - 1][lines[row - 1].index(FIRST) :]
        assert LAST in lines[last - 1]
    (entry,) = json.loads(render(report, OutputFormat.GITLAB, view))
    where = lines[entry["location"]["lines"]["begin"] - 1]
    yield "gitlab", where[where.index(FIRST) :]
    case = next(ET.fromstring(render(report, OutputFormat.JUNIT, view)).iter("testcase"))  # noqa: S314  (our own)
    where = lines[int(re.match(r"line (\d+): ", case.get("name"))[1]) - 1]
    yield "junit", where[where.index(FIRST) :]


def assert_told(document, text):
    """Every form's position gives the claim's own words; `text` is what positions count in."""
    assert document.text.count(FIRST) == document.text.count(LAST) == 1
    start, end = text.index(FIRST), text.index(LAST) + len(LAST)
    wanted = rows(text[start:end])
    report = planted(document)
    page = lxml.html.document_fromstring("".join(render(report, OutputFormat.HTML, View())))
    (verdict,) = report.documents[0].verdicts
    # A page shows the words as they are read, without those signs that it must not hold.
    assert "".join(mark.text_content() for mark in page.iter("mark")) == fit(verdict.claim.text)
    for form, found in read_back(report, text):
        if isinstance(found, str):
            assert found.startswith(wanted[0]), form
        else:
            assert rows("\n".join(found)) == wanted, form


def assert_file(data, name):
    assert_told(read_bytes(data, name=name), data.decode("utf-8-sig"))


BOM = st.sampled_from(["", "\ufeff"])


def around(pieces):
    return pieces.map(lambda three: f"{three[0]}{FIRST} {three[1]}{LAST} {three[2]}")


@given(FRAMES, around(st.tuples(PLAIN, PLAIN, PLAIN)), EOL, BOM)
def test_in_markdown(frame, words, eol, bom):
    draft = f"{bom}{frame.replace('{0}', words.strip()).replace('{n}', eol)}{eol}{eol}The end."
    assert_file(draft.encode(), "draft.md")


@given(PAGES, around(st.tuples(SHOWN, SHOWN, SHOWN)), EOL, BOM)
def test_in_html(frame, words, eol, bom):
    draft = bom + frame.replace("{0}", words).replace("{n}", eol)
    assert_file(draft.encode(), "draft.html")


@given(MESS, MESS, MESS, SUFFIXES)
def test_in_whatever_text(before, between, after, suffix):
    draft = f"{before} {FIRST} {between} {LAST} {after}".encode()
    try:
        document = read_bytes(draft, name=f"draft.{suffix}")
    except InputError:
        return
    found = document.text.find(FIRST), document.text.find(LAST)
    block = [one for one in document.blocks if one.span.start <= found[0] < one.span.end]
    assume(block and block[0].span.start <= found[1] < block[0].span.end)
    assert_told(document, draft.decode("utf-8-sig"))


@given(st.lists(PLAIN, min_size=3, max_size=3))
def test_in_word_they_count_in_the_text_that_is_read(pieces):
    before, between, after = pieces
    body = paragraph(run("A title")) + paragraph(
        run(f"{before}{FIRST}"), "<w:r><w:tab/></w:r>", run(f" {between}{LAST} {after}")
    )
    document = read_bytes(word(body), name="draft.docx")
    assert_told(document, document.source)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_in_files_of_other_encodings(encoding):
    text = f"Caf\u00e9s\r\n\r\nThe \u201c{FIRST}\u201d caf\u00e9 {LAST}.\r\n"
    document = read_bytes(text.encode(encoding), name="draft.txt")
    assert_told(document, text)
