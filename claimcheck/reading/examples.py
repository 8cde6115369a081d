"""Do the cues of a rulebook find what their examples say, and nothing in the others?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.reading.nlp import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.rulebook.types import Cue, Rulebook


def test_cues(rulebook: Rulebook) -> list[str]:
    """Answer a line for each example that does not hold, in the order of the rules."""
    reader = Reader(rulebook, alone=True)
    return [fault for cue in rulebook.cues for fault in _faults(cue, reader)]


def _faults(cue: Cue, reader: Reader) -> Iterator[str]:
    for wanted, examples in ((True, cue.match), (False, cue.no_match)):
        for example in examples:
            reading = reader.read(example, Span(0, len(example)))
            found = any(hit.cue.id == cue.id for hit in reading.hits)
            if found is not wanted:
                what = "finds nothing in" if wanted else "must not be found in"
                yield f"{cue.location}: rule {cue.id}: {what} {example!r}"
