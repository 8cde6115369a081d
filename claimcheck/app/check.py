"""What does a document claim, and do the results carry it? The one composer of a check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import claimcheck
from claimcheck import suppress
from claimcheck.claims.extract import extract
from claimcheck.claims.names import names_of
from claimcheck.match import Shelf, match, tells_of_a_case
from claimcheck.model.claim import ClaimKind
from claimcheck.model.lines import Lines
from claimcheck.model.report import DocumentReport, Notice, NoticeKind, Tool
from claimcheck.model.verdict import Level, VerdictKind
from claimcheck.reading.nlp import Reader
from claimcheck.terms import Terms
from claimcheck.verdict import Rulings, judge
from claimcheck.verdict.harms import harms_left_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimcheck.model.claim import Claim
    from claimcheck.model.document import Document
    from claimcheck.model.verdict import Verdict
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.trials.combined import Evidence


@dataclass(frozen=True, slots=True)
class Checker:
    """Rules and records made ready once, for any number of documents."""

    rulebook: Rulebook
    trials: Evidence
    reader: Reader
    shelf: Shelf
    rulings: Rulings

    @classmethod
    def of(
        cls, trials: Evidence, rulebook: Rulebook, *, documents: Iterable[Document] = ()
    ) -> Checker:
        """Make a checker by these rules over these records, for these documents.

        Of imported trials only the names that the documents use are learnt.
        """
        names = names_of(trials.naming(one.text for one in documents), rulebook)
        return cls(
            rulebook,
            trials,
            Reader(rulebook, names=names),
            Shelf(Terms(rulebook)),
            Rulings(rulebook.verdicts),
        )

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """Answer what a document claims, without judging."""
        return extract(document, self.rulebook, self.reader)

    def check(self, document: Document) -> DocumentReport:
        """Judge every claim of a document."""
        verdicts = tuple(self._judge(document, self.claims(document)))
        codes = frozenset(rule.code for rule in self.rulebook.verdicts)
        judged, notices = suppress.apply(verdicts, document, codes=codes)
        found = (
            *_inputs(document),
            *self._uncited(document),
            *self._retracted(judged),
            *self._harms(document, judged),
            *notices,
        )
        return DocumentReport(document, judged, found)

    def _judge(self, document: Document, claims: Iterable[Claim]) -> Iterator[Verdict]:
        # It takes all words of a draft, and a record is seldom of one patient.
        of_a_case = cache(lambda: tells_of_a_case(document, self.shelf.terms))
        # Few drafts cite a study that is known; of the others no claim need be asked.
        known = tuple(one for one in document.citations if self.trials.cited((one,)))
        for claim in claims:
            matches = match(claim, self.trials, self.shelf, known, of_a_case=of_a_case)
            verdict = judge(claim, matches, self.rulings)
            # A question is worth a word only where the answer is no.
            if claim.kind is not ClaimKind.QUESTION or verdict.kind is VerdictKind.OVERSTATED:
                yield verdict

    def _uncited(self, document: Document) -> Iterator[Notice]:
        seen: set[str] = set()
        lines = Lines(document.source)
        for citation in document.citations:
            name = f"{citation.kind.upper()} {citation.value}"
            if name in seen or self.trials.cited((citation,)):
                continue
            seen.add(name)
            at = document.offsets.source_span(citation.span).start
            yield Notice(
                NoticeKind.CITED_NOT_IN_CORPUS,
                f"{name} is cited, but its study is not in your evidence; "
                "add its record with: claimcheck trials add FILE",
                Level.NOTE,
                lines.place(at).line,
            )

    def _retracted(self, verdicts: Iterable[Verdict]) -> Iterator[Notice]:
        ids = {
            row.match.trial.id
            for verdict in verdicts
            for row in verdict.evidence
            if row.match.trial.status == "retracted"
        }
        for trial in sorted(ids):
            message = f"{trial} is retracted: it supports nothing"
            yield Notice(NoticeKind.RETRACTED, message, Level.WARNING)

    def _harms(self, document: Document, verdicts: tuple[Verdict, ...]) -> Iterator[Notice]:
        for message in harms_left_out(document.text, verdicts, self.shelf.terms):
            yield Notice(NoticeKind.HARM_LEFT_OUT, message, Level.NOTE)


def _inputs(document: Document) -> Iterator[Notice]:
    for one in document.notices:
        yield Notice(NoticeKind.INPUT, one.message, Level.NOTE, one.line)


def tool_of(trials: Evidence, rulebook: Rulebook) -> Tool:
    """Answer what does the judging: enough to get the same bytes again."""
    return Tool(
        version=claimcheck.__version__,
        rules=rulebook.fingerprint,
        trials=len(trials),
        as_of=trials.as_of,
        corpus=trials.fingerprint,
    )
