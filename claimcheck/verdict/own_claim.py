"""What is to be said of a claim that a trial report makes of itself?

Its primary outcome decides: where that failed, whatever else the title, the results' wording or the
conclusion sells is an overstatement (Boutron 2010), unless its words tell the result's role beside
the failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction, DisclosureKind, DisclosureReach, Wording
from claimcheck.model.trial import Basis, Comparison, FindingKind, Role
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
from claimcheck.reading.sections import Part
from claimcheck.verdict.explain import describe_outcome
from claimcheck.verdict.judge import row_verdict
from claimcheck.verdict.own import CHANGED, OwnPrimary, not_all
from claimcheck.verdict.row import result_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claimcheck.model.claim import Claim
    from claimcheck.model.trial import Outcome, Trial
    from claimcheck.rulebook.types import Rulebook, VerdictRule
    from claimcheck.verdict.own import Own

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
_SAY_IT = "Say in the same sentence that the primary outcome showed no significant difference."
_TELL_IT = "Name the primary outcome and its result, and give the test that carries this."
_TELL_NULL = "Name the primary outcome, and say in the same sentence what did not differ."
_NAME_THEM = "Name the outcomes that differed."
_FAILED = {DisclosureKind.NULL_PRIMARY, DisclosureKind.NULL_OUTCOME}


def judge_own(
    claim: Claim,
    own: Own,
    trial: Trial,
    rulebook: Rulebook,
    *,
    place: Part = Part.CONCLUSION,
    admits: bool = False,
    sweeping: bool = False,
    named: frozenset[str] = frozenset(),
) -> Verdict:
    """Answer what a report's own results say of a claim that it makes of itself.

    `admits` says that the claim's sentence tells first of what did not differ, `sweeping` that it
    speaks of all outcomes: one that did not differ refutes it. `named` are the names of the
    report's outcomes that the claim's words name.
    """
    if claim.direction is Direction.BENEFIT and sweeping and (missed := not_all(trial)):
        return _overstated(claim, missed, trial, rulebook)
    silent = place is Part.RESULTS and not _is_a_named_failure(own)
    oversells = claim.direction is Direction.BENEFIT and not silent
    if oversells and _oversells(claim, own, trial, admits=admits, named=named):
        return _overstated(claim, own, trial, rulebook)
    if own.primary is OwnPrimary.UNKNOWN:
        return _plain(claim, own, trial, VerdictKind.NO_EVIDENCE, Reason.UNSETTLED)
    return _plain(claim, own, trial, VerdictKind.SUPPORTED, Reason.NONE)


def _oversells(
    claim: Claim, own: Own, trial: Trial, *, admits: bool, named: frozenset[str]
) -> bool:
    match own.primary:
        case OwnPrimary.MET | OwnPrimary.SWEPT:
            return False
        case OwnPrimary.UNKNOWN:
            untested = _reason(claim, own, trial) in _UNTESTED and not own.equivalence
            return untested or (own.shows_nothing and claim.outcome is not None)
        case OwnPrimary.MIXED if not claim.wording & dict(_BY_WORDING).keys():
            # A general claim is carried by the primary outcome that was met.
            return _concept(claim) in {o.concept for o in own.null} - {None}
        case OwnPrimary.MISSED | OwnPrimary.MIXED:
            if Wording.TREND in claim.wording:
                return True  # to call it not significant does not make a trend a result
            # Where no primary outcome is named, or its failure is told first, another may count.
            other = admits or not _is_a_named_failure(own)
            if own.equivalence and Wording.EQUIVALENCE in claim.wording:
                return False
            return not (_role_told(claim) or (other and _is_shown(claim, own, trial, named)))


def _is_a_named_failure(own: Own) -> bool:
    return own.primary is OwnPrimary.MISSED and own.named


def _is_shown(claim: Claim, own: Own, trial: Trial, named: frozenset[str]) -> bool:
    """Tell whether an outcome of its own, not the one that failed, bears a claim out.

    The words of a claim may mean the outcome that the report tells first, which is what it set out
    to find.
    """
    concept = _concept(claim)
    failed = {outcome.concept for outcome in own.null} - {None}
    if concept in failed:
        return False
    changed = [
        outcome
        for outcome in trial.outcomes
        if outcome.finding.kind in CHANGED
        and outcome.analysis.comparison is Comparison.BETWEEN_GROUP
    ]
    first = trial.outcomes[0]
    good = first.finding.kind is FindingKind.IMPROVED and first in changed
    leads = bool(own.null) and good and first.name in named
    return leads or any(concept is not None and one.concept == concept for one in changed)


def _concept(claim: Claim) -> str | None:
    return claim.outcome.concept if claim.outcome is not None else None


def _role_told(claim: Claim) -> bool:
    """Tell whether the claim's own sentence says what part its result played, and what failed."""
    near = {d.kind for d in claim.disclosures if d.reach is DisclosureReach.SENTENCE}
    failed = {d.kind for d in claim.disclosures} & _FAILED
    return bool(near & _TOLD) and bool(failed)


def _reason(claim: Claim, own: Own, trial: Trial) -> Reason:
    for wording, reason in _BY_WORDING:
        if wording in claim.wording:
            return reason
    if own.primary in (OwnPrimary.UNKNOWN, OwnPrimary.SWEPT):
        return Reason.NULL_RESULT
    failed = {outcome.concept for outcome in own.null} | {None}
    others = {outcome.concept for outcome in trial.outcomes} - failed
    if _concept(claim) in others:
        return Reason.SECONDARY_ONLY
    named = own.named or not own.deciding
    return Reason.NEGATIVE_PRIMARY if named else Reason.NULL_RESULT


def _words(own: Own) -> tuple[str, str]:
    """Answer why a claim goes too far, and what to do."""
    match own.primary:
        case OwnPrimary.UNKNOWN:
            return f"{own.because}, nor a test that carries this", _TELL_IT
        case OwnPrimary.SWEPT:
            return f"it speaks of all outcomes, and not all differed: {own.because}", _NAME_THEM
        case OwnPrimary.MET | OwnPrimary.MISSED | OwnPrimary.MIXED:
            if own.deciding and not own.named:
                return own.because, _TELL_NULL
            return f"the report's own primary outcome failed: {own.because}", _SAY_IT


def _rule(reason: Reason, rulebook: Rulebook) -> VerdictRule:
    rules = [r for r in rulebook.verdicts if r.verdict is VerdictKind.OVERSTATED]
    fitting = [rule for rule in rules if rule.reason is reason]
    return (fitting or rules)[0]


def _overstated(claim: Claim, own: Own, trial: Trial, rulebook: Rulebook) -> Verdict:
    reason = _reason(claim, own, trial)
    rule = _rule(reason, rulebook)
    because, advice = _words(own)
    issue = Issue(rule.code, reason, rule.level or Level.WARNING, because, advice)
    return Verdict(
        claim,
        VerdictKind.OVERSTATED,
        rule.code,
        reason,
        because,
        advice,
        _confidence(own.deciding),
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
        _confidence(own.deciding),
        evidence=_evidence(claim, own, trial),
        trace=(f"own primary outcome {own.primary}: {own.because}",),
    )


def _confidence(deciding: Sequence[Outcome]) -> Confidence:
    named = bool(deciding) and all(o.role is Role.PRIMARY for o in deciding)
    if named and all(o.finding.basis is Basis.REPORTED for o in deciding):
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
