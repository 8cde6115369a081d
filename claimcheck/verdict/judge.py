"""What is to be said of a claim, by the rules?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.errors import RuleError
from claimcheck.model.claim import ClaimKind, Direction, Wording
from claimcheck.model.verdict import (
    Evidence,
    Issue,
    Level,
    Reason,
    Verdict,
    VerdictKind,
)
from claimcheck.verdict.confidence import confidence_of
from claimcheck.verdict.explain import describe_outcome, fill, measured, slots
from claimcheck.verdict.situation import (
    EvidenceState,
    Result,
    ResultRole,
    situation_values,
)
from claimcheck.verdict.weigh import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from claimcheck.model.claim import Claim
    from claimcheck.model.verdict import Match
    from claimcheck.rulebook.types import Rulebook, VerdictRule
    from claimcheck.verdict.reading import Reading, Row
    from claimcheck.verdict.situation import Situation
    from claimcheck.verdict.weigh import Weighed

CATCH_ALL = "catch-all"
ANSWERING = {EvidenceState.SETTLED, EvidenceState.RETRACTED}
EVIDENCE_AT_MOST = 8
SILENT_AT_MOST = 3  # trials shown where none answers
_LEVELS = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2, None: 3}
_KINDS = {
    VerdictKind.CONTRADICTED: 0,
    VerdictKind.OVERSTATED: 1,
    VerdictKind.NO_EVIDENCE: 2,
    VerdictKind.SUPPORTED: 3,
}


def judge(claim: Claim, matches: Iterable[Match], rulebook: Rulebook) -> Verdict:
    """Answer what the evidence says of a claim; every rule that fits raises its issue.

    Raises RuleError where no rule fits and the rulebook has no catch-all.
    """
    rows = tuple(matches)
    weighed = weigh(claim, rows)
    rules = fitting(weighed.situation, rulebook.verdicts)
    if not rules:
        raise RuleError(f"no verdict rule fits, and none is named {CATCH_ALL!r} to catch the rest")
    decisive = rules[0]
    words = slots(claim, weighed)
    issues = tuple(_issue(rule, words) for rule in rules if rule.level is not None)
    caught = decisive.name == CATCH_ALL
    confidence, doubts = confidence_of(claim, weighed, decisive, caught=caught)
    return Verdict(
        claim,
        decisive.verdict,
        decisive.code,
        decisive.reason,
        fill(decisive.because, words),
        fill(decisive.advice, words),
        confidence,
        _notes(claim, weighed, decisive),
        issues,
        _evidence(claim, weighed, decisive),
        (*_trace(weighed, rules), f"confidence {confidence}: {'; '.join(doubts) or 'no doubt'}"),
    )


def fits(rule: VerdictRule, values: Mapping[str, str]) -> bool:
    """Tell whether a rule's `when` holds in a situation."""
    for field, wanted in rule.when.items():  # noqa: SIM110  (all() takes twice as long)
        if values[field] not in wanted:
            return False
    return True


def is_of(rule: VerdictRule, kind: ClaimKind) -> bool:
    """Tell whether a rule is for this kind of claim; for what asserts nothing, if it names it."""
    return "kind" in rule.when or kind is not ClaimKind.QUESTION


def fitting(situation: Situation, rules: tuple[VerdictRule, ...]) -> tuple[VerdictRule, ...]:
    """Answer the rules that hold, worst first; the catch-all alone where no other does."""
    values = situation_values(situation)
    able = rules
    if situation.kind is ClaimKind.QUESTION:
        able = tuple(rule for rule in rules if is_of(rule, situation.kind))
    held = [rule for rule in able if rule.name != CATCH_ALL and fits(rule, values)]
    held = held or [rule for rule in rules if rule.name == CATCH_ALL]
    return tuple(sorted(held, key=severity))


def severity(rule: VerdictRule) -> tuple[int, int, str]:
    """Answer a sort key that puts the worst rule first.

    What is only noted beside a claim that is carried does not decide.
    """
    level = _LEVELS[rule.level]
    return (
        _KINDS[rule.verdict],
        -level if rule.verdict is VerdictKind.SUPPORTED else level,
        rule.code,
    )


def _issue(rule: VerdictRule, words: Mapping[str, str]) -> Issue:
    assert rule.level is not None  # noqa: S101
    because, advice = fill(rule.because, words), fill(rule.advice, words)
    return Issue(rule.code, rule.reason, rule.level, because, advice)


def _notes(claim: Claim, weighed: Weighed, rule: VerdictRule) -> tuple[str, ...]:
    notes = []
    if Wording.ANECDOTE in claim.wording:
        notes.append("anecdote")
    if rule.verdict is VerdictKind.SUPPORTED and rule.name != "supported":
        notes.append(rule.name)
    if weighed.deciding is not None and weighed.deciding.match.condition_wider:
        notes.append("condition-wider")
    return tuple(notes)


def _evidence(claim: Claim, weighed: Weighed, rule: VerdictRule) -> tuple[Evidence, ...]:
    """Answer the rows to show, the one that decides the verdict first."""
    by_primary = rule.reason is Reason.NEGATIVE_PRIMARY
    answering = [one for one in weighed.readings if one.evidence in ANSWERING]
    shown = answering or weighed.readings[:SILENT_AT_MOST]
    rows = [row for one in shown for row in _rows(claim, one, by_primary=by_primary)]
    return tuple(rows[:EVIDENCE_AT_MOST])


def _rows(claim: Claim, reading: Reading, *, by_primary: bool) -> Iterable[Evidence]:
    if not reading.rows:
        because = f"not measured; measured: {measured(reading.trial)}"
        yield Evidence(reading.match, VerdictKind.NO_EVIDENCE, because)
    differs = reading.evidence in {EvidenceState.CONDITION_DIFFERS, EvidenceState.RETRACTED}

    def rank(row: Row) -> tuple[bool, bool]:
        return by_primary and row.role is not ResultRole.PRIMARY, row is not reading.best

    for row in sorted(reading.rows, key=rank):
        verdict = VerdictKind.NO_EVIDENCE if differs else row_verdict(claim.direction, row.result)
        yield Evidence(row.match, verdict, describe_outcome(row.outcome), row.analysis)


def row_verdict(direction: Direction, result: Result) -> VerdictKind:
    """Answer what one result alone says of a claim of this direction."""
    if result is Result.NONE:
        return VerdictKind.NO_EVIDENCE
    null = {Result.NULL, Result.NON_INFERIOR}
    if direction is Direction.NO_EFFECT:
        return VerdictKind.SUPPORTED if result in null else VerdictKind.CONTRADICTED
    wanted = Result.IMPROVED if direction is Direction.BENEFIT else Result.WORSENED
    if result is wanted or (direction is Direction.BENEFIT and result is Result.NON_INFERIOR):
        return VerdictKind.SUPPORTED
    return VerdictKind.OVERSTATED if result in null else VerdictKind.CONTRADICTED


def _trace(weighed: Weighed, rules: tuple[VerdictRule, ...]) -> tuple[str, ...]:
    situation = ", ".join(f"{k} {v}" for k, v in situation_values(weighed.situation).items())
    held = ", ".join(f"{rule.code} {rule.name}" for rule in rules)
    return (*weighed.trace, f"situation: {situation}", f"rules that fit: {held}")
