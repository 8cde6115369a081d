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

    def passes(self, sketch: Sketch) -> bool:
        """Tell whether a sentence may hold what is looked for.

        It errs on one side alone: of a phrase that a longer rival takes away, or a pattern whose
        letters stand there by chance, it says yes.
        """
        return bool(sketch.needs & self.needs) or not self.keys.isdisjoint(
            [key for key, _, _ in sketch.found]
        )
