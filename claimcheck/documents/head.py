"""The head of a page: title and descriptions, each said once however often it is repeated."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from claimcheck.documents.tags import Tag, attribute, write_text
from claimcheck.documents.textline import normalise
from claimcheck.model.document import BlockKind, Span

if TYPE_CHECKING:
    from claimcheck.documents.weave import Strand, Weaver

_TITLES = ("og:title", "twitter:title")
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_CUT_OFF = ".\u2026 "


@dataclass(slots=True)
class Head:
    """Collects what a page's head says, until its first words are read."""

    strand: Strand
    weaver: Weaver
    titles: list[Span] = field(default_factory=list)
    descriptions: list[Span] = field(default_factory=list)
    _called: list[str] = field(default_factory=list)  # titles so far
    _said: list[str] = field(default_factory=list)  # descriptions so far
    _titled: bool = False

    @property
    def waiting(self) -> bool:
        """Tell whether there is something that has not been laid down yet."""
        return bool(self.titles or self.descriptions)

    def take(self, tag: Tag) -> None:
        """Keep the words of a `title`, or of a `meta` that readers see."""
        if tag.name == "title":
            self._keep(self.titles, tag.inner)
            return
        label = attribute(tag, "property") or attribute(tag, "name")
        content = attribute(tag, "content")
        if label is None or content is None:
            return
        what = self.strand.text[label.start : label.end].strip().lower()
        if what in _TITLES:
            self._keep(self.titles, content)
        elif what in _DESCRIPTIONS:
            self._keep(self.descriptions, content)

    def lay(self) -> None:
        """Lay down what was kept: titles, of which the first is the page's, then descriptions."""
        for span in self.titles:
            kind = BlockKind.META if self._titled else BlockKind.TITLE
            self._write(kind, span)
            self._titled = True
        for span in self.descriptions:
            self._write(BlockKind.META, span)
        self.titles.clear()
        self.descriptions.clear()

    def takes_heading(self) -> bool:
        """Tell whether a first heading is the page's title, since the head names none."""
        return (
            not self._titled
            and not self.titles
            and not any(block.kind is BlockKind.TITLE for block in self.weaver.blocks)
        )

    def _keep(self, family: list[Span], span: Span) -> None:
        words = self._words(span)
        said = self._said if family is self.descriptions else self._called
        if not words or any(_repeats(words, other) for other in (*said, *self._called)):
            return
        for other in [other for other in family if _repeats(self._words(other), words)]:
            family.remove(other)  # the fuller one stands for both
        family.append(span)
        said.append(words)

    def _words(self, span: Span) -> str:
        return normalise(unescape(self.strand.text[span.start : span.end]))

    def _write(self, kind: BlockKind, span: Span) -> None:
        self.weaver.open(kind)
        write_text(self.weaver, self.strand, span.start, span.end)
        self.weaver.close()


def _repeats(words: str, other: str) -> bool:
    """Tell whether words are no more than the beginning of others, cut off or not."""
    return other.startswith(words.rstrip(_CUT_OFF))
