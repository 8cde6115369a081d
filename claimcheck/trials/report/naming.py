"""Do a result's words name an outcome, and which of them are the name?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.terms import words

if TYPE_CHECKING:
    from claimcheck.terms import Terms

# Figures in brackets, closed or cut off: "(50.3% versus 32.8%; P=0.001), and", "(p<0.001)".
_FIGURES = re.compile(r"\s*[(\[][^()\[\]]*(?:[<>=±]|\d\s?%|\bversus\b|\bvs\b)[^()\[\]]*(?:[)\]]|$)")
_TOKEN = re.compile(r"\S+")
_EDGE = " ,;:.-–"


def outcome_name(said: str, title: str, terms: Terms) -> str | None:
    """Answer the name in what stands where a result's outcome should; None where there is none.

    No outcome is who was treated ("the drug group"), that the treatment of the title was used, how
    things were to begin with, or what says nothing by itself ("likely to").
    """
    name = _trimmed(_FIGURES.sub(" ", said), terms)
    told = words(name)
    content = terms.content(name) - _list(terms, "general")
    if not content or (len(told) == 1 and told[0].endswith("ly")):
        return None
    if told[0] in _list(terms, "deeds") or told[-1] in _list(terms, "people"):
        return None
    if _list(terms, "start") & set(told):
        return None
    uses = _list(terms, "uses")
    if uses & set(told) and content - uses <= terms.content(title) | _list(terms, "people"):
        return None
    return name


def _trimmed(said: str, terms: Terms) -> str:
    """Answer a name up to its verb, without what cannot stand at its edges."""
    tokens = _TOKEN.findall(said)
    verbs, edges = _list(terms, "verbs"), _list(terms, "edges")
    plain = [token.strip(_EDGE).lower() for token in tokens]
    end = next((at for at, word in enumerate(plain) if at and word in verbs), len(tokens))
    first = 0
    while first < end and (not plain[first] or plain[first] in edges):
        first += 1
    while end > first and (not plain[end - 1] or plain[end - 1] in edges):
        end -= 1
    return " ".join(tokens[first:end]).strip(_EDGE)


def _list(terms: Terms, name: str) -> frozenset[str]:
    return terms.lists.get(f"name-{name}", frozenset())
