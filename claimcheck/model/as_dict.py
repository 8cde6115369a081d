"""A report as plain dicts and lists: what `--format json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claimcheck.model.coverage import Coverage, is_suppressed
from claimcheck.model.lines import Lines
from claimcheck.model.verdict import VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.claim import Claim, Mention
    from claimcheck.model.document import Document, Span
    from claimcheck.model.report import DocumentReport, Notice, Report, Tool
    from claimcheck.model.trial import Analysis, Outcome, Trial
    from claimcheck.model.verdict import Evidence, Issue, Verdict

SCHEMA_VERSION = "1"

_MENTIONS = (
    "intervention",
    "condition",
    "outcome",
    "population",
    "comparator",
    "timeframe",
    "magnitude",
    "attribution",
)


def report_to_dict(report: Report) -> dict[str, Any]:
    """Answer the report as JSON's own types; offsets count code points of each document's source.

    Ranges are half-open; lines and columns are counted from 1.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_to_dict(report.tool),
        "documents": [document_to_dict(one, report.tool) for one in report.documents],
    }


def tool_to_dict(tool: Tool) -> dict[str, Any]:
    """Answer what did the judging."""
    return {
        "name": "claimcheck",
        "version": tool.version,
        "rules": tool.rules,
        "corpus": {"trials": tool.trials, "as_of": tool.as_of, "fingerprint": tool.corpus},
    }


def document_to_dict(report: DocumentReport, tool: Tool) -> dict[str, Any]:
    """Answer one document's part of the report."""
    return {**document_head(report, tool), "claims": list(claims_to_dicts(report))}


def claims_to_dicts(report: DocumentReport) -> Iterator[dict[str, Any]]:
    """Answer a document's claims one by one, since those of a large draft fill much memory."""
    lines = Lines(report.document.source)
    for verdict in report.verdicts:
        yield _verdict(verdict, report.document, lines)


def document_head(report: DocumentReport, tool: Tool) -> dict[str, Any]:
    """Answer what is to be said of a document as a whole."""
    coverage = Coverage.of(report.verdicts)
    return {
        "name": report.document.name,
        "coordinates": report.document.coordinates.value,
        "overstated": any(map(_overstates, report.verdicts)),
        "coverage": {
            "claims": coverage.claims,
            "judged": coverage.judged,
            "suppressed": coverage.suppressed,
            "baselined": coverage.baselined,
            "percent": coverage.percent,
            "summary": coverage.summary(tool),
        },
        "counts": {kind.value: coverage.counts[kind] for kind in VerdictKind},
        "notices": [_notice(notice) for notice in report.notices],
    }


def claim_to_dict(claim: Claim, document: Document, lines: Lines) -> dict[str, Any]:
    """Answer where a claim stands and what it says, without any verdict."""
    span = document.offsets.source_span(claim.span)
    place = lines.place(span.start)
    return {
        "id": claim.id,
        "start": span.start,
        "end": span.end,
        "quote": document.source[span.start : span.end],
        "line": place.line,
        "column": place.column,
        "text": document.text[claim.span.start : claim.span.end],
        "sentence": _range(claim.sentence, document),
        "kind": claim.kind.value,
        "direction": claim.direction.value,
        "certainty": claim.certainty.value,
        "strength": int(claim.strength),
        **{name: _mention(getattr(claim, name), document) for name in _MENTIONS},
    }


def trial_url(trial: Trial) -> str | None:
    """Answer the best link to a study: DOI, PubMed, PubMed Central, registry, then its source."""
    known = trial.identifiers
    links = (
        known.doi and f"https://doi.org/{known.doi}",
        known.pmid and f"https://pubmed.ncbi.nlm.nih.gov/{known.pmid}/",
        known.pmcid and f"https://pmc.ncbi.nlm.nih.gov/articles/{known.pmcid}/",
        known.nct and f"https://clinicaltrials.gov/study/{known.nct}",
        known.isrctn and f"https://www.isrctn.com/{known.isrctn}",
        *(source for source in trial.source if source.startswith(("https://", "http://"))),
    )
    return next((link for link in links if link), None)


def _overstates(verdict: Verdict) -> bool:
    return (
        verdict.claim.direction.value == "benefit"
        and verdict.kind in {VerdictKind.OVERSTATED, VerdictKind.CONTRADICTED}
        and not is_suppressed(verdict)
    )


def _range(span: Span, document: Document) -> dict[str, int]:
    found = document.offsets.source_span(span)
    return {"start": found.start, "end": found.end}


def _mention(mention: Mention | None, document: Document) -> dict[str, Any] | None:
    if mention is None:
        return None
    return {"text": mention.text, **_range(mention.span, document), "concept": mention.concept}


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind.value,
        "message": notice.message,
        "level": notice.level.value,
        "line": notice.line,
        "baselined": notice.baselined,
    }


def _verdict(verdict: Verdict, document: Document, lines: Lines) -> dict[str, Any]:
    return {
        **claim_to_dict(verdict.claim, document, lines),
        "verdict": verdict.kind.value,
        "rule": verdict.rule,
        "reason": verdict.reason.value,
        "because": verdict.because,
        "advice": verdict.advice,
        "confidence": verdict.confidence.value,
        "notes": list(verdict.notes),
        "issues": [_issue(issue) for issue in verdict.issues],
        "evidence": [_evidence(row) for row in verdict.evidence],
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "rule": issue.rule,
        "reason": issue.reason.value,
        "level": issue.level.value,
        "because": issue.because,
        "advice": issue.advice,
        "suppressed": issue.suppressed,
        "baselined": issue.baselined,
    }


def _evidence(row: Evidence) -> dict[str, Any]:
    match, analysis = row.match, row.analysis
    outcome = match.outcome
    return {
        "trial": match.trial.id,
        "title": match.trial.title,
        "url": trial_url(match.trial),
        "cited": match.cited,
        "outcome": outcome.name if outcome else None,
        "role": outcome.role.value if outcome else None,
        "finding": analysis.finding.kind.value if analysis else None,
        "because": row.because,
        "verdict": row.verdict.value,
        "analysis": _analysis(analysis, outcome) if analysis else None,
        "scores": {
            "intervention": match.scores.intervention,
            "condition": match.scores.condition,
            "outcome": match.scores.outcome,
        },
    }


def _analysis(analysis: Analysis, outcome: Outcome | None) -> dict[str, Any]:
    return {
        "finding": analysis.finding.kind.value,
        "because": analysis.finding.because,
        "basis": analysis.finding.basis.value,
        "timepoint": outcome.timepoint if outcome else None,
        "groups": list(analysis.groups),
        "comparison": analysis.comparison.value,
        "measure": analysis.measure,
        "scale": analysis.scale.value,
        "estimate": analysis.estimate,
        "ci": list(analysis.ci) if analysis.ci else None,
        "ci_level": analysis.ci_level,
        "p": analysis.p.value if analysis.p else None,
        "p_sign": analysis.p.sign if analysis.p else None,
        "population": analysis.population,
        "hypothesis": analysis.hypothesis.value,
        "margin": analysis.margin,
        "alpha": analysis.alpha,
        "method": analysis.method,
    }
