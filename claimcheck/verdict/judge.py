"""What is to be said of a claim, by the rules?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claimcheck.model.claim import Direction, Wording
from claimcheck.model.trial import Role
from claimcheck.model.verdict import Evidence, Issue, Reason, Verdict, VerdictKind
from claimcheck.verdict.confidence import confidence_of
from claimcheck.verdict.explain import describe_outcome, measured
from claimcheck.verdict.row import is_safety, result_of
from claimcheck.verdict.situation import EvidenceState, Primary, Result, ResultRole
from claimcheck.verdict.slots import fill
from claimcheck.verdict.weigh import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.claim import Claim
    from claimcheck.model.verdict import Match
    from claimcheck.rulebook.types import VerdictRule
    from claimcheck.verdict.reading import Reading
    from claimcheck.verdict.row import Row
    from claimcheck.verdict.ruling import Rulings
    from claimcheck.verdict.weigh import Weighed

ANSWERING = {EvidenceState.SETTLED, EvidenceState.RETRACTED}
_OF_A_LESSER_RESULT = {Reason.SECONDARY_ONLY, Reason.SUBGROUP}
EVIDENCE_AT_MOST = 8
SILENT_AT_MOST = 3  # trials shown where none answers


def judge(claim: Claim, matches: Iterable[Match], rulings: Rulings) -> Verdict:
    """Answer what the evidence says of a claim; every rule that fits raises its issue.

    Raises RuleError where no rule fits and the rulebook has no catch-all.
    """
    weighed = weigh(claim, tuple(matches))
    ruling = rulings.of(weighed.situation)
    decisive = ruling.rules[0]
    because, advice = _words(decisive, claim, weighed)
    confidence, doubts = confidence_of(claim, weighed, decisive)
    return Verdict(
        claim,
        decisive.verdict,
        decisive.code,
        decisive.reason,
        because,
        advice,
        confidence,
        _notes(claim, weighed, decisive),
        tuple(_issues(ruling.rules, claim, weighed)),
        _evidence(claim, weighed, decisive),
        (
            *weighed.trace,
            *ruling.trace,
            f"confidence {confidence}: {'; '.join(doubts) or 'no doubt'}",
        ),
    )


def _issues(rules: Iterable[VerdictRule], claim: Claim, weighed: Weighed) -> Iterator[Issue]:
    for rule in rules:
        if rule.level is not None:
            yield Issue(rule.code, rule.reason, rule.level, *_words(rule, claim, weighed))


def _words(rule: VerdictRule, claim: Claim, weighed: Weighed) -> tuple[str, str]:
    return fill(rule.because, claim, weighed), fill(rule.advice, claim, weighed)


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
    if by_primary or rule.reason is Reason.SECONDARY_ONLY:
        answering.sort(key=lambda one: one is not weighed.answers_for_primary)
    shown = answering or weighed.readings[:SILENT_AT_MOST]
    rows = [row for one in shown for row in _rows(claim, one, by_primary=by_primary)]
    if rule.reason in _OF_A_LESSER_RESULT and weighed.deciding is not None:
        rows[1:1] = _failed(claim, weighed.deciding, rows)
    return tuple(rows[:EVIDENCE_AT_MOST])


def _failed(claim: Claim, reading: Reading, shown: list[Evidence]) -> Iterator[Evidence]:
    """Yield the primary outcomes of a study that failed and do not answer the claim themselves."""
    if reading.trial_primary is not Primary.MISSED:
        return
    known = {id(row.match.outcome) for row in shown}
    for one in reading.trial.outcomes:
        null = result_of(one) is Result.NULL and not is_safety(one)
        if one.role is Role.PRIMARY and null and id(one) not in known:
            verdict = row_verdict(claim.direction, Result.NULL)
            match = replace(reading.match, outcome=one)
            yield Evidence(match, verdict, describe_outcome(one), one.analysis)


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
