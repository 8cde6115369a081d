"""Of which side of a comparison does a predicate speak: the treatment's, or the other's?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.claims.changes import turned
from claimcheck.claims.discourse import stands_behind
from claimcheck.model.claim import Direction

if TYPE_CHECKING:
    from claimcheck.claims.effects import Effect
    from claimcheck.claims.scene import Scene


def as_of_the_treatment(effect: Effect, way: Direction, scene: Scene) -> Direction | None:
    """Answer what a predicate says of the treatment; None where it speaks of the others alone.

    "Strokes were more common with placebo" speaks for the drug; "pain eased on placebo" tells
    nothing of it.
    """
    if way is Direction.NO_EFFECT or not _speaks_of_the_others(effect, scene):
        return way
    if effect.compares or way is Direction.HARM:
        return turned(way)
    return None


def _speaks_of_the_others(effect: Effect, scene: Scene) -> bool:
    reading = scene.passage.reading
    others = [
        hit
        for hit in reading.of("comparator-group")
        if _is_near(effect, hit.first, scene) and not stands_behind(hit.first, reading)
    ]
    if not others:
        return False
    taken = {index for hit in others for index in range(hit.first, hit.last)}
    treated = [item.first for item in scene.named if not item.comparator]
    treated += [hit.first for hit in reading.of("anaphor")]
    return not any(first not in taken and _is_near(effect, first, scene) for first in treated)


def _is_near(effect: Effect, at: int, scene: Scene) -> bool:
    """Tell whether a token stands on the predicate's own side, not behind "than"."""
    if scene.clauses[at] != scene.clauses[effect.first]:
        return False
    first, last = sorted((at, effect.first))
    between = range(first, last)
    return not any(hit.first in between for hit in scene.passage.reading.of("versus"))
