"""Which of two groups does a clause speak of, and which way does it say that the outcome went?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.reading.results import Change, Result
from claimcheck.terms import words
from claimcheck.trials.report.question import Question, mentions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.terms import Terms

_REFERENCE = 6  # tokens after "than" or "compared with" in which the reference group is named
_NEAR = 3  # tokens within which a word belongs to the other group's name
_FIGURE = re.compile(
    r"(?<![\w.,])(?<!\d[-−–])(?:(?<!\d)[-−–])?\d+(?:,\d{3})*(?:[.·]\d+)?"
    r"(?![\w]|\s?[-−–]\s?\d| to \d)"
)
_UNIT = 20  # code points behind a figure in which its unit begins
_AT = re.compile(r"\b(?:at|after|for|over|within|during|by|of|the)\s(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class Groups:
    """Where a clause names the group that was tried and the one it is held against."""

    tried: tuple[int, ...]
    held: tuple[int, ...]
    holder: int  # 1 where the change is said of the group tried, -1 of the other, 0 unknown

    @classmethod
    def of(cls, result: Result, question: Question, terms: Terms) -> Groups:
        """Find the groups in a clause, by their own names, else by what groups are called."""
        first, last = result.first, result.last
        tried = mentions(result.reading, first, last, question.tried)
        held = mentions(result.reading, first, last, question.held)
        if not tried and question.held_is_control and not question.tried_is_control:
            tried = mentions(result.reading, first, last, terms.lists.get("ask-tried", frozenset()))
        if not held and question.held_is_control:
            held = mentions(result.reading, first, last, terms.lists.get("ask-held", frozenset()))
        if not tried and not question.tried:
            shared = mentions(result.reading, first, last, question.shared)
            tried = tuple(at for at in shared if all(abs(at - other) > _NEAR for other in held))
        tried = tuple(at for at in tried if at not in held)
        references = [
            hit.last for hit in result.reading.of("versus", "between") if first <= hit.first < last
        ]
        holder = _holder(tried, held, references)
        if not holder and first:
            holder = _holder_before(result, question)
        return cls(tried, held, holder)


def _holder_before(result: Result, question: Question) -> int:
    """Answer the group that the sentence spoke of before this clause."""
    tried = mentions(result.reading, 0, result.first, question.tried)
    held = mentions(result.reading, 0, result.first, question.held)
    references = [h.last for h in result.reading.of("versus") if h.first < result.first]
    return _holder(tried, held, references)


def _holder(tried: Sequence[int], held: Sequence[int], references: Sequence[int]) -> int:
    def refers(at: int) -> bool:
        return any(0 <= at - last < _REFERENCE for last in references)

    own = [at for at in tried if not refers(at)]
    other = [at for at in held if not refers(at)]
    if own and other:
        return 1 if min(own) < min(other) else -1
    if own:
        return 1
    if other:
        return -1
    if held:
        return 1
    return -1 if tried else 0


_SIGNS = {Change.INCREASE: 1.0, Change.DECREASE: -1.0}
_GOOD = {Change.IMPROVE: 1.0, Change.WORSEN: -1.0}
_BETTER = {"higher": 1.0, "lower": -1.0, "unknown": 0.0}


def direction_of(
    text: str, result: Result, question: Question, groups: Groups, terms: Terms
) -> dict[str, float]:
    """Answer the cues of a clause for an increase in the group that was tried, or a decrease."""
    change = _SIGNS.get(result.change, 0.0)
    good = _GOOD.get(result.change, 0.0)
    better = _BETTER[question.better]
    compared = _compared(text, result, groups, terms)
    side = _estimate_side(result)
    told = change or good * better
    return {
        "said": change * (groups.holder or 0.0),
        "said-alone": change * (groups.holder == 0),
        "better": good * better * (groups.holder or 1),
        "better-unknown": good * (better == 0.0) * (groups.holder or 1),
        "favours": _favours(result, groups) * better,
        "favours-unknown": _favours(result, groups) * (better == 0.0),
        "figures": compared,
        "figures-agree": compared * (compared * told > 0),
        "figures-alone": compared * (told == 0),
        "estimate": side,
        "estimate-alone": side * (told == 0 and compared == 0),
    }


def _favours(result: Result, groups: Groups) -> float:
    """Answer whom a clause says that the result favours: 1 the group tried, -1 the other."""
    for hit in result.reading.of("favours"):
        if result.first <= hit.first < result.last:
            behind = [(at, 1.0) for at in groups.tried if at >= hit.last]
            behind += [(at, -1.0) for at in groups.held if at >= hit.last]
            return min(behind)[1] if behind else 0.0
    return 0.0


def _estimate_side(result: Result) -> float:
    for one in result.estimates:
        null = {"ratio": 1.0, "difference": 0.0}.get(one.scale.value)
        if one.value is not None and null is not None and one.value != null:
            return 1.0 if one.value > null else -1.0
    return 0.0


def _compared(text: str, result: Result, groups: Groups, terms: Terms) -> float:
    """Answer which group's figure is higher, 1 for the one tried, by where the groups stand."""
    figures = _plain_figures(text, result, terms)
    if len(figures) < 2:  # noqa: PLR2004
        return 0.0
    starts = result.reading.starts
    tried = [starts[at] for at in groups.tried]
    held = [starts[at] for at in groups.held]
    if tried and held and _comes_before(figures, tried, held):
        ours, theirs = _last_figure(figures, tried), _last_figure(figures, held)
    else:
        ours, theirs = _next_figure(figures, tried, held), _next_figure(figures, held, tried)
    if ours is None or theirs is None or ours == theirs:
        first = 1.0 if groups.holder >= 0 else -1.0
        ours, theirs = figures[0][1], figures[1][1]
    else:
        first = 1.0
    if ours == theirs:
        return 0.0
    return first if ours > theirs else -first


def _comes_before(
    figures: Sequence[tuple[int, float]], tried: Sequence[int], held: Sequence[int]
) -> bool:
    """Tell whether figures stand before their groups: "92 h for the drug and 138 h for placebo"."""
    first, second = sorted((min(tried), min(held)))
    between = [at for at, _ in figures if first < at < second]
    after = [at for at, _ in figures if at > second]
    return figures[0][0] < first and bool(between) and not after


def _last_figure(figures: Sequence[tuple[int, float]], names: Sequence[int]) -> float | None:
    return next((value for at, value in reversed(figures) if at < min(names)), None)


def _next_figure(
    figures: Sequence[tuple[int, float]], names: Sequence[int], others: Sequence[int]
) -> float | None:
    for name in names:
        limit = min((at for at in others if at > name), default=name + 200)
        value = next((v for at, v in figures if name < at < limit), None)
        if value is not None:
            return value
    return None


def _plain_figures(text: str, result: Result, terms: Terms) -> list[tuple[int, float]]:
    """Answer the figures of a clause that are no p-value, interval, spread, size or time."""
    taken: list[Span] = [*(p.span for p in result.ps), *(e.span for e in result.estimates)]
    span = result.span
    out = []
    for match in _FIGURE.finditer(text, span.start, span.end):
        here = Span(match.start(), match.end())
        before = text[max(span.start, here.start - 3) : here.start]
        after = text[here.end : here.end + _UNIT].lstrip(" -")
        unit = frozenset(words(after)[:1])
        if any(here.overlaps(other) for other in taken) or "±" in before or "=" in before:
            continue
        if after.startswith("/") or unit & terms.lists.get("ask-sizes", frozenset()):
            continue
        if unit & terms.lists.get("ask-times", frozenset()) and _AT.search(
            text[max(span.start, here.start - 12) : here.start]
        ):
            continue
        if before.rstrip().endswith(("/", "[", "SD", "SE")):
            continue
        plain = match.group().replace("−", "-").replace("–", "-").replace("·", ".")
        value = float(plain.replace(",", ""))
        out.append((here.start, value))
    return out
