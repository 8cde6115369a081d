"""Which sentences of a document can hold a claim, or what a later claim looks back to?

A third of a text can do neither, and a sixth only names a treatment or tells a weakness. Of each
is laid out and kept what it may be asked for, and no sentence is passed over that the rest of the
program could have made anything of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claimcheck.claims.disclosures import told_in
from claimcheck.claims.discourse import NAMING, interventions_in
from claimcheck.claims.effects import KINDS
from claimcheck.claims.outcomes import FIGURES
from claimcheck.claims.passage import Passage, places
from claimcheck.reading.abbreviations import abbreviations
from claimcheck.rulebook.types import TermKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.claims.discourse import Candidate, Weights
    from claimcheck.claims.passage import Place
    from claimcheck.model.claim import Disclosure
    from claimcheck.model.document import Document
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.reading.sentences import Splitter
    from claimcheck.reading.sketch import Sieve, Sketch

_CLAIMING = frozenset({*KINDS, *FIGURES})
_OTHER = frozenset({"drug-stem", "other-treatment", "disclosure"})
_ASKED = NAMING | {"disclosure"}  # of a sentence that makes no claim
_NAMES = frozenset({TermKind.INTERVENTION})
_HELD = 5_000  # readings; those of a longer draft are made again, lest they fill the memory


class Kept(NamedTuple):
    """A sentence that counts: its number, its place, what it names, and what it tells.

    One that may hold a claim has its sketch, and one of the first of them its reading.
    """

    order: int
    place: Place
    named: tuple[Candidate, ...]
    told: tuple[Disclosure, ...]
    sketch: Sketch | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class _Sieves:
    """What keeps the sentences that may make a claim, or name a treatment or tell a weakness."""

    claiming: Sieve
    other: Sieve

    @classmethod
    def of(cls, reader: Reader) -> _Sieves:
        return cls(reader.sieve(_CLAIMING, frozenset()), reader.sieve(_OTHER, _NAMES))


def sift(
    document: Document, reader: Reader, splitter: Splitter, weights: Weights, *, keep_all: bool
) -> Iterator[Kept]:
    """Yield what counts of every sentence, in order, and weigh what the document speaks of.

    With `keep_all` every sentence may hold a claim: to prove that sifting loses nothing.
    """
    text, sieves = document.text, _Sieves.of(reader)
    defined = reader.defined(abbreviations(text))
    held = known_to = 0
    for order, (place, span) in enumerate(places(document, splitter)):
        if span.end > known_to:
            known_to = reader.look_ahead(text, span.start)
        sketch = reader.sketch(text, span, also=defined)
        claiming = keep_all or reader.passes(text, sketch, sieves.claiming)
        if not (claiming or place.headline or reader.passes(text, sketch, sieves.other)):
            continue
        reading = reader.lay_out(text, sketch, cues=None if claiming else _ASKED)
        named = interventions_in(text, reading)
        told = told_in(text, reading)
        weights.note(Passage(reading, place), named, order)
        if claiming:
            yield Kept(order, place, named, told, sketch, reading if held < _HELD else None)
            held += 1
        elif named or told:
            yield Kept(order, place, named, told)
