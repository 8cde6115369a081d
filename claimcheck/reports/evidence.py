"""Which evidence bears on a claim, and how a number of it is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.as_dict import trial_url
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.numbers import numbers
from claimcheck.reports.words import REASONS, clean, outcome_name, role_name, sentence
from claimcheck.verdict.explain import describe_result

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from claimcheck.model.verdict import Evidence, Verdict


def bearing_on(rows: Sequence[Evidence]) -> Sequence[Evidence]:
    """Answer the rows that speak of the claim at all; the first one where none does."""
    nothing = VerdictKind.NO_EVIDENCE
    answers = [row for row in rows if row.match.outcome and row.verdict is not nothing]
    return answers or rows[:1]


def why(verdict: Verdict, said: Collection[str] = ()) -> str:
    """Answer why a claim got its verdict, without what was said or a row of evidence repeats."""
    told = sentence(REASONS[verdict.reason])
    if verdict.because in said:
        return told
    return told if _is_in_evidence(verdict) else f"{told} {sentence(clean(verdict.because))}"


def _is_in_evidence(verdict: Verdict) -> bool:
    """Tell whether the reason of a verdict only repeats rows of its evidence."""
    rows = [(row.match.trial, row.match.outcome) for row in verdict.evidence]
    described = {describe_result(trial, outcome) for trial, outcome in rows if outcome}
    return described.issuperset(verdict.because.split("; "))


def cited(row: Evidence) -> str:
    """Answer where a row's numbers come from: record, outcome, the numbers, address of the source.

    What the record lacks is left out; a record without an address is named alone.
    """
    trial, outcome = row.match.trial, row.match.outcome
    parts = [f"record {clean(trial.id)}"]
    if outcome is not None:
        figures = numbers(row.analysis) if row.analysis else ""
        named = f"{role_name(outcome)}: {outcome_name(outcome)}"
        parts.append(f"{named}, {figures}" if figures else named)
    return " | ".join(part for part in (*parts, clean(trial_url(trial) or "")) if part)


def records(rows: Sequence[Evidence]) -> str:
    """Answer the records that rows rest on, each once with the address of its source, in brackets.

    It follows words that name outcome and numbers already; an empty text where there is no row.
    """
    named = dict.fromkeys(
        ", ".join(
            filter(None, (clean(row.match.trial.id), clean(trial_url(row.match.trial) or "")))
        )
        for row in rows
    )
    return f"[{'; '.join(named)}]" if named else ""
