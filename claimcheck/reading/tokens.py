"""spaCy's blank tokenizer for English, its special cases taken up as they are met.

It has some 1,300 ("can't", "a.m."), and takes as long over them at the start as over a page. One
can bear only on a chunk that it stands in.
"""

from __future__ import annotations

from spacy.lang.en import EnglishDefaults
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab


class Tokens:
    """Takes chunks apart; `special` are the chunks that have a rule of their own."""

    def __init__(self) -> None:
        defaults = EnglishDefaults
        self._waiting = dict(defaults.tokenizer_exceptions or {})
        self._longest = max(map(len, self._waiting))
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

    def of(self, chunk: str) -> tuple[list[str], list[int]]:
        """Answer the tokens of a chunk, and where in it each begins."""
        for word in self._within(chunk) & self._waiting.keys():
            self._tokenizer.add_special_case(word, self._waiting.pop(word))
        doc = self._tokenizer(chunk)
        return [token.text for token in doc], [token.idx for token in doc]

    def _within(self, chunk: str) -> set[str]:
        size = len(chunk)
        return {
            chunk[start:end]
            for start in range(size)
            for end in range(start + 1, min(start + self._longest, size) + 1)
        }
