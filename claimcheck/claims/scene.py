"""What do all claims of one sentence share?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.claims import parts
from claimcheck.claims.discourse import Candidate, interventions_in
from claimcheck.claims.grounds import Grounds, grounds_of
from claimcheck.model.claim import Claim, Disclosure, Mention
from claimcheck.model.document import Span
from claimcheck.reading.context import clause_of

if TYPE_CHECKING:
    from claimcheck.claims.disclosures import Ledger
    from claimcheck.claims.passage import Passage
    from claimcheck.claims.words import Words
    from claimcheck.model.document import Document
    from claimcheck.reading.nlp import Reading


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with everything that its claims share."""

    text: str
    passage: Passage
    named: tuple[Candidate, ...]
    clauses: tuple[int, ...]
    grounds: Grounds
    told: tuple[Disclosure, ...]
    attribution: Mention | None
    before: Claim | None  # the claim that this sentence may go on speaking of


def scene_of(
    document: Document, passage: Passage, ledger: Ledger, words: Words, before: Claim | None
) -> Scene:
    """Answer the scene of a sentence, given what was told and claimed before it."""
    text, reading = document.text, passage.reading
    named = interventions_in(text, reading)
    has_figures = parts.magnitude(text, reading.span) is not None
    return Scene(
        text=text,
        passage=passage,
        named=named,
        clauses=clause_of(reading, words.breaks),
        grounds=grounds_of(passage, named, has_figures=has_figures, continuing=before is not None),
        told=(*ledger.in_sentence(text, passage), *ledger.before(passage)),
        attribution=_attribution(document, reading),
        before=before,
    )


def _attribution(document: Document, reading: Reading) -> Mention | None:
    said = parts.first_hit(document.text, reading, "attribution", reading.span)
    if said is not None:
        return said
    for span in document.attributed:
        if span.overlaps(reading.span):
            inside = Span(max(span.start, reading.span.start), min(span.end, reading.span.end))
            return Mention(document.text[inside.start : inside.end], inside)
    return None
