"""What is to be said of a claim that a trial report makes of itself?

Its primary outcome decides: where that failed, whatever else the title or the conclusion sells is
an overstatement (Boutron 2010), unless its words tell the result's role beside the failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction, DisclosureKind, DisclosureReach, Wording
from claimcheck.model.trial import Basis, Comparison, FindingKind, OutcomeKind, Role
from claimcheck.model.verdict import (
    Confidence,
    Evidence,
    Issue,
    Level,
    Match,
    Reason,
    Scores,
    Verdict,
    VerdictKind,
)
from claimcheck.trials.report.link import PRESUMED
from claimcheck.verdict.explain import describe_outcome
from claimcheck.verdict.judge import row_verdict
from claimcheck.verdict.reading import result_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.rulebook.types import Rulebook, VerdictRule

_CHANGED = {FindingKind.IMPROVED, FindingKind.DIFFERS, FindingKind.WORSENED}
# What is an overstatement of its own wherever no test bears it out.
_UNTESTED = {Reason.EQUIVALENCE_FROM_NULL, Reason.TREND, Reason.WITHIN_GROUP}
_BY_WORDING = (
    (Wording.EQUIVALENCE, Reason.EQUIVALENCE_FROM_NULL),
    (Wording.TREND, Reason.TREND),
    (Wording.SUBGROUP, Reason.SUBGROUP),
    (Wording.WITHIN_GROUP, Reason.WITHIN_GROUP),
)
_TOLD = {
    DisclosureKind.SECONDARY,
    DisclosureKind.SUBGROUP,
    DisclosureKind.EXPLORATORY,
    DisclosureKind.NOT_SIGNIFICANT,
}
_FAILED = {DisclosureKind.NULL_PRIMARY, DisclosureKind.NULL_OUTCOME}


class OwnPrimary(StrEnum):
    """What a report's prose tells of its own primary outcome."""

    MISSED = "missed"
    MET = "met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Own:
    """A report's own results: how the primary outcome ended, known by which outcomes, and why."""

    primary: OwnPrimary
    deciding: tuple[Outcome, ...]
    because: str


def own_results(trial: Trial) -> Own:
    """Answer how a report's primary outcome ended.

    Where its prose names no primary outcome, or tells no result of it, what it tells of the others
    decides: as many that did not differ as did.
    """
    told = [
        outcome
        for outcome in trial.outcomes
        if outcome.kind is not OutcomeKind.SAFETY
        and outcome.finding.kind is not FindingKind.NOT_REPORTED
    ]
    primary = [outcome for outcome in told if outcome.role is Role.PRIMARY]
    met = tuple(o for o in primary if o.finding.kind is not FindingKind.NO_DIFFERENCE)
    if met:
        return Own(OwnPrimary.MET, met, _named(met))
    if primary:
        return Own(OwnPrimary.MISSED, tuple(primary), _named(primary))
    unnamed = [o for o in told if o.role is Role.UNKNOWN]
    main = [o for o in unnamed if o.note == PRESUMED] or unnamed
    null = [o for o in main if o.finding.kind is FindingKind.NO_DIFFERENCE]
    changed = [o for o in main if o.finding.kind in _CHANGED]
    if null and len(null) >= len(changed):
        return Own(OwnPrimary.MISSED, tuple(null), f"no primary outcome is named; {_named(null)}")
    return Own(OwnPrimary.UNKNOWN, tuple(told), "the report does not tell its primary outcome")


def _named(outcomes: Iterable[Outcome]) -> str:
    return "; ".join(describe_outcome(outcome) for outcome in outcomes)


def judge_own(claim: Claim, own: Own, trial: Trial, rulebook: Rulebook) -> Verdict:
    """Answer what a report's own results say of a claim in its title or conclusion."""
    if own.primary is OwnPrimary.MISSED and claim.direction is Direction.BENEFIT:
        if not _role_told(claim):
            return _overstated(claim, own, trial, rulebook)
        return _plain(claim, own, trial, VerdictKind.SUPPORTED, Reason.NONE)
    untested = _reason(claim, own) in _UNTESTED and not _tested(trial)
    unshown = untested or not _shows_a_difference(trial)
    if own.primary is OwnPrimary.UNKNOWN and unshown and claim.direction is Direction.BENEFIT:
        return _overstated(claim, own, trial, rulebook)
    if own.primary is OwnPrimary.UNKNOWN:
        return _plain(claim, own, trial, VerdictKind.NO_EVIDENCE, Reason.UNSETTLED)
    return _plain(claim, own, trial, VerdictKind.SUPPORTED, Reason.NONE)


def _tested(trial: Trial) -> bool:
    """Tell whether the report tested for equivalence or non-inferiority."""
    return any(o.finding.kind is FindingKind.NON_INFERIOR for o in trial.outcomes)


def _shows_a_difference(trial: Trial) -> bool:
    """Tell whether any result of the report is a significant difference between groups."""
    return any(
        analysis.finding.kind in _CHANGED and analysis.comparison is Comparison.BETWEEN_GROUP
        for outcome in trial.outcomes
        for analysis in outcome.analyses
    )


def _role_told(claim: Claim) -> bool:
    """Tell whether the claim's own sentence says what part its result played, and what failed."""
    near = {d.kind for d in claim.disclosures if d.reach is DisclosureReach.SENTENCE}
    failed = {d.kind for d in claim.disclosures} & _FAILED
    return bool(near & _TOLD) and bool(failed)


def _reason(claim: Claim, own: Own) -> Reason:
    for wording, reason in _BY_WORDING:
        if wording in claim.wording:
            return reason
    if own.primary is OwnPrimary.UNKNOWN:
        return Reason.NULL_RESULT
    failed = {outcome.concept for outcome in own.deciding}
    other = claim.outcome is not None and claim.outcome.concept not in failed
    return Reason.SECONDARY_ONLY if other else Reason.NEGATIVE_PRIMARY


def _rule(reason: Reason, rulebook: Rulebook) -> VerdictRule:
    rules = [r for r in rulebook.verdicts if r.verdict is VerdictKind.OVERSTATED]
    fitting = [rule for rule in rules if rule.reason is reason]
    return (fitting or rules)[0]


def _overstated(claim: Claim, own: Own, trial: Trial, rulebook: Rulebook) -> Verdict:
    reason = _reason(claim, own)
    rule = _rule(reason, rulebook)
    failed = own.primary is OwnPrimary.MISSED
    because = (
        f"the report's own primary outcome failed: {own.because}"
        if failed
        else f"{own.because}, and no result that carries this"
    )
    advice = "Say in the same sentence that the primary outcome showed no significant difference."
    issue = Issue(rule.code, reason, rule.level or Level.WARNING, because, advice)
    return Verdict(
        claim,
        VerdictKind.OVERSTATED,
        rule.code,
        reason,
        because,
        advice,
        _confidence(own),
        issues=(issue,),
        evidence=_evidence(claim, own, trial),
        trace=(f"own primary outcome {own.primary}: {own.because}", f"reason {reason}"),
    )


def _plain(claim: Claim, own: Own, trial: Trial, verdict: VerdictKind, reason: Reason) -> Verdict:
    return Verdict(
        claim,
        verdict,
        "own",
        reason,
        own.because,
        "",
        _confidence(own),
        evidence=_evidence(claim, own, trial),
        trace=(f"own primary outcome {own.primary}: {own.because}",),
    )


def _confidence(own: Own) -> Confidence:
    named = bool(own.deciding) and all(o.role is Role.PRIMARY for o in own.deciding)
    if named and all(o.finding.basis is Basis.REPORTED for o in own.deciding):
        return Confidence.HIGH
    return Confidence.MEDIUM if named else Confidence.LOW


def _evidence(claim: Claim, own: Own, trial: Trial) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            Match(trial, outcome, Scores(1.0, 1.0, 1.0), because="the report itself"),
            row_verdict(claim.direction, result_of(outcome)),
            describe_outcome(outcome),
            outcome.analysis,
        )
        for outcome in own.deciding
    )
