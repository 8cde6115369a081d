"""How long do words say that something lasts?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.match.study import once
from claimcheck.model.claim import Wording
from claimcheck.terms import words

if TYPE_CHECKING:
    from claimcheck.match.study import Study
    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome
    from claimcheck.terms import Terms

# A claim that reaches this many times past the last measurement is no rounding.
TWICE = 2.0
_UNITS = {  # hours
    "match-hour": 1.0,
    "match-day": 24.0,
    "match-week": 168.0,
    "match-month": 730.0,
    "match-year": 8760.0,
}
_NUMBER = re.compile(r"\d+(?:\.\d+)?$")


def read_hours(text: str, terms: Terms) -> float | None:
    """Answer the longest time that a phrase names, in hours; None where it names none.

    A unit without a number counts once as a singular and twice as a plural: "for years".
    """
    units = {form: hours for name, hours in _UNITS.items() for form in terms.phrases.get(name, ())}
    counts = {word: at for at, word in enumerate(terms.phrases.get("match-numbers", ()), start=1)}
    found = []
    raw = re.findall(r"\w+(?:\.\d+)?", text.casefold())
    for at, word in enumerate(raw):
        if word not in units:
            continue
        before = raw[at - 1] if at else ""
        if _NUMBER.match(before):
            number = float(before)
        elif before in counts:
            number = float(counts[before])
        else:
            number = 1.0 if words(word) == (word,) else 2.0
        found.append(number * units[word])
    for at, word in enumerate(raw[1:], start=1):  # "week 78", "day 7"
        if _NUMBER.match(word) and raw[at - 1] in units and raw[at + 1 : at + 2] != ["to"]:
            found.append(float(word) * units[raw[at - 1]])
    return max(found, default=None)


# The longest time that words of haste leave, in hours; the shortest wins.
_HASTE = (("match-within-an-hour", 1.0), ("match-within-a-day", 24.0))


def outlasts(claim: Claim, outcome: Outcome, study: Study) -> bool:
    """Tell whether a claim promises an effect for longer than anybody was looked at.

    Of the trial's outcomes the one that was looked at longest counts; words such as "within" say
    when an effect begins, not how long it holds.
    """
    if claim.timeframe is None or outcome.timepoint is None:
        return False
    said = read_hours(claim.timeframe.text, study.terms)
    if said is None or not _is_duration(claim, study.terms):
        return False
    looked = _looked(study)
    return bool(looked) and said >= TWICE * max(looked)


@once
def _looked(study: Study) -> tuple[float, ...]:
    """Answer after how many hours people were looked at, as far as the record tells."""
    found = (read_hours(one.timepoint or "", study.terms) for one in study.trial.outcomes)
    return tuple(hours for hours in found if hours is not None)


def _is_duration(claim: Claim, terms: Terms) -> bool:
    assert claim.timeframe is not None  # noqa: S101
    first = words(claim.timeframe.text)[:1]
    if _is_age(claim, terms):
        return False
    lists = (frozenset(terms.phrases.get(name, ())) for name in ("match-until", "match-lasting"))
    begins, lasts = (bool(first) and first[0] in one for one in lists)
    return lasts or (Wording.LASTING in claim.wording and not begins)


def _is_age(claim: Claim, terms: Terms) -> bool:
    """Tell whether what looks like a time is how old people are: "women over 60 years"."""
    assert claim.timeframe is not None  # noqa: S101
    before = words(claim.text[: max(0, claim.timeframe.span.start - claim.span.start)])[-1:]
    people = {word for one in terms.phrases.get("match-people", ()) for word in words(one)}
    return bool(people.intersection(before))


def precedes(claim: Claim, study: Study) -> bool:
    """Tell whether a claim promises an effect sooner than people were first looked at."""
    said = next((hours for name, hours in _HASTE if study.terms.says(claim.text, name)), None)
    looked = _looked(study)
    return said is not None and bool(looked) and min(looked) >= TWICE * said
