"""Text of others made fit to be shown in a page; the template escapes what is markup."""

from __future__ import annotations

import re

from claimcheck.reports.words import REPLACEMENT

# Controls that a page cannot hold, lone surrogates, and what would reorder the words around it.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def fit(text: str) -> str:
    """Answer the text with a sign in place of each character that a page must not hold."""
    return _UNFIT.sub(REPLACEMENT, text)
