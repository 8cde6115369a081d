"""Words of a phrase in their plainest form, and which of them are one word or one name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from os.path import commonprefix
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FUZZY_WORD = 88.0  # of 100: two words of one spelling family; tests hold the edge
FUZZY_NAME = 93.0  # of 100: two spellings of one name
FUZZY_MIN_LENGTH = 6  # shorter words differ by a letter and mean another thing (ADAS, ADCS)
SAME_BEGINNING = 3  # code points that two spellings of one proper name share at least
ROOT = 4  # code points that two different words share at least, to be one in form or spelling
SHARED_STEM = 5  # code points two forms of a word share at least ("depression", "depressive")
SHARED_PART = 0.62  # ... and at least this much of the longer one
# The lists of words that do not tell one treatment from another.
SAY_NO_TREATMENT = ("match-filler", "match-generic-treatment")
# ... and those whose words, alone, are no name of any: "control", "Group 1", "less intensive".
NO_NAME = (*SAY_NO_TREATMENT, "registry-control", "registry-manner")

_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}
_CAPITALS = re.compile(r"\b[A-Z][A-Za-z]{0,4}[A-Z]\b")
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
    if not word.isalpha():
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
    if a[:ROOT] != b[:ROOT] or not (a.isalpha() and b.isalpha()):  # as of most
        return False
    shorter, longer = sorted((len(a), len(b)))
    if shorter < SHARED_STEM:
        return False
    shared = len(commonprefix((a, b)))  # noqa: RUF071  (letters are meant)
    if shared >= SHARED_STEM and shared >= SHARED_PART * longer:
        return shared >= shorter - 3
    return shorter >= FUZZY_MIN_LENGTH and fuzz.ratio(a, b) >= FUZZY_WORD


@lru_cache(maxsize=4096)
def roots(plain: frozenset[str]) -> frozenset[str]:
    """Answer how plain words begin: one that begins otherwise is the same word as none of them."""
    return frozenset(word[:ROOT] for word in plain)


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
