"""Which intervention does a predicate speak of?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.claims.discourse import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.claims.discourse import Memory
    from claimcheck.claims.effects import Effect
    from claimcheck.claims.scene import Scene
    from claimcheck.model.claim import Mention


def subject_of(
    scene: Scene, memory: Memory, effect: Effect, others: Sequence[Effect]
) -> Mention | None:
    """Answer the intervention that a predicate speaks of, or None.

    What stands in the predicate's clause before it comes first, then the rest of the clause, the
    sentence before it, and after it; what stands behind "than" or "without" comes last. Among
    equals the one that the draft speaks of most wins, then the nearest. A sentence that names none
    speaks of what the ones before it named.
    """
    recalled = memory.recall(paragraph=scene.passage.paragraph, section=scene.passage.section)
    candidates = [*scene.named, *_anaphors(scene, recalled)]
    subjects = [item for item in candidates if not item.comparator] or candidates
    clause = scene.clauses[effect.first]
    own = [item for item in subjects if scene.clauses[item.first] == clause]
    before = [item for item in own if item.first < effect.first]
    floor = max((o.last for o in others if o.last <= effect.first), default=0)
    since = [item for item in before if item.first >= floor]
    earlier = [item for item in subjects if item.first < effect.first]
    for group in (since, before, own, earlier, subjects):
        if group:
            return _chosen(group, memory, effect).mention
    return recalled


def _anaphors(scene: Scene, recalled: Mention | None) -> Iterator[Candidate]:
    """Yield "the drug" and its like, but not before a name: "the drug abiraterone"."""
    if recalled is None:
        return
    firsts = {item.first for item in scene.named}
    for hit in scene.passage.reading.of("anaphor"):
        if hit.last not in firsts and not any(n.first <= hit.first < n.last for n in scene.named):
            yield Candidate(hit.first, hit.last, recalled, comparator=False)


def _chosen(group: Sequence[Candidate], memory: Memory, effect: Effect) -> Candidate:
    ranks, last = memory.topics.ranks, len(memory.topics.ranks)

    def order(item: Candidate) -> tuple[int, int, int]:
        return (
            ranks.get(item.mention.concept or "", last),
            abs(item.first - effect.first),
            item.first,
        )

    return min(group, key=order)
