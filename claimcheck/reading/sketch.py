"""What does a sentence hold at a glance, and can it hold what is looked for?

A sketch is what the rules find in a sentence before any of it is laid out: cheap to keep, and
enough to tell that nothing in the sentence can be what is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from claimcheck.model.document import Span
    from claimcheck.reading.phrases import Found


class Sketch(NamedTuple):
    """A sentence, the keys of the phrases found in it, and flags of patterns that may match it."""

    span: Span
    found: tuple[Found, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is looked for: keys of phrases, and flags of patterns."""

    keys: frozenset[str]
    needs: int

    def names(self, sketch: Sketch) -> bool:
        """Tell whether a sentence holds one of the phrases; a longer rival may yet take it away."""
        return not self.keys.isdisjoint([key for key, _, _ in sketch.found])
