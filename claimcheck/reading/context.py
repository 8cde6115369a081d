"""What do a negation and an aim govern, and which clause does a word stand in?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.rulebook.types import ScopeDirection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.rulebook.types import Scope


@dataclass(frozen=True, slots=True)
class Governed:
    """A cue and the tokens [first, last) that it governs."""

    hit: Hit
    first: int
    last: int

    def holds(self, index: int) -> bool:
        """Tell whether the token is governed."""
        return self.first <= index < self.last


def governed(
    reading: Reading, scopes: Mapping[str, Scope], *kinds: str, pseudo: str | None = None
) -> tuple[Governed, ...]:
    """Answer what the cues of these kinds govern, by their scopes; pseudo cues govern nothing."""
    fakes = reading.of(pseudo) if pseudo else ()
    out = []
    for hit in reading.of(*kinds):
        if any(fake.first <= hit.first < fake.last for fake in fakes):
            continue
        scope = scopes.get(hit.cue.scope or "")
        if scope is None:
            continue
        first, last = _reach(reading, hit, scope)
        out.append(Governed(hit, first, last))
    return tuple(out)


def _reach(reading: Reading, hit: Hit, scope: Scope) -> tuple[int, int]:
    stops = frozenset(scope.stop_at)
    count = len(reading.lowers)
    span = scope.max_tokens or count
    first, last = hit.first, hit.last
    if scope.direction is not ScopeDirection.BACKWARD:
        limit = min(count, hit.last + span)
        while last < limit and reading.lowers[last] not in stops:
            last += 1
    if scope.direction is not ScopeDirection.FORWARD:
        limit = max(0, hit.first - span)
        while first > limit and reading.lowers[first - 1] not in stops:
            first -= 1
    return first, last


def clause_of(reading: Reading, breaks: frozenset[str]) -> tuple[int, ...]:
    """Answer for each token the number of its clause; a break opens the next one.

    A break inside brackets opens none: "(-0.10; 95% CI -0.32 to 0.12)" is one clause with its verb.
    """
    numbers: list[int] = []
    clause = depth = 0
    for lower in reading.lowers:
        if lower in ("(", "["):
            depth += 1
        elif lower in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and lower in breaks and numbers:
            clause += 1
        numbers.append(clause)
    return tuple(numbers)
