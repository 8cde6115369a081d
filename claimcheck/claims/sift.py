"""Which sentences of a document can hold a claim, or what a later claim looks back to?

Half of a text can do neither, and a sixth only names a treatment or tells a weakness. What is laid
out and kept of each is what it may be asked for, so that a long draft costs little: no sentence is
passed over that the rest of the program could have made anything of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    from claimcheck.reading.nlp import Reader
    from claimcheck.reading.sentences import Splitter
    from claimcheck.reading.sketch import Sieve, Sketch

_TELLING = frozenset({"disclosure"})
_CLAIMING = frozenset({*KINDS, *FIGURES})
_NAMES = frozenset({TermKind.INTERVENTION})
_NO_TERMS: frozenset[TermKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """A sentence that counts: its number, its place, and what it names.

    One that may hold a claim has its sketch, of any other there is what it tells.
    """

    order: int
    place: Place
    named: tuple[Candidate, ...]
    told: tuple[Disclosure, ...] = ()
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class _Sieves:
    """What keeps the sentences that may name a treatment, tell a weakness, or make a claim."""

    naming: Sieve
    telling: Sieve
    claiming: Sieve

    @classmethod
    def of(cls, reader: Reader) -> _Sieves:
        return cls(
            reader.sieve(NAMING, _NAMES),
            reader.sieve(_TELLING, _NO_TERMS),
            reader.sieve(_CLAIMING, _NO_TERMS),
        )


def sift(
    document: Document, reader: Reader, splitter: Splitter, weights: Weights, *, keep_all: bool
) -> Iterator[Kept]:
    """Yield what counts of every sentence, in order, and weigh what the document speaks of.

    With `keep_all` every sentence may hold a claim: to prove that sifting loses nothing.
    """
    text, sieves = document.text, _Sieves.of(reader)
    defined = reader.defined(abbreviations(text))
    for order, (place, span) in enumerate(places(document, splitter)):
        sketch = reader.sketch(text, span, also=defined)
        named: tuple[Candidate, ...] = ()
        if keep_all or place.headline or sieves.naming.passes(sketch):
            passage = Passage(reader.lay_out(text, sketch, cues=NAMING), place)
            named = interventions_in(text, passage.reading)
            weights.note(passage, named, order)
        if keep_all or sieves.claiming.passes(sketch):
            yield Kept(order, place, named, sketch=sketch)
            continue
        told: tuple[Disclosure, ...] = ()
        if sieves.telling.passes(sketch):
            told = told_in(text, reader.lay_out(text, sketch, cues=_TELLING))
        if named or told:
            yield Kept(order, place, named, told)
