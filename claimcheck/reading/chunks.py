"""What stands between two blanks, taken apart once, however often it stands in a text.

spaCy's tokenizer decides on each such chunk by itself, so its answer can be kept. Half of a text
are plain words that it leaves whole: those it is not asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spacy.lang.en import English
from spacy.lang.lex_attrs import like_url

from claimcheck.reading.phrases import HYPHENS, words_of
from claimcheck.reading.stem import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_KEPT = 24_000  # chunks; a long text has more, most of which stand in it once
# White space but for a single blank is a token of its own, as spaCy has it.
_ODD = re.compile(r"[^\S ]|  |\A | \Z")
_FIRST = (0,)
_CHUNK = re.compile(r"\S+|\A\s+|(?<=\S)[^\S ]\s*|(?<=\S )\s+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The tokens of a chunk, and its words: a hyphen is none, "omega-3" is two.

    `starts` and `ends` count in the chunk; `tokens` tells of each word in which token it stands;
    `opening` are the words that open a known phrase; `needs` are flags of patterns.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lowers: tuple[str, ...]
    stems: tuple[str, ...]
    cased: tuple[str, ...]
    plain: tuple[str, ...]
    stemmed: tuple[str, ...]
    tokens: tuple[int, ...]
    opening: tuple[int, ...]
    needs: int


class Chunks:
    """Takes texts apart; `opens` tells of a word, its lower case and its stem if a phrase does."""

    def __init__(
        self,
        irregular: Mapping[str, str],
        *,
        opens: Callable[[str, str, str], bool],
        needs: Callable[[str], int],
    ) -> None:
        self._irregular = dict(irregular)
        self._opens = opens
        self._needs = needs
        self._chunks: dict[str, Chunk] = {}
        self._stems: dict[str, str] = {}
        self._lowers: dict[str, str] = {}
        nlp: Any = English()
        # What a word looks like (its shape, if it is a number) is never asked, and costs most.
        nlp.vocab.lex_attr_getters = {}
        self._make_doc = nlp.make_doc
        self._special: frozenset[str] = frozenset(nlp.tokenizer.rules)

    def of(self, text: str) -> Iterator[tuple[int, Chunk]]:
        """Yield the chunks of a text, each with its place in it."""
        known = self._chunks
        if _ODD.search(text):
            for found in _CHUNK.finditer(text):
                piece = found.group()
                yield found.start(), known.get(piece) or self._take_apart(piece)
            return
        at = 0
        for piece in text.split(" ") if text else ():
            yield at, known.get(piece) or self._take_apart(piece)
            at += len(piece) + 1

    def stem(self, word: str) -> str:
        """Answer the stem of a word."""
        if word not in self._stems:
            self._stems[word] = stem(word, self._irregular)
        return self._stems[word]

    def _lower(self, form: str) -> str:
        # One object for each word, however often it stands in a long text.
        lower = form.lower()
        return self._lowers.setdefault(lower, lower)

    def _take_apart(self, piece: str) -> Chunk:
        if len(self._chunks) >= _KEPT:
            for memory in (self._chunks, self._stems, self._lowers):
                memory.clear()
        self._chunks[piece] = chunk = self._chunk(piece)
        return chunk

    def _chunk(self, piece: str) -> Chunk:
        if piece.isascii() and piece.isalpha() and piece not in self._special:
            return self._whole(piece)
        forms, starts = self._tokens(piece)
        lowers = tuple(map(self._lower, forms))
        words = [(part, at) for at, form in enumerate(forms) for part in _parts_of(form)]
        cased = tuple(part for part, _ in words)
        plain = tuple(map(self._lower, cased))
        stemmed = tuple(map(self.stem, plain))
        return Chunk(
            starts=starts,
            ends=tuple(begin + len(form) for begin, form in zip(starts, forms, strict=True)),
            lowers=lowers,
            stems=tuple(map(self.stem, lowers)),
            cased=cased,
            plain=plain,
            stemmed=stemmed,
            tokens=tuple(at for _, at in words),
            opening=tuple(
                at
                for at, (word, lower) in enumerate(zip(cased, plain, strict=True))
                if self._opens(word, lower, stemmed[at])
            ),
            needs=self._needs(piece),
        )

    def _tokens(self, piece: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        word, last = piece[:-1], piece[-1:]
        plain = word.isascii() and word.isalpha() and not self._special & {word, piece}
        if plain and (last == "," or (last == "." and word[-1].islower())):  # nearly half of them
            return (word, last), (0, len(word))
        doc = self._make_doc(piece)
        return tuple(token.text for token in doc), tuple(token.idx for token in doc)

    def _whole(self, word: str) -> Chunk:
        lower = self._lower(word)
        stem = self.stem(lower)
        lowers, stems = (lower,), (stem,)  # each once: there are many, and they are kept
        return Chunk(
            starts=_FIRST,
            ends=(len(word),),
            lowers=lowers,
            stems=stems,
            cased=(word,),
            plain=lowers,
            stemmed=stems,
            tokens=_FIRST,
            opening=_FIRST if self._opens(word, lower, stem) else (),
            needs=self._needs(word),
        )


def _parts_of(form: str) -> tuple[str, ...]:
    """Answer the words of a token: none for a hyphen, several for "omega-3", one for most."""
    if form.isalpha():
        return (form,)
    if like_url(form) or not (parts := words_of(form)):
        return () if form in HYPHENS or form.isspace() else (form,)
    return parts
