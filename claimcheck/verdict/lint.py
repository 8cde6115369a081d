"""Which situations do the verdict rules cover, and which rules decide nothing?"""

from __future__ import annotations

from collections import Counter
from functools import reduce
from itertools import product
from typing import TYPE_CHECKING

from claimcheck.model.claim import ClaimKind, Direction
from claimcheck.verdict.ruling import CATCH_ALL, is_of, severity
from claimcheck.verdict.situation import (
    FIELDS,
    EvidenceState,
    Form,
    Primary,
    Result,
    ResultRole,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claimcheck.rulebook.types import Rulebook, VerdictRule

_BOUND = ("evidence", "result", "role", "primary", "trial_primary", "told")  # limit each other
_ANSWERS = {EvidenceState.SETTLED, EvidenceState.MIXED}
_SHOWN = ("direction", "evidence", "result", "role")


def lint_rules(rulebook: Rulebook) -> list[str]:
    """Answer what is unwise in the verdict rules, a line each.

    Every combination of a Situation that can come about is walked: rules that never fire, rules
    that never decide, and the combinations that fall to the catch-all or past it.
    """
    rules = tuple(rule for rule in rulebook.verdicts if rule.name != CATCH_ALL)
    walked = walk(rules)
    masks = {mask for counts in walked.values() for mask in counts}
    worst = {_worst(rules, mask) for mask in masks if mask}
    lines = []
    for at, rule in enumerate(rules):
        if not any(mask >> at & 1 for mask in masks):
            lines.append(f"{rule.location}: rule {rule.code}: never fires in any situation")
        elif at not in worst:
            lines.append(
                f"{rule.location}: rule {rule.code}: never decides, a worse rule always fits"
            )
    return lines + list(_uncovered(rulebook, walked))


def _uncovered(rulebook: Rulebook, walked: Mapping[tuple[str, ...], Counter[int]]) -> Iterator[str]:
    catch_all = next((rule for rule in rulebook.verdicts if rule.name == CATCH_ALL), None)
    if catch_all is None:
        yield f"rules: no verdict rule is named {CATCH_ALL!r}: some situations have no verdict"
    for key, counts in walked.items():
        if not counts[0]:
            continue
        known = dict(zip(_SHOWN, key, strict=True))
        told = ", ".join(f"{name} {value}" for name, value in known.items())
        if catch_all is None:
            yield f"rules: no verdict: {told} ({counts[0]} situations)"
        elif any(
            known[name] not in catch_all.when[name] for name in _SHOWN if name in catch_all.when
        ):
            yield f"{catch_all.location}: rule {catch_all.code} may not catch this: {told}"


def caught(rulebook: Rulebook) -> dict[tuple[str, ...], int]:
    """Answer what falls to the catch-all: direction, evidence, result, role, and how often."""
    rules = tuple(rule for rule in rulebook.verdicts if rule.name != CATCH_ALL)
    return {key: counts[0] for key, counts in walk(rules).items() if counts[0]}


def walk(rules: tuple[VerdictRule, ...]) -> dict[tuple[str, ...], Counter[int]]:
    """Answer, for each direction, evidence, result and role, which sets of rules hold how often.

    A set is a bit mask over `rules`. Fields that do not limit each other are folded in one by one,
    so that millions of combinations cost as many steps as there are distinct sets.
    """
    masks = {
        name: {str(value): _mask(rules, name, str(value)) for value in kind}
        for name, kind in FIELDS.items()
    }
    free = [name for name in FIELDS if name not in {*_BOUND, "direction", "kind", "form"}]
    folded = Counter({(1 << len(rules)) - 1: 1})
    for name in free:
        folded = _fold(folded, tuple(masks[name].values()))
    found: dict[tuple[str, ...], Counter[int]] = {}
    for direction in masks["direction"]:
        said = tuple(masks["kind"][kind] & masks["form"][form] for kind, form in _said(direction))
        spoken = _fold(folded, said)
        held: dict[int, Counter[int]] = {}  # few of the masks differ
        for bound in _possible():
            values = {"direction": direction, **bound}
            mask = reduce(int.__and__, (masks[name][value] for name, value in values.items()))
            if mask not in held:
                held[mask] = _fold(spoken, (mask,))
            found.setdefault(tuple(values[name] for name in _SHOWN), Counter()).update(held[mask])
    return found


def _fold(counts: Counter[int], masks: tuple[int, ...]) -> Counter[int]:
    folded: Counter[int] = Counter()
    for (mask, count), other in product(counts.items(), masks):
        folded[mask & other] += count
    return folded


def _mask(rules: tuple[VerdictRule, ...], name: str, value: str) -> int:
    return sum(1 << at for at, rule in enumerate(rules) if _holds(rule, name, value))


def _holds(rule: VerdictRule, name: str, value: str) -> bool:
    if name == "kind" and not is_of(rule, ClaimKind(value)):
        return False
    return name not in rule.when or value in rule.when[name]


def _said(direction: str) -> Iterator[tuple[ClaimKind, Form]]:
    """Answer what a claim of this direction can be about, and make of it."""
    yield ClaimKind.QUESTION, Form.PLAIN
    for kind, form in product((ClaimKind.EFFICACY, ClaimKind.SAFETY), Form):
        if form in {Form.SAFE, Form.TOLERATED} and kind is not ClaimKind.SAFETY:
            continue
        denied = direction == Direction.NO_EFFECT and kind is ClaimKind.EFFICACY
        if form in {Form.SLIGHT, Form.UNPROVEN} and not denied:
            continue
        yield kind, form


def _possible() -> Iterator[dict[str, str]]:
    """Answer the combinations of bound fields that can come about."""
    for values in product(*(FIELDS[name] for name in _BOUND)):
        evidence, result, role, primary, trial_primary, told = values
        answered = evidence in _ANSWERS
        blanks = (result is Result.NONE, role is ResultRole.NONE)
        if answered in blanks:
            continue
        blank = (Primary.UNKNOWN, Primary.UNKNOWN, Told.NOTHING)
        if not answered and (primary, trial_primary, told) != blank:
            continue
        if role is ResultRole.PRIMARY and Primary.UNKNOWN in {primary, trial_primary}:
            continue
        # The claim's own primary outcome is one of the study's.
        if primary is Primary.MET and trial_primary is not Primary.MET:
            continue
        if primary is Primary.MISSED and trial_primary is Primary.UNKNOWN:
            continue
        yield dict(zip(_BOUND, map(str, values), strict=True))


def _worst(rules: tuple[VerdictRule, ...], mask: int) -> int:
    held = [at for at in range(len(rules)) if mask >> at & 1]
    return min(held, key=lambda at: severity(rules[at]))
