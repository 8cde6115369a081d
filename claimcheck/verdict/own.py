"""How did a trial report's own primary outcome end, by what its prose tells?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.model.trial import Comparison, DesignType, FindingKind, OutcomeKind, Role
from claimcheck.trials.report.link import PRESUMED
from claimcheck.verdict.explain import describe_outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.claim import Claim
    from claimcheck.model.imported import ReadReport
    from claimcheck.model.trial import Outcome, Trial

CHANGED = frozenset({FindingKind.IMPROVED, FindingKind.DIFFERS, FindingKind.WORSENED})


class OwnPrimary(StrEnum):
    """What a report's prose tells of its own primary outcome."""

    MISSED = "missed"
    MET = "met"
    MIXED = "mixed"  # one of several was met, another missed
    SWEPT = "swept"  # not asked: the claim speaks of all outcomes, and one of them did not differ
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Own:
    """A report's own results: how the primary outcome ended, known by which outcomes, and why.

    `null` names those of the deciding outcomes that did not differ. `shows_nothing` says that some
    results are told not to differ between groups, and none to differ significantly; `equivalence`
    that it was tested for.
    """

    primary: OwnPrimary
    deciding: tuple[Outcome, ...]
    null: tuple[Outcome, ...]
    because: str
    shows_nothing: bool = False
    equivalence: bool = False

    @property
    def named(self) -> bool:
        """Whether the report names what decides as its primary outcome."""
        return any(outcome.role is Role.PRIMARY for outcome in self.deciding)


def own_results(
    read: ReadReport, *, admitted: Claim | None = None, equivalence: bool = False
) -> Own:
    """Answer how a report's primary outcome ended.

    Where its prose names no primary outcome, or tells no result of it, what it tells of the others
    decides: the first of them, or as many that did not differ as did. `admitted` is the claim of no
    effect that its conclusion opens with; it decides where the results tell nothing. `equivalence`
    says that the report planned to test for it.
    """
    equivalence = equivalence or _tested(read.trial)
    return replace(_ended(read, admitted, equivalence=equivalence), equivalence=equivalence)


def _ended(read: ReadReport, admitted: Claim | None, *, equivalence: bool) -> Own:
    trial = read.trial
    told = _told(trial)
    primary = [outcome for outcome in told if outcome.role is Role.PRIMARY]
    if primary:
        return _of_named(primary)
    unnamed = [o for o in told if o.role is Role.UNKNOWN]
    main = [o for o in unnamed if o.note == PRESUMED] or unnamed
    null = [o for o in main if _is_mostly_null(o)]
    changed = [o for o in main if o not in null and o.finding.kind in CHANGED]
    # What a report tells first is what it set out to find.
    leads = unnamed[:1] if unnamed and _is_null(unnamed[0]) else []
    if leads or (null and len(null) >= len(changed)):
        deciding = tuple(null or leads)
        missed = _named(map(_where_null, deciding))
        because = f"the report names no primary outcome, and did not find this: {missed}"
        return Own(OwnPrimary.MISSED, deciding, deciding, because)
    if admitted is not None and not equivalence:
        because = f"its conclusion opens with it: {admitted.text}"
        return Own(OwnPrimary.MISSED, (), (), because)
    because = "the report does not tell its primary outcome"
    return Own(OwnPrimary.UNKNOWN, tuple(told), (), because, shows_nothing=not _may_show(read))


def _of_named(primary: list[Outcome]) -> Own:
    null = tuple(o for o in primary if _is_null(o))
    if not null:
        return Own(OwnPrimary.MET, tuple(primary), null, _named(primary))
    if len(null) == len(primary):
        return Own(OwnPrimary.MISSED, null, null, _named(null))
    return Own(OwnPrimary.MIXED, tuple(primary), null, _named(primary))


def not_all(trial: Trial) -> Own | None:
    """Answer what refutes a claim on all outcomes: those that did not differ, if there are any."""
    null = tuple(o for o in _told(trial) if _is_null(o))
    return Own(OwnPrimary.SWEPT, null, null, _named(null)) if null else None


def _told(trial: Trial) -> list[Outcome]:
    return [o for o in trial.outcomes if o.kind is not OutcomeKind.SAFETY and _compares(o)]


def _tested(trial: Trial) -> bool:
    return any(o.finding.kind is FindingKind.NON_INFERIOR for o in trial.outcomes)


def _may_show(read: ReadReport) -> bool:
    outcomes = read.trial.outcomes
    randomized = read.trial.design.type in (DesignType.RANDOMIZED, DesignType.CROSSOVER)
    if not randomized or not any(_compares(outcome) for outcome in outcomes):
        return True  # what was not read says nothing
    return any(
        analysis.finding.kind in CHANGED and analysis.comparison is Comparison.BETWEEN_GROUP
        for place in read.outcomes
        if place.tested
        for analysis in outcomes[place.index].analyses
    )


def _is_null(outcome: Outcome) -> bool:
    return outcome.finding.kind is FindingKind.NO_DIFFERENCE


def _is_mostly_null(outcome: Outcome) -> bool:
    """Tell whether as many comparisons of an outcome found no difference as found one."""
    between = [
        analysis.finding.kind
        for analysis in outcome.analyses
        if analysis.comparison is Comparison.BETWEEN_GROUP
    ]
    nulls = between.count(FindingKind.NO_DIFFERENCE)
    return nulls > 0 and nulls * 2 >= len(between)


def _where_null(outcome: Outcome) -> Outcome:
    """Answer an outcome with the comparison first that found no difference."""
    null = [a for a in outcome.analyses if a.finding.kind is FindingKind.NO_DIFFERENCE]
    return replace(outcome, analyses=(*null, *(a for a in outcome.analyses if a not in null)))


def _compares(outcome: Outcome) -> bool:
    """Tell whether the report compares the groups on an outcome, whatever it tells of each."""
    between = outcome.analysis.comparison is Comparison.BETWEEN_GROUP
    return between and outcome.finding.kind is not FindingKind.NOT_REPORTED


def _named(outcomes: Iterable[Outcome]) -> str:
    return "; ".join(describe_outcome(outcome) for outcome in outcomes)
