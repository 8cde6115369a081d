"""What stands in a table's cells: a claim's words, its verdict, its evidence, as styled text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from claimcheck.model.as_dict import trial_url
from claimcheck.model.trial import Role
from claimcheck.model.verdict import Reason, VerdictKind
from claimcheck.reports.addresses import hidden
from claimcheck.reports.evidence import bearing_on, why
from claimcheck.reports.numbers import numbers
from claimcheck.reports.words import (
    FINDINGS,
    NO_ADVICE,
    SIGNS,
    VERDICTS,
    clean,
    outcome_name,
    role_name,
    sentence,
    shorten,
    trial_design,
    trial_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimcheck.model.verdict import Evidence, Verdict
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

STYLES = {
    VerdictKind.SUPPORTED: "green",
    VerdictKind.OVERSTATED: "bold red",
    VerdictKind.CONTRADICTED: "bold magenta",
    VerdictKind.NO_EVIDENCE: "yellow",
}
SHOWN_EVIDENCE = 4
SHOWN_REPEATS = 5


def label(verdict: Verdict) -> Text:
    """Answer the verdict in a sign, a word and a colour, with its level."""
    word = f"{SIGNS[verdict.kind]} {VERDICTS[verdict.kind].upper()}"
    # Styled as a part, so that what is appended to it does not take its colour.
    return (
        Text()
        .append(word, STYLES[verdict.kind])
        .append(f" [{verdict.level}]" if verdict.level else "")
    )


def rule(verdict: Verdict) -> Text:
    """Answer the rule that decided, and its reason."""
    return Text(f"{verdict.rule} {verdict.reason.value}", "dim")


def quoted(row: Row, view: View, most: int) -> Text:
    """Answer the claim's words, shortened unless everything is to be shown."""
    return Text(f"“{row.text if view.verbose else shorten(row.text, most)}”")


def lines_of(row: Row) -> str:
    """Answer where a claim stands."""
    return f"line {row.line}" + (f" ({also_at(row)})" if row.also else "")


def also_at(row: Row) -> str:
    """Answer where else the same words stand, or an empty text."""
    if not row.also:
        return ""
    told = ", ".join(map(str, row.also[:SHOWN_REPEATS]))
    more = len(row.also) - SHOWN_REPEATS
    lines = "line" if len(row.also) == 1 else "lines"
    return f"also at {lines} {told}" + (f" and {more} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Told:
    """What the reader has been told of the same evidence: by which row first, and what of it."""

    like: Row | None = None
    said: frozenset[str] = frozenset()


def parts(row: Row, told: Told, view: View) -> Iterator[tuple[str, Text]]:
    """Answer what is to be said of a claim, part by part, and not a second time."""
    verdict, like = row.verdict, told.like
    yield "why", Text(why(verdict, told.said))
    if like is not None:
        yield "evidence", Text(f"as at line {like.line}", "dim")
    elif verdict.evidence:
        yield "evidence", evidence(verdict.evidence, view)
    others = [one for one in verdict.issues if one.suppressed is None and one.rule != verdict.rule]
    for other in (one for one in others if one.because not in told.said):
        yield "also", Text(f"{clean(other.because)} ({other.rule} {other.reason.value})")
    if verdict.notes:
        yield "note", Text("; ".join(map(clean, verdict.notes)))
    if verdict.advice and verdict.advice not in told.said:
        yield "advice", Text(clean(verdict.advice), "italic")
    if view.verbose:
        yield "read as", Text(_reading(verdict))
        yield "trace", Text("\n".join(map(clean, verdict.trace)) or "none", "dim")


def sayings(verdict: Verdict) -> frozenset[str]:
    """Answer what `parts` says of a verdict that need not be said again."""
    return frozenset((verdict.because, verdict.advice, *(one.because for one in verdict.issues)))


def _reading(verdict: Verdict) -> str:
    claim = verdict.claim
    named = [
        f"{name} “{clean(mention.text)}”"
        for name in ("intervention", "outcome", "condition", "population", "timeframe")
        if (mention := getattr(claim, name)) is not None
    ]
    told = f"{claim.direction}, {claim.certainty}, strength {int(claim.strength)}"
    return f"{'; '.join([told, *named])}; confidence {verdict.confidence}"


def evidence(rows: Sequence[Evidence], view: View) -> Text:
    """Answer the evidence, study by study, the primary outcome first."""
    bearing = rows if view.verbose else bearing_on(rows)
    shown = bearing if view.verbose else bearing[:SHOWN_EVIDENCE]
    told = Text()
    for trial, group in groupby(shown, key=lambda row: row.match.trial):
        same = sorted(group, key=lambda row: not _is_primary(row))
        cited = "cited in the draft" if any(row.match.cited for row in same) else ""
        about = ", ".join(part for part in (trial_design(trial), cited) if part)
        told.append("\n" if told else "")
        told.append(trial_name(trial), "bold").append(f" ({about})" if about else "")
        for row in same:
            told.append("\n").append_text(_evidence_row(row))
        record = f"record {clean(trial.id)}" if view.verbose else ""
        source = hidden(clean(trial_url(trial) or ""))
        for line in filter(None, (record, source)):
            told.append(f"\n{line}", "dim")
    if len(shown) < len(bearing):
        told.append(f"\nand {len(bearing) - len(shown)} more (--verbose shows them)", "dim")
    return told


def _is_primary(row: Evidence) -> bool:
    return row.match.outcome is not None and row.match.outcome.role is Role.PRIMARY


def _evidence_row(row: Evidence) -> Text:
    outcome = row.match.outcome
    if outcome is None:
        return Text(f"· {clean(row.because)}")
    told = Text(f"· {role_name(outcome)}: {outcome_name(outcome)}")
    if row.analysis is None:
        return told.append(f", {clean(row.because)}")
    figures = numbers(row.analysis)
    told.append(f", {figures}" if figures else "")
    return told.append(": ").append(FINDINGS[row.analysis.finding.kind], STYLES[row.verdict])


def carried_by(row: Row) -> str:
    """Answer what carries a supported claim, and on a line of its own where that is to be read."""
    verdict = row.verdict
    best = next(iter(sorted(verdict.evidence, key=lambda one: one.verdict != verdict.kind)), None)
    advice = verdict.advice if verdict.notes and verdict.advice != NO_ADVICE else ""
    if best is None or best.match.outcome is None:
        told = clean(verdict.because)
    else:
        told = f"{trial_name(best.match.trial)}, {_evidence_row(best).plain[2:]}"
    source = clean(trial_url(best.match.trial) or "") if best is not None else ""
    said = " ".join(filter(None, (sentence(told), clean(advice))))
    return "\n".join(filter(None, (said, hidden(source))))


def missing(row: Row) -> str:
    """Say what the evidence lacks, in words that claims on different outcomes share."""
    verdict = row.verdict
    if verdict.evidence:
        trial = verdict.evidence[0].match.trial
        name = trial_name(trial)
        if verdict.reason is Reason.UNSETTLED and trial.status is None:
            return f"{name} measured this, and its record does not settle it"
        if verdict.reason is Reason.NOT_MEASURED:
            return f"{name} did not measure this; it measured {_measured(verdict.evidence)}"
        if verdict.reason is Reason.CONDITION_DIFFERS:
            studied = shorten(", ".join(clean(one.name) for one in trial.conditions), 100)
            return f"{name} was on another condition: {studied}"
    if verdict.reason is Reason.NOT_IN_CORPUS:
        return "No study in your evidence answers for this"
    return clean(verdict.because)


def _measured(rows: Iterable[Evidence]) -> str:
    """Answer the names of what the first study of some evidence measured."""
    trial = next(iter(rows)).match.trial
    names = dict.fromkeys(clean(outcome.name) for outcome in trial.outcomes)
    return shorten(", ".join(names), 160)
