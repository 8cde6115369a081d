"""What do all claims of one sentence share?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.claims import parts
from claimcheck.claims.attribution import attribution_of
from claimcheck.claims.discourse import Candidate, interventions_in
from claimcheck.claims.grounds import Grounds, grounds_of
from claimcheck.reading.context import clause_of

if TYPE_CHECKING:
    from claimcheck.claims.disclosures import Ledger
    from claimcheck.claims.passage import Passage
    from claimcheck.claims.words import Words
    from claimcheck.model.claim import Claim, Disclosure, Mention
    from claimcheck.model.document import Document


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
    document: Document,
    passage: Passage,
    ledger: Ledger,
    words: Words,
    *,
    before: Claim | None,
    recent: bool,
) -> Scene:
    """Answer the scene of a sentence, given what was told, claimed and named before it."""
    text, reading = document.text, passage.reading
    named = interventions_in(text, reading)
    has_figures = parts.magnitude(text, reading.span) is not None
    return Scene(
        text=text,
        passage=passage,
        named=named,
        clauses=clause_of(reading, words.breaks),
        grounds=grounds_of(
            passage,
            named,
            has_figures=has_figures,
            continuing=before is not None,
            recent=recent,
        ),
        told=(*ledger.in_sentence(text, passage), *ledger.before(passage)),
        attribution=attribution_of(document, reading),
        before=before,
    )
