"""Does a trial report claim more than its own results show?

Results are read out of the report's prose; claims are taken from its title, the wording of its
results and its conclusion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.app.check import tool_of
from claimcheck.app.own_claims import own_claims
from claimcheck.claims.extract import extract
from claimcheck.claims.names import names_of
from claimcheck.model.claim import Direction
from claimcheck.model.report import DocumentReport, Report
from claimcheck.reading.nlp import Reader
from claimcheck.reading.sections import Part, sentences
from claimcheck.terms import Terms
from claimcheck.trials.importers.report import read_report
from claimcheck.trials.index import TrialIndex
from claimcheck.verdict.own import own_results
from claimcheck.verdict.own_claim import judge_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.app.own_claims import OwnClaim
    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Document
    from claimcheck.model.trial import Trial
    from claimcheck.rulebook.types import Rulebook


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
        """Judge what a report claims against the results that its own prose gives."""
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
        made = extract(document, self.rulebook, reader)
        claims = own_claims(document, told, made, self.rulebook)
        planned = any(one.reading.of("margin") for one in told)
        own = own_results(read, admitted=_admitted(claims), equivalence=planned)
        verdicts = tuple(
            judge_own(
                one.claim,
                own,
                read.trial,
                self.rulebook,
                place=one.place,
                admits=one.admits,
                sweeping=one.sweeping,
                named=_named_in(one.claim, read.trial, self.terms),
            )
            for one in claims
        )
        tool = tool_of(TrialIndex((read.trial,)), self.rulebook)
        return Report(tool, (DocumentReport(document, verdicts),))


def _named_in(claim: Claim, trial: Trial, terms: Terms) -> frozenset[str]:
    """Answer the outcomes whose names stand, by half of their words or more, in a claim."""
    said = terms.content(claim.text)
    vague = terms.lists.get("match-general", frozenset())
    names = ((one.name, terms.content(one.name) - vague) for one in trial.outcomes)
    return frozenset(
        name for name, own in names if own and 2 * len(terms.overlap(own, said)) >= len(own)
    )


def _admitted(claims: Iterable[OwnClaim]) -> Claim | None:
    """Answer the claim of no effect that the conclusion opens with, where it promises nothing."""
    ends = [one.claim for one in claims if one.place is Part.CONCLUSION]
    opening = [claim for claim in ends if claim.sentence == ends[0].sentence]
    honest = all(claim.direction is Direction.NO_EFFECT for claim in opening)
    return opening[0] if opening and honest else None
