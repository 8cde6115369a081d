"""Does a trial report claim more than its own results show?

Results are read out of the report's prose, claims are taken from its conclusion: a title mostly
names what was studied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.app.check import tool_of
from claimcheck.claims.extract import extract
from claimcheck.claims.names import names_of
from claimcheck.model.claim import (
    Certainty,
    Claim,
    ClaimKind,
    CueHit,
    Direction,
    Strength,
    Wording,
)
from claimcheck.model.report import DocumentReport, Report
from claimcheck.reading.context import governed
from claimcheck.reading.nlp import Reader
from claimcheck.reading.sections import Part, sentences
from claimcheck.terms import Terms
from claimcheck.trials.importers.report import read_report
from claimcheck.trials.index import TrialIndex
from claimcheck.verdict.own import judge_own, own_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claimcheck.model.document import Document, Span
    from claimcheck.reading.nlp import Hit
    from claimcheck.reading.sections import Sentence
    from claimcheck.rulebook.types import Rulebook

_LAST = 2  # sentences that conclude a report which does not say where it concludes
_REACH = 8  # tokens over which "no difference in" takes back what follows
_WORDING = {
    "equivalence-from-null": Wording.EQUIVALENCE,
    "trend": Wording.TREND,
    "subgroup": Wording.SUBGROUP,
    "within-group": Wording.WITHIN_GROUP,
    "strength": Wording.ADVICE,
}


_OF_NULLS = frozenset({"equivalence-from-null", "trend"})  # what is made of no difference


@dataclass(frozen=True, slots=True)
class SelfChecker:
    """Rules made ready once, for any number of reports."""

    rulebook: Rulebook
    reader: Reader
    terms: Terms

    @classmethod
    def of(cls, rulebook: Rulebook) -> SelfChecker:
        """Make a checker by these rules."""
        return cls(rulebook, Reader(rulebook), Terms(rulebook))

    def check(self, document: Document) -> Report:
        """Judge a report's conclusion against the results that its own prose gives."""
        read = read_report(
            document.text,
            title=document.title or "",
            reader=self.reader,
            rulebook=self.rulebook,
            terms=self.terms,
        )
        names = names_of((read.trial,), self.rulebook)
        reader = Reader(self.rulebook, names=names) if names else self.reader
        told = sentences(document.text, reader=reader, rulebook=self.rulebook)
        concluding = [one for one in told if one.part is Part.CONCLUSION] or told[-_LAST:]
        made = extract(document, self.rulebook, reader)
        claims = _concluding_claims(document, concluding, made, self.rulebook)
        own = own_results(read.trial)
        verdicts = tuple(judge_own(claim, own, read.trial, self.rulebook) for claim in claims)
        tool = tool_of(TrialIndex((read.trial,)), self.rulebook)
        return Report(tool, (DocumentReport(document, verdicts),))


def _concluding_claims(
    document: Document,
    concluding: Sequence[Sentence],
    made: Iterable[Claim],
    rulebook: Rulebook,
) -> tuple[Claim, ...]:
    """Answer the claims of the conclusion, and what else it sells."""
    spans = [one.span for one in concluding]
    claims = _not_denied(
        claim for claim in made if claim.kind is ClaimKind.EFFICACY and _within(claim, spans)
    )
    promised = [claim.sentence for claim in claims if claim.direction is Direction.BENEFIT]
    for sentence in concluding:
        sold = next(_sold(sentence, rulebook), None)
        if sold is not None and not any(span.overlaps(sentence.span) for span in promised):
            claims.append(_selling(document, sentence, sold))
    ordered = sorted(claims, key=lambda claim: (claim.sentence, claim.span))
    return tuple(replace(claim, id=f"c{at}") for at, claim in enumerate(ordered, start=1))


def _within(claim: Claim, spans: Iterable[Span]) -> bool:
    return any(span.overlaps(claim.span) for span in spans)


def _not_denied(claims: Iterable[Claim]) -> list[Claim]:
    """Drop a benefit whose own clause says that there was none: "no more effective in reducing"."""
    found = list(claims)
    denied = [claim.span for claim in found if claim.direction is Direction.NO_EFFECT]
    return [
        claim
        for claim in found
        if claim.direction is not Direction.BENEFIT
        or not any(span.overlaps(claim.span) for span in denied)
    ]


def _sold(sentence: Sentence, rulebook: Rulebook) -> Iterator[Hit]:
    """Yield the words that sell a result, but not those that a negation or an aim governs."""
    reading = sentence.reading
    taken_back = (
        *governed(reading, rulebook.scopes, "negation", pseudo="negation-pseudo"),
        *governed(reading, rulebook.scopes, "aim"),
    )
    nulls = reading.of("effect-null")
    for hit in reading.of("selling"):
        denied = any(one.holds(hit.first) for one in taken_back)
        null = any(one.first <= hit.first < one.last + _REACH for one in nulls)
        if hit.cue.value in _OF_NULLS or not (denied or null):
            yield hit


def _selling(document: Document, sentence: Sentence, hit: Hit) -> Claim:
    """Make a claim of benefit of a sentence that sells without naming an effect."""
    span = sentence.span
    wording = _WORDING.get(hit.cue.value or "")
    block = next(at for at, one in enumerate(document.blocks) if one.span.overlaps(span))
    return Claim(
        id="",
        span=span,
        sentence=span,
        block=block,
        section=0,
        text=document.text[span.start : span.end],
        kind=ClaimKind.EFFICACY,
        direction=Direction.BENEFIT,
        certainty=Certainty.HEDGED if sentence.reading.of("hedge") else Certainty.ASSERTED,
        strength=Strength.CONDITIONAL_CAUSAL,
        intervention=None,
        outcome=None,
        wording=frozenset({wording} if wording else ()),
        cues=(CueHit(hit.cue.id, hit.span, document.text[hit.span.start : hit.span.end]),),
    )
