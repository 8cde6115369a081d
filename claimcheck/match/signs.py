"""What tells one outcome of a trial from its neighbours, before any claim is laid beside it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from claimcheck.match.study import once
from claimcheck.reading.numbers import doses
from claimcheck.rulebook.types import TermKind
from claimcheck.terms import words

if TYPE_CHECKING:
    from claimcheck.match.study import Measured
    from claimcheck.model.trial import Outcome
    from claimcheck.terms import Terms

NUMBER = re.compile(r"\d+(?:\.\d+)?")
SIDES = ("match-more", "match-less")
_MARKED = (*SIDES, "match-placebo")
_BOUND = re.compile(r"(\w+)\s+(\d[\d.,]*)")
_SMALL = 10  # whole numbers below this are counts of anything


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells one outcome of a trial from its neighbours."""

    words: frozenset[str]
    amounts: frozenset[str]  # words of more or less that tell how much was given
    numbers: frozenset[str]
    comparator: frozenset[str]
    foreign: bool  # the comparator is another treatment, no placebo and no other dose of the same
    doses: bool  # amounts stand on both sides: more against less, 200 mg against 80 mg
    treatments: frozenset[int]  # places in trial.interventions
    instruments: frozenset[str]  # ids of the rules' terms


@once
def read_signs(measured: Measured) -> Signs:
    """Answer what an outcome's name, subgroup, time and figures say besides its concept."""
    outcome, terms = measured.outcome, measured.terms
    left, right = _split(outcome.name, terms)
    subgroup = outcome.subgroup.name if outcome.subgroup else ""
    comparator = canonical((right,), terms)
    tried = enumerate(measured.trial.interventions)
    return Signs(
        canonical((outcome.name, subgroup, outcome.timepoint or ""), terms),
        _amounts((outcome.name, subgroup), terms),
        _figures(outcome),
        comparator,
        names_another(comparator, terms),
        _of_doses(left, right, terms),
        frozenset(at for at, named in tried if _names(left, named.names, terms)),
        instruments_in(outcome.name, terms),
    )


def _amounts(texts: tuple[str, ...], terms: Terms) -> frozenset[str]:
    """Answer the words of more and less in texts, but for bounds: "a score above 12" is no dose."""
    sides = _sides(terms)
    kept: list[str] = []
    for text in texts:
        given = [one.text for one in doses(text)]
        for bound in _BOUND.finditer(text):
            is_dose = any(text.startswith(dose, bound.start(2)) for dose in given)
            if bound[1].casefold() in sides and not is_dose:
                text = text.replace(bound[0], bound[2])  # noqa: PLW2901
        kept.append(text)
    return canonical(tuple(kept), terms).intersection(SIDES)


def _figures(outcome: Outcome) -> frozenset[str]:
    """Answer the figures of an outcome, as a claim would tell them; small ones count anything."""
    found = set(NUMBER.findall(outcome.analysis.measure or ""))
    for analysis in outcome.analyses:
        if (value := analysis.estimate) is None:
            continue
        found.add(f"{abs(value):g}")
        if analysis.scale.value == "ratio" or "risk" in (analysis.measure or ""):
            found.add(f"{abs(round(100 * (value - 1))):g}")
    return frozenset(number for number in found if "." in number or float(number) >= _SMALL)


def _split(name: str, terms: Terms) -> tuple[str, str]:
    """Answer what stands before and after "versus", "against" in an outcome's name."""
    versus = terms.lists.get("match-versus", frozenset())
    for match in re.finditer(r"\w+", name):
        if match.group().casefold() in versus:
            return name[: match.start()], name[match.end() :]
    return name, ""


def _of_doses(left: str, right: str, terms: Terms) -> bool:
    """Tell whether amounts are told of both sides of a comparison: more of it against less."""
    if any(doses(left)) and any(doses(right)):
        return True
    ours, theirs = canonical((left,), terms), canonical((right,), terms)
    return any(one in ours and other in theirs for one, other in permutations(SIDES))


def _names(text: str, names: tuple[str, ...], terms: Terms) -> bool:
    content = terms.treatment_words(text)
    wanted = [terms.treatment_words(name) for name in names]
    return any(one and one <= content for one in wanted)


def canonical(texts: tuple[str, ...], terms: Terms) -> frozenset[str]:
    """Answer the content words of texts, words of more and less as one word each."""
    found: set[str] = set()
    for text in texts:
        found |= {word for word in terms.content(text) if len(word) > 1}
        plain = frozenset(words(text))
        found.update(name for name in _MARKED if plain & terms.lists.get(name, frozenset()))
    return frozenset(found)


def instruments_in(text: str, terms: Terms) -> frozenset[str]:
    """Answer the instruments that a text names, by the ids of their terms."""
    return frozenset(h.term.id for h in terms.hits(text) if h.term.kind is TermKind.INSTRUMENT)


def names_another(comparator: frozenset[str], terms: Terms) -> bool:
    """Tell whether words after "versus" name a treatment, not a dose or an amount of the same."""
    if "match-placebo" in comparator:
        return False
    generic = terms.lists.get("match-generic-treatment", frozenset())
    treatments = comparator - generic - _sides(terms).union(SIDES)
    return any(not word[0].isdigit() for word in treatments)


def _sides(terms: Terms) -> frozenset[str]:
    """Answer all words of more and less."""
    return frozenset().union(*(terms.lists.get(name, frozenset()) for name in SIDES))
