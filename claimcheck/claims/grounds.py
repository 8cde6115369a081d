"""Is a predicate in a sentence a claim at all, and on which words does it stand?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.claims.changes import Change
from claimcheck.claims.leads import doing, has_pronoun
from claimcheck.model.document import BlockKind
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.claims.discourse import Candidate
    from claimcheck.claims.effects import Effect
    from claimcheck.claims.outcomes import OutcomeHit
    from claimcheck.claims.passage import Passage
    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Reading

_BESIDE = 3  # tokens between "she felt" and what she felt
_SELF_TOLD = {Change.REPEAT, Change.NONE}  # need no outcome beside them
_QUESTION = re.compile(r"""\?["'”’)\s]*(?:https?:\S*\s*)?$""")
_REFERENCE = re.compile(r"(?:\b[A-Z][\w’'-]+ [A-Z]{1,3}, ){2}")  # "Smith AB, Jones C, " in a list
_ANIMALS = "animals"  # the concept of rules/terms for what is no patient


class Grounds(NamedTuple):
    """What in a sentence speaks for its being a claim: each flag is a cue that was found."""

    named: bool
    anaphor: bool
    pronoun: bool
    treated: bool
    compared: bool
    result: bool
    figures: bool
    timed: bool
    continuing: bool
    recent: bool  # a treatment was spoken of shortly before

    @property
    def tied(self) -> bool:
        """Tell whether the sentence ties its predicate to an intervention."""
        return self.named or self.anaphor or self.treated or (self.continuing and self.pronoun)


def grounds_of(
    passage: Passage,
    named: tuple[Candidate, ...],
    *,
    has_figures: bool,
    continuing: bool,
    recent: bool,
) -> Grounds:
    """Answer which grounds a sentence has."""
    reading = passage.reading
    return Grounds(
        named=bool(named),
        anaphor=bool(reading.of("anaphor")),
        pronoun=bool(reading.of("pronoun")),
        treated=bool(reading.of("treated")),
        compared=bool(reading.of("comparison", "control", "comparator-group")),
        result=bool(reading.of("result")),
        figures=has_figures or bool(reading.of("counted")),
        timed=bool(reading.of("timeframe")),
        continuing=continuing,
        recent=recent,
    )


def grounds_for(
    effect: Effect, grounds: Grounds, clauses: Sequence[int], reading: Reading, words: Words
) -> Grounds:
    """Answer the grounds of one predicate: a sentence's, and those of its own subject and object.

    "It reduced pain" speaks of the treatment that was just spoken of; "less likely than children
    whose mothers had abstained" compares groups.
    """
    spoken_of = grounds.recent and has_pronoun(effect, reading, words)
    compared = effect.compares and _than_people(effect, reading)
    return grounds._replace(
        anaphor=grounds.anaphor or spoken_of or doing(effect, clauses, reading, words) is not None,
        compared=grounds.compared or (compared and grounds.recent),
    )


def _than_people(effect: Effect, reading: Reading) -> bool:
    """Tell whether a comparison is with other people: "than women who did not"."""
    people = {hit.first for hit in reading.terms_of(TermKind.POPULATION)}
    return any(
        not people.isdisjoint(range(hit.last, hit.last + _BESIDE))
        for hit in reading.of("versus")
        if hit.first >= effect.first
    )


def vetoed(passage: Passage) -> bool:
    """Tell whether the whole sentence is no claim: a question, or work in animals or cells.

    A headline that asks insinuates what it asks.
    """
    reading = passage.reading
    if _is_reference(reading.text) or (asks(passage) and not passage.place.headline):
        return True
    people = [hit for hit in reading.terms_of(TermKind.POPULATION) if hit.term.id != _ANIMALS]
    return bool(reading.of("animal")) and not people


def _is_reference(text: str) -> bool:
    """Tell whether a sentence is one of a list of references, which names authors."""
    return text.count(", ") > 1 and _REFERENCE.search(text) is not None


def asks(passage: Passage) -> bool:
    """Tell whether a sentence is a question."""
    return bool(_QUESTION.search(passage.reading.text))


def stands(
    effect: Effect, outcomes: tuple[OutcomeHit, ...], grounds: Grounds, passage: Passage
) -> bool:
    """Tell whether a predicate that nothing bars makes a claim, given the outcomes it governs."""
    if passage.place.kind is BlockKind.HEADING:
        measured = outcomes and (grounds.named or grounds.anaphor)
        if effect.generic or effect.compares or not (measured or grounds.named):
            return False
    if effect.compares or not (effect.generic or effect.change in _SELF_TOLD):
        return _measured_stands(effect, outcomes, grounds, passage)
    return _generic_stands(effect, outcomes, grounds, passage)


def _measured_stands(
    effect: Effect, outcomes: tuple[OutcomeHit, ...], grounds: Grounds, passage: Passage
) -> bool:
    if not outcomes:
        bare = effect.change in (Change.IMPROVE, Change.RELIEVE) and not effect.compares
        if effect.risk and grounds.continuing:
            return True
        better = effect.change is Change.IMPROVE and grounds.compared and grounds.result
        tied = grounds.tied and (bare or effect.risk)
        return tied or better or (grounds.continuing and grounds.figures)
    if effect.change is Change.CAUSE and not grounds.tied:
        return False
    if effect.compares and not (grounds.tied or grounds.compared or grounds.continuing):
        return False
    if passage.reading.of("disease-fact") and not grounds.tied:
        return False
    told = sum((grounds.result, grounds.figures, grounds.timed, grounds.continuing)) > 1
    return grounds.tied or grounds.compared or passage.place.headline or told


def _is_testimony(effect: Effect, reading: Reading) -> bool:
    """Tell whether somebody tells it of themselves: "she feels much better"."""
    return any(
        hit.first < effect.last and effect.first - hit.last < _BESIDE
        for hit in reading.of("anecdote")
    )


def _compares(effect: Effect, reading: Reading) -> bool:
    """Tell whether one group is said to do better than another: "fared better than the others"."""
    return any(
        hit.first == effect.last or hit.first == effect.last - 1 for hit in reading.of("versus")
    )


def _generic_stands(
    effect: Effect, outcomes: tuple[OutcomeHit, ...], grounds: Grounds, passage: Passage
) -> bool:
    reading = passage.reading
    if effect.hit.cue.kind == "effect-course" or _is_testimony(effect, reading):
        return True
    if reading.of("veto-approval") and not grounds.result:
        return False
    if reading.of("method") and not grounds.result:
        return False
    if effect.change is Change.REPEAT and grounds.continuing:
        return True
    if effect.change is Change.NONE and (
        grounds.continuing
        or (grounds.compared and grounds.result)
        or (grounds.recent and bool(outcomes))
    ):
        return True
    # "Effective and safe" says no more of an outcome than "effective".
    measured = any(one.term.term.outcome_class is not OutcomeClass.SAFETY for one in outcomes)
    return grounds.tied or (
        (measured or _compares(effect, reading)) and (grounds.compared or grounds.result)
    )
