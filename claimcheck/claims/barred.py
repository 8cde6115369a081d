"""What takes a predicate out of what a sentence claims?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.claims.changes import Change
from claimcheck.claims.leads import is_helper, led_by
from claimcheck.reading.context import governed
from claimcheck.rulebook.types import OutcomeClass, TermKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claimcheck.claims.effects import Effect
    from claimcheck.claims.outcomes import OutcomeHit
    from claimcheck.claims.scene import Scene
    from claimcheck.claims.words import Words
    from claimcheck.reading.nlp import Reading
    from claimcheck.rulebook.types import Scope

_ADDED = frozenset({Change.WORSEN, Change.CAUSE, Change.INCREASE})
_WITHOUT = "without"  # the value of the negations that may only describe: "fasting without hunger"
_NEAR = 4  # tokens between a predicate and what it hangs on
_NAME = 3  # capitalised words that make a name


def barred(
    effect: Effect,
    outcomes: tuple[OutcomeHit, ...],
    scene: Scene,
    others: Sequence[Effect],
    *,
    scopes: Mapping[str, Scope],
    words: Words,
) -> bool:
    """Tell whether something in the sentence takes the predicate out of what is claimed."""
    reading = scene.passage.reading
    if any(g.holds(effect.first) for g in governed(reading, scopes, "aim")):
        return True
    facts = reading.of("method", "disease-fact", "mechanism", "idiom")
    if any(hit.first <= effect.first < hit.last for hit in facts):
        return True
    classes = {hit.term.term.outcome_class for hit in outcomes}
    if classes and classes <= {OutcomeClass.MECHANISM, OutcomeClass.PROCESS}:
        return True
    return (
        _says_not_which_way(effect)
        or _for_want(effect, scene)
        or _is_relative(effect, reading, words)
        or _is_illness_at_work(effect, outcomes, scene, words)
        or _describes_people(effect, reading, words)
        or _is_dose(effect, outcomes, scene, words)
        or _only_describes(effect, others)
        or _in_a_name(effect, scene, words)
    )


def _says_not_which_way(effect: Effect) -> bool:
    """Tell whether it only says that something is changed, and is not denied close by."""
    return effect.change is Change.ALTER and (
        effect.negator is None or effect.first - effect.negator.last > _NEAR
    )


def _for_want(effect: Effect, scene: Scene) -> bool:
    """Tell whether it is the lack of something that does it: "low vitamin D raises the risk"."""
    reading = scene.passage.reading
    begun = {hit.first for hit in reading.terms_of(TermKind.INTERVENTION)}
    lacking = [h.last for h in reading.of("lack") if h.last in begun and h.last < effect.first]
    return bool(lacking) and not any(
        lacking[-1] < item.first < effect.first for item in scene.named
    )


def _is_relative(effect: Effect, reading: Reading, words: Words) -> bool:
    """Tell whether the predicate belongs to a noun before "that": "processes that worsen MS"."""
    if not reading.of("relative"):
        return False
    begin = led_by(effect, reading, words)
    if _of_cells(begin, reading, words) or _of_illness(begin, reading):
        return True
    if effect.change not in _ADDED or effect.compares:
        return False
    treated = {hit.last for hit in reading.terms_of(TermKind.INTERVENTION)}
    treated |= {hit.last for hit in reading.of("anaphor")}
    if effect.change is Change.INCREASE and begin == effect.first:
        return False
    return any(
        begin <= hit.last <= effect.first and hit.first not in treated
        for hit in reading.of("relative")
    )


def _of_cells(begin: int, reading: Reading, words: Words) -> bool:
    """Tell whether it is what parts of the body do: "a cell that helps fight infections"."""
    return any(
        hit.last == begin and hit.first and reading.lowers[hit.first - 1] in words.bodily
        for hit in reading.of("relative")
    )


def _of_illness(begin: int, reading: Reading) -> bool:
    """Tell whether it is how an illness goes: "wounds that will not heal"."""
    ill = {hit.last for hit in reading.terms_of(TermKind.CONDITION, TermKind.OUTCOME)}
    return any(
        begin <= hit.last <= begin + 1 and hit.first in ill for hit in reading.of("relative")
    )


def _is_illness_at_work(
    effect: Effect, outcomes: tuple[OutcomeHit, ...], scene: Scene, words: Words
) -> bool:
    """Tell whether an illness does it: "high blood pressure raises the risk of stroke"."""
    reading = scene.passage.reading
    if effect.change not in _ADDED or effect.compares or not outcomes:
        return False
    if any(hit.term.first < effect.last for hit in outcomes):
        return False
    begin = led_by(effect, reading, words)
    if any(item.first < begin for item in scene.named) or any(
        hit.first < begin for hit in reading.of("anaphor", "treated")
    ):
        return False
    ill = reading.terms_of(TermKind.CONDITION, TermKind.OUTCOME)
    return any(hit.last == begin for hit in ill)


def _describes_people(effect: Effect, reading: Reading, words: Words) -> bool:
    """Tell whether a comparison only says who is meant: "women with a higher risk"."""
    if not effect.compares:
        return False
    begin = led_by(effect, reading, words)
    if begin and reading.lowers[begin - 1] == "who":
        return True
    people = {hit.last for hit in reading.terms_of(TermKind.POPULATION)}
    for at in range(effect.first - 1, max(0, effect.first - _NEAR), -1):
        word = reading.lowers[at]
        if word in words.describing:
            return at in people or reading.lowers[at - 1] in words.persons
        if word not in words.fillers and not is_helper(word, words):
            return False
    return False


def _is_dose(effect: Effect, outcomes: tuple[OutcomeHit, ...], scene: Scene, words: Words) -> bool:
    """Tell whether it is the treatment that changes: "reduced doses of radiation"."""
    reading = scene.passage.reading
    if effect.generic or effect.change not in (Change.DECREASE, Change.INCREASE):
        return False
    for item in scene.named:
        between = reading.lowers[effect.last : item.first]
        near = effect.last <= item.first and len(between) <= _NEAR
        if near and all(word in words.amounts for word in between):
            return all(
                hit.term.first > item.last or hit.term.last <= effect.first for hit in outcomes
            )
    return False


def _only_describes(effect: Effect, others: Sequence[Effect]) -> bool:
    """Tell whether "without" says how a treatment goes, before anything is said of what it does."""
    return (
        effect.negator is not None
        and effect.negator.cue.value == _WITHOUT
        and any(other.first > effect.last for other in others)
        and not any(other.first < effect.first for other in others)
    )


def _in_a_name(effect: Effect, scene: Scene, words: Words) -> bool:
    """Tell whether it stands in the name of a study or a body: "the Heart Health Institute"."""
    reading = scene.passage.reading
    if scene.passage.place.headline:
        return False
    first, last = effect.first, effect.last
    if not _is_capital(scene, first):
        return False
    while first and (_is_capital(scene, first - 1) or _links(scene, first - 1, words)):
        first -= 1
    while last < len(reading.lowers) and (_is_capital(scene, last) or _links(scene, last, words)):
        last += 1
    named = sum(_is_capital(scene, at) for at in range(first, last))
    return named >= _NAME and any(reading.lowers[at] in words.bodies for at in range(first, last))


def _is_capital(scene: Scene, at: int) -> bool:
    return scene.text[scene.passage.reading.starts[at]].isupper()


def _links(scene: Scene, at: int, words: Words) -> bool:
    return scene.passage.reading.lowers[at] in words.linking
