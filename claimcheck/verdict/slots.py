"""What may the template of a rule name, and what stands there for a claim?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.model.trial import Role
from claimcheck.verdict.explain import NOT_NOTHING, compared_with, describe_result, measured
from claimcheck.verdict.row import is_of_fewer, is_per_protocol
from claimcheck.verdict.suggest import describe_build, describe_study, name_treatment, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Named, Outcome, Trial
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.weigh import Weighed

PRIMARIES_AT_MOST = 3
_SLOT = re.compile(r"\{(\w+)\}")


def slots_of(template: str) -> frozenset[str]:
    """Answer the slots that a template names."""
    return frozenset(_SLOT.findall(template))


def fill(template: str, claim: Claim, weighed: Weighed) -> str:
    """Answer a rule's template with its slots filled; one that has no such slot stays as it is."""

    def filled(found: re.Match[str]) -> str:
        name, deciding = found[1], weighed.deciding
        if name in _OF_CLAIM:
            return _OF_CLAIM[name](claim, weighed)
        if name in _OF_STUDY:
            return _OF_STUDY[name](deciding) if deciding is not None else ""
        return found[0]

    return _SLOT.sub(filled, template).strip()


def _title(_: Claim, weighed: Weighed) -> str:
    return "the evidence" if weighed.deciding is None else weighed.deciding.trial.title


def _primaries(_: Claim, weighed: Weighed) -> str:
    """Answer the primary outcomes that bear on the claim: its own, the trial's, another trial's."""
    first = weighed.answers_for_primary
    if first is None:
        return ""
    others = (one for one in weighed.readings if one is not first)
    found = _primaries_of(first) or [pair for other in others for pair in _primary_rows(other)]
    return "; ".join(describe_result(*pair) for pair in found[:PRIMARIES_AT_MOST])


def _against(_: Claim, weighed: Weighed) -> str:
    """Answer with what the primary outcomes compared, where that is no placebo, after a space."""
    first = weighed.answers_for_primary
    if first is None or first.trial.design.control not in NOT_NOTHING:
        return ""
    told = {compared_with(*pair) for pair in _primaries_of(first)}
    return f" {told.pop()}".rstrip() if len(told) == 1 else ""


def _primaries_of(reading: Reading) -> list[tuple[Trial, Outcome]]:
    return _primary_rows(reading) or [
        (reading.trial, one) for one in reading.trial.outcomes if one.role is Role.PRIMARY
    ]


def _primary_rows(reading: Reading) -> list[tuple[Trial, Outcome]]:
    rows = (row.outcome for row in reading.rows)
    return [(reading.trial, one) for one in rows if one.role is Role.PRIMARY]


def _suggestion(claim: Claim, weighed: Weighed) -> str:
    deciding = weighed.deciding
    sentence = suggest(claim, deciding, weighed.lender) if deciding is not None else ""
    return f"For example: {sentence}" if sentence else ""


def _listed(named: Iterable[Named]) -> str:
    return ", ".join(one.name for one in named)


def _people(deciding: Reading) -> str:
    trial = deciding.trial
    return "; ".join(filter(None, (trial.title, trial.population.description)))


def _weakness(deciding: Reading) -> str:
    """Answer why an exploratory result is a weak one."""
    if deciding.best is None or not is_of_fewer(deciding.best.outcome):
        return "exploratory, not what the study set out to test"
    if is_per_protocol(deciding.best.outcome):
        return "per protocol, which leaves out people who took part"
    return "not of everybody who took part"


_OF_CLAIM: Mapping[str, Callable[[Claim, Weighed], str]] = {
    "intervention": lambda claim, _: name_treatment(claim),
    "outcome": lambda claim, _: claim.outcome.text if claim.outcome else "what it was given for",
    "condition": lambda claim, _: claim.condition.text if claim.condition else "the condition",
    "said": lambda _, weighed: weighed.compared.said,
    "recorded": lambda _, weighed: weighed.compared.recorded,
    "trial": _title,
    "primary": _primaries,
    "against": _against,
    "suggestion": _suggestion,
}
_OF_STUDY: Mapping[str, Callable[[Reading], str]] = {  # of the one that decides, if any
    "result": lambda one: describe_result(one.trial, one.best.outcome) if one.best else "",
    "role": lambda one: one.best.role.value if one.best else "",
    "weakness": _weakness,
    "floor": lambda one: one.best.match.floor if one.best else "",
    "studied": lambda one: _listed(one.trial.conditions),
    "tested": lambda one: _listed(one.trial.interventions),
    "comparators": lambda one: _listed(one.trial.comparators),
    "people": _people,
    "measured": lambda one: measured(one.trial),
    "study": lambda one: describe_study(one.trial),
    "built": lambda one: describe_build(one.trial),
}
SLOTS = frozenset((*_OF_CLAIM, *_OF_STUDY))
