"""What words and terms does a sentence hold? The only maker of a spaCy Language.

The pipeline is spaCy's blank English tokenizer, our stemmer, and tables of phrases over the stems:
no model is downloaded. A sentence is parsed on its own, so no text is too long.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from claimcheck import cache
from claimcheck.model.document import Span
from claimcheck.reading.chunks import Chunk, Chunks
from claimcheck.reading.hits import Hit, Reading, TermHit, longest_rivals, longest_terms
from claimcheck.reading.needs import Needs, needed_by
from claimcheck.reading.phrases import Phrases, opened, way_of
from claimcheck.reading.sketch import Sieve, Sketch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from claimcheck.reading.chunks import Ways, Word
    from claimcheck.reading.phrases import Found, Table
    from claimcheck.rulebook.types import Cue, Rulebook, Term, TermKind


__all__ = ["Hit", "Reader", "Reading", "TermHit"]

_NEAR_MISS = "near-miss"
_ESCAPED = re.compile(r"\\.")
_AHEAD = 50_000  # code points
_NONE = (" ", " ", " ")  # stands behind the last word of a sentence, and is in no phrase


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
        self._needs = Needs(cache.made("needs", patterns, lambda: [*map(needed_by, patterns)]))
        self._chunks = Chunks(rulebook.irregular, opens=self._opens, needs=self._needs.of)
        self._terms: dict[str, Term] = {}
        self._near: dict[str, str] = {}
        self._by_stem = Phrases(self._chunks.stem)
        self._by_form = Phrases(str.lower)
        self._by_case = Phrases(str)
        self._sieves: dict[tuple[Collection[str], Collection[TermKind]], Sieve] = {}
        self._know(rulebook)
        self._add_terms(names)

    def _know(self, rulebook: Rulebook) -> None:
        """Take in the words of the rules, from the cache: stemming all takes as long as a page."""
        phrases = (self._by_stem, self._by_form, self._by_case)

        def make() -> tuple[Table, ...]:
            self._add_cues(rulebook.cues)
            self._add_terms(rulebook.terms)
            return tuple(one.table for one in phrases)

        known = [(self._note(term), term) for term in rulebook.terms]
        told = (
            repr([(cue.id, cue.exact, cue.phrases) for cue in rulebook.cues]),
            repr([(key, t.names, t.exact, t.near_misses) for key, t in known]),
            repr(sorted(rulebook.irregular.items())),
        )
        for one, table in zip(phrases, cache.made("phrases", told, make), strict=True):
            one.table = table

    def _note(self, term: Term) -> str:
        """Remember a term by its key, and answer that."""
        key = _key(term)
        self._terms[key] = term
        if term.near_misses:
            self._near[f"{_NEAR_MISS} {key}"] = key
        return key

    def _opens(self, word: Word) -> Ways:
        """Answer the phrases that a word opens: as written, in lower case, or by its stem."""
        form, lower, stem = word
        ways: Ways = ()
        if (seconds := self._by_case.table.get(form)) is not None:
            ways = ((0, *way_of(seconds)),)
        if (seconds := self._by_form.table.get(lower)) is not None:
            ways += ((1, *way_of(seconds)),)
        if (seconds := self._by_stem.table.get(stem)) is not None:
            ways += ((2, *way_of(seconds)),)
        return ways

    def _add_cues(self, cues: Iterable[Cue]) -> None:
        for cue in cues:
            (self._by_form if cue.exact else self._by_stem).add(f"cue {cue.id}", cue.phrases)

    def _add_terms(self, terms: Iterable[Term]) -> None:
        for term in terms:
            key = self._note(term)
            self._by_stem.add(key, term.names)
            self._by_case.add(key, (*term.exact, *(f"{name}s" for name in term.exact)))
            self._by_stem.add(f"{_NEAR_MISS} {key}", term.near_misses)

    def defined(self, pairs: Mapping[str, str]) -> Phrases:
        """Answer the short forms that a text defines, as names of what their long forms name."""
        known = Phrases(str)
        self._chunks.learn(" ".join(pairs.values()))
        for short, long in sorted(pairs.items()):
            sketch = self.sketch(long, Span(0, len(long)))
            found = self.lay_out(long, sketch, cues=frozenset()).terms
            whole = [hit for hit in found if hit.span.end == len(long)]
            for hit in whole:
                known.add(_key(hit.term), (short,))
        return known

    def sieve(self, cues: frozenset[str], terms: frozenset[TermKind]) -> Sieve:
        """Answer what keeps the sentences that may hold a cue or a term of these kinds."""
        if (cues, terms) not in self._sieves:
            keys = [key for key, cue in self._cues.items() if cue.kind in cues]
            keys += [key for key, term in self._terms.items() if term.kind in terms]
            flags = (1 << at for at, (cue, _) in enumerate(self._patterns) if cue.kind in cues)
            self._sieves[cues, terms] = Sieve(frozenset(keys), sum(flags))
        return self._sieves[cues, terms]

    def read(self, text: str, span: Span, *, also: Phrases | None = None) -> Reading:
        """Read the sentence text[span], with all offsets counted in text.

        `also` holds further names, matched as written: short forms that the text defines.
        """
        return self.lay_out(text, self.sketch(text, span, also=also))

    def look_ahead(self, text: str, start: int) -> int:
        """Learn the words of a part of a text that is to be sketched, and answer where it ends.

        Many at once take less time than sentence by sentence; all at once would take much memory.
        """
        end = min(start + _AHEAD, len(text))
        self._chunks.learn(text[start:end])
        return end

    def sketch(self, text: str, span: Span, *, also: Phrases | None = None) -> Sketch:
        """Look the sentence text[span] through for what the rules know, and no more.

        Hyphens are passed over: "low-dose" is "low dose".
        """
        chunks = self._chunks.of(text[span.start : span.end])
        rows = [*zip(*[word for chunk in chunks for word in chunk.words], _NONE, strict=True)]
        found: list[Found] = []
        marks = begin = 0
        for chunk in chunks:
            for at, ways in chunk.opening:
                first = begin + at
                for form, alone, longer in ways:
                    if alone:
                        found += [(key, first, first + 1) for key in alone]
                    if longer is not None and (behind := longer.get(rows[form][first + 1])):
                        found += opened(behind, rows[form], first)
            marks |= chunk.needs
            begin += len(chunk.words)
        if also:
            found += also.find(rows[0])
        return Sketch(span, tuple(found), self._needs.met(marks))

    def passes(self, text: str, sketch: Sketch, sieve: Sieve) -> bool:
        """Tell whether a sketched sentence may hold what a sieve keeps.

        It errs on one side alone: of a phrase that a longer rival takes away it says yes.
        """
        return sieve.names(sketch) or any(
            pattern.search(searched)
            for _, pattern, searched in self._searched(text, sketch, sieve.needs)
        )

    def lay_out(self, text: str, sketch: Sketch, *, cues: frozenset[str] | None = None) -> Reading:
        """Answer a sketched sentence with its tokens and all that was found in it.

        `cues` are the kinds to lay out, where not all are wanted; no kind of rivals may be in it.
        """
        span = sketch.span
        sentence = text[span.start : span.end]
        chunks, places = self._chunks.placed(sentence)
        begins = [span.start + place for place in places]
        columns = [*zip(*chunks, strict=True)] or [()] * len(Chunk._fields)
        begun, ended, lowers, stems, _, inside, *_ = columns
        placed = [*zip(begins, begun, ended, strict=True)]
        starts = array("L", [at + one for at, ones, _ in placed for one in ones])
        ends = array("L", [at + one for at, _, ones in placed for one in ones])
        firsts = accumulate(map(len, begun), initial=0)
        tokens = [first + at for first, ones in zip(firsts, inside, strict=False) for at in ones]
        hits, terms = self._sort(sketch.found, tokens, starts, ends, cues)
        hits += self._search(text, sketch, starts, ends, cues)
        hits.sort(key=lambda hit: (hit.first, -hit.last, hit.cue.id))
        return Reading(
            span=span,
            text=sentence,
            starts=starts,
            ends=ends,
            lowers=tuple(chain.from_iterable(lowers)),
            stems=tuple(chain.from_iterable(stems)),
            hits=tuple(hits) if self._alone else longest_rivals(hits),
            terms=longest_terms(terms),
        )

    def _sort(
        self,
        found: Iterable[Found],
        tokens: Sequence[int],
        starts: Sequence[int],
        ends: Sequence[int],
        cues: frozenset[str] | None,
    ) -> tuple[list[Hit], list[TermHit]]:
        hits: list[Hit] = []
        terms: list[TermHit] = []
        blocked: dict[str, list[tuple[int, int]]] = {}
        for key, begin, end in found:
            first, final = tokens[begin], tokens[end - 1]
            if (cue := self._cues.get(key)) is not None:
                if cues is None or cue.kind in cues:
                    hits.append(Hit(cue, first, final + 1, starts[first], ends[final]))
            elif (meant := self._near.get(key)) is not None:
                blocked.setdefault(meant, []).append((first, final + 1))
            else:
                term = self._terms[key]
                terms.append(TermHit(term, first, final + 1, starts[first], ends[final]))
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
        text: str,
        sketch: Sketch,
        starts: Sequence[int],
        ends: Sequence[int],
        cues: frozenset[str] | None,
    ) -> list[Hit]:
        wanted = sketch.needs if cues is None else self.sieve(cues, frozenset()).needs
        begun = sketch.span.start
        found: list[Hit] = []
        for cue, pattern, searched in self._searched(text, sketch, wanted):
            for match in pattern.finditer(searched):
                begin, end = begun + match.start(), begun + match.end()
                first, last = bisect_right(ends, begin), bisect_left(starts, end)
                if first < last:
                    found.append(Hit(cue, first, last, begin, end))
        return found

    def _searched(
        self, text: str, sketch: Sketch, wanted: int
    ) -> Iterator[tuple[Cue, re.Pattern[str], str]]:
        """Yield the patterns of these flags that may match a sentence, and what to search."""
        needs = sketch.needs & wanted
        if not needs:
            return
        sentence = text[sketch.span.start : sketch.span.end]
        lower = sentence.lower()
        if len(lower) != len(sentence):
            lower = sentence
        while needs:
            at = (needs & -needs).bit_length() - 1
            needs &= needs - 1
            cue, source = self._patterns[at]
            if at not in self._ready:  # a short text needs few of them
                self._ready[at] = _compiled(source)
            pattern, cased = self._ready[at]
            yield cue, pattern, sentence if cased else lower


def _key(term: Term) -> str:
    return f"{term.kind} {term.id}"
