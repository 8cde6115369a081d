"""What words and terms does a sentence hold? The only maker of a spaCy Language.

The pipeline is spaCy's blank English tokenizer, our stemmer, and tables of phrases over the stems:
no model is downloaded. A sentence is parsed on its own, so no text is too long.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from spacy.lang.en import English
from spacy.lang.lex_attrs import like_url

from claimcheck.model.document import Span
from claimcheck.reading.hits import Hit, Reading, TermHit, longest_rivals, longest_terms
from claimcheck.reading.phrases import HYPHENS, Phrases, words_of
from claimcheck.reading.stem import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from claimcheck.rulebook.types import Cue, Rulebook, Term


__all__ = ["Hit", "Reader", "Reading", "TermHit"]

_NEAR_MISS = "near-miss"
_ESCAPED = re.compile(r"\\.")


def _compiled(cue: Cue, pattern: str) -> tuple[Cue, re.Pattern[str], bool]:
    """Answer a cue's pattern, and if it tells capitals: if not, it is searched in lower case.

    A search without regard to case takes twice as long.
    """
    cased = any(letter.isupper() for letter in _ESCAPED.sub("", pattern))
    flags = re.VERBOSE | re.IGNORECASE if cased else re.VERBOSE
    return cue, re.compile(pattern, flags), cased


class Reader:
    """Reads sentences by one rulebook, with further names if given.

    `alone` lets every cue be found where a longer rival would take its words: for testing cues.
    """

    def __init__(
        self, rulebook: Rulebook, *, names: Sequence[Term] = (), alone: bool = False
    ) -> None:
        self._alone = alone
        self._irregular = dict(rulebook.irregular)
        self._stems: dict[str, str] = {}
        self._lowers: dict[str, str] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._nlp = English()
        self._cues = {cue.id: cue for cue in rulebook.cues}
        self._patterns = tuple(_compiled(cue, cue.pattern) for cue in rulebook.cues if cue.pattern)
        self._terms: dict[str, Term] = {}
        self._near: dict[str, str] = {}
        self._by_stem = Phrases(self._stem)
        self._by_form = Phrases(str.lower)
        self._by_case = Phrases(str)
        self._add_cues(rulebook.cues)
        self._add_terms((*rulebook.terms, *names))

    def _lower(self, form: str) -> str:
        # One object for each word, however often it stands in a long text.
        lower = form.lower()
        return self._lowers.setdefault(lower, lower)

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = stem(word, self._irregular)
        return self._stems[word]

    def _parts_of(self, form: str) -> tuple[str, ...]:
        """Answer the words of a token: none for a hyphen, several for "omega-3", one for most."""
        if form.isalpha():
            return (form,)
        if form not in self._parts:
            whole = like_url(form) or not (parts := words_of(form))
            passed_over = form in HYPHENS or form.isspace()
            self._parts[form] = (() if passed_over else (form,)) if whole else parts
        return self._parts[form]

    def _add_cues(self, cues: Iterable[Cue]) -> None:
        for cue in cues:
            (self._by_form if cue.exact else self._by_stem).add(f"cue {cue.id}", cue.phrases)

    def _add_terms(self, terms: Iterable[Term]) -> None:
        for term in terms:
            key = f"{term.kind} {term.id}"
            near = f"{_NEAR_MISS} {key}"
            self._terms[key] = term
            self._near[near] = key
            self._by_stem.add(key, term.names)
            self._by_case.add(key, (*term.exact, *(f"{name}s" for name in term.exact)))
            self._by_stem.add(near, term.near_misses)

    def defined(self, pairs: Mapping[str, str]) -> Phrases:
        """Answer the short forms that a text defines, as names of what their long forms name."""
        known = Phrases(str)
        for short, long in sorted(pairs.items()):
            found = self.read(long, Span(0, len(long))).terms
            whole = [hit for hit in found if hit.span.end == len(long)]
            for hit in whole:
                known.add(f"{hit.term.kind} {hit.term.id}", (short,))
        return known

    def read(self, text: str, span: Span, *, also: Phrases | None = None) -> Reading:
        """Read the sentence text[span], with all offsets counted in text.

        `also` holds further names, matched as written: short forms that the text defines.
        """
        sentence = text[span.start : span.end]
        doc = self._nlp.make_doc(sentence)
        forms = [token.text for token in doc]
        starts = array("L", (span.start + token.idx for token in doc))
        ends = array("L", (s + len(form) for s, form in zip(starts, forms, strict=True)))
        lowers = tuple(self._lower(form) for form in forms)
        stems = tuple(self._stem(lower) for lower in lowers)
        hits, terms = self._sort(self._find(forms, lowers, stems, also), starts, ends)
        hits += self._search(sentence, span, starts, ends)
        hits.sort(key=lambda hit: (hit.first, -hit.last, hit.cue.id))
        return Reading(
            span=span,
            text=sentence,
            starts=starts,
            ends=ends,
            lowers=lowers,
            stems=stems,
            hits=tuple(hits if self._alone else longest_rivals(hits)),
            terms=tuple(longest_terms(terms)),
        )

    def _find(
        self,
        forms: Sequence[str],
        lowers: Sequence[str],
        stems: Sequence[str],
        also: Phrases | None,
    ) -> Iterator[tuple[str, int, int]]:
        """Yield what stands in the row; hyphens are passed over: "low-dose" is "low dose"."""
        cased: list[str] = []
        lower: list[str] = []
        stemmed: list[str] = []
        at: list[int] = []
        for index, form in enumerate(forms):
            parts = self._parts_of(form)
            if parts == (form,):
                cased.append(form)
                lower.append(lowers[index])
                stemmed.append(stems[index])
                at.append(index)
                continue
            for part in parts:
                cased.append(part)
                lower.append(self._lower(part))
                stemmed.append(self._stem(lower[-1]))
                at.append(index)
        tables = [(self._by_stem, stemmed), (self._by_form, lower), (self._by_case, cased)]
        if also is not None:
            tables.append((also, cased))
        for phrases, row in tables:
            for key, first, last in phrases.find(row):
                yield key, at[first], at[last - 1] + 1

    def _sort(
        self, found: Iterable[tuple[str, int, int]], starts: Sequence[int], ends: Sequence[int]
    ) -> tuple[list[Hit], list[TermHit]]:
        hits: list[Hit] = []
        terms: list[TermHit] = []
        blocked: dict[str, list[tuple[int, int]]] = {}
        for key, first, last in found:
            span = Span(starts[first], ends[last - 1])
            if key.startswith("cue "):
                hits.append(Hit(self._cues[key[4:]], first, last, span))
            elif key in self._near:
                blocked.setdefault(self._near[key], []).append((first, last))
            else:
                terms.append(TermHit(self._terms[key], first, last, span))
        kept = [
            hit
            for hit in terms
            if not any(
                first <= hit.first and hit.last <= last and (last - first) > (hit.last - hit.first)
                for first, last in blocked.get(f"{hit.term.kind} {hit.term.id}", ())
            )
        ]
        return hits, kept

    def _search(
        self, sentence: str, span: Span, starts: Sequence[int], ends: Sequence[int]
    ) -> list[Hit]:
        found = []
        lower = sentence.lower()
        if len(lower) != len(sentence):
            lower = sentence
        for cue, pattern, cased in self._patterns:
            for match in pattern.finditer(sentence if cased else lower):
                begin, end = span.start + match.start(), span.start + match.end()
                first = next((i for i, e in enumerate(ends) if e > begin), None)
                last = next((i for i, s in enumerate(starts) if s >= end), len(starts))
                if first is not None and first < last:
                    found.append(Hit(cue, first, last, Span(begin, end)))
        return found
