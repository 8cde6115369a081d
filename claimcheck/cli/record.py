"""A trial record as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.as_dict import trial_url
from claimcheck.model.trial import Role
from claimcheck.reports.words import (
    FINDINGS,
    clean,
    numbers,
    outcome_name,
    role_name,
    trial_design,
)
from claimcheck.trials.join import is_switched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.trial import Named, Outcome, Trial

_REGISTERED = {
    Role.SECONDARY: "primary in the report, secondary in the registry",
    Role.EXPLORATORY: "primary in the report, exploratory in the registry",
    Role.SUBGROUP: "primary in the report, a subgroup in the registry",
    Role.UNKNOWN: "primary in the report, not named in the registry",
}


def trial_lines(trial: Trial) -> Iterator[str]:
    """Answer what was done in a trial, in whom, and what came of it, line by line."""
    yield clean(trial.title)
    yield f"id             {trial.id}"
    if design := trial_design(trial):
        yield f"design         {design}" + (f", {trial.year}" if trial.year else "")
    for name, known in (
        ("conditions", trial.conditions),
        ("interventions", trial.interventions),
        ("comparators", trial.comparators),
    ):
        if known:
            yield f"{name:<15}{', '.join(_named(one) for one in known)}"
    for link in dict.fromkeys((trial_url(trial), *trial.source)):
        if link:
            yield f"source         {clean(link)}"
    yield "outcomes"
    for outcome in trial.outcomes:
        yield from _outcome(outcome)


def _outcome(outcome: Outcome) -> Iterator[str]:
    for analysis in outcome.analyses:
        told = numbers(analysis)
        yield (
            f"  {role_name(outcome)}: {outcome_name(outcome)}"
            f"{f', {told}' if told else ''}: {FINDINGS[analysis.finding.kind]}"
        )
        yield f"      because {clean(analysis.finding.because)} ({analysis.finding.basis})"
    if outcome.registered_role and is_switched(outcome):
        yield f"      outcome-switched: {_REGISTERED[outcome.registered_role]}"
    elif outcome.registered_role is Role.PRIMARY:
        yield "      the primary outcome that was registered"
    if outcome.note:
        yield f"      {clean(outcome.note)}"


def _named(one: Named) -> str:
    others = f" ({', '.join(map(clean, one.aliases))})" if one.aliases else ""
    return clean(one.name) + others
