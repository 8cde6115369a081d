"""Values as text, the same bytes every time."""

from __future__ import annotations

import json
from typing import Any


def to_json(value: Any, *, indent: int | None = 2) -> str:  # noqa: ANN401  (any JSON value)
    """Answer the value as JSON text without a final newline; keys keep the order they were laid in.

    Raises ValueError for NaN and infinities, which JSON cannot hold.
    """
    separators = (",", ": ") if indent is not None else (", ", ": ")
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
    )


def to_bytes(text: str) -> bytes:
    """Answer the text in UTF-8; a lone surrogate (from a file name, say) comes as its escape."""
    return text.encode("utf-8", "backslashreplace")
