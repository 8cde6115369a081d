"""What in a report bears on a question, clause by clause, in named cues that can be weighed?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.reading.results import Change, Result, results
from claimcheck.reading.sections import Part
from claimcheck.terms import words as plain_words
from claimcheck.trials.report.question import Question, outcome_share
from claimcheck.trials.report.sides import Groups, direction_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from claimcheck.reading.outcome_names import ResultWords
    from claimcheck.reading.sections import Sentence
    from claimcheck.terms import Terms

ALPHA = 0.05
_FAINT, _HALF, _FULL = 0.3, 0.5, 0.99  # parts of the outcome's name
_CLOSE = 8  # tokens within which the words of one name stand
_PARTS = (Part.TITLE, Part.BACKGROUND, Part.OBJECTIVE, Part.METHODS, Part.RESULTS, Part.CONCLUSION)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A clause laid beside a question: cues for its relevance, for a direction, for a null.

    A cue of `direction` is positive for an increase in the group that was tried, negative for a
    decrease.
    """

    result: Result
    relevance: Mapping[str, float]
    direction: Mapping[str, float]
    null: Mapping[str, float]
    share: float


def evidence(
    text: str,
    sentences: Sequence[Sentence],
    question: Question,
    *,
    words: ResultWords,
    terms: Terms,
) -> tuple[Evidence, ...]:
    """Answer every clause that tells something, with its cues for the question."""
    found: list[Evidence] = []
    before = 0.0
    best = max(
        (outcome_share(question, s.reading.text, terms) for s in sentences if s.part in _TELLING),
        default=0.0,
    )
    own = any(sentence.part is Part.RESULTS for sentence in sentences)
    for sentence in sentences:
        whole = outcome_share(question, sentence.reading.text, terms)
        if sentence.part in (_TOLD if own else _TELLING):
            told = [
                one
                for one in results(text, sentence.reading, words, named=question.own)
                if not _is_before(one, terms)
            ]
            heads = tuple(one.head[0] for one in told if one.head)
            around = _Around(whole, before, best, heads)
            found += [
                _weighed(text, sentence, one, around, question=question, terms=terms)
                for one in told
            ]
        before = whole
    return tuple(found)


_TOLD = (Part.RESULTS, Part.CONCLUSION, Part.TITLE, Part.OTHER)
_TELLING = (Part.RESULTS, Part.CONCLUSION, Part.TITLE, Part.OTHER, Part.BACKGROUND, Part.METHODS)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a clause.

    How much of the outcome's name its sentence holds, the sentence before it, and the best
    sentence of the report; and the tokens of the sentence's predicates.
    """

    whole: float
    before: float
    best: float
    heads: tuple[int, ...]


def _weighed(
    text: str,
    sentence: Sentence,
    result: Result,
    around: _Around,
    *,
    question: Question,
    terms: Terms,
) -> Evidence:
    span = result.span
    share = outcome_share(question, text[span.start : span.end], terms)
    named = max(
        (outcome_share(question, text[n.start : n.end], terms) for n in result.names), default=0.0
    )
    groups = Groups.of(result, question, terms)
    place = _place(result, question, terms)
    result = _own(result, place)
    relevance = {
        "share": share,
        "share-squared": share * share,
        "named": named,
        "sentence-share": around.whole,
        "before-share": around.before * (share < _FAINT),
        "best-share": float(share > 0 and share >= around.best - 1e-9),
        "full": float(share > _FULL),
        "concept": float(bool(question.concepts & terms.concepts(text[span.start : span.end]))),
        "tried": float(bool(groups.tried)),
        "held": float(bool(groups.held)),
        "both": float(bool(groups.tried and groups.held)),
        "p": float(bool(result.ps)),
        "interval": float(any(e.ci for e in result.estimates)),
        "predicate": float(result.change is not Change.UNKNOWN),
        "rest": float("rest" in result.cues),
        "rest-absent": float("rest" in result.cues) * (around.best < _HALF),
        "between": float("between" in result.cues),
        "within": float(_is_within(result)),
        "baseline": float("baseline" in result.cues and "within" not in result.cues),
        "foreign": float(_is_foreign(result, question, terms)),
        "aim": float(any(h.cue.value == "objective" for h in result.reading.of("part"))),
        "near": _nearness(result, place),
        "own-head": float(_is_own_head(result, place, around.heads)),
        "subgroup": float("subgroup-result" in result.cues),
        **{f"part-{part.value}": float(sentence.part is part) for part in _PARTS},
    }
    return Evidence(
        result,
        relevance,
        direction_of(text, result, question, groups, terms),
        _null(result, groups),
        share,
    )


def _place(result: Result, question: Question, terms: Terms) -> int | None:
    """Answer the token of a clause at which the outcome is named, where most of its words stand."""
    said = [
        at
        for at in range(result.first, result.last)
        if terms.overlap(plain_words(result.reading.lowers[at]), question.outcome)
    ]
    if not said:
        return None
    return max(said, key=lambda at: (sum(0 <= at - other < _CLOSE for other in said), -at))


def _own(result: Result, place: int | None) -> Result:
    """Answer the result with the figures of the outcome at this token, where each has its own."""
    if place is None:
        return result
    start = result.reading.starts[place]
    ps = [p for p in result.ps if p.span.start > start]
    found = [e for e in result.estimates if e.span.end > start]
    return replace(
        result,
        ps=tuple(ps[:1]) if len(result.ps) > 1 and ps else result.ps,
        estimates=tuple(found[:1]) if len(result.estimates) > 1 and found else result.estimates,
    )


def _is_within(result: Result) -> bool:
    return not result.cues.isdisjoint(("within", "each")) and "between" not in result.cues


def _nearness(result: Result, place: int | None) -> float:
    if place is None or result.head is None:
        return 0.0
    return 1.0 / (1.0 + abs(place - result.head[0]) / 5)


def _is_own_head(result: Result, place: int | None, heads: Sequence[int]) -> bool:
    """Tell whether no other predicate stands between this one and the outcome's name."""
    if place is None or result.head is None:
        return False
    first, last = sorted((place, result.head[0]))
    return not any(first < head < last for head in heads)


def _is_foreign(result: Result, question: Question, terms: Terms) -> bool:
    """Tell whether the clause speaks of a group that was not asked about."""
    lists = terms.lists
    kinds = lists.get("ask-groups", frozenset())
    known = (
        question.tried | question.held | question.shared | lists.get("ask-any-group", frozenset())
    )
    for at in range(result.first + 1, result.last):
        if result.reading.lowers[at] in kinds:
            said = plain_words(result.reading.lowers[at - 1])
            if said and known.isdisjoint(said):
                return True
    return False


def _is_before(result: Result, terms: Terms) -> bool:
    """Tell whether a clause only says that the groups were alike before anything was done."""
    if result.change is not Change.NONE:
        return False
    words = terms.lists.get("ask-before", frozenset())
    said = result.reading.lowers[result.first : result.last]
    at = next((i for i, word in enumerate(said) if word in words), None)
    if at is None:
        return "baseline" in result.cues
    return at == 0 or said[at - 1] not in terms.lists.get("ask-since", frozenset())


def _null(result: Result, groups: Groups) -> dict[str, float]:
    values = [p.value for p in result.ps]
    known = [v for v in values if v is not None]
    below = [
        v
        for v in known
        if v.sign != ">" and (v.value < ALPHA or (v.sign == "<" and v.value <= ALPHA))
    ]
    intervals = [e for e in result.estimates if e.ci]
    crosses = [_crosses(e.ci, e.scale.value) for e in intervals if e.ci]
    same = "same" in result.cues
    return {
        "none": float(result.change is Change.NONE),
        "said-not": float(result.significant is False),
        "said-significant": -float(result.significant is True and result.change is not Change.NONE),
        "p-below": -float(bool(below) and len(below) == len(values)),
        "p-above": float(bool(values) and not below),
        "p-mixed": float(bool(below) and len(below) < len(values)),
        "interval-crosses": float(any(crosses)),
        "interval-clear": -float(bool(crosses) and not any(crosses)),
        "same": float(same),
        "trend": float("trend" in result.cues),
        "no-p": float(not values and not intervals),
        "no-direction": float(result.change is Change.UNKNOWN),
        "no-groups": float(not groups.tried and not groups.held),
        "within": float(_is_within(result)),
    }


def _crosses(ci: tuple[float, float], scale: str) -> bool:
    null = 1.0 if scale == "ratio" else 0.0
    if scale == "unknown" and ci[0] > 0:
        null = 1.0
    return ci[0] <= null <= ci[1]
