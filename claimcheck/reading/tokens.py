"""spaCy's blank tokenizer for English, its special cases taken up as they are met.

It has some 1,300 ("can't", "a.m."), and takes as long over them at the start as over a page. One
can bear only on a chunk that it stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.lang.en import EnglishDefaults
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Two blanks: the second is a token of its own, and no special case goes across it.
_APART = "  "
_BEGINNING = 2  # letters by which special cases are looked up; those of one are taken up at once


class Tokens:
    """Takes chunks apart; `special` are the chunks that have a rule of their own."""

    def __init__(self) -> None:
        defaults = EnglishDefaults
        self._waiting = dict(defaults.tokenizer_exceptions or {})
        self.special = frozenset(self._waiting)
        # A vocabulary without getters: what a word looks like is never asked, and costs most.
        self._tokenizer = Tokenizer(
            Vocab(),
            prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
            suffix_search=compile_suffix_regex(defaults.suffixes or ()).search,
            infix_finditer=compile_infix_regex(defaults.infixes or ()).finditer,
            token_match=defaults.token_match,
            url_match=defaults.url_match,
        )
        self._by_beginning: dict[str, list[str]] = {}
        for word in self._waiting:
            self._by_beginning.setdefault(word[:_BEGINNING], []).append(word)
        self._take_up([word for word in self._waiting if len(word) < _BEGINNING])

    def of(self, chunks: Sequence[str]) -> Iterator[tuple[list[str], list[int]]]:
        """Yield the tokens of each chunk, and where in it each begins.

        The more are asked for at once, the less each costs: one alone twenty times as much.
        """
        for chunk in chunks:
            self._take_up(self._within(chunk))
        doc = self._tokenizer(_APART.join(chunks))
        forms, begins = [token.text for token in doc], [token.idx for token in doc]
        start = first = 0
        for chunk in chunks:
            end, last = start + len(chunk), first
            while last < len(forms) and begins[last] < end:
                last += 1
            yield forms[first:last], [begin - start for begin in begins[first:last]]
            start, first = end + len(_APART), last + 1

    def _take_up(self, words: list[str]) -> None:
        for word in words:
            if word in self._waiting:
                self._tokenizer.add_special_case(word, self._waiting.pop(word))

    def _within(self, chunk: str) -> list[str]:
        return [
            word
            for at in range(len(chunk))
            for word in self._by_beginning.get(chunk[at : at + _BEGINNING], ())
            if chunk.startswith(word, at)
        ]
