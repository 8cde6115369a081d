"""What words and terms does a sentence hold? The only maker of a spaCy Language.

The pipeline is spaCy's blank English tokenizer, our stemmer, and tables of phrases over the stems:
no model is downloaded. A sentence is parsed on its own, so no text is too long.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from claimcheck import cache
from claimcheck.model.document import Span
from claimcheck.reading.chunks import Chunks
from claimcheck.reading.hits import Hit, Reading, TermHit, longest_rivals, longest_terms
from claimcheck.reading.needs import Needs, needed_by
from claimcheck.reading.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claimcheck.reading.chunks import Chunk
    from claimcheck.reading.phrases import Table
    from claimcheck.rulebook.types import Cue, Rulebook, Term


__all__ = ["Hit", "Reader", "Reading", "TermHit"]

_NEAR_MISS = "near-miss"
_ESCAPED = re.compile(r"\\.")


def _compiled(pattern: str) -> tuple[re.Pattern[str], bool]:
    """Answer a pattern to search with, and if it tells capitals; else lower case is searched.

    A search without regard to case takes twice as long.
    """
    cased = any(letter.isupper() for letter in _ESCAPED.sub("", pattern))
    flags = re.VERBOSE | re.IGNORECASE if cased else re.VERBOSE
    return re.compile(pattern, flags), cased


class Reader:
    """Reads sentences by one rulebook, with further names if given.

    `alone` lets every cue be found where a longer rival would take its words: for testing cues.
    """

    def __init__(
        self, rulebook: Rulebook, *, names: Sequence[Term] = (), alone: bool = False
    ) -> None:
        self._alone = alone
        self._cues = {f"cue {cue.id}": cue for cue in rulebook.cues}
        self._patterns = tuple((cue, cue.pattern) for cue in rulebook.cues if cue.pattern)
        self._ready: dict[int, tuple[re.Pattern[str], bool]] = {}
        patterns = [pattern for _, pattern in self._patterns]
        needs = Needs(cache.made("needs", patterns, lambda: [*map(needed_by, patterns)]))
        self._always = needs.always
        self._chunks = Chunks(rulebook.irregular, opens=self._opens, needs=needs.of)
        self._terms: dict[str, Term] = {}
        self._near: dict[str, str] = {}
        self._by_stem = Phrases(self._chunks.stem)
        self._by_form = Phrases(str.lower)
        self._by_case = Phrases(str)
        self._know(rulebook)
        self._add_terms(names)

    def _know(self, rulebook: Rulebook) -> None:
        """Take in the words of the rules, from the cache: stemming all takes as long as a page."""
        phrases = (self._by_stem, self._by_form, self._by_case)

        def make() -> tuple[Table, ...]:
            self._add_cues(rulebook.cues)
            self._add_terms(rulebook.terms)
            return tuple(one.table for one in phrases)

        for term in rulebook.terms:
            self._note(term)
        told = (
            *(repr((cue.id, cue.exact, cue.phrases)) for cue in rulebook.cues),
            *(repr((_key(t), t.names, t.exact, t.near_misses)) for t in rulebook.terms),
            repr(sorted(rulebook.irregular.items())),
        )
        for one, table in zip(phrases, cache.made("phrases", told, make), strict=True):
            one.table = table

    def _note(self, term: Term) -> None:
        key = _key(term)
        self._terms[key] = term
        self._near[f"{_NEAR_MISS} {key}"] = key

    def _opens(self, word: str, lower: str, stem: str) -> bool:
        return self._by_stem.opens(stem) or self._by_form.opens(lower) or self._by_case.opens(word)

    def _add_cues(self, cues: Iterable[Cue]) -> None:
        for cue in cues:
            (self._by_form if cue.exact else self._by_stem).add(f"cue {cue.id}", cue.phrases)

    def _add_terms(self, terms: Iterable[Term]) -> None:
        for term in terms:
            self._note(term)
            key = _key(term)
            self._by_stem.add(key, term.names)
            self._by_case.add(key, (*term.exact, *(f"{name}s" for name in term.exact)))
            self._by_stem.add(f"{_NEAR_MISS} {key}", term.near_misses)

    def defined(self, pairs: Mapping[str, str]) -> Phrases:
        """Answer the short forms that a text defines, as names of what their long forms name."""
        known = Phrases(str)
        for short, long in sorted(pairs.items()):
            found = self.read(long, Span(0, len(long))).terms
            whole = [hit for hit in found if hit.span.end == len(long)]
            for hit in whole:
                known.add(_key(hit.term), (short,))
        return known

    def read(self, text: str, span: Span, *, also: Phrases | None = None) -> Reading:
        """Read the sentence text[span], with all offsets counted in text.

        `also` holds further names, matched as written: short forms that the text defines.
        """
        sentence = text[span.start : span.end]
        row = _Row()
        row.fill(self._chunks.of(sentence), span.start)
        starts, ends = array("L", row.starts), array("L", row.ends)
        hits, terms = self._sort(self._find(row, also), starts, ends)
        hits += self._search(sentence, span, row.needs | self._always, starts, ends)
        hits.sort(key=lambda hit: (hit.first, -hit.last, hit.cue.id))
        return Reading(
            span=span,
            text=sentence,
            starts=starts,
            ends=ends,
            lowers=tuple(row.lowers),
            stems=tuple(row.stems),
            hits=tuple(hits if self._alone else longest_rivals(hits)),
            terms=tuple(longest_terms(terms)),
        )

    def _find(self, row: _Row, also: Phrases | None) -> Iterator[tuple[str, int, int]]:
        """Yield what stands in the row; hyphens are passed over: "low-dose" is "low dose"."""
        tables = (
            (self._by_stem, row.stemmed),
            (self._by_form, row.plain),
            (self._by_case, row.cased),
        )
        at = row.tokens
        for phrases, words in tables:
            for key, first, last in phrases.find(words, row.opening):
                yield key, at[first], at[last - 1] + 1
        if also:
            for key, first, last in also.find(row.cased):
                yield key, at[first], at[last - 1] + 1

    def _sort(
        self, found: Iterable[tuple[str, int, int]], starts: Sequence[int], ends: Sequence[int]
    ) -> tuple[list[Hit], list[TermHit]]:
        hits: list[Hit] = []
        terms: list[TermHit] = []
        blocked: dict[str, list[tuple[int, int]]] = {}
        for key, first, last in found:
            if (cue := self._cues.get(key)) is not None:
                hits.append(Hit(cue, first, last, Span(starts[first], ends[last - 1])))
            elif (meant := self._near.get(key)) is not None:
                blocked.setdefault(meant, []).append((first, last))
            else:
                term = self._terms[key]
                terms.append(TermHit(term, first, last, Span(starts[first], ends[last - 1])))
        if not blocked:
            return hits, terms
        kept = [
            hit
            for hit in terms
            if not any(
                first <= hit.first and hit.last <= last and (last - first) > (hit.last - hit.first)
                for first, last in blocked.get(_key(hit.term), ())
            )
        ]
        return hits, kept

    def _search(
        self,
        sentence: str,
        span: Span,
        needs: int,
        starts: Sequence[int],
        ends: Sequence[int],
    ) -> list[Hit]:
        found: list[Hit] = []
        if not needs:
            return found
        lower = sentence.lower()
        if len(lower) != len(sentence):
            lower = sentence
        for at, (cue, source) in enumerate(self._patterns):
            if not needs >> at & 1:
                continue
            if at not in self._ready:  # a short text needs few of them
                self._ready[at] = _compiled(source)
            pattern, cased = self._ready[at]
            for match in pattern.finditer(sentence if cased else lower):
                begin, end = span.start + match.start(), span.start + match.end()
                first, last = bisect_right(ends, begin), bisect_left(starts, end)
                if first < last:
                    found.append(Hit(cue, first, last, Span(begin, end)))
        return found


def _key(term: Term) -> str:
    return f"{term.kind} {term.id}"


class _Row:
    """The tokens and words of a sentence, put together chunk by chunk."""

    __slots__ = (
        *("starts", "ends", "lowers", "stems"),
        *("cased", "plain", "stemmed", "tokens", "opening", "needs"),
    )

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.lowers: list[str] = []
        self.stems: list[str] = []
        self.cased: list[str] = []
        self.plain: list[str] = []
        self.stemmed: list[str] = []
        self.tokens: list[int] = []
        self.opening: list[int] = []
        self.needs = 0

    def fill(self, chunks: Iterable[tuple[int, Chunk]], start: int) -> None:
        token = word = 0
        for place, chunk in chunks:
            at = start + place
            count = len(chunk.starts)
            if count == 1:  # as most are
                self.starts.append(at)
                self.ends.append(at + chunk.ends[0])
            else:
                self.starts += [at + begin for begin in chunk.starts]
                self.ends += [at + end for end in chunk.ends]
            self.lowers += chunk.lowers
            self.stems += chunk.stems
            self.cased += chunk.cased
            self.plain += chunk.plain
            self.stemmed += chunk.stemmed
            self.tokens += [token + one for one in chunk.tokens]
            if chunk.opening:
                self.opening += [word + one for one in chunk.opening]
            self.needs |= chunk.needs
            token += count
            word += len(chunk.tokens)
