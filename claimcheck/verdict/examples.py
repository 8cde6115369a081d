"""Do the verdict rules fire on their own examples, and hold still on the others?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.verdict.ruling import fitting
from claimcheck.verdict.situation import FIELDS, situation_from
from claimcheck.verdict.slots import SLOTS, slots_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.rulebook.types import Rulebook, RuleExample, VerdictRule


def test_rules(rulebook: Rulebook) -> list[str]:
    """Answer every example that does not hold, a line each; an empty list where all do."""
    return [fault for rule in rulebook.verdicts for fault in _faults(rule, rulebook)]


def _faults(rule: VerdictRule, rulebook: Rulebook) -> Iterator[str]:
    for expected, examples in ((True, rule.match), (False, rule.no_match)):
        for example in examples:
            if fault := _check(rule, example, rulebook, expected=expected):
                yield f"{rule.location}: rule {rule.code}: {example.claim!r}: {fault}"
    for name, template in (("because", rule.because), ("advice", rule.advice)):
        for slot in sorted(slots_of(template) - SLOTS):
            yield f"{rule.location}: rule {rule.code}: {name}: no slot is called {slot!r}"


def _check(
    rule: VerdictRule, example: RuleExample, rulebook: Rulebook, *, expected: bool
) -> str | None:
    for name, value in example.situation.items():
        if name not in FIELDS:
            return f"no field is called {name!r}"
        if value not in set(FIELDS[name]):
            return f"{name} cannot be {value!r}"
    fires = rule in fitting(situation_from(example.situation), rulebook.verdicts)
    if fires == expected:
        return None
    return "the rule should fire and does not" if expected else "the rule fires and should not"
