"""Which of the registry's words (rules/lexicon, lists called registry-…) stand in a text?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from claimcheck import paths
from claimcheck.rulebook.load import load_rulebook
from claimcheck.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_NEVER = re.compile(r"(?!)")


class Words:
    """The vocabulary that a registry's records are read with."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._starts: dict[str, frozenset[str]] = {}
        self._written: dict[str, str] = {}
        self._said: dict[tuple[str, str], bool] = {}

    def says(self, kind: str, *texts: str) -> bool:
        """Tell whether one of these texts holds an entry of the list `registry-<kind>`."""
        return any(map(self._says, (kind,) * len(texts), texts))

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """Answer where in a text the first entry of a list stands."""
        return self._pattern(kind).search(text)

    def pattern(self, kind: str) -> str:
        """Answer the regular expression (without groups) that finds a list's entries."""
        if kind not in self._written:
            listed = self.terms.phrases.get(f"registry-{kind}", ())
            self._written[kind] = alternatives(listed)
        return self._written[kind]

    def _says(self, kind: str, text: str) -> bool:
        key = kind, text
        if key not in self._said:
            if len(self._said) > 1 << 16:  # a registry of half a million studies is to fit
                self._said.clear()
            self._said[key] = self._may(kind, text) and self.find(kind, text) is not None
        return self._said[key]

    def _may(self, kind: str, text: str) -> bool:
        """Tell whether an entry's first word stands in a text at all, which is soon seen."""
        if kind not in self._starts:
            listed = self.terms.phrases.get(f"registry-{kind}", ())
            self._starts[kind] = frozenset(start for one in listed for start in _first(one))
        starts = self._starts[kind]
        return "" in starts or not starts.isdisjoint(_words(text))

    def _pattern(self, kind: str) -> re.Pattern[str]:
        if kind not in self._patterns:
            found = self.pattern(kind)
            self._patterns[kind] = re.compile(found, re.IGNORECASE) if found else _NEVER
        return self._patterns[kind]


def _first(phrase: str) -> list[str]:
    """Answer the word that a phrase begins with; "" where it begins with none."""
    return _WORD.findall(phrase.lower())[:1] if phrase[:1].isalnum() else [""]


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def alternatives(phrases: Iterable[str]) -> str:
    """Answer a regular expression for any of these phrases as whole words; "" for none."""
    shaped = [r"[\s-]+".join(map(re.escape, phrase.split())) for phrase in phrases]
    # The longest first, so that "less than or equal to" is not read as "less than".
    shaped.sort(key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(shaped)})(?!\w)" if shaped else ""


@lru_cache(maxsize=1)
def bundled_words() -> Words:
    """Answer the vocabulary that comes with the program."""
    return Words(Terms(load_rulebook(paths.rules_dir())))
