"""Which intervention does a predicate speak of?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.claims.discourse import Candidate
from claimcheck.claims.leads import doing
from claimcheck.model.claim import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.claims.discourse import Memory
    from claimcheck.claims.effects import Effect
    from claimcheck.claims.scene import Scene
    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Hit, Reading

# The values of cues for a treatment that is told of without a name, and for one of two words.
_DESCRIBED, _COMPOUND = "described", "compound"
_MEANS = 3  # tokens between "with" and the treatment


def subject_of(
    scene: Scene, memory: Memory, effect: Effect, others: Sequence[Effect], words: Words
) -> Mention | None:
    """Answer the intervention that a predicate speaks of, or None.

    What stands in the predicate's clause before it comes first, then the sentence before it; what
    stands after it only where something makes it the means ("relief with the drug"), else it is
    what is changed ("fewer opioids"). What stands behind "than" or "without" comes last. Among
    equals the one that the draft speaks of most wins, then the nearest. A sentence that names none
    speaks of what the ones before it named.
    """
    recalled = memory.recall(
        paragraph=scene.passage.place.paragraph, section=scene.passage.place.section
    )
    candidates = [*scene.named, *_anaphors(scene, recalled, words), *_done(scene, effect, words)]
    subjects = [item for item in candidates if not item.comparator]
    clause = scene.clauses[effect.first]
    own = [item for item in subjects if scene.clauses[item.first] == clause]
    before = [item for item in own if item.first < effect.first]
    floor = max((o.last for o in others if o.last <= effect.first), default=0)
    since = [item for item in before if item.first >= floor]
    earlier = [item for item in subjects if item.first < effect.first]
    means = [item for item in subjects if _is_means(item, scene, words)]
    for group in (since, before, earlier, [item for item in means if item in own], means):
        if group:
            return _chosen(group, memory, effect).mention
    rest = subjects or candidates
    return recalled or (_chosen(rest, memory, effect).mention if rest else None)


def _is_means(item: Candidate, scene: Scene, words: Words) -> bool:
    """Tell whether a word before a treatment makes it what is used: "with", "on", "thanks to"."""
    lowers = scene.passage.reading.lowers
    return not words.means.isdisjoint(lowers[max(0, item.first - _MEANS) : item.first])


def _anaphors(scene: Scene, recalled: Mention | None, words: Words) -> Iterator[Candidate]:
    """Yield "the drug" and its like, but not around a name: "the drug abiraterone"."""
    if recalled is None:
        return
    reading = scene.passage.reading
    firsts = {item.first for item in scene.named}
    for hit in reading.of("anaphor"):
        # What is only described may hold a name: "an 18-month weight-loss program".
        last = hit.first + 1 if hit.cue.value == _DESCRIBED else hit.last
        named = any(n.first < last and hit.first < n.last for n in scene.named)
        if hit.last not in firsts and not named:
            other = hit.cue.value == _COMPOUND and _is_another(hit, recalled, reading, words)
            mention = Mention(scene.text[hit.start : hit.end], hit.span) if other else recalled
            yield Candidate(hit.first, hit.last, mention, comparator=False)


def _is_another(hit: Hit, recalled: Mention, reading: Reading, words: Words) -> bool:
    """Tell whether what is said of a treatment was not said before: "the pulse oximeter device"."""
    said = f"{recalled.text} {recalled.concept or ''}".lower()
    told = reading.lowers[hit.first + 1 : hit.last - 1]
    return not all(word in words.of_any_treatment or word in said for word in told)


def _done(scene: Scene, effect: Effect, words: Words) -> Iterator[Candidate]:
    """Yield what is done, where that is the subject and no word in it stands for a treatment."""
    reading = scene.passage.reading
    found = doing(effect, scene.clauses, reading, words)
    if found is None:
        return
    first, last = found
    standing = {hit.first for hit in reading.of("anaphor", "pronoun", "treated")}
    standing |= {item.first for item in scene.named}
    if standing.isdisjoint(range(first, last)):
        span = reading.slice(first, last)
        mention = Mention(scene.text[span.start : span.end], span)
        yield Candidate(first, last, mention, comparator=False)


def _chosen(group: Sequence[Candidate], memory: Memory, effect: Effect) -> Candidate:
    ranks, last = memory.topics.ranks, len(memory.topics.ranks)

    def order(item: Candidate) -> tuple[int, int, int]:
        return (
            ranks.get(item.mention.concept or "", last),
            abs(item.first - effect.first),
            item.first,
        )

    return min(group, key=order)
