"""What does a registry's free text say as a p-value, and what is it to be laid beside?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from claimcheck.model.trial import PValue
from claimcheck.trials.importers.ctgov_fields import shorten

if TYPE_CHECKING:
    from claimcheck.trials.importers.ctgov_words import Words

USUAL_ALPHA = 0.05
ONE_SIDED_ALPHA = 0.025  # two-sided 0.05, one side of it
_HIGHEST_ALPHA = 0.2  # what is called a threshold above this is none

_P = re.compile(
    r"(?:p\s*(?:-?\s*values?)?\s*(?:is|was|of)?\s*:?\s*)?"
    r"(?P<sign><=|>=|=<|=>|[<>=≤≥≦≧~≈⩽⩾]?)\s*"
    r"(?P<number>\d*[.,]?\d+)(?:\s*(?:e|[x×*]\s*10\s*\^?)\s*(?P<power>-\s*\d{1,3}))?"
    r"\s*[*†‡§.;]*\s*(?:[(\[].*[)\]])?",
    re.IGNORECASE,
)
_SIGNS: dict[str, Literal["<", ">"]] = {
    **dict.fromkeys(("<", "<=", "=<", "≤", "≦", "⩽"), "<"),
    **dict.fromkeys((">", ">=", "=>", "≥", "≧", "⩾"), ">"),
}


@dataclass(frozen=True, slots=True)
class ReadP:
    """A p-value with the threshold that belongs to it; `note` says why there is none."""

    p: PValue | None
    alpha: float = USUAL_ALPHA
    one_sided: bool = False
    note: str | None = None


def read_p_value(raw: str, *, comment: str, method: str, others: str, words: Words) -> ReadP:
    """Answer what the text of a p-value says, in the light of the comments beside it.

    `comment` and `method` speak of this p-value, `others` of the analysis as a whole. A Bayesian
    posterior probability is entered as a p-value where the form asks for one; it is none.
    """
    one_sided = words.says("one-sided", comment, method)
    alpha = _alpha(comment, words) or _alpha(others, words)
    alpha = alpha or (ONE_SIDED_ALPHA if one_sided else USUAL_ALPHA)
    if not raw:
        return ReadP(None, alpha, one_sided)
    if words.says("posterior", comment, method):
        told = f"{shorten(raw, 40)!r} is a posterior probability, no p-value"
        return ReadP(None, alpha, one_sided, told)
    p = parse_p(raw, words)
    return ReadP(p, alpha, one_sided, None if p else f"{shorten(raw, 40)!r} is no p-value")


def parse_p(raw: str, words: Words) -> PValue | None:
    """Answer the p-value that a cleaned text holds; None where it holds none, such as "96.86".

    "0.000" is a p-value too small for its digits, so "<0.001"; a bare "0" tells nothing.
    """
    plain = raw[:200]
    for kind, mark in (("below", "<"), ("above", ">")):
        if match := words.find(kind, plain):
            plain = f"{plain[: match.start()]}{mark}{plain[match.end() :]}"
    match = _P.fullmatch(plain.strip())
    if match is None:
        return None
    digits = match["number"].replace(",", ".")
    value = float(digits + (f"e{match['power'].replace(' ', '')}" if match["power"] else ""))
    sign: Literal["<", "=", ">"] = _SIGNS.get(match["sign"], "=")
    if value == 0:
        places = len(digits.partition(".")[2])
        return PValue(float(f"1e-{places}"), "<") if places and sign != ">" else None
    if value > 1 or (value == 1 and sign != "="):
        return None
    return PValue(value, sign)


def _alpha(text: str, words: Words) -> float | None:
    """Answer the threshold that a comment names: "alpha = 0.05", "the 0.027 level"."""
    if not text:
        return None
    for pattern in _alpha_patterns(words.pattern("alpha"), words.pattern("alpha-after")):
        if match := pattern.search(text):
            found = float(match.group(1))
            if 0 < found <= _HIGHEST_ALPHA:
                return found
    return None


@lru_cache(maxsize=8)
def _alpha_patterns(before: str, after: str) -> tuple[re.Pattern[str], ...]:
    number = r"(0?\.\d{1,6})"
    patterns = []
    if before:
        patterns.append(rf"{before}[^.;\d]{{0,25}}{number}")
    if after:
        patterns.append(rf"(?<![\d.]){number}[^.;\d]{{0,20}}?{after}")
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)
