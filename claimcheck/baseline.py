"""What a team has agreed to live with: findings known by rule, path and words, never by line."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SPACE = re.compile(r"\s+")
# Editors turn straight quotes into curly ones, and hyphens into dashes, without being asked.
_SAME = str.maketrans("“”„\u2018\u2019–—−", '"""\'\'---', "\u00ad")
_EDGES = " \"'.,;:!?-()[]"


def normalised(text: str) -> str:
    """Answer a claim's words less what a new line break, quote mark or dash would change."""
    flat = unicodedata.normalize("NFKC", text.translate(_SAME)).casefold()
    return _SPACE.sub(" ", flat).strip(_EDGES)


def fingerprint(rule: str, path: str, text: str, ordinal: int) -> str:
    """Answer what names a finding in every run: the same while its words stay, wherever they move.

    `ordinal` tells apart findings of one rule on the same words in the same file, from 1.
    """
    key = "\0".join((rule, path, normalised(text), str(ordinal)))
    return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()
