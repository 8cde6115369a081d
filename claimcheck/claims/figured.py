"""What do two figures say that are compared, where no word says it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.claims.changes import Change
from claimcheck.claims.effects import Effect
from claimcheck.model.trial import Better
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Hit, Reading

_PAIR = 2
_NEAR = 2  # tokens between the end of an outcome and where its figure is told


def _sets_figures_apart(hit: Hit, reading: Reading, words: Words) -> bool:
    """Tell whether figures on its two sides are compared: not by the "than" of "more than 19"."""
    if words.comparing_figures.isdisjoint(reading.lowers[hit.first : hit.last]):
        return False
    follows = reading.lowers[hit.last : hit.last + 1]
    return reading.lowers[hit.last - 1] not in words.comparing or all(
        _value(word, words.numerals) is None for word in follows
    )


def effect_of_figures(reading: Reading, words: Words) -> Effect | None:
    """Answer what two figures on either side of "compared with" say, where no word says it."""
    for hit in reading.of("versus"):
        if not _sets_figures_apart(hit, reading, words):
            continue
        before = [
            n for w in reversed(reading.lowers[: hit.first]) if (n := _value(w, words.numerals))
        ]
        after = [n for w in reading.lowers[hit.last :] if (n := _value(w, words.numerals))]
        if before and after and before[0] != after[0]:
            return _between(hit, after[0], before[0])
    for hit in reading.of("from-to"):
        told = [n for w in reading.lowers[hit.first : hit.last] if (n := _value(w, words.numerals))]
        if len(told) == _PAIR and told[0] != told[1]:
            return _between(hit, *told)
    return _reached(reading)


def _reached(reading: Reading) -> Effect | None:
    """Answer that a good outcome was reached, of which a share is told: "survival was 58%"."""
    for hit in reading.of("rate"):
        for term in reading.terms_of(TermKind.OUTCOME):
            good = term.term.better is Better.HIGHER and abs(hit.first - term.last) <= _NEAR
            if good and term.term.outcome_class is OutcomeClass.CLINICAL:
                return Effect(
                    hit, hit.first, hit.last, Change.INCREASE, None, generic=False, compares=False
                )
    return None


def _between(hit: Hit, other: float, own: float) -> Effect:
    """Answer the way from the other figure, or the earlier one, to the figure that counts."""
    change = Change.DECREASE if own < other else Change.INCREASE
    return Effect(hit, hit.first, hit.last, change, negator=None, generic=False, compares=True)


def _value(word: str, numerals: Sequence[str]) -> float | None:
    if word in numerals:
        return float(numerals.index(word))
    if not word.replace(".", "", 1).isdecimal():
        return None
    value = float(word)
    return None if 1900 <= value <= 2100 and "." not in word else value  # noqa: PLR2004  (a year)
