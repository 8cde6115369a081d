"""How do addresses stay whole where lines are laid out and wrapped to a width?"""

from __future__ import annotations

# Each ASCII sign has a twin of no width among Unicode's tags, so that what is spelled in them takes
# no room and is neither cut nor wrapped. `words.clean` lets none into a report from elsewhere.
_TAGS = 0xE0000
_HIDDEN = {code: _TAGS + code for code in range(0x21, 0x7F)}
_SPELLED = {tag: code for code, tag in _HIDDEN.items()}


def hidden(address: str) -> str:
    """Answer an address in signs that take no room, to be laid out at the end of a line.

    It runs past the width then: one that is cut, or wrapped in a pipe, leads nowhere, and a
    terminal folds a long line itself.
    """
    return address.translate(_HIDDEN)


def spelled(laid_out: str) -> str:
    """Answer laid-out text with its addresses spelled out again."""
    return laid_out.translate(_SPELLED)
