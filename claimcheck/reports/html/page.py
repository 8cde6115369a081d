"""The page as a whole: what stands on top of it, what was covered, and the file it becomes."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from claimcheck.model.coverage import Coverage
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.html.cards import Card, cards
from claimcheck.reports.html.draft import Part, parts
from claimcheck.reports.html.safe import fit
from claimcheck.reports.html.shown import SHOWN, Shown, headline
from claimcheck.reports.html.studies import Study, about
from claimcheck.reports.words import REASONS, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.report import DocumentReport, Report
    from claimcheck.reports import View

_ORDER = (
    VerdictKind.OVERSTATED,
    VerdictKind.CONTRADICTED,
    VerdictKind.NO_EVIDENCE,
    VerdictKind.SUPPORTED,
)

_APART = re.compile(r" (?=\(|p [<>.\d])")  # between an estimate, its interval and a p-value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One draft in the page. `notices` are (line or None, message)."""

    number: int
    name: str
    parts: tuple[Part, ...]
    cards: tuple[Card, ...]
    notices: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims are filed so; `start` and `width` place it in a bar, in per cent."""

    kind: Shown
    word: str
    count: int
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template shows."""

    name: str
    headline: str
    summary: str
    tallies: tuple[Tally, ...]
    sheets: tuple[Sheet, ...]
    studies: tuple[tuple[Study, tuple[int, ...]], ...]
    missing: tuple[tuple[str, tuple[int, ...]], ...]
    problems: tuple[str, ...]

    @property
    def claims(self) -> int:
        """How many claims are listed."""
        return sum(len(sheet.cards) for sheet in self.sheets)


def render(report: Report, view: View) -> Iterator[str]:
    """Answer the page piece by piece; the same report gives the same bytes."""
    style, script = _asset("page.css"), _asset("page.js")
    return _template().generate(
        page=page_of(report, view),
        tool=report.tool,
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def page_of(report: Report, view: View) -> Page:
    """Answer what the page shows of a report."""
    sheets: list[Sheet] = []
    first = 1
    for number, one in enumerate(report.documents, start=1):
        sheets.append(_sheet(one, view, number=number, first=first))
        first += len(sheets[-1].cards)
    coverage = Coverage.of_documents(report.documents)
    several = f"{len(sheets)} drafts"
    return Page(
        name=sheets[0].name if len(sheets) == 1 else several,
        headline=headline(coverage),
        summary=coverage.summary(report.tool),
        tallies=tuple(_tallies(coverage)),
        sheets=tuple(sheets),
        studies=tuple(_studies(report, sheets)),
        missing=tuple(_missing(sheets)),
        problems=tuple(fit(clean(str(problem))) for problem in view.problems),
    )


def _sheet(report: DocumentReport, view: View, *, number: int, first: int) -> Sheet:
    found = tuple(cards(report, view, first=first))
    told = [notice for notice in report.notices if not notice.baselined and not view.only]
    notices = sorted(told, key=lambda notice: notice.line or 0)
    return Sheet(
        number,
        fit(clean(report.document.name)),
        tuple(parts(report.document, [card.mark for card in found])),
        found,
        tuple((notice.line, fit(clean(notice.message))) for notice in notices),
    )


def _tallies(coverage: Coverage) -> Iterator[Tally]:
    """Answer the counts, apart those of claims that are silenced, and of these only what is."""
    counts = {Shown(kind): coverage.standing(kind) for kind in _ORDER}
    silenced = {Shown.SUPPRESSED: coverage.suppressed, Shown.BASELINED: coverage.baselined}
    counts.update((shown, count) for shown, count in silenced.items() if count)
    at = 0.0
    for shown, count in counts.items():
        share = 100 * count / coverage.claims if coverage.claims else 0.0
        yield Tally(shown, SHOWN[shown], count, f"{at:.3f}%", f"{share:.3f}%")
        at += share


def _studies(report: Report, sheets: list[Sheet]) -> Iterator[tuple[Study, tuple[int, ...]]]:
    """Answer the studies that judged a claim, with the numbers of those claims."""
    trials = {
        row.match.trial.id: row.match.trial
        for one in report.documents
        for verdict in one.verdicts
        for row in verdict.evidence
    }
    used: dict[str, list[int]] = {}
    for card in (card for sheet in sheets for card in sheet.cards):
        if card.kind is not VerdictKind.NO_EVIDENCE:
            for study in card.studies:
                used.setdefault(study.id, []).append(card.number)
    for trial, numbers in sorted(used.items(), key=lambda item: (-len(item[1]), item[0])):
        yield about(trials[trial]), tuple(numbers)


def _missing(sheets: list[Sheet]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Answer why claims could not be judged, with the numbers of those claims."""
    told = {reason.value: text for reason, text in REASONS.items()}
    missing: dict[str, list[int]] = {}
    for card in (card for sheet in sheets for card in sheet.cards):
        if card.kind is VerdictKind.NO_EVIDENCE:
            missing.setdefault(told[card.reason], []).append(card.number)
    for reason, numbers in sorted(missing.items()):
        yield reason, tuple(numbers)


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["capitalise"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["figure_by_figure"] = _APART.split
    environment.globals["words"] = SHOWN
    return environment.get_template("page.jinja")


def _asset(name: str) -> str:
    return (files("claimcheck.reports.html") / "assets" / name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Answer the Content-Security-Policy: this style, this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
