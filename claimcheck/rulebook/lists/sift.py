"""Which names of a list can be looked for in a draft, and why not the others?"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from claimcheck.rulebook.types import Term, TermKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimcheck.rulebook.lists.entries import Entry
    from claimcheck.rulebook.types import Rulebook

MIN_LETTERS = 4  # shorter names are found in too many texts that mean another thing
MAX_LENGTH = 80  # code points; longer ones are formulas, which no draft holds
ABBREVIATION = 6  # letters; capitals up to this long are matched as written
EVERYDAY = "everyday"
_EMPTY = ("match-filler", "match-generic-treatment", "registry-manner")
_ILLS = {TermKind.OUTCOME, TermKind.CONDITION}
_WORD = re.compile(r"[^\W_]+")


class Left(Enum):
    """Why a name of a list is left out."""

    NO_NAME = "row without a name"
    SHORT = f"shorter than {MIN_LETTERS} letters"
    LONG = f"longer than {MAX_LENGTH} characters"
    EVERYDAY = "ordinary English word"
    EMPTY = "says nothing of its own"
    KNOWN = "in the rules already"
    OTHER = "names something else in the rules"
    PART = "part of what the rules call something else"
    TWICE = "given to another entry before"


@dataclass(slots=True)
class Sifted:
    """What is taken of a list, as terms, and what is left out, by reason."""

    terms: list[Term] = field(default_factory=list)
    left: dict[Left, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def names(self) -> int:
        """How many names are taken."""
        return sum(len(term.names) + len(term.exact) for term in self.terms)


def words_of(text: str) -> list[str]:
    """Answer the words of a text in the form in which names are looked up."""
    return _WORD.findall(text.casefold())


def sift(entries: Iterable[Entry | None], kind: TermKind, rulebook: Rulebook) -> Sifted:
    """Answer what of a list can be looked for in drafts beside the rules.

    A thing that the rules know by one of its names gets its further names; one that they do not
    know becomes a term.
    """
    sieve = _Sieve(rulebook, kind)
    for entry in entries:
        sieve.take(entry)
    return sieve.sifted


class _Sieve:
    def __init__(self, rulebook: Rulebook, kind: TermKind) -> None:
        self.sifted = Sifted()
        self._kind = kind
        self._known: dict[str, dict[TermKind, str]] = defaultdict(dict)
        for term in rulebook.terms:
            for name in (term.id, *term.names, *term.exact):
                self._known[_key(name)].setdefault(term.kind, term.id)
        # Cocaine, of which the rules know the use and the addiction, is no treatment to look for.
        self._parts = {
            word
            for term in rulebook.terms
            if term.kind in _ILLS - {kind}
            for name in (term.id, *term.names)
            for word in words_of(name)
        }
        self._plain = {word for cue in rulebook.cues for word in cue.phrases if " " not in word}
        self._plain |= {_key(word) for word in rulebook.words.get(EVERYDAY, ())}
        self._empty = {word for name in _EMPTY for word in rulebook.words.get(name, ())}
        self._taken: dict[str, str] = {}
        self._at: dict[str, int] = {}

    def take(self, entry: Entry | None) -> None:
        if entry is None:
            self.sifted.left[Left.NO_NAME].append("")
            return
        concept = self._concept(entry)
        fresh = []
        for name in entry.names:
            if (why := self._why_not(name)) is None:
                self._taken[_key(name)] = concept
                fresh.append(name)
            elif why is not Left.TWICE or self._taken.get(_key(name)) != concept:
                self.sifted.left[why].append(name)
        if fresh:
            self._add(concept, fresh)

    def _add(self, concept: str, fresh: list[str]) -> None:
        exact = tuple(name for name in fresh if _is_abbreviation(name))
        names = tuple(name.lower() for name in fresh if name not in exact)
        if concept not in self._at:
            self._at[concept] = len(self.sifted.terms)
            self.sifted.terms.append(Term(concept, self._kind, names, exact))
            return
        old = self.sifted.terms[self._at[concept]]
        self.sifted.terms[self._at[concept]] = Term(
            concept, self._kind, (*old.names, *names), (*old.exact, *exact)
        )

    def _concept(self, entry: Entry) -> str:
        """Answer what the rules call this thing, or else its own name."""
        found = [self._known[_key(name)].get(self._kind) for name in entry.names if self._is(name)]
        if found and (self._is(entry.names[0]) or len(set(found)) == 1):
            return found[0] or ""
        return " ".join(words_of(entry.names[0])) or entry.names[0].casefold()

    def _is(self, name: str) -> bool:
        return self._kind in self._known.get(_key(name), {})

    def _why_not(self, name: str) -> Left | None:
        key = _key(name)
        kinds = self._known.get(key, {})
        forms = {key, f"{key}s", key.removesuffix("s")}
        told = (
            (self._kind in kinds, Left.KNOWN),
            (bool(kinds), Left.OTHER),
            (key in self._taken, Left.TWICE),
            (sum(letter.isalpha() for letter in name) < MIN_LETTERS, Left.SHORT),
            (len(name) > MAX_LENGTH, Left.LONG),
            (not self._plain.isdisjoint(forms), Left.EVERYDAY),
            (key in self._parts, Left.PART),
            (all(word in self._empty for word in key.split()), Left.EMPTY),
        )
        return next((why for holds, why in told if holds), None)


def _key(name: str) -> str:
    return " ".join(words_of(name))


def _is_abbreviation(name: str) -> bool:
    return len(name) <= ABBREVIATION and name.isalpha() and name.isupper()
