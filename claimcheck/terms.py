"""Names of interventions, conditions, outcomes and instruments, and which of them mean the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from claimcheck import cache

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from claimcheck.model.trial import Named, Trial
    from claimcheck.rulebook.types import Rulebook, Term, TermKind

FUZZY_WORD = 88.0  # of 100: two words of one spelling family; tests hold the edge
FUZZY_NAME = 93.0  # of 100: two spellings of one name
FUZZY_MIN_LENGTH = 6  # shorter words differ by a letter and mean another thing (ADAS, ADCS)
SAME_BEGINNING = 3  # code points that two spellings of one proper name share at least
SHARED_STEM = 5  # code points two forms of a word share at least ("depression", "depressive")
SHARED_PART = 0.62  # ... and at least this much of the longer one
# How alike two outcomes are, fitted on labelled pairs; the optimum is flat.
SAME_OUTCOME = 0.5  # similarity from which two phrases name one outcome
SHARED_CONCEPT = 0.15  # what a concept in common adds, and none in common takes
SAME_CONCEPTS = 0.66  # the least that the very same concepts are worth
LONGER_LIST = 0.13  # what each thing more on one side takes
PARTS_AT_MOST = 3
# The lists of words that do not tell one treatment from another.
SAY_NO_TREATMENT = ("match-filler", "match-generic-treatment")

# ... and those whose words, alone, are no name of any: "control", "Group 1", "less intensive".
NO_NAME = (*SAY_NO_TREATMENT, "registry-control", "registry-manner")

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]{0,4}[A-Z]\b")
_LIST = re.compile(r"[,;]|\(?\b\d\)")
_ASIDE = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_SHORT = 3  # words up to this long keep a final s: gas, bus
_POSSESSIVE = re.compile(r"'s?$")
_SPELLING = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"(?<=[^aeiou])ae(?=[^aeiou])|^ae(?=[^aeiou])", "e"),  # anaemia, aetiology
        (r"(?<=[^aeiou])oe(?=[dms])|^oe(?=[ds])", "e"),  # oedema, diarrhoea is below
        (r"rrhoea", "rrhea"),
        (r"(?<=[a-z]{2}[^aeiou])our(?=$|s$|al$)", "or"),  # tumour, behaviour; not hour, four
        (r"(?<=[a-z]{3})is(?=e$|ed$|es$|ing$|ation|er$)", "iz"),
        (r"lys(?=e$|ed$|ing$)", "lyz"),
        (r"(?<=[bt])re$", "er"),  # fibre, litre
        (r"sulph", "sulf"),
    )
)
# One of these stands in every word that any of those changes.
_SPELT = re.compile(r"[ao]e|rrhoea|our|is|lys|re$|sulph")


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Answer the words of a phrase in their plainest form.

    Lower case, no typographic variants, Greek letters by name, hyphens as spaces, no
    possessives, no plurals, American spelling. Brackets and punctuation are dropped.
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", text).replace("\u2019", "'").casefold()
        for letter, name in _GREEK.items():
            plain = plain.replace(letter, name)
    return tuple(map(plain_word, _WORD.findall(plain)))


def is_no_name(name: str, lists: Mapping[str, Iterable[str]]) -> bool:
    """Tell whether a name says nothing of its own, as "study" and "Group 1" among a registry's.

    `lists` are a rulebook's lists of words.
    """
    plain = name.lower()
    said = [word for word in re.findall(r"[^\W_]+", plain) if not word.isdigit()]
    empty = {word for one in NO_NAME for word in lists.get(one, ())}
    return plain in empty or all(word in empty for word in said)


@lru_cache(maxsize=65536)
def plain_word(word: str) -> str:
    """Answer one lower-case word without possessive and plural, in American spelling."""
    word = _POSSESSIVE.sub("", word)
    if not word.isalpha():
        return word
    if _SPELT.search(word):  # few are
        for pattern, new in _SPELLING:
            word = pattern.sub(new, word)
    return _singular(word)


def _singular(word: str) -> str:
    if len(word) <= _SHORT or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


@lru_cache(maxsize=65536)
def same_word(a: str, b: str) -> bool:
    """Tell whether two plain words are forms or spellings of one word.

    Words with opposite beginnings (hypo-, hyper-; non-) share no stem and are too short a
    distance apart to be told by letters alone: the beginnings must agree.
    """
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < SHARED_STEM or not (a.isalpha() and b.isalpha()):
        return False
    shared = _shared_prefix(a, b)
    if shared >= SHARED_STEM and shared >= SHARED_PART * len(longer):
        return shared >= len(shorter) - 3
    if len(shorter) < FUZZY_MIN_LENGTH or shared < SHARED_STEM - 1:
        return False
    return fuzz.ratio(a, b) >= FUZZY_WORD


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> bool:
    """Tell whether two plain words are one proper name, a slip of the pen apart.

    Stricter than `same_word`: prednisone is not prednisolone, naltrexone is not naloxone.
    """
    if a == b:
        return True
    if min(len(a), len(b)) < FUZZY_MIN_LENGTH or not (a.isalpha() and b.isalpha()):
        return False
    return (
        abs(len(a) - len(b)) <= 1
        and a[:SAME_BEGINNING] == b[:SAME_BEGINNING]
        and fuzz.ratio(a, b) >= FUZZY_NAME
    )


def _shared_prefix(a: str, b: str) -> int:
    for at, (left, right) in enumerate(zip(a, b, strict=False)):
        if left != right:
            return at
    return min(len(a), len(b))


def spell_out(text: str, other: str) -> str:
    """Answer a phrase with its abbreviations spelled out where the other phrase has the words.

    An abbreviation is two to six letters, the first and last of them capitals; its words begin
    with its letters, in order.
    """
    found = tuple(words(other))
    for short in dict.fromkeys(_CAPITALS.findall(text)):
        letters = short.casefold()
        for at in range(len(found) - len(letters) + 1):
            run = found[at : at + len(letters)]
            if all(word.startswith(letter) for word, letter in zip(run, letters, strict=True)):
                text = text.replace(short, " ".join(run))
                break
    return text


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
        # How well a mention fits a name, by (text, concept, name): the same few are asked often.
        self.fits: dict[tuple[str, str | None, Named], float] = {}
        # What names have to have in common to fit, of mentions (text, concept) and of names.
        self.traits: dict[tuple[str, str | None] | Named, frozenset[str]] = {}
        # By what names a mention may go: (text, concept, kinds).
        self.called: dict[tuple[str, str | None, tuple[TermKind, ...]], tuple[str, ...]] = {}
        # Which of the trials asked of last tested what some mentions (text, concept) name.
        self.tested_among: tuple[Trial, ...] = ()
        self.tested: dict[tuple[tuple[str, str | None], ...], tuple[Trial, ...]] = {}
        # In which of them, by place, what a name may have in common with another is found.
        self.by_trait: dict[str, list[int]] = {}
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
        others = tuple(b)
        return frozenset(
            [word for word in a if word in others or any(map(same_word, repeat(word), others))]
        )

    def similarity(self, a: str, b: str) -> float:
        """Answer how alike two outcome phrases are, from 0 to 1.

        Shared words of content, abbreviations spelled out by the other phrase, shared concepts;
        a list of things is less like one thing.
        """
        left = self.content(spell_out(a, b))
        right = self.content(spell_out(b, a))
        if not left or not right:
            return 0.0
        shared = (
            len(self.overlap(left, right)) / len(left) + len(self.overlap(right, left)) / len(right)
        ) / 2
        ours, theirs = self.concepts(a), self.concepts(b)
        if ours and theirs:
            shared += SHARED_CONCEPT if ours & theirs else -SHARED_CONCEPT
            if ours == theirs:
                shared = max(shared, SAME_CONCEPTS)
        longer = min(abs(self._parts(a) - self._parts(b)), PARTS_AT_MOST)
        return max(0.0, min(1.0, shared - LONGER_LIST * longer))

    def _parts(self, text: str) -> int:
        joins = self.lists.get("match-list", frozenset())
        parts = _LIST.split(_ASIDE.sub(" ", text))
        return sum(1 + sum(word in joins for word in words(part)) for part in parts if words(part))

    def same_outcome(self, a: str, b: str) -> bool:
        """Tell whether two phrases name the same outcome."""
        return words(a) == words(b) or self.similarity(a, b) >= SAME_OUTCOME
