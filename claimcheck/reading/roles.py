"""Which words name a trial's primary outcome, and which its secondary ones?

A head ("primary outcome measure") is found by the rules' cues; the name stands behind it ("was X",
"(X)", ", X,", "of X") or before it ("X was the", "X (", "with X as the").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.model.trial import Role
from claimcheck.reading.role_before import before
from claimcheck.reading.role_behind import behind
from claimcheck.reading.role_names import RoleWords, items
from claimcheck.reading.sentences import Splitter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.model.document import Span
    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.rulebook.types import Rulebook


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name outcomes of one role: the span of the name and that of the head."""

    role: Role
    span: Span
    head: Span


def primary_outcomes(text: str, *, reader: Reader, rulebook: Rulebook) -> list[Span]:
    """Answer which words of the text name the primary outcome, in order."""
    found: set[Span] = set()
    words = RoleWords.of(rulebook)
    for sentence in Splitter.of(rulebook).split(text, 0, len(text)):
        reading = reader.read(text, sentence)
        found |= {n.span for n in namings(reading, words) if n.role is Role.PRIMARY}
    return sorted(found)


def namings(reading: Reading, words: RoleWords) -> Iterator[Naming]:
    """Yield what the sentence names as outcomes of a role."""
    heads = reading.of("role-head")
    for hit in heads:
        later = min((h.first for h in heads if h.first >= hit.last), default=len(reading.lowers))
        name = behind(reading, hit, later, words) or before(reading, hit, words)
        if name is None:
            continue
        role = Role(hit.cue.value or "unknown")
        for first, last in items(reading, *name, words):
            yield Naming(role, reading.slice(first, last), hit.span)
