"""What a draft claims that no record settles, each gap with the searches that could fill it.

Nothing is sent: the queries are text, and addresses that a person may open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from claimcheck.model.as_dict import SCHEMA_VERSION, tool_to_dict
from claimcheck.model.claim import Resolution
from claimcheck.model.coverage import Coverage, is_suppressed
from claimcheck.model.verdict import VerdictKind
from claimcheck.reports.json import error_to_dict
from claimcheck.reports.rows import listed
from claimcheck.reports.words import REASONS, clean
from claimcheck.serialize import to_json
from claimcheck.trials.fetch.services import REGISTRY_URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.claim import Claim, Mention
    from claimcheck.model.report import Report
    from claimcheck.reports import View
    from claimcheck.reports.rows import Row

# The form of the address is that which biomcp-python 0.7.3 uses (biomcp/diseases/getter.py).
PUBMED_URL = "https://pubmed.ncbi.nlm.nih.gov/"
# PubMed's own filter for trials of treatments, "Therapy/Narrow" of its Clinical Queries, as
# metapub 0.7.5 quotes it (metapub/pubmed_clinicalqueries.py).
TRIALS_ALONE = (
    "(randomized controlled trial[Publication Type] OR (randomized[Title/Abstract] "
    "AND controlled[Title/Abstract] AND trial[Title/Abstract]))"
)
# A longer name of a concept is a record's description of a group, which no text repeats.
_LONGEST = 5
_INHERITED = frozenset({Resolution.HEADING, Resolution.TITLE, Resolution.TOPIC})


@dataclass(frozen=True, slots=True)
class Query:
    """A search that is ready to be made: by whom it is answered, its words, its address."""

    service: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Claims on the same treatment, condition and outcome that no record settles.

    A part holds its names: that of the concept, then the draft's own words; empty where the claims
    name none. `places` are documents with the rows of their claims.
    """

    intervention: tuple[str, ...]
    condition: tuple[str, ...]
    outcome: tuple[str, ...]
    places: tuple[tuple[str, Row], ...]

    @property
    def name(self) -> str:
        """What a person would call it."""
        parts = (self.intervention, self.condition, self.outcome)
        return ", ".join(dict.fromkeys(names[0] for names in parts if names)) or "nothing named"

    def queries(self) -> tuple[Query, ...]:
        """Answer the searches; none where the claims name nothing that could be searched for."""
        if not (self.intervention or self.condition or self.outcome):
            return ()
        return (_registry(self), _pubmed(self))


def gaps(report: Report) -> list[Gap]:
    """Answer the gaps in the order of their first claims; suppressed claims are left out."""
    found: dict[tuple[str, ...], list[tuple[str, Row]]] = {}
    for one in report.documents:
        for row in listed(one):
            if row.verdict.kind is VerdictKind.NO_EVIDENCE and not is_suppressed(row.verdict):
                key = tuple(names[0] if names else "" for names in _parts(row.verdict.claim))
                found.setdefault(key, []).append((one.document.name, row))
    return [_gap(places) for places in found.values()]


def _gap(places: list[tuple[str, Row]]) -> Gap:
    named = [_parts(row.verdict.claim) for _, row in places]
    intervention, condition, outcome = (
        tuple(dict.fromkeys(name for names in part for name in names))
        for part in zip(*named, strict=True)
    )
    return Gap(intervention, condition, outcome, tuple(places))


def _parts(claim: Claim) -> tuple[tuple[str, ...], ...]:
    condition = claim.condition
    # A condition that only the title names may be another claim's, and would narrow the search.
    if condition is not None and condition.resolution in _INHERITED and claim.intervention:
        condition = None
    return tuple(_names(part) for part in (claim.intervention, condition, claim.outcome))


def _names(mention: Mention | None) -> tuple[str, ...]:
    if mention is None:
        return ()
    concept = mention.concept or ""
    searched = concept if len(concept.split()) <= _LONGEST else ""
    names = (clean(name).casefold() for name in (searched, mention.text))
    return tuple(dict.fromkeys(name for name in names if name))


def _registry(gap: Gap) -> Query:
    outcome = tuple(name for name in gap.outcome if name not in gap.condition)
    # An outcome is looked for anywhere in a record, for registries give it names of their own.
    fields = (
        ("query.intr", gap.intervention),
        ("query.cond", gap.condition),
        ("query.term", outcome),
    )
    asked = {key: " OR ".join(map(_phrase, names)) for key, names in fields if names}
    words = {"query.intr": "intervention", "query.cond": "condition", "query.term": "other terms"}
    text = "; ".join(f"{words[key]}: {value}" for key, value in asked.items())
    url = f"{REGISTRY_URL}/studies?{urlencode(asked, quote_via=quote)}"
    return Query("ClinicalTrials.gov", text, url)


def _pubmed(gap: Gap) -> Query:
    parts = (gap.intervention, gap.condition, gap.outcome)
    named = [
        f"({' OR '.join(f'{_phrase(name)}[Title/Abstract]' for name in names)})"
        for names in dict.fromkeys(parts)
        if names
    ]
    text = " AND ".join((*named, TRIALS_ALONE))
    return Query("PubMed", text, f"{PUBMED_URL}?{urlencode({'term': text}, quote_via=quote)}")


def _phrase(name: str) -> str:
    return '"' + name.replace('"', " ").strip() + '"'


def render_text(report: Report, _view: View) -> str:
    """Answer the gaps for a person."""
    found = gaps(report)
    lines = [Coverage.of_documents(report.documents).summary(report.tool)]
    if not found:
        return f"{lines[0]}\nNo gap: no claim is without evidence.\n"
    for number, gap in enumerate(found, start=1):
        lines += ["", f"{number}. {gap.name}"]
        for name, row in gap.places:
            reason = REASONS[row.verdict.reason]
            lines.append(f"   {clean(name)}:{row.line} “{row.text}” ({reason})")
        for query in gap.queries():
            lines += [f"   {query.service}: {query.text}", f"     {query.url}"]
        if not gap.queries():
            lines.append("   it names nothing that could be searched for")
    lines += ["", "Nothing was sent. What you find goes in with: claimcheck trials import FILE"]
    return "\n".join(lines) + "\n"


def render_json(report: Report, view: View) -> str:
    """Answer the gaps as one JSON object."""
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_to_dict(report.tool),
        "gaps": [_to_dict(gap) for gap in gaps(report)],
    }
    if view.problems:
        content["errors"] = [error_to_dict(problem) for problem in view.problems]
    return to_json(content) + "\n"


def render_jsonl(report: Report, view: View) -> Iterator[str]:
    """Answer a JSON line a gap, then one for each draft that could not be read."""
    for gap in gaps(report):
        yield to_json({"type": "gap", **_to_dict(gap)}, indent=None) + "\n"
    for problem in view.problems:
        yield to_json({"type": "error", "error": error_to_dict(problem)}, indent=None) + "\n"


def _to_dict(gap: Gap) -> dict[str, Any]:
    return {
        "intervention": list(gap.intervention),
        "condition": list(gap.condition),
        "outcome": list(gap.outcome),
        "claims": [
            {
                "document": name,
                "line": row.line,
                "text": row.text,
                "reason": row.verdict.reason.value,
                "because": row.verdict.because,
            }
            for name, row in gap.places
        ],
        "queries": [
            {"service": one.service, "text": one.text, "url": one.url} for one in gap.queries()
        ],
    }
