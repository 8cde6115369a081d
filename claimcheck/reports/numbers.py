"""How are the figures of a record written for people?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimcheck.model.trial import Comparison
from claimcheck.model.written import figures_of
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from claimcheck.model.trial import Analysis


def numbers(analysis: Analysis) -> str:
    """Answer estimate, interval and p in one line; an empty text where none is known."""
    told = clean(figures_of(analysis))
    if told and analysis.comparison is Comparison.WITHIN_GROUP:
        told += ", within the group"
    return told
