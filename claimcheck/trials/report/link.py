"""Which outcome does each result of a report belong to, and what does it show?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claimcheck.model.imported import ReadOutcome
from claimcheck.model.trial import (
    Analysis,
    Basis,
    Comparison,
    Finding,
    FindingKind,
    Outcome,
    Role,
    Subgroup,
)
from claimcheck.model.verdict import Confidence
from claimcheck.reading.results import Change, results
from claimcheck.reading.sections import Part
from claimcheck.trials.report.analyse import analyse
from claimcheck.trials.report.outcomes import (
    OUTCOMES,
    SAME,
    Defined,
    alike,
    concept_of,
    timepoint_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from claimcheck.model.document import Span
    from claimcheck.reading.outcome_names import ResultWords
    from claimcheck.reading.results import Result
    from claimcheck.reading.sections import Sentence
    from claimcheck.terms import Terms
    from claimcheck.trials.report.arms import Arms

PRESUMED = "the report names no primary outcome; its aim names this one"
LIKELY = 0.3  # similarity from which a free result is taken for a primary outcome without one
MOST = 150  # outcomes of one report; a real one has a tenth of that in its prose
Found = tuple[Outcome, ReadOutcome]
_SILENT = Finding(FindingKind.NOT_REPORTED, "the report tells no result of it", Basis.STATED)


@dataclass(slots=True)
class _Row:
    """An outcome while its results are gathered."""

    name: str
    role: Role
    definition: Span | None
    timepoint: str | None
    subgroup: Subgroup | None = None
    analyses: list[Analysis] = field(default_factory=list)
    result: Span | None = None
    sure: bool = True
    note: str | None = None


def outcomes_of(
    text: str,
    sentences: Sequence[Sentence],
    defined: Sequence[Defined],
    arms: Arms,
    *,
    words: ResultWords,
    terms: Terms,
    short: Mapping[str, str],
    title: str = "",
) -> tuple[Found, ...]:
    """Answer the outcomes of a report with their results, the defined ones first."""
    aims = [s.reading.text for s in sentences if s.part in (Part.OBJECTIVE, Part.TITLE)]
    aimed = frozenset().union(*(terms.concepts(aim, *OUTCOMES) for aim in (*aims, title)))
    gathered = _Gatherer(text, arms, terms=terms, short=short, words=words, aims=aimed)
    gathered.define(defined)
    for sentence in _telling(sentences, words):
        for result in results(text, sentence.reading, words):
            gathered.add(result)
    gathered.settle()
    rows = [row for row in gathered.rows if row.analyses or row.role is Role.PRIMARY]
    return tuple(_finished(at, row, terms) for at, row in enumerate(rows))


def _telling(sentences: Sequence[Sentence], words: ResultWords) -> Iterator[Sentence]:
    """Yield the sentences that tell results; what only describes the start tells none."""
    own = [s for s in sentences if s.part is Part.RESULTS]
    for sentence in own or [s for s in sentences if s.part is Part.CONCLUSION]:
        reading = sentence.reading
        adjusted = any(words.has("adjusted", word) for word in reading.lowers)
        if not reading.of("baseline") or reading.of("within") or adjusted:
            yield sentence


class _Gatherer:
    """Lays each result beside the outcomes met so far."""

    def __init__(
        self,
        text: str,
        arms: Arms,
        *,
        terms: Terms,
        short: Mapping[str, str],
        words: ResultWords,
        aims: frozenset[str],
    ) -> None:
        self._aims = aims
        self.rows: list[_Row] = []
        self._text, self._arms, self._words = text, arms, words
        self._terms, self._short = terms, short

    def define(self, defined: Sequence[Defined]) -> None:
        """Begin a row for every outcome that the report defines."""
        self.rows += [_Row(one.name, one.role, one.span, one.timepoint) for one in defined]

    def add(self, result: Result) -> None:
        """Put a result into the rows that its words name."""
        heads = [
            hit for hit in result.reading.of("role-head") if result.first <= hit.first < result.last
        ]
        role = Role(heads[0].cue.value or "unknown") if heads else None
        named = [
            (span, " ".join(self._text[span.start : span.end].split())) for span in result.names
        ]
        if heads and (not named or all(h.span.overlaps(s) for s, _ in named for h in heads[:1])):
            for row in self._of_role(role or Role.UNKNOWN):
                self._put(row, result, 0, 1)
            return
        for at, (_, name) in enumerate(named):
            self._put(self._row(name, result, role), result, at, len(named))

    def _of_role(self, role: Role) -> list[_Row]:
        rows = [row for row in self.rows if row.role is role and row.subgroup is None]
        if not rows:
            rows = [_Row(f"{role.value} outcome", role, None, None, sure=False)]
            self.rows += rows
        return rows

    def _row(self, name: str, result: Result, role: Role | None) -> _Row:
        part = "subgroup-result" in result.cues
        scored = [
            (alike(name, row.name, self._terms, self._short), -at, row)
            for at, row in enumerate(self.rows)
            if (row.subgroup is not None) is part
        ]
        best = max(scored, default=None, key=lambda one: one[:2])
        if best and best[0] >= SAME:
            return best[2]
        if len(self.rows) >= MOST and best:
            return best[2]
        row = _Row(name, role or Role.UNKNOWN, None, None)
        if part:
            row.role, row.subgroup = Role.SUBGROUP, Subgroup(_subgroup(result))
        self.rows.append(row)
        return row

    def _put(self, row: _Row, result: Result, at: int, count: int) -> None:
        better = concept_of(row.name, self._terms).better
        analysis = analyse(
            result, at, count, better=better, arms=self._arms, trend=bool(_trend(result))
        )
        if analysis is None:
            return
        row.analyses.append(analysis)
        if row.result is None:
            row.result = result.span
            row.timepoint = timepoint_in(result.reading, result.span) or row.timepoint

    def settle(self) -> None:
        """Give roles to what was not defined, and a result to a primary outcome without one."""
        primary = [row for row in self.rows if row.role is Role.PRIMARY]
        for row in primary:
            if not row.analyses and (other := self._unclaimed(row)):
                row.analyses, row.result, row.sure = other.analyses, other.result, False
                row.timepoint = other.timepoint or row.timepoint
                self.rows.remove(other)
        if primary:
            for row in self.rows:
                if row.role is Role.UNKNOWN:
                    row.role = Role.SECONDARY
        else:
            self._presume()
        self.rows.sort(key=lambda row: row.role is not Role.PRIMARY)

    def _presume(self) -> None:
        """Note which outcomes the aim or the title names, where none is named as primary."""
        for row in self.rows:
            concept = concept_of(row.name, self._terms).id
            if concept and concept in self._aims and row.subgroup is None:
                row.note = PRESUMED

    def _unclaimed(self, row: _Row) -> _Row | None:
        """Answer the result that tells of it under another name: same concept, or much alike."""
        wanted = concept_of(row.name, self._terms).id
        scored = []
        for at, other in enumerate(self.rows):
            if other.role is Role.UNKNOWN and other.analyses and other.subgroup is None:
                same = wanted is not None and concept_of(other.name, self._terms).id == wanted
                score = same + alike(other.name, row.name, self._terms, self._short)
                scored.append((score, -at, other))
        best = max(scored, default=None, key=lambda one: one[:2])
        return best[2] if best and best[0] >= LIKELY else None


def _trend(result: Result) -> bool:
    return any(result.first <= hit.first < result.last for hit in result.reading.of("trend"))


def _subgroup(result: Result) -> str:
    hit = next(
        h for h in result.reading.of("subgroup-result") if result.first <= h.first < result.last
    )
    last = min(result.last, hit.last + 4)
    span = result.reading.slice(hit.first, last)
    start = result.reading.span.start
    return " ".join(result.reading.text[span.start - start : span.end - start].split())


def _finished(at: int, row: _Row, terms: Terms) -> Found:
    concept = concept_of(row.name, terms)
    analyses = tuple(row.analyses) or (Analysis(_SILENT),)
    settled = analyses[0].finding.basis is Basis.REPORTED
    if row.definition and row.sure and settled:
        confidence = Confidence.HIGH
    else:
        confidence = Confidence.MEDIUM if settled and row.sure else Confidence.LOW
    outcome = Outcome(
        row.name,
        _ordered(analyses),
        concept=concept.id,
        kind=concept.kind,
        role=row.role,
        timepoint=row.timepoint,
        better=concept.better,
        subgroup=row.subgroup,
        note=row.note,
    )
    return outcome, ReadOutcome(at, row.definition, row.result, confidence)


def _ordered(analyses: tuple[Analysis, ...]) -> tuple[Analysis, ...]:
    """Answer the analyses with comparisons between groups before those within one."""
    return tuple(sorted(analyses, key=lambda one: one.comparison is Comparison.WITHIN_GROUP))


__all__ = ["Change", "outcomes_of"]
