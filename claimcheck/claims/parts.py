"""Which words of a sentence are a claim's comparator, timeframe and magnitude?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Mention
from claimcheck.reading.numbers import FigureKind, figures
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Reading, TermHit

_MAGNITUDES = (
    FigureKind.PERCENT,
    FigureKind.POINTS,
    FigureKind.RATIO,
    FigureKind.INTERVAL,
    FigureKind.P_VALUE,
)


def mention(text: str, hit: TermHit) -> Mention:
    """Make a Mention of a term hit."""
    concept = hit.term.concept if hit.term.kind is TermKind.INSTRUMENT else hit.term.id
    return Mention(text[hit.start : hit.end], hit.span, concept)


def first_hit(text: str, reading: Reading, kind: str, within: Span) -> Mention | None:
    """Answer the first cue of a kind that stands in the range, as a Mention."""
    for hit in reading.of(kind):
        if within.holds(hit.span):
            return Mention(text[hit.start : hit.end], hit.span)
    return None


def magnitude(text: str, within: Span) -> Mention | None:
    """Answer the first figure of an effect in the range, a percentage before all others."""
    found = sorted(figures(text, within), key=lambda figure: figure.span)
    for kind in _MAGNITUDES:
        for figure in found:
            if figure.kind is kind:
                return Mention(figure.text, figure.span)
    return None
