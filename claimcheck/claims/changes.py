"""What can a predicate do to an outcome, and is that good?"""

from __future__ import annotations

from enum import StrEnum

from claimcheck.model.claim import Direction
from claimcheck.model.trial import Better


class Change(StrEnum):
    """What a predicate does to the outcome that it governs."""

    DECREASE = "decrease"
    RELIEVE = "relieve"
    INCREASE = "increase"
    IMPROVE = "improve"
    PREVENT = "prevent"
    WORSEN = "worsen"
    CAUSE = "cause"  # brings it about: pain is bad, a remission good
    ALTER = "alter"  # says not which way, and tells something only when negated
    NONE = "none"
    REPEAT = "repeat"  # as the claim before it


_LOWERS = frozenset({Change.DECREASE, Change.PREVENT, Change.RELIEVE})
# What a predicate makes worse where it is done to what would have helped: "reduced the benefit".
_HELPS = frozenset({Change.IMPROVE, Change.RELIEVE})
_UNDONE = {
    Change.DECREASE: _HELPS,
    Change.PREVENT: _HELPS,
    Change.WORSEN: _HELPS | {Change.PREVENT},
}
_SIGNED = {
    Change.IMPROVE: Direction.BENEFIT,
    Change.RELIEVE: Direction.BENEFIT,
    Change.PREVENT: Direction.BENEFIT,
    Change.WORSEN: Direction.HARM,
}
_LESSENED = {
    Change.DECREASE: Change.INCREASE,
    Change.WORSEN: Change.IMPROVE,
    Change.INCREASE: Change.DECREASE,
}
_OPPOSITE = {
    **_LESSENED,
    Change.IMPROVE: Change.WORSEN,
    Change.RELIEVE: Change.WORSEN,
    Change.PREVENT: Change.WORSEN,
    Change.CAUSE: Change.DECREASE,
}
_TURNED = {Direction.BENEFIT: Direction.HARM, Direction.HARM: Direction.BENEFIT}


def opposite(change: Change) -> Change:
    """Answer the other way: "did not fall as fast" tells of a slower fall."""
    return _OPPOSITE.get(change, change)


def turned(direction: Direction) -> Direction:
    """Answer the other side's direction: what is worse on placebo is better on the drug."""
    return _TURNED.get(direction, direction)


def combine(outer: Change, inner: Change) -> Change:
    """Answer what a predicate does that is itself the object of another ("slow the decline")."""
    if outer is Change.REPEAT:
        return inner
    if Change.NONE in (outer, inner):
        return Change.NONE
    if outer is Change.IMPROVE:
        return Change.IMPROVE
    if inner in _UNDONE.get(outer, ()):
        return Change.WORSEN
    return _LESSENED.get(inner, inner) if outer in _LOWERS else inner


def direction_of(change: Change, better: Better | None, *, negated: bool) -> Direction | None:
    """Answer what a change says of an outcome that is better so; None if it cannot be told."""
    if change is Change.REPEAT:
        return None
    if change is Change.NONE or negated:
        return Direction.NO_EFFECT
    if change in _SIGNED:
        return _SIGNED[change]
    if change is Change.CAUSE:
        return _brought_about(better)
    wanted = {Better.LOWER: Change.DECREASE, Better.HIGHER: Change.INCREASE}.get(
        better or Better.UNKNOWN
    )
    if wanted is None or change is Change.ALTER:
        return None
    return Direction.BENEFIT if change is wanted else Direction.HARM


def _brought_about(better: Better | None) -> Direction | None:
    if better is None:
        return None
    return Direction.BENEFIT if better is Better.HIGHER else Direction.HARM
