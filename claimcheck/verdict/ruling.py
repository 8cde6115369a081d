"""Which of the rules hold in a situation?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck.errors import RuleError
from claimcheck.model.claim import ClaimKind
from claimcheck.model.verdict import Level, VerdictKind
from claimcheck.verdict.situation import situation_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimcheck.rulebook.types import VerdictRule
    from claimcheck.verdict.situation import Situation

CATCH_ALL = "catch-all"
_KEPT = 4_096  # situations whose ruling is kept; a long draft has some hundred of them
_LEVELS = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2, None: 3}
_KINDS = {
    VerdictKind.CONTRADICTED: 0,
    VerdictKind.OVERSTATED: 1,
    VerdictKind.NO_EVIDENCE: 2,
    VerdictKind.SUPPORTED: 3,
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules that hold in a situation, worst first, one at least; and how a trace tells it."""

    rules: tuple[VerdictRule, ...]
    trace: tuple[str, ...]


class Rulings:
    """What the rules say of each situation: many claims stand in the same."""

    def __init__(self, rules: Iterable[VerdictRule]) -> None:
        """Take the rules, in the order of their files."""
        self._rules = tuple(rules)
        self._known = lru_cache(_KEPT)(self._rule)

    def of(self, situation: Situation) -> Ruling:
        """Answer which rules hold in a situation.

        Raises RuleError where no rule fits and none is a catch-all.
        """
        return self._known(situation)

    def _rule(self, situation: Situation) -> Ruling:
        rules = fitting(situation, self._rules)
        if not rules:
            message = f"no verdict rule fits, and none is named {CATCH_ALL!r} to catch the rest"
            raise RuleError(message)
        values = ", ".join(f"{k} {v}" for k, v in situation_values(situation).items())
        held = ", ".join(f"{rule.code} {rule.name}" for rule in rules)
        return Ruling(rules, (f"situation: {values}", f"rules that fit: {held}"))


def fitting(situation: Situation, rules: tuple[VerdictRule, ...]) -> tuple[VerdictRule, ...]:
    """Answer the rules that hold, worst first; the catch-all alone where no other does."""
    values = situation_values(situation)
    able = [rule for rule in rules if rule.name != CATCH_ALL and is_of(rule, situation.kind)]
    held = [rule for rule in able if fits(rule, values)]
    held = held or [rule for rule in rules if rule.name == CATCH_ALL]
    return tuple(sorted(held, key=severity))


def fits(rule: VerdictRule, values: Mapping[str, str]) -> bool:
    """Tell whether a rule's `when` holds in a situation."""
    for field, wanted in rule.when.items():  # noqa: SIM110  (all() takes twice as long)
        if values[field] not in wanted:
            return False
    return True


def is_of(rule: VerdictRule, kind: ClaimKind) -> bool:
    """Tell whether a rule is for this kind of claim; for what asserts nothing, if it names it."""
    return "kind" in rule.when or kind is not ClaimKind.QUESTION


def severity(rule: VerdictRule) -> tuple[int, int, str]:
    """Answer a sort key that puts the worst rule first.

    What is only noted beside a claim that is carried does not decide.
    """
    level = _LEVELS[rule.level]
    return (
        _KINDS[rule.verdict],
        -level if rule.verdict is VerdictKind.SUPPORTED else level,
        rule.code,
    )
