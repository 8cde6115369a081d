"""The claims of a draft as the page lists them, each with what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.coverage import is_baselined, is_suppressed
from claimcheck.model.verdict import Level, Reason, VerdictKind
from claimcheck.reports.evidence import bearing_on, why
from claimcheck.reports.html.draft import Mark
from claimcheck.reports.html.safe import fit
from claimcheck.reports.html.shown import SHOWN, Shown, shown_as
from claimcheck.reports.html.studies import Study, by_study, study
from claimcheck.reports.rows import listed
from claimcheck.reports.words import (
    NO_ADVICE,
    REASONS,
    VERDICTS,
    clean,
    sentence,
    trial_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.model.report import DocumentReport
    from claimcheck.model.verdict import Evidence, Issue, Verdict
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

STUDIES_AT_MOST = 3
_FINDINGS = frozenset({VerdictKind.OVERSTATED, VerdictKind.CONTRADICTED})
_LEVELS = (Level.ERROR, Level.WARNING, Level.NOTE, None)
_PARTS = (
    "intervention",
    "comparator",
    "outcome",
    "condition",
    "population",
    "timeframe",
    "magnitude",
    "attribution",
)


@dataclass(frozen=True, slots=True)
class Card:
    """A claim in the list, under the number that its marks in the draft bear.

    `shown` and its words `verdict` tell what it is filed under, `beside` what else an editor must
    see with it; `about` names what is claimed to do what; `weight` orders the claims by how much
    they matter, the worst lowest; `seen` is the number of the first claim that shows the same
    evidence.
    """

    number: int
    kind: VerdictKind
    shown: Shown
    verdict: str
    beside: str
    rule: str
    reason: str
    words: str
    mark: Mark
    line: int
    about: str
    gist: str
    why: str
    also: tuple[str, ...]
    advice: str
    silenced: str
    studies: tuple[Study, ...]
    more_studies: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...]
    trace: tuple[str, ...]
    confidence: str
    weight: int
    seen: int | None = None

    @property
    def study(self) -> str:
        """The name of the study that comes first, to sort by; empty where there is none."""
        return self.studies[0].name if self.studies else ""


def cards(report: DocumentReport, view: View, *, first: int) -> Iterator[Card]:
    """Answer the claims of a document in the order of the draft, numbered from `first`."""
    seen: dict[object, int] = {}
    shown = (row for row in listed(report) if view.shows(row.verdict))
    for number, row in enumerate(shown, start=first):
        rows = _answers(row.verdict)
        evidence = tuple((one.match.trial.id, one.match.outcome) for one in rows)
        yield _card(row, rows, number=number, seen=seen.get(evidence))
        if evidence:
            seen.setdefault(evidence, number)


def _card(row: Row, rows: Sequence[Evidence], *, number: int, seen: int | None) -> Card:
    verdict = row.verdict
    grouped = by_study(rows)
    suppressed = is_suppressed(verdict)
    judged = verdict.kind is not VerdictKind.NO_EVIDENCE
    answers = judged or verdict.reason is Reason.UNSETTLED
    shown = shown_as(verdict)
    return Card(
        number=number,
        kind=verdict.kind,
        shown=shown,
        verdict=SHOWN[shown],
        beside=_beside(verdict),
        rule=verdict.rule,
        reason=verdict.reason.value,
        words=fit(row.text),
        mark=Mark(verdict.claim.span, number, shown),
        line=row.line,
        about=fit(_about(verdict)),
        gist=REASONS[verdict.reason] if verdict.kind in _FINDINGS else "",
        why=fit(why(verdict) if judged else sentence(clean(verdict.because))),
        also=tuple(fit(told) for told in _also(verdict)),
        advice="" if verdict.advice == NO_ADVICE else fit(clean(verdict.advice)),
        silenced=_silenced(verdict),
        studies=tuple(study(*one, answers=answers) for one in grouped[:STUDIES_AT_MOST]),
        more_studies=tuple(fit(trial_name(trial)) for trial, _ in grouped[STUDIES_AT_MOST:]),
        read_as=tuple(_read_as(verdict)),
        trace=tuple(fit(clean(step)) for step in verdict.trace),
        confidence=verdict.confidence.value,
        weight=_weight(verdict, suppressed=suppressed),
        seen=seen,
    )


def _beside(verdict: Verdict) -> str:
    """Answer the verdict on a silenced claim, or that a finding is but a warning."""
    if is_suppressed(verdict):
        return VERDICTS[verdict.kind]
    return "warning" if verdict.kind in _FINDINGS and verdict.level is Level.WARNING else ""


def _silenced(verdict: Verdict) -> str:
    """Answer who silenced a claim and why, or an empty text."""
    if not is_suppressed(verdict):
        return ""
    if is_baselined(verdict):
        return "In the baseline: found before"
    reason = next((one.suppressed for one in verdict.issues if one.suppressed), "")
    return f"Suppressed in the draft: {fit(clean(reason))}" if reason else "Suppressed in the draft"


def _answers(verdict: Verdict) -> Sequence[Evidence]:
    """Answer the rows of evidence that are shown: of an unanswered claim, the nearest study's."""
    if verdict.kind is not VerdictKind.NO_EVIDENCE:
        return bearing_on(verdict.evidence)
    rows = verdict.evidence
    return [row for row in rows if row.match.trial.id == rows[0].match.trial.id]


def _weight(verdict: Verdict, *, suppressed: bool) -> int:
    rank = (VerdictKind.CONTRADICTED, VerdictKind.OVERSTATED, VerdictKind.NO_EVIDENCE).index
    kinds = 3 if verdict.kind is VerdictKind.SUPPORTED else rank(verdict.kind)
    first = _LEVELS.index(verdict.level)
    return 100 * suppressed + 10 * first + kinds


def _also(verdict: Verdict) -> Iterator[str]:
    """Answer what else is wrong with a claim."""
    for issue in _others(verdict):
        yield f"{sentence(REASONS[issue.reason])} {sentence(clean(issue.because))} ({issue.rule})"


def _others(verdict: Verdict) -> Iterator[Issue]:
    for issue in verdict.issues:
        if issue.suppressed is None and issue.rule != verdict.rule:
            yield issue


def _about(verdict: Verdict) -> str:
    """Answer what the claim says does something, and to what."""
    claim = verdict.claim
    named = [clean(one.text) for one in (claim.intervention, claim.outcome) if one is not None]
    return " → ".join(named)


def _read_as(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """Answer how the claim was read, part by part."""
    claim = verdict.claim
    yield "says", f"{claim.direction.value}, {claim.certainty.value}"
    for name in _PARTS:
        mention = getattr(claim, name)
        if mention is not None:
            yield name, fit(clean(mention.text))
    if verdict.notes:
        yield "notes", fit(", ".join(map(clean, verdict.notes)))
