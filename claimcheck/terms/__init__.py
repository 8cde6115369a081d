"""What names things, in whatever spelling: the vocabulary of the rules, and plain words."""

from __future__ import annotations

from claimcheck.terms.plain import (
    SAME_BEGINNING,
    is_no_name,
    plain_word,
    same_name,
    same_word,
    spell_out,
    words,
)
from claimcheck.terms.vocabulary import Terms

__all__ = [
    "SAME_BEGINNING",
    "Terms",
    "is_no_name",
    "plain_word",
    "same_name",
    "same_word",
    "spell_out",
    "words",
]
