"""Is a difference that a claim calls one that matters smaller than what matters to people?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.match.study import once
from claimcheck.model.claim import Wording
from claimcheck.model.trial import Comparison, Scale
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from claimcheck.match.study import Measured
    from claimcheck.model.claim import Claim
    from claimcheck.rulebook.types import Term


def floor_of(claim: Claim, measured: Measured) -> str:
    """Answer what a difference would have had to reach, and by whom; "" where nothing is amiss.

    Something is where a claim says that the difference matters, or speaks in strong words, and the
    record says that it does not, or has it smaller than the smallest change of its instrument.
    """
    if Wording.STRONG in claim.wording or measured.terms.says(claim.text, "match-matters"):
        return _floor(measured)
    return ""


@once
def _floor(measured: Measured) -> str:
    """Answer what a difference would have had to reach to matter; "" where it does, or may."""
    note = measured.outcome.note
    if note and measured.terms.says(note, "match-does-not-matter"):
        return note
    instrument = _instrument(measured)
    difference = _difference(measured)
    if instrument is None or instrument.smallest_change is None or difference is None:
        return ""
    if abs(difference) >= instrument.smallest_change:
        return ""
    return f"{instrument.smallest_change:g} points, by {instrument.source}"


def _instrument(measured: Measured) -> Term | None:
    """Answer the one instrument that an outcome's name tells of."""
    hits = (hit.term for hit in measured.terms.hits(measured.outcome.name))
    named = {term.id: term for term in hits if term.kind is TermKind.INSTRUMENT}
    return next(iter(named.values())) if len(named) == 1 else None


def _difference(measured: Measured) -> float | None:
    """Answer how far the groups are apart, in points of an instrument and not in people."""
    outcome, analysis = measured.outcome, measured.outcome.analysis
    between = analysis.comparison is Comparison.BETWEEN_GROUP
    if not between or analysis.scale is not Scale.DIFFERENCE:
        return None
    counted = any(value.events is not None for value in analysis.values)
    named = f"{outcome.name}; {analysis.measure or ''}".replace("%", " percent ")
    if counted or measured.terms.says(named, "match-counts-people"):
        return None
    return analysis.estimate
