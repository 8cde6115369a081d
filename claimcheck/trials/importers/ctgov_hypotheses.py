"""What did a registered analysis set out to show, and by what margin?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck.model.trial import Hypothesis, Scale

if TYPE_CHECKING:
    from claimcheck.trials.importers.ctgov_words import Words

# The registry's seven kinds, and two of them as it called them before 2017. OTHER and the legacy
# kinds are tests of a difference like any other; what is left unsaid is taken for one too.
_KINDS = {
    "SUPERIORITY": Hypothesis.SUPERIORITY,
    "SUPERIORITY_OR_OTHER": Hypothesis.SUPERIORITY,
    "SUPERIORITY_OR_OTHER_LEGACY": Hypothesis.SUPERIORITY,
    "OTHER": Hypothesis.SUPERIORITY,
    "NON_INFERIORITY": Hypothesis.NON_INFERIORITY,
    "EQUIVALENCE": Hypothesis.EQUIVALENCE,
    "NON_INFERIORITY_OR_EQUIVALENCE": Hypothesis.NON_INFERIORITY,
    "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY": Hypothesis.NON_INFERIORITY,
}
_EITHER = frozenset({"NON_INFERIORITY_OR_EQUIVALENCE", "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY"})
MARGINAL = frozenset(_KINDS) - {one for one in _KINDS if _KINDS[one] is Hypothesis.SUPERIORITY}
_NUMBER = r"(-?\d{1,6}(?:\.\d{1,6})?)(?![\d.]*\d)"
# A level of confidence is no margin; neither is a dose.
_NO_MARGIN = (
    r"(?!\s*(?:-?\s*%|percent)?\s*(?:[12]-?\s?sided|two-|one-|confidence|CI\b|m[gl]\b(?!/)))"
)
_LARGEST_SHARE = 5.0  # a ratio of geometric means beyond this is one in per cent


def read_hypothesis(kind: str, comment: str, words: Words) -> Hypothesis:
    """Answer what an analysis set out to show, from the registry's kind and the comment on it."""
    found = _KINDS.get(kind, Hypothesis.SUPERIORITY)
    if kind in _EITHER:
        if words.says("noninferiority", comment):
            return Hypothesis.NON_INFERIORITY
        if words.says("superiority", comment):
            return Hypothesis.SUPERIORITY
        if words.says("equivalence", comment):
            return Hypothesis.EQUIVALENCE
    return found


def read_margin(comment: str, *, scale: Scale, largest: float, words: Words) -> float | None:
    """Answer the margin that a comment names, in the units of the analysis; None where it is none.

    `largest` is the greatest figure of the analysis: beside shares, a margin in per cent is one
    as well.
    """
    found = _margin_text(comment, words)
    if found is None:
        return None
    margin, percent = found
    if scale is Scale.RATIO:
        margin = margin / 100 if margin > _LARGEST_SHARE else margin
        return margin if margin > 0 else None
    if percent and scale is Scale.DIFFERENCE and largest < 1 <= abs(margin):
        return margin / 100
    return margin


def _margin_text(comment: str, words: Words) -> tuple[float, bool] | None:
    lists = ("margin", "limit", "below", "above", "within")
    for pattern in _patterns(*map(words.pattern, lists)):
        if match := pattern.search(comment):
            tail = comment[match.end(1) : match.end(1) + 8].lstrip()
            return float(match.group(1)), tail.startswith(("%", "percent"))
    return None


@lru_cache(maxsize=8)
def _patterns(
    margin: str, limit: str, below: str, above: str, within: str
) -> tuple[re.Pattern[str], ...]:
    """Answer patterns whose first group is the margin, the surest first.

    They find: a 20% margin; a margin of 10%; an upper limit of the interval that was below 0.4%;
    an interval that falls within a range from 80% to 125%.
    """
    past = "|".join(one for one in (below, above, "[<>≤≥]") if one)
    shaped = (
        rf"(?<![\d.]){_NUMBER}{_NO_MARGIN}\s*%?\s*(?:[a-z/]{{1,12}}\s){{0,2}}{margin}",
        rf"{margin}[^\d.;]{{0,45}}?{_NUMBER}{_NO_MARGIN}",
        rf"{limit}[^;]{{0,300}}?(?:{past})\s*{_NUMBER}{_NO_MARGIN}",
        rf"{within}[^.;\d]{{0,30}}\d+(?:\.\d+)?\s*%?\s*(?:to|and|-|–)\s*{_NUMBER}\s*%",
    )
    lists = (margin, margin, limit, within)
    return tuple(
        re.compile(one, re.IGNORECASE) for one, words in zip(shaped, lists, strict=True) if words
    )
