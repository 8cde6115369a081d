"""Does a phrase of one of the rules' lists of words stand in a text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimcheck.terms import Terms


def says(text: str, name: str, terms: Terms) -> bool:
    """Tell whether a phrase of the list stands in a text, in whatever spelling or number."""
    return terms.says(text, name)
