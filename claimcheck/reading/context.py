"""What do a negation and an aim govern, and which clause does a word stand in?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimcheck.rulebook.types import ScopeDirection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimcheck.reading.nlp import Hit, Reading
    from claimcheck.rulebook.types import Scope

_DASHES = frozenset("—–")
_PAIR = 2
_ASIDE = -1  # the number of the clause between dashes
_ASIDE_LENGTH = 30  # tokens


class Governed(NamedTuple):
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
        if scope is None or _only_looks_like(hit, scope, reading):
            continue
        first, last = _reach(reading, hit, scope)
        out.append(Governed(hit, first, last))
    return tuple(out)


def _only_looks_like(hit: Hit, scope: Scope, reading: Reading) -> bool:
    """Tell whether a cue stands in words that only look like it: "if" in "even if"."""
    for phrase in scope.pseudo:
        words = tuple(phrase.split())
        for first in range(max(0, hit.first - len(words) + 1), hit.first + 1):
            if reading.lowers[first : first + len(words)] == words:
                return True
    return False


def _asides(reading: Reading) -> frozenset[int]:
    """Answer the tokens between a pair of dashes, of which a sentence must have just two."""
    dashes = [at for at, lower in enumerate(reading.lowers) if lower in _DASHES]
    if len(dashes) != _PAIR or dashes[1] - dashes[0] > _ASIDE_LENGTH:
        return frozenset()
    return frozenset(range(dashes[0], dashes[1] + 1))


def _reach(reading: Reading, hit: Hit, scope: Scope) -> tuple[int, int]:
    stops = frozenset(scope.stop_at)
    count = len(reading.lowers)
    span = scope.max_tokens or count
    first, last = hit.first, hit.last
    if scope.direction is not ScopeDirection.BACKWARD:
        limit = min(count, hit.last + span)
        while last < limit and not stops & {reading.lowers[last], _two(reading, last)}:
            last += 1
    if scope.direction is not ScopeDirection.FORWARD:
        limit = max(0, hit.first - span)
        while first > limit and reading.lowers[first - 1] not in stops:
            first -= 1
    return first, last


def _two(reading: Reading, at: int) -> str:
    """Answer a token and the next, as a scope names them: ", it"."""
    return " ".join(reading.lowers[at : at + _PAIR])


def clause_of(reading: Reading, breaks: frozenset[str]) -> tuple[int, ...]:
    """Answer for each token the number of its clause; a break opens the next one.

    A break inside brackets opens none: "(-0.10; 95% CI -0.32 to 0.12)" is one clause with its verb.
    What stands between two dashes is a clause of its own, and the one around it goes on behind it.
    """
    if breaks.isdisjoint(reading.lowers) and _DASHES.isdisjoint(reading.lowers):  # as for most
        return (0,) * len(reading.lowers)
    numbers: list[int] = []
    clause = depth = 0
    asides = _asides(reading)
    for at, lower in enumerate(reading.lowers):
        if at in asides:
            numbers.append(_ASIDE)
            continue
        if lower in ("(", "["):
            depth += 1
        elif lower in (")", "]"):
            depth = max(0, depth - 1)
        elif depth == 0 and lower in breaks and numbers:
            clause += 1
        numbers.append(clause)
    return tuple(numbers)
