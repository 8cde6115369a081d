"""What single values of a record may be: checks that answer the clean value or raise ValueError."""

from __future__ import annotations

import math
import re
import reprlib
import unicodedata
from typing import TYPE_CHECKING, Literal

from claimcheck.model.trial import PValue

if TYPE_CHECKING:
    from collections.abc import Callable

_YEARS = (1700, 2200)

# How registries and papers spell what the format calls otherwise.
_SPELLINGS = {
    "randomised": "randomized",
    "double-blind": "double",
    "single-blind": "single",
    "open": "none",
    "open-label": "none",
}


_P = re.compile(
    r"(?:p\s*(?:-?\s*value)?\s*)?(<=|>=|[<>=≤≥≦≧]?)\s*(\d*\.?\d+(?:e-?\d+)?)", re.IGNORECASE
)
_SIGNS: dict[str, Literal["<", "=", ">"]] = {
    **dict.fromkeys(("<", "<=", "≤", "≦"), "<"),
    **dict.fromkeys((">", ">=", "≥", "≧"), ">"),
}
_ID = re.compile(r"[^\W_][^\x00-\x1f/\\:*?\"<>|]{0,149}")
_SHOWN = reprlib.Repr()
_SHOWN.maxstring = _SHOWN.maxother = _SHOWN.maxlong = 60


def show(value: object) -> str:
    """Answer a short text that shows a value in a message."""
    return _SHOWN.repr(value)


def text(value: object) -> str:
    """Answer one line of text; a number is taken as its digits."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"must be text, got {show(value)}")  # noqa: TRY004
    if value.isprintable() and "  " not in value and value == value.strip() != "":
        return value  # as nearly all are
    line = " ".join(value.split())
    if not line:
        raise ValueError("must not be empty")
    if not line.isprintable() and any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in line):
        raise ValueError(f"holds a control character: {show(value)}")
    return line


def number(value: object) -> float:
    """Answer a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"must be a number, got {show(value)}")  # noqa: TRY004
    try:
        found = float(value) + 0.0  # no negative zero: nobody means one
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise ValueError("must be a finite number")
    return found


def amount(value: object) -> float:
    """Answer a finite number from 0 up."""
    if (found := number(value)) < 0:
        raise ValueError(f"must not be negative, got {show(value)}")
    return found


def whole(value: object) -> int:
    """Answer a whole number from 0 up."""
    found = number(value)
    if not found.is_integer() or found < 0:
        raise ValueError(f"must be a whole number from 0 up, got {show(value)}")
    return int(found)


def year(value: object) -> int:
    """Answer a year in which a study can have appeared."""
    found = whole(value)
    if not _YEARS[0] <= found <= _YEARS[1]:
        raise ValueError(f"must be a year, got {show(value)}")
    return found


def level(value: object) -> float:
    """Answer the level of an interval in per cent."""
    found = number(value)
    if not 50 <= found < 100:  # noqa: PLR2004
        raise ValueError(f"must be per cent, 50 up to under 100, got {show(value)}")
    return found


def alpha(value: object) -> float:
    """Answer a threshold for p-values."""
    found = number(value)
    if not 0 < found < 1:
        raise ValueError(f"must lie between 0 and 1, got {show(value)}")
    return found


def flag(value: object) -> bool:
    """Answer true or false."""
    if isinstance(value, bool):
        return value
    raise ValueError(f"must be true or false, got {show(value)}")


def listed(value: object) -> list[object]:
    """Answer a list: one value alone is a list of one, nulls are left out."""
    items = list(value) if isinstance(value, list | tuple) else [value]
    return [item for item in items if item is not None]


def one_of(words: tuple[str, ...]) -> Callable[[object], str]:
    """Make a check that a value is one of a few words, however it is spelt."""

    def check(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        name = re.sub(r"[\s_]+", "-", value.strip().lower()) if isinstance(value, str) else ""
        name = name if name in words else _SPELLINGS.get(name, name)
        if name not in words:
            raise ValueError(f"must be one of {', '.join(words)}, got {show(value)}")
        return name

    return check


def p_value(value: object) -> PValue:
    """Answer a p-value from a number, or from text with a sign."""
    if isinstance(value, PValue):
        return value
    sign = ""
    if isinstance(value, str):
        parts = _P.fullmatch(value.strip())
        if parts is None:
            raise ValueError(f"must be a number or text such as '<0.001', got {show(value)}")
        sign, found = parts.group(1), float(parts.group(2))
    else:
        found = number(value)
    known = _SIGNS.get(sign, "=")
    if not 0 <= found <= 1 or (known == "<" and found == 0) or (known == ">" and found == 1):
        raise ValueError(f"must lie between 0 and 1, got {show(value)}")
    return PValue(found, known)


def interval(value: object) -> tuple[float | None, float | None] | None:
    """Answer (lower, upper), one of them None in a one-sided interval."""
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004
        raise ValueError(f"must be two numbers, [lower, upper], got {show(value)}")
    low, high = (None if end is None else number(end) for end in value)
    if low is not None and high is not None and low > high:
        raise ValueError(f"the lower end {low:g} lies above the upper end {high:g}")
    return None if low is None and high is None else (low, high)


def identifier(prefix: str, pattern: str, shape: str) -> Callable[[object], str]:
    """Make a check of one register's identifiers; `shape` is an example for messages."""
    strip, entire = re.compile(prefix, re.IGNORECASE), re.compile(pattern)

    def check(value: object) -> str:
        name = strip.sub("", text(value))
        name = name.lower() if shape.startswith("10.") else name.upper()
        if not entire.fullmatch(name):
            raise ValueError(f"must look like {shape}, got {show(value)}")
        return name

    return check


def record_id(value: object) -> str:
    """Answer a name that can name a file."""
    name = text(value)
    if not _ID.fullmatch(name) or name.endswith("."):
        raise ValueError(f"must be a name that can name a file, got {show(value)}")
    return name
