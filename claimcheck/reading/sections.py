"""Which part of a report does each sentence stand in: methods, results or conclusion?

Labels decide where a report has them; else the words of its sentences do, in the order in which
reports are told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from claimcheck.model.document import Span
from claimcheck.reading.numbers import FigureKind, figures
from claimcheck.reading.sentences import Splitter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claimcheck.reading.nlp import Reader, Reading
    from claimcheck.reading.phrases import Phrases
    from claimcheck.rulebook.types import Rulebook


class Part(StrEnum):
    """What a stretch of a report is there for."""

    TITLE = "title"
    BACKGROUND = "background"
    OBJECTIVE = "objective"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report: its part, its label's words, and the span of its body."""

    part: Part
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report, read, with the part and the label that it stands under."""

    part: Part
    label: str
    reading: Reading

    @property
    def span(self) -> Span:
        """Where the sentence stands in the report."""
        return self.reading.span


_LABEL = re.compile(
    r"(?:^|\n)[ \t]*(?:[*#_]+\s?)?(?:abstract[.:]\s?)?(?P<line>[A-Za-z][A-Za-z/&,'’.\- ]{2,70}?)"
    r"[ \t]*(?:[*_]*:+[*_]*|(?=\n|$))"
    r"|(?<=[.?!)\]])\s+(?P<run>[A-Z][A-Za-z/& ]{3,40}?):+\s"
    r"|(?<=[.?!)\]])\s?(?P<bare>METHODS|RESULTS|FINDINGS|CONCLUSIONS?|INTERPRETATION|BACKGROUND|OBJECTIVES?)\b:?",
    re.IGNORECASE,
)
_PARTS = (  # of several in a label the first here decides: "conclusions and relevance"
    Part.TITLE,
    Part.OTHER,
    Part.CONCLUSION,
    Part.RESULTS,
    Part.METHODS,
    Part.OBJECTIVE,
    Part.BACKGROUND,
)
_BLANK = re.compile(r"\n\s*\n")
_GLUED = re.compile(r"(?<=[a-z)\]])\.(?=[A-Z][a-z]+\s)")
_WORD = re.compile(r"[^\s/,.]+")
LONGEST = 3000  # code points of a sentence: the longest of real reports have about half
LONGEST_WORD = 300
LABEL_WORDS = 7  # a label has no more
_TOLD = (FigureKind.P_VALUE, FigureKind.INTERVAL)


def sections(text: str, rulebook: Rulebook) -> tuple[Section, ...]:
    """Answer the labelled parts of a report in order; what has no label is `other` than any."""
    labels = [
        (match, part, match.group().strip().strip("*#_:").strip())
        for match in _LABEL.finditer(text)
        if (part := _part_of(match["line"] or match["run"] or match["bare"] or "", match, rulebook))
    ]
    out = []
    first = labels[0][0].start() if labels else len(text)
    if text[:first].strip():
        out.append(Section(Part.OTHER, "", Span(0, first)))
    for at, (match, part, label) in enumerate(labels):
        end = labels[at + 1][0].start() if at + 1 < len(labels) else len(text)
        out += _body(text, part, label, Span(match.end(), end))
    return tuple(out)


def _body(text: str, part: Part, label: str, span: Span) -> Iterator[Section]:
    """Yield a part's body; a title ends with its paragraph, what follows it is unlabelled."""
    end = span.end
    if part is Part.TITLE:
        start = span.start + len(text[span.start : end]) - len(text[span.start : end].lstrip())
        blank = _BLANK.search(text, start, end)
        end = blank.start() if blank else end
    yield Section(part, label, Span(span.start, end))
    if text[end : span.end].strip():
        yield Section(Part.OTHER, "", Span(end, span.end))


def _part_of(label: str, match: re.Match[str], rulebook: Rulebook) -> Part | None:
    found = [word.lower() for word in _WORD.findall(label)]
    if not found or len(found) > LABEL_WORDS:
        return None
    if match["run"] and not label[0].isupper():
        return None
    if match["bare"] and not match["bare"].isupper():
        return None
    whole = " ".join(found)
    known = {part: set(rulebook.words.get(f"part-{part}", ())) for part in _PARTS}
    joining = set(rulebook.words.get("part-joining", ()))
    for part in _PARTS:
        if whole in known[part]:
            return part
    every = set().union(*known.values()) | joining
    if not all(word in every for word in found):
        return None
    return next((part for part in _PARTS if any(word in known[part] for word in found)), None)


def sentences(
    text: str, *, reader: Reader, rulebook: Rulebook, also: Phrases | None = None
) -> tuple[Sentence, ...]:
    """Answer every sentence of a report with the part that it stands in, read."""
    splitter = Splitter.of(rulebook)
    out: list[Sentence] = []
    found = sections(text, rulebook)
    labelled = any(section.part is Part.RESULTS for section in found)
    for section in found:
        read = [
            reader.read(text, span, also=also)
            for block in _blocks(text, section.span)
            for stretch in splitter.split(text, block.start, block.end)
            for span in _unglued(text, stretch)
        ]
        parts: Sequence[Part] = [section.part] * len(read)
        if section.part is Part.OTHER and not section.label and not labelled:
            parts = list(_implied(text, read, Part.BACKGROUND))
        elif section.part is Part.RESULTS and _tells_methods(section.label, rulebook):
            parts = list(_implied(text, read, Part.METHODS))
        out += [
            Sentence(part, section.label, reading)
            for part, reading in zip(parts, read, strict=True)
        ]
    return tuple(out)


def _unglued(text: str, span: Span) -> Iterator[Span]:
    """Part sentences that a lost space has glued together: "(P = 0.02).The drug"."""
    start = span.start
    for stop in _GLUED.finditer(text, span.start, span.end):
        yield from _bounded(text, Span(start, stop.end()))
        start = stop.end()
    yield from _bounded(text, Span(start, span.end))


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """Part what is too long to be a sentence, so that no text takes time beyond its length."""
    start = span.start
    while span.end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > start else start + LONGEST_WORD
        yield Span(start, cut)
        start = cut
    if start < span.end:
        yield Span(start, span.end)


def _blocks(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for blank in _BLANK.finditer(text, span.start, span.end):
        yield Span(start, blank.start())
        start = blank.end()
    yield Span(start, span.end)


def _tells_methods(label: str, rulebook: Rulebook) -> bool:
    """Tell whether a label of results speaks of methods too: "Methods and findings"."""
    known = rulebook.words.get("part-methods", ())
    return any(word.lower() in known for word in _WORD.findall(label))


def _implied(text: str, readings: Sequence[Reading], now: Part) -> Iterator[Part]:
    """Yield the part of each sentence of a report without labels, going only forward."""
    figured = [any(f.kind in _TOLD for f in figures(text, r.span)) for r in readings]
    last = max((at for at, told in enumerate(figured) if told), default=len(readings))
    for at, reading in enumerate(readings):
        cues = {hit.cue.value for hit in reading.of("part")}
        told = figured[at]
        closing = "conclusion" in cues or (at > last and bool(reading.of("hedge")))
        if closing and not told:
            now = Part.CONCLUSION
        elif told and now is not Part.BACKGROUND:
            now = Part.RESULTS
        elif now in (Part.METHODS, Part.RESULTS):
            if "results" in cues and "methods" not in cues:
                now = Part.RESULTS
        elif now is not Part.CONCLUSION:
            if "methods" in cues:
                now = Part.METHODS
            elif "objective" in cues:
                now = Part.OBJECTIVE
            elif told:
                now = Part.RESULTS
        yield now
