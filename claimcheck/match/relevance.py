"""Is a difference that a claim calls one that matters smaller than what matters to people?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Wording
from claimcheck.model.trial import Comparison, Scale
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome
    from claimcheck.rulebook.types import Term
    from claimcheck.terms import Terms


def floor_of(claim: Claim, outcome: Outcome, terms: Terms) -> str:
    """Answer what a difference would have had to reach, and by whom; "" where nothing is amiss.

    Something is where a claim says that the difference matters, or speaks in strong words, and the
    record says that it does not, or has it smaller than the smallest change of its instrument.
    """
    if Wording.STRONG not in claim.wording and not terms.says(claim.text, "match-matters"):
        return ""
    if outcome.note and terms.says(outcome.note, "match-does-not-matter"):
        return outcome.note
    instrument = _instrument(outcome, terms)
    difference = _difference(outcome, terms)
    if instrument is None or instrument.smallest_change is None or difference is None:
        return ""
    if abs(difference) >= instrument.smallest_change:
        return ""
    return f"{instrument.smallest_change:g} points, by {instrument.source}"


def _instrument(outcome: Outcome, terms: Terms) -> Term | None:
    """Answer the one instrument that an outcome's name tells of."""
    hits = (hit.term for hit in terms.hits(outcome.name))
    named = {term.id: term for term in hits if term.kind is TermKind.INSTRUMENT}
    return next(iter(named.values())) if len(named) == 1 else None


def _difference(outcome: Outcome, terms: Terms) -> float | None:
    """Answer how far the groups are apart, in points of an instrument and not in people."""
    analysis = outcome.analysis
    between = analysis.comparison is Comparison.BETWEEN_GROUP
    if not between or analysis.scale is not Scale.DIFFERENCE:
        return None
    counted = any(value.events is not None for value in analysis.values)
    named = f"{outcome.name}; {analysis.measure or ''}".replace("%", " percent ")
    if counted or terms.says(named, "match-counts-people"):
        return None
    return analysis.estimate
