"""What has the draft told its reader of a weakness, in a claim's sentence and before it?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimcheck.model.claim import Disclosure, DisclosureKind, DisclosureReach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.claims.passage import Place
    from claimcheck.reading.nlp import Reading

# Null-told holds to the end of the section; everything else to the end of the paragraph.
_TO_SECTION = frozenset({DisclosureKind.NULL_PRIMARY, DisclosureKind.NULL_OUTCOME})

_REMEMBERED = 50  # failures told in one section; of more the earliest are forgotten, as by readers


def told_in(text: str, reading: Reading) -> tuple[Disclosure, ...]:
    """Answer what a sentence itself tells."""
    return tuple(
        Disclosure(
            DisclosureKind(str(hit.cue.value)),
            hit.span,
            text[hit.start : hit.end],
            DisclosureReach.SENTENCE,
        )
        for hit in reading.of("disclosure")
    )


@dataclass(slots=True)
class Ledger:
    """What has been told so far, in reading order, as far as it may still hold.

    Of what is told twice of one outcome and treatment in a section the later stands.
    """

    _section: int = -1
    _paragraph: int = -1
    _in_section: dict[tuple[str, str | None, str | None], Disclosure] = field(default_factory=dict)
    _in_paragraph: list[Disclosure] = field(default_factory=list)
    _holding: tuple[Disclosure, ...] | None = ()

    def before(self, place: Place) -> tuple[Disclosure, ...]:
        """Answer what holds here of what was told before; a headline has nothing before it."""
        self._turn_to(place)
        if self._holding is None:
            self._holding = (*self._in_section.values(), *self._in_paragraph)
        return () if place.headline else self._holding

    def note(self, disclosures: Iterable[Disclosure], place: Place) -> None:
        """Remember what a sentence told."""
        self._turn_to(place)
        for item in disclosures:
            self._holding = None
            if item.kind in _TO_SECTION:
                key = (item.kind, item.concept, item.intervention)
                self._in_section.pop(key, None)
                self._in_section[key] = replace(item, reach=DisclosureReach.SECTION)
                if len(self._in_section) > _REMEMBERED:
                    del self._in_section[next(iter(self._in_section))]
            else:
                self._in_paragraph.append(replace(item, reach=DisclosureReach.PARAGRAPH))

    def _turn_to(self, place: Place) -> None:
        if place.section != self._section:
            self._section = place.section
            self._in_section.clear()
            self._holding = None
        if place.paragraph != self._paragraph:
            self._paragraph = place.paragraph
            self._in_paragraph.clear()
            self._holding = None
