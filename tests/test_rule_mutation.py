"""Is every verdict rule needed? Each is taken away in turn, and something must be judged worse."""

from __future__ import annotations

import pytest

from claimcheck.verdict.ruling import fitting
from claimcheck.verdict.situation import situation_from
from tests.judgement_factory import rulebook

RULES = rulebook().verdicts


def told(situation, rules):
    """What a reader is told: the verdict, its reason and level, and the reasons of all issues."""
    held = fitting(situation, rules)
    first = held[0]
    issues = {rule.reason for rule in held if rule.level is not None}
    return first.verdict, first.reason, first.level, first.because, issues


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_without_the_rule_an_example_is_judged_otherwise(rule):
    others = tuple(one for one in RULES if one is not rule)
    changed = []
    for example in rule.match:
        situation = situation_from(example.situation)
        left = told(situation, others) if fitting(situation, others) else None
        changed.append(told(situation, RULES) != left)
    assert any(changed)
