"""What has the draft told its reader of a weakness, in a claim's sentence and before it?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimcheck.model.claim import Disclosure, DisclosureKind, DisclosureReach

if TYPE_CHECKING:
    from claimcheck.claims.passage import Passage

# Null-told holds to the end of the section; everything else to the end of the paragraph.
_TO_SECTION = frozenset({DisclosureKind.NULL_PRIMARY, DisclosureKind.NULL_OUTCOME})


@dataclass(frozen=True, slots=True)
class _Told:
    disclosure: Disclosure
    section: int
    paragraph: int


@dataclass(slots=True)
class Ledger:
    """What has been told so far, in reading order; it only grows."""

    told: list[_Told] = field(default_factory=list)

    def in_sentence(self, text: str, passage: Passage) -> tuple[Disclosure, ...]:
        """Answer what the sentence itself tells."""
        return tuple(
            Disclosure(
                DisclosureKind(str(hit.cue.value)),
                hit.span,
                text[hit.span.start : hit.span.end],
                DisclosureReach.SENTENCE,
            )
            for hit in passage.reading.of("disclosure")
        )

    def before(self, passage: Passage) -> tuple[Disclosure, ...]:
        """Answer what holds here of what was told before."""
        if passage.headline:
            return ()
        out = []
        for item in self.told:
            same_section = item.section == passage.section
            if item.disclosure.kind in _TO_SECTION and same_section:
                out.append(replace(item.disclosure, reach=DisclosureReach.SECTION))
            elif item.paragraph == passage.paragraph and same_section:
                out.append(replace(item.disclosure, reach=DisclosureReach.PARAGRAPH))
        return tuple(out)

    def note(self, disclosures: tuple[Disclosure, ...], passage: Passage) -> None:
        """Remember what a sentence told."""
        self.told += [_Told(item, passage.section, passage.paragraph) for item in disclosures]
