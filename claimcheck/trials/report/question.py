"""Where does a report speak of the groups and the outcome that somebody asks about?"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.reading.abbreviations import abbreviations
from claimcheck.terms import words as plain_words
from claimcheck.trials.report.outcomes import concept_of, spelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claimcheck.reading.nlp import Reading
    from claimcheck.reading.sections import Sentence
    from claimcheck.terms import Terms

_ENTITY = re.compile(r"&[a-z]+;")
_LONG = 3  # words in brackets from which they only explain a group's name
_BRACKETED = re.compile(r"\([^()]*\)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_AROUND = 90  # code points around a group's letter in which it is said what the group had
_CALLED = re.compile(
    r"\b(?:[Gg]roups?|[Aa]rm)[\s-]+([A-Z]{1,3}\d?|\d|I{1,3}V?)\b|\b([A-Z]{1,2}\d?)[\s-](?:[Gg]roup|arm)\b"
)
_GROUP_END = re.compile(r"\b[Gg]roups?\b|[.;]\s")
_LETTER = re.compile(r"\b(?:group|arm)\s+([A-Za-z0-9]{1,3})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, in the plain words that a report may use for it.

    `outcome` holds the words of the outcome with the weight that each has in this report, a rarer
    word more; `tried` and `held` the words that only the one group or only the other goes by.
    """

    name: str
    outcome: Mapping[str, float]
    concepts: frozenset[str]
    better: str
    tried: frozenset[str]
    held: frozenset[str]
    shared: frozenset[str]
    own: frozenset[str]
    held_is_control: bool
    tried_is_control: bool
    short: Mapping[str, str]


def question_of(
    text: str,
    sentences: Sequence[Sentence],
    *,
    intervention: str,
    comparator: str,
    outcome: str,
    terms: Terms,
) -> Question:
    """Answer what is asked, in the words of this report."""
    short = abbreviations(text)
    intervention, comparator, outcome = (
        _ENTITY.sub(" ", one) for one in (intervention, comparator, outcome)
    )
    wanted = terms.content(spelled(outcome, short)) or frozenset(plain_words(outcome))
    weights = _weights(wanted, sentences, terms, short)
    ours, theirs = _group(intervention, short, terms), _group(comparator, short, terms)
    letters = _letters(text, ours - theirs, theirs - ours)
    ours, theirs = ours | letters[0], theirs | letters[1]
    named = frozenset(plain_words(spelled(outcome, short)))
    without = bool(terms.lists.get("ask-without", frozenset()) & (theirs - ours))
    if without:  # "with a tourniquet" against "without": what both name is the treatment
        theirs = (theirs - ours) | terms.lists.get("ask-without", frozenset())
    control = terms.lists.get("ask-control", frozenset())
    concept = concept_of(outcome, terms)
    return Question(
        name=outcome,
        outcome=weights,
        concepts=terms.concepts(outcome),
        better=concept.better.value,
        tried=(ours - theirs - named) or (ours - theirs),
        held=(theirs - ours - named) or (theirs - ours),
        shared=ours & theirs,
        own=named - terms.lists.get("ask-group-filler", frozenset()),
        held_is_control=bool(control & set(plain_words(comparator))),
        tried_is_control=bool(control & set(plain_words(intervention))),
        short=short,
    )


def _weights(
    wanted: frozenset[str], sentences: Sequence[Sentence], terms: Terms, short: Mapping[str, str]
) -> dict[str, float]:
    told = [terms.content(spelled(s.reading.text, short), drop=()) for s in sentences]
    count = len(told) + 1
    out = {}
    for word in sorted(wanted):
        seen = sum(bool(terms.overlap((word,), one)) for one in told)
        out[word] = 0.3 + math.log(count / (1 + seen))
    return out


def _group(name: str, short: Mapping[str, str], terms: Terms) -> frozenset[str]:
    """Answer the words of a group's name, abbreviations in both forms, and the letter it has."""
    filler = terms.lists.get("ask-group-filler", frozenset())
    name = _THOUSANDS.sub("", name)
    head = _BRACKETED.sub(lambda match: match[0] if len(match[0].split()) < _LONG else " ", name)
    name = head if head.strip(" ,;-") else name
    long = {full.lower(): abbreviation for abbreviation, full in short.items()}
    extra = [
        abbreviation
        for full, abbreviation in long.items()
        if re.search(rf"\b{re.escape(full)}\b", name.lower())
    ]
    said = set(plain_words(" ".join([spelled(name, short), *extra])))
    letters = {match[1].casefold() for match in _LETTER.finditer(name)}
    return frozenset((said - filler) | letters)


def _letters(
    text: str, ours: frozenset[str], theirs: frozenset[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Answer the letters by which the report calls either group: "group B received the drug"."""
    found: tuple[set[str], set[str]] = (set(), set())
    seen: set[str] = set()
    for match in _CALLED.finditer(text):
        letter = (match[1] or match[2]).casefold()
        behind = _GROUP_END.split(text[match.end() : match.end() + _AROUND])[0]
        before = _GROUP_END.split(text[max(0, match.start() - _AROUND) : match.start()])[-1]
        for stretch in (behind, before):
            said = set(plain_words(_THOUSANDS.sub("", stretch)))
            sides = [bool(said & ours), bool(said & theirs)]
            if letter not in seen and sides[0] != sides[1]:
                seen.add(letter)
                found[sides.index(True)].add(letter)
    return frozenset(found[0] - found[1]), frozenset(found[1] - found[0])


def outcome_share(question: Question, text: str, terms: Terms) -> float:
    """Answer how much of the outcome's name a stretch of text holds, from 0 to 1, by weight."""
    total = sum(question.outcome.values())
    told = terms.content(spelled(text, question.short), drop=())
    held = terms.overlap(question.outcome, told)
    return sum(question.outcome[word] for word in held) / total if total else 0.0


def mentions(reading: Reading, first: int, last: int, names: frozenset[str]) -> tuple[int, ...]:
    """Answer the tokens [first, last) that name a group."""
    return tuple(
        at
        for at in range(first, last)
        if any(
            part in names and (len(part) > 1 or _is_letter(reading, at))
            for part in plain_words(_THOUSANDS.sub("", reading.lowers[at]))
        )
    )


def _is_letter(reading: Reading, at: int) -> bool:
    """Tell whether a single letter or digit stands for a group: "group A", "Groups A and B"."""
    form = reading.text[reading.starts[at] - reading.span.start]
    return form.isupper() and not reading.lowers[max(0, at - 1)].isdecimal()
