"""Names of interventions, conditions, outcomes and instruments, and which of them mean the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck import cache
from claimcheck.terms.plain import ROOT, SAY_NO_TREATMENT, roots, same_word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claimcheck.rulebook.types import Rulebook, Term, TermKind


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found in a phrase: `start` and `end` count words, `concept` is its id."""

    concept: str
    term: Term
    start: int
    end: int


_NEAR_MISS = -1  # in place of a term's number


def _tables(
    rulebook: Rulebook,
) -> tuple[dict[str, list[tuple[tuple[str, ...], int]]], dict[str, list[str]]]:
    """Answer names by their first word, each with its term's number, and the lists of words."""
    names: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, term in enumerate(rulebook.terms):
        known = [(name, number) for name in (term.id, *term.names)]
        for name, what in (*known, *((name, _NEAR_MISS) for name in term.near_misses)):
            if found := words(name):
                names.setdefault(found[0], []).append((found, what))
    for entries in names.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    lists = {
        name: sorted({word for entry in entries for word in words(entry)})
        for name, entries in rulebook.words.items()
    }
    return names, lists


class Terms:
    """The vocabulary of the rules, looked up by phrase."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.phrases: Mapping[str, tuple[str, ...]] = dict(rulebook.words)
        self._by_id: dict[str, list[Term]] = {}
        self._exact: dict[str, list[Term]] = {}
        self._hits: dict[str, tuple[Hit, ...]] = {}
        self._content: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}
        self._terms = rulebook.terms
        for term in rulebook.terms:
            self._by_id.setdefault(term.id, []).append(term)
            for name in term.exact:
                self._exact.setdefault(name, []).append(term)
        told = (
            repr([(term.id, term.names, term.near_misses) for term in rulebook.terms]),
            repr(sorted(rulebook.words.items())),
        )
        # From the cache: bringing all names to their plainest form takes as long as a page.
        made = cache.made("names", told, lambda: _tables(rulebook))
        self._names: Mapping[str, list[tuple[tuple[str, ...], int]]] = made[0]
        self.lists: Mapping[str, frozenset[str]] = {
            name: frozenset(found) for name, found in made[1].items()
        }
        self._spelled: dict[str, tuple[str, ...]] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._children: dict[str, list[str]] = {}

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Answer the concepts that a phrase names, left to right, the longest name first.

        A near miss hides the words it covers: "muscle fatigue" holds no fatigue.
        """
        if text not in self._hits:
            self._hits[text] = tuple(self._find(text))
        return self._hits[text]

    def _find(self, text: str) -> Iterator[Hit]:
        found = words(text)
        at = 0
        while at < len(found):
            entries = self._names.get(found[at])
            if entries is None:  # as for most words
                at += 1
                continue
            length = next((len(n) for n, _ in entries if found[at : at + len(n)] == n), 0)
            places = [p for n, p in entries if len(n) == length and found[at : at + length] == n]
            # What is a near miss of one term may be the name of another: "fish oil" is no fish.
            for place in dict.fromkeys(one for one in places if one != _NEAR_MISS):
                term = self._terms[place]
                yield Hit(term.concept or term.id, term, at, at + length)
            at += length or 1
        for raw in re.findall(r"[^\s,;:()\[\]]+", text):
            for term in self._exact.get(raw.strip(".\"'"), ()):
                yield Hit(term.concept or term.id, term, 0, 0)

    def concepts(self, text: str, *kinds: TermKind) -> frozenset[str]:
        """Answer the concepts that a phrase names, of the kinds wanted (all, if none is given)."""
        return frozenset(h.concept for h in self.hits(text) if not kinds or h.term.kind in kinds)

    def knows(self, concept: str) -> bool:
        """Tell whether the vocabulary has a concept of this id."""
        return concept in self._by_id

    def terms(self, concept: str) -> tuple[Term, ...]:
        """Answer the terms of a concept id; one id may be both an outcome and a condition."""
        return tuple(self._by_id.get(concept, ()))

    def ancestors(self, concept: str) -> frozenset[str]:
        """Answer every wider concept, not the concept itself; circles in the data do no harm."""
        if concept not in self._ancestors:
            seen: set[str] = set()
            todo = [concept]
            while todo:
                for term in self._by_id.get(todo.pop(), ()):
                    todo += [parent for parent in term.parents if parent not in seen]
                    seen.update(term.parents)
            self._ancestors[concept] = frozenset(seen - {concept})
        return self._ancestors[concept]

    def descendants(self, concept: str) -> frozenset[str]:
        """Answer every narrower concept, not the concept itself."""
        if not self._children:
            for child, terms in self._by_id.items():
                for parent in dict.fromkeys(one for term in terms for one in term.parents):
                    self._children.setdefault(parent, []).append(child)
        seen: set[str] = set()
        todo = [concept]
        while todo:
            fresh = [one for one in self._children.get(todo.pop(), ()) if one not in seen]
            seen.update(fresh)
            todo += fresh
        return frozenset(seen - {concept})

    def content(self, text: str, *, drop: tuple[str, ...] = ("match-filler",)) -> frozenset[str]:
        """Answer the words of a phrase that carry meaning: none of the lists named in `drop`."""
        key = text, drop
        if key not in self._content:
            dropped = frozenset().union(*(self.lists.get(name, frozenset()) for name in drop))
            self._content[key] = frozenset(word for word in words(text) if word not in dropped)
        return self._content[key]

    def says(self, text: str, name: str) -> bool:
        """Tell whether a phrase of a list stands in a text, in whatever spelling or number."""
        if name not in self._spelled:
            phrases = self.phrases.get(name, ())
            self._spelled[name] = tuple(f" {' '.join(words(one))} " for one in phrases)
        said = f" {' '.join(words(text))} "
        return any(map(said.__contains__, self._spelled[name]))

    def treatment_words(self, text: str) -> frozenset[str]:
        """Answer the words of a phrase that tell one treatment from another."""
        return self.content(text, drop=SAY_NO_TREATMENT)

    def overlap(self, a: Iterable[str], b: Iterable[str]) -> frozenset[str]:
        """Answer the words of the first that the second has too, in whatever form or spelling."""
        others = frozenset(b)
        begin = roots(others)
        return frozenset(
            word
            for word in a
            if word in others
            or (word[:ROOT] in begin and any(same_word(word, other) for other in others))
        )
