"""An outcome of a report while its results are gathered, and what becomes of it."""

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
)
from claimcheck.model.verdict import Confidence
from claimcheck.trials.report.outcomes import concept_of

if TYPE_CHECKING:
    from claimcheck.model.document import Span
    from claimcheck.model.trial import Subgroup
    from claimcheck.terms import Terms
    from claimcheck.trials.report.outcomes import Moments

Found = tuple[Outcome, ReadOutcome]
_SILENT = Finding(FindingKind.NOT_REPORTED, "the report tells no result of it", Basis.STATED)


@dataclass(frozen=True, slots=True)
class Told:
    """One result of an outcome: whether its words or figures say how sure it is, and its times."""

    analysis: Analysis
    sure: bool
    moments: Moments
    place: Span
    timepoint: str | None


@dataclass(slots=True)
class Row:
    """An outcome while its results are gathered."""

    name: str
    role: Role
    definition: Span | None
    timepoint: str | None
    moments: Moments = frozenset()
    subgroup: Subgroup | None = None
    told: list[Told] = field(default_factory=list)
    sure: bool = True
    note: str | None = None

    def ordered(self) -> list[Told]:
        """Answer its results, those that say most of it first.

        Between groups before within one, at the planned time before another, and what is said to
        be significant or not before what only leans one way.
        """
        return sorted(self.told, key=self._rank)

    def _rank(self, told: Told) -> tuple[bool, bool, bool]:
        within = told.analysis.comparison is Comparison.WITHIN_GROUP
        elsewhere = bool(self.moments and told.moments) and not self.moments & told.moments
        return within, elsewhere, not told.sure


def finished(at: int, row: Row, terms: Terms) -> Found:
    """Answer a row as an outcome of the record, and where the report tells of it."""
    concept = concept_of(row.name, terms)
    told = row.ordered()
    analyses = tuple(one.analysis for one in told) or (Analysis(_SILENT),)
    settled = analyses[0].finding.basis is Basis.REPORTED
    if row.definition and row.sure and settled:
        confidence = Confidence.HIGH
    else:
        confidence = Confidence.MEDIUM if settled and row.sure else Confidence.LOW
    outcome = Outcome(
        row.name,
        analyses,
        concept=concept.id,
        kind=concept.kind,
        role=row.role,
        timepoint=(told[0].timepoint if told else None) or row.timepoint,
        better=concept.better,
        subgroup=row.subgroup,
        note=row.note,
    )
    place = told[0].place if told else None
    tested = bool(told) and told[0].sure
    return outcome, ReadOutcome(at, row.definition, place, confidence, tested)
