"""One trial from two tellings: what the registry has of it, and what its report says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.model.trial import (
    Design,
    DesignType,
    FindingKind,
    Identifiers,
    Population,
    Role,
    Trial,
)
from claimcheck.trials.index import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claimcheck.model.trial import Analysis, Arm, Outcome

# The trial as the registry has it, then as the report tells it, to one trial.
Join = Callable[[Trial, Trial], Trial]
# How alike two phrases for an outcome are, from 0 to 1.
Similar = Callable[[str, str], float]

_UNDATED = 9999  # a year after all others
SAME = 0.5  # likeness from which two phrases name one outcome (as terms.SAME_OUTCOME)
ANOTHER = 0.25  # likeness below which they surely do not
_STATUS = ("retracted", "corrected", "terminated")  # the gravest first


def is_registered(trial: Trial) -> bool:
    """Tell whether a trial is a registry's own record, which goes by its registry number."""
    nct = trial.identifiers.nct
    return nct is not None and trial.id.upper() == nct.upper()


def belongs(report: Trial, registered: Trial) -> bool:
    """Tell whether a report tells of a trial that the registry has."""
    if is_registered(report) or not is_registered(registered):
        return False
    nct = report.identifiers.nct
    return is_marked(report, registered) or (
        nct is not None and nct.upper() == (registered.identifiers.nct or "").upper()
    )


def is_marked(report: Trial, registered: Trial) -> bool:
    """Tell whether the registry marks a report as one of the trial's results."""
    known = report.identifiers
    return any(
        (known.pmid and one.pmid == known.pmid)
        or (known.doi and one.doi and normalise("doi", one.doi) == normalise("doi", known.doi))
        for one in registered.publications
        if one.results
    )


def reports_of(trials: Mapping[int, Trial]) -> dict[int, int]:
    """Answer which of these trials are reports of which others, by their keys.

    Of several reports of a trial the one counts that the registry marks as its results, then the
    earliest; a report of several trials belongs to none.
    """
    wholes = [key for key, trial in trials.items() if is_registered(trial)]
    found: dict[int, list[int]] = {}
    for key, trial in trials.items():
        told = [whole for whole in wholes if belongs(trial, trials[whole])]
        if len(told) == 1:
            found.setdefault(told[0], []).append(key)
    return {
        min((_preference(trials[key], trials[whole]), key) for key in group)[1]: whole
        for whole, group in found.items()
    }


def join_all(trials: Iterable[Trial], join: Join) -> tuple[Trial, ...]:
    """Answer these trials, each once: by id, and with their reports joined in."""
    by_id = {trial.id: trial for trial in trials}
    keyed = dict(enumerate(by_id.values()))
    reports = reports_of(keyed)
    for report, whole in reports.items():
        keyed[whole] = join(keyed[whole], keyed[report])
    return tuple(trial for key, trial in keyed.items() if key not in reports)


def _preference(report: Trial, whole: Trial) -> tuple[bool, int, str]:
    return not is_marked(report, whole), report.year or _UNDATED, report.id


def join_unread(registered: Trial, report: Trial) -> Trial:
    """Join a trial's two tellings where no outcome is known to be called by another name."""
    return join(registered, report, lambda a, b: float(a.casefold() == b.casefold()))


def join(registered: Trial, report: Trial, similar: Similar) -> Trial:
    """Answer one trial from the registry's record and its report.

    The registry's word stands on what was planned, and its figures where it has any; the report
    adds what the registry lacks. A primary outcome of the report that the registry has in another
    role, or nowhere, carries `registered_role`; so do the registry's primary ones then.
    """
    arms, renamed = _join_arms(registered, report)
    outcomes = _join_outcomes(registered, report, renamed, similar)
    ours, theirs = registered.identifiers, report.identifiers
    return replace(
        registered,
        identifiers=Identifiers(
            pmid=theirs.pmid or ours.pmid,
            doi=theirs.doi or ours.doi,
            nct=ours.nct,
            isrctn=ours.isrctn or theirs.isrctn,
            pmcid=theirs.pmcid or ours.pmcid,
        ),
        source=tuple(dict.fromkeys((*registered.source, *report.source))),
        year=report.year or registered.year,
        status=next((one for one in _STATUS if one in {registered.status, report.status}), None),
        design=_join_design(registered.design, report.design),
        population=_join_population(registered.population, report.population),
        conditions=registered.conditions or report.conditions,
        interventions=registered.interventions or report.interventions,
        comparators=registered.comparators or report.comparators,
        arms=arms,
        outcomes=tuple(outcomes),
    )


def is_switched(outcome: Outcome) -> bool:
    """Tell whether a report calls an outcome primary that the registry does not."""
    return outcome.role is Role.PRIMARY and outcome.registered_role not in {None, Role.PRIMARY}


def _join_design(ours: Design, theirs: Design) -> Design:
    return Design(
        type=theirs.type if ours.type is DesignType.UNKNOWN else ours.type,
        blinding=theirs.blinding if ours.blinding == "unknown" else ours.blinding,
        control=theirs.control if ours.control == "unknown" else ours.control,
        phase=ours.phase or theirs.phase,
        enrolled=ours.enrolled if ours.enrolled is not None else theirs.enrolled,
    )


def _join_population(ours: Population, theirs: Population) -> Population:
    return Population(
        ours.age or theirs.age, ours.sex or theirs.sex, ours.description or theirs.description
    )


def _join_arms(registered: Trial, report: Trial) -> tuple[tuple[Arm, ...], dict[str, str]]:
    """Answer the arms of both, and what the report's are called now; one name is one arm."""
    if not registered.arms and not report.arms:
        return (), {}
    arms = list(registered.arms)
    by_name = {arm.name.casefold(): arm.id for arm in arms}
    taken = {arm.id for arm in arms}
    renamed: dict[str, str] = {}
    for arm in report.arms:
        if (known := by_name.get(arm.name.casefold())) is not None:
            renamed[arm.id] = known
            continue
        fresh = arm.id if arm.id not in taken else f"{arm.id}-report"
        while fresh in taken:
            fresh += "-2"
        taken.add(fresh)
        renamed[arm.id] = fresh
        arms.append(replace(arm, id=fresh))
    return tuple(arms), renamed


def _join_outcomes(
    registered: Trial, report: Trial, renamed: Mapping[str, str], similar: Similar
) -> Iterator[Outcome]:
    pairs = _pair(registered.outcomes, report.outcomes, similar)
    beside: list[Outcome] = []
    switched = False
    told = {at: report.outcomes[other] for other, at in pairs.items()}
    for other, outcome in enumerate(report.outcomes):
        outcome = _renamed(outcome, renamed, bool(registered.arms or report.arms))  # noqa: PLW2901
        if other not in pairs:
            role = _unregistered(outcome, registered.outcomes, similar)
            switched = switched or role is not None
            beside.append(replace(outcome, registered_role=role))
        elif outcome.role is Role.PRIMARY:
            switched = switched or registered.outcomes[pairs[other]].role is not Role.PRIMARY
    for at, outcome in enumerate(registered.outcomes):
        mine = told.get(at)
        joined = outcome
        if mine is not None and not _has_result(outcome):
            mine = _renamed(mine, renamed, bool(registered.arms or report.arms))
            joined = replace(outcome, analyses=mine.analyses)
        if mine is not None and mine.role is Role.PRIMARY and outcome.role is not Role.PRIMARY:
            joined = replace(joined, role=Role.PRIMARY, registered_role=outcome.role)
        elif switched and outcome.role is Role.PRIMARY:
            joined = replace(joined, registered_role=Role.PRIMARY)
        yield joined
    yield from beside


def _pair(
    ours: tuple[Outcome, ...], theirs: tuple[Outcome, ...], similar: Similar
) -> dict[int, int]:
    """Answer which of the registry's outcomes each of the report's is, the surest pairs first."""
    scored = sorted(
        (
            (similar(one.name, other.name), one.role is other.role, -at, -number)
            for at, one in enumerate(ours)
            for number, other in enumerate(theirs)
            if other.subgroup is None
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for score, _, at, number in scored:
        if score >= SAME and -number not in pairs and -at not in pairs.values():
            pairs[-number] = -at
    return pairs


def _unregistered(
    outcome: Outcome, registered: tuple[Outcome, ...], similar: Similar
) -> Role | None:
    """Answer `unknown` for a report's primary outcome that is surely none of the registry's."""
    planned = [one for one in registered if one.role is Role.PRIMARY]
    if outcome.role is not Role.PRIMARY or outcome.subgroup or not planned:
        return None
    # One that is much like a registered one, but not the same by our lights, is not accused.
    if any(similar(one.name, outcome.name) >= ANOTHER for one in registered):
        return None
    return Role.UNKNOWN


def _has_result(outcome: Outcome) -> bool:
    return any(one.finding.kind is not FindingKind.NOT_REPORTED for one in outcome.analyses)


def _renamed(outcome: Outcome, renamed: Mapping[str, str], known: bool) -> Outcome:  # noqa: FBT001
    return replace(
        outcome, analyses=tuple(_rename(one, renamed, known) for one in outcome.analyses)
    )


def _rename(analysis: Analysis, renamed: Mapping[str, str], known: bool) -> Analysis:  # noqa: FBT001
    """Call a report's arms by their new names; where arms are listed, others cannot be named."""
    groups = tuple(renamed.get(one, one) for one in analysis.groups)
    values = tuple(replace(one, arm=renamed.get(one.arm, one.arm)) for one in analysis.values)
    if known:
        arms = set(renamed.values())
        groups = groups if all(one in arms for one in groups) else ()
        values = tuple(one for one in values if one.arm in arms)
    return replace(analysis, groups=groups, values=values)
