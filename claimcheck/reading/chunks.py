"""What stands between two blanks, taken apart once, however often it stands in a text.

spaCy's tokenizer decides on each such chunk by itself, so its answer can be kept. Most are plain
words that it leaves whole, or of a shape that it parts in one way: for those it is not asked.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from spacy.lang.lex_attrs import like_url

from claimcheck.reading.phrases import HYPHENS, words_of
from claimcheck.reading.shapes import parted
from claimcheck.reading.stem import stem
from claimcheck.reading.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from claimcheck.reading.phrases import Seconds

_KEPT = 24_000  # chunks, and as many from before; a long text has more, and most stand in it once
_FIRST = (0,)
# The tokenizer takes a bracket off at a time, and looks through all that is left for each.
_LONGEST = 200  # code points of what is taken apart: a longer one is an address, or no text
_LONG = 40  # ... if less than half of it is letters and digits, or it has many hyphens
_HYPHENS = 5  # in a long chunk: "drug-may-be-good-for-you-after-all.html" ends an address
# White space but for a single blank is a token of its own, as spaCy has it.
_CHUNK = re.compile(r"\S+|\A\s+|(?<=\S)[^\S ]\s*|(?<=\S )\s+")


# A word as it is written, in lower case, and its stem.
Word = tuple[str, str, str]
# What a word opens: by which of its forms, the keys of it alone, and the longer phrases.
Ways = tuple[tuple[int, tuple[str, ...], "Seconds | None"], ...]


class Chunk(NamedTuple):
    """The tokens of a chunk, and its words: a hyphen has none, "omega-3" has two.

    `starts` and `ends` count in the chunk; `words` have all their forms, and `tokens` tells of each
    in which token it stands; `opening` are the words that open known phrases, with what they open;
    `needs` are marks of patterns.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lowers: tuple[str, ...]
    stems: tuple[str, ...]
    words: tuple[Word, ...]
    tokens: tuple[int, ...]
    opening: tuple[tuple[int, Ways], ...]
    needs: int


class Chunks:
    """Takes texts apart; `opens` answers what phrases a word opens."""

    def __init__(
        self,
        irregular: Mapping[str, str],
        *,
        opens: Callable[[Word], Ways],
        needs: Callable[[str], int],
    ) -> None:
        self._irregular = dict(irregular)
        self._opens = opens
        self._needs = needs
        self._chunks: dict[str, Chunk] = {}
        self._alone: dict[str, Chunk] = {}  # tokens as chunks of their own
        # What was known before the last were forgotten: what is met again is taken over.
        self._chunks_before: dict[str, Chunk] = {}
        self._alone_before: dict[str, Chunk] = {}
        self._stems: dict[str, str] = {}
        self._lowers: dict[str, str] = {}
        self._tokens = Tokens()
        # What was asked for last: a sentence is looked through, and then mostly laid out.
        self._text = ""
        self._found: list[Chunk] = []
        self._evenly = True  # a single blank apart

    def of(self, text: str) -> list[Chunk]:
        """Answer the chunks of a text."""
        if text != self._text:
            known = self._chunks.get
            pieces = text.split()
            self._evenly = pieces == text.split(" ")
            if not self._evenly:
                pieces = _CHUNK.findall(text)
            self._found = [known(piece) or self._take_apart(piece) for piece in pieces]
            self._text = text
        return self._found

    def placed(self, text: str) -> tuple[list[Chunk], list[int]]:
        """Answer the chunks of a text, and where in it each begins."""
        chunks = self.of(text)
        if not self._evenly:
            return chunks, [found.start() for found in _CHUNK.finditer(text)]
        places = [*accumulate([chunk.ends[-1] + 1 for chunk in chunks], initial=0)]
        return chunks, places[:-1]

    def stem(self, word: str) -> str:
        """Answer the stem of a word."""
        known = self._stems.get(word)
        if known is None:
            self._stems[word] = known = stem(word, self._irregular)
        return known

    def learn(self, text: str) -> None:
        """Take in the chunks of a text over which the tokenizer must be asked, all at once."""
        odd: list[str] = []
        for piece in dict.fromkeys(text.split()):
            if piece in self._chunks or piece in self._chunks_before or self._is_whole(piece):
                continue
            if (found := parted(piece, self._tokens.special)) is not None:
                self._keep(piece, self._chunk(*found))
            else:
                odd.append(piece)
        if odd:
            for piece, found in zip(odd, self._tokens.of(odd), strict=True):
                self._keep(piece, self._chunk(*found, self._needs(piece)))

    def _take_apart(self, piece: str) -> Chunk:
        if (before := self._chunks_before.get(piece)) is not None:
            return self._keep(piece, before)
        if self._is_whole(piece):
            return self._keep(piece, self._alone.get(piece) or self._know(piece))
        if (found := parted(piece, self._tokens.special)) is not None:
            return self._keep(piece, self._chunk(*found))
        found = next(self._tokens.of((piece,)))
        return self._keep(piece, self._chunk(*found, self._needs(piece)))

    def _is_whole(self, piece: str) -> bool:
        plain = piece.isascii() and piece.isalpha() and piece not in self._tokens.special
        return plain or _is_no_text(piece)

    def _keep(self, piece: str, chunk: Chunk) -> Chunk:
        if len(self._chunks) >= _KEPT:
            self._chunks_before, self._chunks = self._chunks, {}
            self._alone_before, self._alone = self._alone, {}
            self._stems.clear()
            self._lowers.clear()
        self._chunks[piece] = chunk
        return chunk

    def _chunk(self, forms: list[str], starts: list[int], needs: int = 0) -> Chunk:
        """Answer the chunk that tokens make, which begin in it where `starts` says.

        It has the marks of its tokens, and `needs`: those of letters that two of them share.
        """
        parts = [self._alone.get(form) or self._know(form) for form in forms]
        if len(parts) == 1:
            return parts[0]
        ends: list[int] = []
        lowers: tuple[str, ...] = ()
        stems: tuple[str, ...] = ()
        words: tuple[Word, ...] = ()
        tokens: tuple[int, ...] = ()
        opening: tuple[tuple[int, Ways], ...] = ()
        for at, part in enumerate(parts):
            if part.opening:
                opening += tuple([(len(words) + inside, ways) for inside, ways in part.opening])
            ends.append(starts[at] + part.ends[0])
            lowers += part.lowers
            stems += part.stems
            words += part.words
            tokens += (at,) * len(part.words)
            needs |= part.needs
        return Chunk(tuple(starts), tuple(ends), lowers, stems, words, tokens, opening, needs)

    def _know(self, form: str) -> Chunk:
        """Answer a token, the first time that it is met, as a chunk of its own."""
        if (before := self._alone_before.get(form)) is not None:
            self._alone[form] = before
            return before
        if form.isalpha():
            words: tuple[Word, ...] = (word := self._word(form),)
        else:
            word = self._word(form)
            words = tuple([self._word(part) for part in _parts_of(form)])
        _, lower, stem = word
        opening: tuple[tuple[int, Ways], ...] = ()
        for at, one in enumerate(words):
            if ways := self._opens(one):
                opening += ((at, ways),)
        tokens = _FIRST * len(words)
        needs = self._needs(form)
        known = Chunk(_FIRST, (len(form),), (lower,), (stem,), words, tokens, opening, needs)
        self._alone[form] = known
        return known

    def _word(self, form: str) -> Word:
        # One object for each word, however often it stands in a long text.
        lower = form.lower()
        lower = self._lowers.setdefault(lower, lower)
        return form, lower, self.stem(lower)


def _is_no_text(piece: str) -> bool:
    """Tell whether a long chunk is an address, or signs without end, and not to be taken apart."""
    if len(piece) <= _LONG:
        return False
    signs = len(piece) - sum(map(str.isalnum, piece))
    return len(piece) > _LONGEST or 2 * signs > len(piece) or piece.count("-") >= _HYPHENS


def _parts_of(form: str) -> tuple[str, ...]:
    """Answer the words of a token that is no plain one: none for a hyphen, two for "omega-3"."""
    if _is_no_text(form) or like_url(form) or not (parts := words_of(form)):
        return () if form in HYPHENS or form.isspace() else (form,)
    return parts
