"""Which of a trial's rows decides over a claim?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction
from claimcheck.model.verdict import Reach
from claimcheck.verdict.situation import Result, ResultRole

if TYPE_CHECKING:
    from claimcheck.verdict.row import Row

_RANK = (  # from the strongest role to the weakest
    ResultRole.PRIMARY,
    ResultRole.SWITCHED,
    ResultRole.SECONDARY,
    ResultRole.UNKNOWN,
    ResultRole.SUBGROUP,
    ResultRole.EXPLORATORY,
    ResultRole.WITHIN_GROUP,
)
_STANDING = (  # roles of like weight: of the main question, of everybody studied, of less
    {ResultRole.PRIMARY},
    {ResultRole.SWITCHED, ResultRole.SECONDARY, ResultRole.UNKNOWN},
    {ResultRole.SUBGROUP, ResultRole.EXPLORATORY, ResultRole.WITHIN_GROUP},
)
OF_EVERYBODY = 1  # the place there, up to which a result is of all the people studied
_NO_EFFECT = frozenset({Result.NULL, Result.NON_INFERIOR})  # what bears out a claim of no effect
CLOSE_OUTCOME = 0.8  # from here an outcome is the claim's own, below it is kin


def deciding(rows: tuple[Row, ...], direction: Direction) -> Row | None:
    """Answer the row that decides: what the words single out, else the strongest role."""
    if not rows:
        return None
    own, rows = _own(rows), answering(rows)
    primary = [row for row in rows if row.role is ResultRole.PRIMARY]
    if direction is Direction.NO_EFFECT and own:
        return _strongest(rows)
    wanted = {"benefit": Result.IMPROVED, "harm": Result.WORSENED, "no-effect": Result.NULL}
    good = wanted[direction.value]
    for group in (primary, rows):
        if fitting := [row for row in group if row.result is good]:
            return min(fitting, key=lambda row: _RANK.index(row.role))
    return (primary or rows)[0]


def answering(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Answer the rows that bear on the claim most: singled out, else its own, else its kin."""
    return named(rows) or _own(rows) or rows


def _strongest(rows: tuple[Row, ...]) -> Row:
    """Answer the row that decides over a claim of no effect: of the best standing, a null one.

    What a primary outcome shows is not denied by a lesser result that was null.
    """
    return min(rows, key=lambda row: (standing(row.role), row.result not in _NO_EFFECT))


def standing(role: ResultRole) -> int:
    """Answer how much a result of this role weighs against others, the most first."""
    return next(at for at, roles in enumerate(_STANDING) if role in roles)


def named(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Answer the rows that the claim's words single out; none that are kin, where one is its own.

    "No difference in non-fatal heart attacks" is no word on a composite of which they are a part.
    """
    return tuple(row for row in _own(rows) or rows if row.match.reach is Reach.NAMED)


def _own(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Answer the rows on the claim's own outcome, and not on its kin."""
    return tuple(row for row in rows if row.match.scores.outcome >= CLOSE_OUTCOME)
