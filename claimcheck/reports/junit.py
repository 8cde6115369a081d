"""JUnit XML, which nearly every CI server shows: a test suite a document, a test case a claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never
from xml.etree import ElementTree as ET

from claimcheck.model.coverage import Coverage, is_suppressed
from claimcheck.model.report import NoticeKind
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.evidence import bearing_on, cited
from claimcheck.reports.places import repository_path
from claimcheck.reports.rows import listed
from claimcheck.reports.words import REASONS, VERDICTS, clean, ended, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.report import DocumentReport, Notice, Report, Tool
    from claimcheck.model.verdict import Verdict
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

MAX_NAME = 200
# The schema wants a time and a host; those of the run would give other bytes on every run.
_FIXED = {"timestamp": "1970-01-01T00:00:00", "hostname": "localhost", "time": "0"}
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, view: View) -> str:
    """Answer a suite a document; what could not be read is a suite with an error."""
    suites = [
        *(_suite(one, report.tool, view) for one in report.documents),
        *(_unread(str(problem)) for problem in view.problems),
    ]
    root = ET.Element("testsuites")
    for number, suite in enumerate(suites):
        suite.set("id", str(number))
        root.append(suite)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(report: DocumentReport, tool: Tool, view: View) -> ET.Element:
    path = _name(repository_path(report.document.name))
    rows = [row for row in listed(report) if view.shows(row.verdict)]
    notices = report.notices if not view.only else ()
    failing = [one for one in notices if one.kind is NoticeKind.UNUSED_SUPPRESSION]
    cases = [*(_case(row, path) for row in rows), *(_idle(one, path) for one in failing)]
    told = [Coverage.of(report.verdicts).summary(tool)]
    told += [_at(one) + clean(one.message) for one in notices if one not in failing]
    return _element(path, cases, told)


def _element(path: str, cases: list[ET.Element], told: Iterable[str]) -> ET.Element:
    def count(name: str) -> str:
        return str(sum(case.find(name) is not None for case in cases))

    counts = {
        "tests": str(len(cases)),
        "failures": count("failure"),
        "errors": count("error"),
        "skipped": count("skipped"),
    }
    suite = ET.Element("testsuite", {"name": path, "package": "claimcheck", **counts, **_FIXED})
    ET.SubElement(suite, "properties")
    suite.extend(cases)
    ET.SubElement(suite, "system-out").text = _legal("\n".join(told))
    ET.SubElement(suite, "system-err")
    return suite


def _case(row: Row, path: str) -> ET.Element:
    case = _bare(f"line {row.line}: {shorten(row.text, MAX_NAME)}", path)
    verdict = row.verdict
    told = VERDICTS[verdict.kind]
    match verdict.kind:
        case VerdictKind.SUPPORTED if not verdict.issues:
            pass
        case _ if is_suppressed(verdict):
            reason = next((one.suppressed for one in verdict.issues if one.suppressed), "")
            message = f"{told}, suppressed" + (f": {clean(reason)}" if reason else "")
            ET.SubElement(case, "skipped", {"message": _legal(message)})
        case VerdictKind.OVERSTATED | VerdictKind.CONTRADICTED:
            message = f"{verdict.rule} {told}: {REASONS[verdict.reason]}"
            failure = ET.SubElement(case, "failure", {"message": message, "type": verdict.rule})
            failure.text = _legal("\n".join(_lines(verdict)))
        case VerdictKind.NO_EVIDENCE:
            ET.SubElement(case, "skipped", {"message": _legal(clean(verdict.because))})
        case VerdictKind.SUPPORTED:
            pass
        case _:
            assert_never(verdict.kind)
    return case


def _lines(verdict: Verdict) -> Iterator[str]:
    yield f"“{clean(verdict.claim.text)}”"
    for issue in verdict.issues:
        if issue.suppressed is None:
            because = ended(clean(issue.because))
            yield clean(f"{issue.rule} [{issue.level}] {because} {issue.advice}")
    yield from map(cited, bearing_on(verdict.evidence))


def _idle(notice: Notice, path: str) -> ET.Element:
    case = _bare(f"line {notice.line or 1}: a suppression", path)
    message = _legal(clean(notice.message))
    ET.SubElement(case, "failure", {"message": message, "type": notice.kind.value})
    return case


def _unread(problem: str) -> ET.Element:
    message = _legal(clean(problem)) or "cannot be read"
    case = _bare("reading the draft", "claimcheck")
    ET.SubElement(case, "error", {"message": message, "type": "unreadable"})
    return _element("not read", [case], [])


def _bare(name: str, path: str) -> ET.Element:
    return ET.Element("testcase", {"name": _name(name), "classname": path, "time": "0"})


def _at(notice: Notice) -> str:
    return f"line {notice.line}: " if notice.line else ""


def _name(text: str) -> str:
    return _legal(clean(text)) or "draft"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
