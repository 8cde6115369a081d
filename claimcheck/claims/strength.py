"""How strong a relation does a sentence assert: none, correlational, conditional causal, causal?

The words are cues in rules/lexicon/strength.yaml; here is only which of them decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Strength
from claimcheck.reading.hits import stand_apart
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.reading.nlp import Hit, Reading

_ASSOCIATION = "strength-association"
_FACTOR = "strength-factor"
_COMPARISON = "strength-comparison"
_DEGREE = "strength-degree"
_CAUSAL = "strength-causal"
_FAINT = "strength-faint"
_MODAL = "strength-modal"
_ADVICE = "strength-advice"
_ASIDE = "strength-aside"
_PURPOSE = "strength-purpose"
_PSEUDO = "strength-pseudo"

_KINDS = (
    *(_ASSOCIATION, _FACTOR, _COMPARISON, _DEGREE, _CAUSAL, _FAINT),
    *(_MODAL, _ADVICE, _ASIDE, _PURPOSE, _PSEUDO),
)
# How many words may stand between a modal and the deed that it makes conditional.
_MODAL_REACH = 6
_ADJECTIVE_REACH = 2  # of a potential benefit, say

Explained = tuple[Strength, str, "tuple[Hit, ...]"]


def strength_of(reading: Reading) -> Strength:
    """Answer the strength of a read sentence (Sumner 2014's scale, folded to four)."""
    return explain_strength(reading)[0]


def explain_strength(reading: Reading) -> Explained:
    """Answer a read sentence's strength, why, and the cues that the answer rests on.

    Cues are weighed in a fixed order: what is no finding; advice; a deed made conditional; words
    of association; a deed; words of comparison. Negated deeds count as deeds: "does not reduce"
    is a causal statement.
    """
    hits = _standing(reading)
    aside = _aside(hits)
    if aside:
        return Strength.NONE, "it tells of no finding of its own", aside
    advice = _advice(hits)
    if advice:
        return Strength.NONE, "it advises or asks for research", advice
    conditional = _conditional(hits)
    if conditional:
        return Strength.CONDITIONAL_CAUSAL, "a deed is said only to be possible", conditional
    return _asserted(hits)


def _asserted(hits: Sequence[Hit]) -> Explained:
    association = _of(hits, _ASSOCIATION)
    if association:
        return Strength.CORRELATIONAL, "two things are said to go together", association
    comparison, causal = _of(hits, _COMPARISON), _of(hits, _CAUSAL)
    if causal and not (comparison and comparison[0].first < causal[0].first):
        return Strength.CAUSAL, "one thing is said to act on another", causal
    for kinds in ((_COMPARISON,), (_DEGREE,)):
        compared = _of(hits, *kinds)
        if compared:
            return Strength.CORRELATIONAL, "groups or times are compared", compared
    factor = _of(hits, _FACTOR)
    if factor:
        return Strength.CORRELATIONAL, "a relation is named", factor
    faint = _of(hits, _FAINT)
    if faint:
        return Strength.NONE, "a deed is named and not asserted", faint
    return Strength.NONE, "it holds no word of a relation", ()


def _conditional(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Answer a modal with the deed that it governs, or nothing.

    It governs the next relation only, and none once things have been said to go together.
    """
    for at, modal in enumerate(hits):
        if modal.cue.kind == _ASSOCIATION:
            break
        if modal.cue.kind != _MODAL:
            continue
        after = _of(hits[at + 1 :], _ASSOCIATION, _COMPARISON, _CAUSAL, _FAINT)
        deed = next(iter(after), None)
        reach = _ADJECTIVE_REACH if modal.cue.value == "near" else _MODAL_REACH
        if deed is None or deed.first - modal.last > reach:
            continue
        if deed.cue.kind in {_CAUSAL, _FAINT}:
            return modal, deed
    return ()


def _advice(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Answer words of advice, unless a finding has been told in full before them."""
    advice, told = _of(hits, _ADVICE), _of(hits, _ASSOCIATION, _COMPARISON, _CAUSAL)
    if advice and told and advice[0].first >= told[-1].first:
        return ()
    return advice


def _aside(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Answer what is no finding; who paid or published counts only where no finding precedes."""
    told = _of(hits, _ASSOCIATION, _COMPARISON, _CAUSAL, _DEGREE, _FACTOR)
    return tuple(
        hit
        for hit in _of(hits, _ASIDE)
        if hit.cue.value != "before" or not told or hit.first < told[0].first
    )


def _standing(reading: Reading) -> tuple[Hit, ...]:
    """Answer the cues that count: the longest where they overlap, without deeds only meant."""
    hits = [hit for hit in reading.of(*_KINDS) if not _in_a_name(hit, reading)]
    longest = tuple(_longest(hits))
    meant = {hit.last for hit in longest if hit.cue.kind == _PURPOSE}
    return tuple(hit for hit in longest if hit.cue.kind != _CAUSAL or hit.first not in meant)


def _in_a_name(hit: Hit, reading: Reading) -> bool:
    """Tell whether a cue is part of what a measure is called: the Fatigue Impact Scale."""
    return any(
        name.first <= hit.first and hit.last <= name.last
        for name in reading.terms_of(TermKind.INSTRUMENT)
    )


def _longest(hits: Sequence[Hit]) -> Iterator[Hit]:
    if stand_apart(hits):  # as for most
        yield from hits
        return
    for hit in hits:
        wider = (other for other in hits if other.first <= hit.first and hit.last <= other.last)
        if all(other.last - other.first <= hit.last - hit.first for other in wider):
            yield hit


def _of(hits: Sequence[Hit], *kinds: str) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.cue.kind in kinds)
