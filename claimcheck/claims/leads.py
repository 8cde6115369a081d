"""What stands right before a predicate: its auxiliaries, and the pronoun that is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.claims.effects import Effect
    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Reading

_NEAR = 4  # tokens between a predicate and its subject
_ADVERB = 5  # letters of the shortest adverb: "fully"
# Kinds of cues that are a verb of their own.
_SAYING = ("result", "speaker", "attribution", "effect", "effect-compare")
_DOING = 5  # letters that a word for what one does has more than: not "bring"


def led_by(effect: Effect, reading: Reading, words: Words) -> int:
    """Answer where the auxiliaries and adverbs before a predicate begin: "can often cause"."""
    at = effect.first
    while at and effect.first - at < _NEAR and is_helper(reading.lowers[at - 1], words):
        at -= 1
    return at


def is_helper(word: str, words: Words) -> bool:
    """Tell whether a word may stand between a subject and its predicate."""
    return word in words.auxiliaries or (word.endswith("ly") and len(word) >= _ADVERB)


def has_pronoun(effect: Effect, reading: Reading, words: Words) -> bool:
    """Tell whether the subject of a predicate is a pronoun: "it reduced", "they also had fewer"."""
    begin = led_by(effect, reading, words)
    return begin > 0 and reading.lowers[begin - 1] in words.subject_pronouns


def doing(
    effect: Effect, clauses: Sequence[int], reading: Reading, words: Words
) -> tuple[int, int] | None:
    """Answer the tokens [first, last) of a subject that is something one does; None for another.

    It opens the clause: "sleeping on the side may reduce", "adding a second pill helped".
    """
    end = led_by(effect, reading, words)
    first = clauses.index(clauses[effect.first])
    while first < end and (
        reading.lowers[first] in words.before_subject or is_helper(reading.lowers[first], words)
    ):
        first += 1
    word = reading.lowers[first]
    is_done = word.endswith("ing") and len(word) > _DOING and word not in words.states
    if first >= end or not is_done:
        return None
    # Nothing is said behind it: not "promising data show", nor "ageing cells reduce".
    said = (hit.first for hit in reading.of(*_SAYING))
    return (first, end) if all(not first < at < end for at in said) else None
