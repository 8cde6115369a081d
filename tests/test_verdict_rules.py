from __future__ import annotations

from dataclasses import replace

import pytest

from claimcheck.errors import RuleError
from claimcheck.verdict import Rulings, judge, situation_fields
from claimcheck.verdict.examples import test_rules
from claimcheck.verdict.lint import caught, lint_rules
from claimcheck.verdict.ruling import CATCH_ALL, fitting
from claimcheck.verdict.situation import Situation, situation_from, situation_values
from tests.judgement_factory import a_claim, a_trial, an_outcome, lay, rulebook

test_rules.__test__ = False  # the program's own function, no test of this file

RULES = rulebook().verdicts


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_fires_on_its_examples_and_on_no_other(rule):
    for example in rule.match:
        assert rule in fitting(situation_from(example.situation), RULES)
    for example in rule.no_match:
        assert rule not in fitting(situation_from(example.situation), RULES)


def test_the_bundled_rules_have_no_fault():
    assert test_rules(rulebook()) == []
    assert lint_rules(rulebook()) == []


def test_a_rule_that_does_not_fire_on_its_example_is_named():
    broken = replace(RULES[0], when={"direction": ("harm",)})
    faults = test_rules(replace(rulebook(), verdicts=(broken, *RULES[1:])))
    assert any(broken.code in fault and "should fire" in fault for fault in faults)


def test_an_unknown_slot_is_named():
    broken = replace(RULES[0], because="{resutl}")
    faults = test_rules(replace(rulebook(), verdicts=(broken, *RULES[1:])))
    assert any("resutl" in fault for fault in faults)


def test_a_rule_that_can_never_fire_is_named():
    dead = replace(
        RULES[0], code="CC099", when={"evidence": ("not-measured",), "result": ("null",)}
    )
    assert any("CC099" in line for line in lint_rules(replace(rulebook(), verdicts=(*RULES, dead))))


def test_a_rule_that_never_decides_is_named():
    weaker = replace(RULES[0], code="CC099", level=None, when={"evidence": ("not-measured",)})
    lines = lint_rules(replace(rulebook(), verdicts=(*RULES, weaker)))
    assert any("CC099" in line and "never decides" in line for line in lines)


def test_the_catch_all_says_what_it_may_catch():
    (catch_all,) = (rule for rule in RULES if rule.name == CATCH_ALL)
    narrow = replace(catch_all, when={"evidence": ("mixed",)})
    others = tuple(rule for rule in RULES if rule is not catch_all)
    lines = lint_rules(replace(rulebook(), verdicts=(*others, narrow)))
    assert any("may not catch" in line for line in lines)


def test_no_benefit_beside_a_null_result_falls_to_the_catch_all():
    for direction, evidence, result, _ in caught(rulebook()):
        assert (direction, evidence, result) != ("benefit", "settled", "null")


def test_a_situation_goes_to_words_and_back():
    values = situation_values(Situation())
    assert situation_from(values) == Situation()
    assert all(value in situation_fields()[name] for name, value in values.items())


def test_without_a_catch_all_the_rules_are_called_wrong():
    claim = a_claim("It relieves fatigue.", outcome="fatigue")
    matches = lay(claim, a_trial(outcomes=[an_outcome()]))
    with pytest.raises(RuleError, match="catch-all"):
        judge(claim, matches, Rulings(()))


@pytest.mark.parametrize("template", ["{nonsense}", "{", "{}", "{0}", "100 %", "{result"])
def test_no_template_of_a_user_s_rule_can_crash(template):
    claim = a_claim("It relieves fatigue.", outcome="fatigue")
    matches = lay(claim, a_trial(outcomes=[an_outcome()]))
    rules = tuple(replace(rule, because=template) for rule in RULES)
    assert judge(claim, matches, Rulings(rules)).because == template
