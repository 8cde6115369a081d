"""A Trial in the record format, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.trial import (
    Basis,
    Comparison,
    FindingKind,
    Hypothesis,
    OutcomeKind,
    Role,
    Scale,
)
from claimcheck.trials.numbers import scale_of

if TYPE_CHECKING:
    from claimcheck.model.trial import Analysis, ArmValue, Named, Outcome, Publication, Trial


def trial_to_record(trial: Trial) -> dict[str, Any]:
    """Answer the record that tells of a trial: the format's keys in order, nothing unknown."""
    known = trial.identifiers
    return _present(
        {
            "id": trial.id,
            "title": trial.title,
            "identifiers": _fields(known, "pmid", "doi", "nct", "isrctn", "pmcid"),
            "source": list(trial.source),
            "year": trial.year,
            "status": trial.status,
            "design": _present(
                {
                    "type": trial.design.type.value,
                    "blinding": trial.design.blinding,
                    "control": trial.design.control,
                    "phase": trial.design.phase,
                    "enrolled": trial.design.enrolled,
                }
            ),
            "population": _fields(trial.population, "age", "sex", "description"),
            "conditions": [_named(one) for one in trial.conditions],
            "interventions": [_named(one) for one in trial.interventions],
            "comparators": [_named(one) for one in trial.comparators],
            "arms": [_fields(arm, "id", "name", "dose", "role", "n") for arm in trial.arms],
            "outcomes": [_outcome(outcome) for outcome in trial.outcomes],
            "publications": [_publication(one) for one in trial.publications],
        }
    )


def _publication(publication: Publication) -> dict[str, Any]:
    return {**_fields(publication, "pmid", "doi"), "results": publication.results}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    analyses = [_analysis(analysis) for analysis in outcome.analyses]
    return _present(
        {
            "name": outcome.name,
            "concept": outcome.concept,
            "kind": None if outcome.kind is OutcomeKind.EFFICACY else outcome.kind.value,
            "role": None if outcome.role is Role.UNKNOWN else outcome.role.value,
            "registered_role": outcome.registered_role and outcome.registered_role.value,
            "timepoint": outcome.timepoint,
            "better": outcome.better.value,
            "components": list(outcome.components),
            "subgroup": outcome.subgroup and _fields(outcome.subgroup, "name", "prespecified"),
            **(analyses[0] if len(analyses) == 1 else {"analyses": analyses}),
            "note": outcome.note,
        }
    )


def _analysis(analysis: Analysis) -> dict[str, Any]:
    within = analysis.comparison is Comparison.WITHIN_GROUP
    superiority = analysis.hypothesis is Hypothesis.SUPERIORITY
    bare = analysis.finding.kind is FindingKind.NOT_REPORTED and not (analysis.p or analysis.ci)
    reported = bare or analysis.finding.basis is Basis.REPORTED
    return _present(
        {
            "groups": list(analysis.groups),
            "comparison": analysis.comparison.value if within else None,
            "population": analysis.population,
            "hypothesis": None if superiority else analysis.hypothesis.value,
            "margin": _plain(analysis.margin),
            "measure": analysis.measure,
            "scale": None if _unsaid(analysis) else analysis.scale.value,
            "estimate": _plain(analysis.estimate),
            "ci": [_plain(end) for end in analysis.ci] if analysis.ci else None,
            "ci_level": None if analysis.ci_level == 95 else _plain(analysis.ci_level),  # noqa: PLR2004
            "p": _p(analysis),
            "alpha": None if analysis.alpha == 0.05 else analysis.alpha,  # noqa: PLR2004
            "values": [_value(value) for value in analysis.values],
            "method": analysis.method,
            "finding": analysis.finding.kind.value,
            "basis": None if reported else analysis.finding.basis.value,
        }
    )


def _unsaid(analysis: Analysis) -> bool:
    """Tell whether a scale need not be written: unknown, and its measure's name tells none."""
    return analysis.scale is Scale.UNKNOWN and scale_of(analysis.measure) is Scale.UNKNOWN


def _p(analysis: Analysis) -> float | str | None:
    p = analysis.p
    if p is None:
        return None
    return p.value if p.sign == "=" else f"{p.sign}{p.value!r}"


def _plain(number: float | None) -> float | None:
    """Write a whole number without its point."""
    whole = number is not None and number.is_integer() and abs(number) < 1e15  # noqa: PLR2004
    return int(number) if whole and number is not None else number


def _value(value: ArmValue) -> dict[str, Any]:
    known = _fields(value, "arm", "n", "mean", "sd", "median", "events")
    return {
        name: _plain(found) if isinstance(found, float) else found for name, found in known.items()
    }


def _named(named: Named) -> str | dict[str, Any]:
    if not named.aliases and named.concept is None:
        return named.name
    full = {"name": named.name, "aliases": list(named.aliases), "concept": named.concept}
    return _present(full)


def _fields(value: object, *names: str) -> dict[str, Any]:
    return _present({name: getattr(value, name) for name in names})


def _present(mapping: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in mapping.items()
        if value is not None and value not in ([], {}, "")
    }
