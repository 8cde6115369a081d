"""Do two phrases name the same outcome?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.terms.plain import spell_out, words

if TYPE_CHECKING:
    from claimcheck.terms.vocabulary import Terms

# How alike two outcomes are, fitted on labelled pairs; the optimum is flat.
SAME_OUTCOME = 0.5  # similarity from which two phrases name one outcome
SHARED_CONCEPT = 0.15  # what a concept in common adds, and none in common takes
SAME_CONCEPTS = 0.66  # the least that the very same concepts are worth
LONGER_LIST = 0.13  # what each thing more on one side takes
PARTS_AT_MOST = 3

_LIST = re.compile(r"[,;]|\(?\b\d\)")
_ASIDE = re.compile(r"\([^)]*\)")


def similarity(a: str, b: str, terms: Terms) -> float:
    """Answer how alike two outcome phrases are, from 0 to 1.

    Shared words of content, abbreviations spelled out by the other phrase, shared concepts;
    a list of things is less like one thing.
    """
    left = terms.content(spell_out(a, b))
    right = terms.content(spell_out(b, a))
    if not left or not right:
        return 0.0
    shared = (
        len(terms.overlap(left, right)) / len(left) + len(terms.overlap(right, left)) / len(right)
    ) / 2
    ours, theirs = terms.concepts(a), terms.concepts(b)
    if ours and theirs:
        shared += SHARED_CONCEPT if ours & theirs else -SHARED_CONCEPT
        if ours == theirs:
            shared = max(shared, SAME_CONCEPTS)
    longer = min(abs(_parts(a, terms) - _parts(b, terms)), PARTS_AT_MOST)
    return max(0.0, min(1.0, shared - LONGER_LIST * longer))


def _parts(text: str, terms: Terms) -> int:
    joins = terms.lists.get("match-list", frozenset())
    parts = _LIST.split(_ASIDE.sub(" ", text))
    return sum(1 + sum(word in joins for word in words(part)) for part in parts if words(part))


def same_outcome(a: str, b: str, terms: Terms) -> bool:
    """Tell whether two phrases name the same outcome."""
    return words(a) == words(b) or similarity(a, b, terms) >= SAME_OUTCOME
