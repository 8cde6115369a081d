"""What stands right before a predicate: its auxiliaries, and the pronoun that is its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.claims.effects import Effect
    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Reading

_NEAR = 4  # tokens between a predicate and its subject
_ADVERB = 5  # letters of the shortest adverb: "fully"


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
