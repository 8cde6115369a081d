"""What do all claims of one sentence share?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from claimcheck.claims import parts
from claimcheck.claims.attribution import attribution_of
from claimcheck.claims.grounds import Grounds, grounds_of

if TYPE_CHECKING:
    from claimcheck.claims.discourse import Candidate
    from claimcheck.claims.passage import Passage
    from claimcheck.model.claim import Claim, Disclosure, Mention
    from claimcheck.model.document import Document


class Scene(NamedTuple):
    """One sentence with everything that its claims share."""

    text: str
    passage: Passage
    named: tuple[Candidate, ...]
    clauses: tuple[int, ...]
    grounds: Grounds
    told: tuple[Disclosure, ...]
    attribution: Mention | None
    magnitude: Mention | None
    before: Claim | None  # the claim that this sentence may go on speaking of


class Setting(NamedTuple):
    """A sentence and what led to it: what it names, what was told, and what was claimed before."""

    passage: Passage
    named: tuple[Candidate, ...]
    told: tuple[Disclosure, ...]
    before: Claim | None
    recent: bool  # a treatment was named shortly before


def scene_of(document: Document, setting: Setting, clauses: tuple[int, ...]) -> Scene:
    """Answer the scene of a sentence that may hold a claim."""
    text, reading = document.text, setting.passage.reading
    magnitude = parts.magnitude(text, reading.span)
    return Scene(
        text=text,
        passage=setting.passage,
        named=setting.named,
        clauses=clauses,
        grounds=grounds_of(
            setting.passage,
            setting.named,
            has_figures=magnitude is not None,
            continuing=setting.before is not None,
            recent=setting.recent,
        ),
        told=setting.told,
        attribution=attribution_of(document, reading),
        magnitude=magnitude,
        before=setting.before,
    )
