"""What is left of an English word when its inflection is taken off?

Light on purpose: plural, third person, past and participle go, derivation stays, so that "reduces",
"reduced" and "reducing" meet while "reduction" and "reducible" do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWELS = frozenset("aeiouy")
_MIN_STEM = 3


def stem(word: str, irregular: Mapping[str, str]) -> str:
    """Answer the stem of a lower- or mixed-case word; the same word always gives the same stem."""
    lower = word.lower().replace("’", "'")
    lower = irregular.get(lower, lower)
    if len(lower) <= _MIN_STEM or not lower.isalpha():
        return lower
    return _finish(_strip(lower))


def _strip(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:  # noqa: PLR2004
        return word[:-3] + "y"
    if word.endswith("ing"):
        root = word[:-3]
        return _root(root) if _is_root(root) else word
    if word.endswith("ed") and not word.endswith("eed"):
        return _root(word[:-2]) if _is_root(word[:-2]) else word
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _root(root: str) -> str:
    """Give a short root its e back, lest "noted" meet "not" and "rated" meet "rat"."""
    consonants = root[0] not in _VOWELS and root[-1] not in _VOWELS
    return f"{root}e" if len(root) == _MIN_STEM and consonants and root[1] in _VOWELS else root


def _is_root(root: str) -> bool:
    return len(root) >= _MIN_STEM and not _VOWELS.isdisjoint(root)


def _finish(root: str) -> str:
    if len(root) > _MIN_STEM + 1 and root.endswith("e"):
        root = root[:-1]
    if len(root) > _MIN_STEM and root[-1] == root[-2] and root[-1] not in _VOWELS:
        root = root[:-1]
    return root
