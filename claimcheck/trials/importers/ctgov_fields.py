"""What a field of a registry's JSON holds, whatever was put there: texts, numbers, parts."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Fields = dict[str, Any]

LONGEST = 20_000  # code points of a text that are read; the registry itself allows fewer
TITLE = 500  # code points of a name that are kept
_REPEATED = 1000  # code points of a text that is kept once it was cleaned
_GREATEST = 1e15  # no measured value is larger
_PEOPLE = 1_000_000_000
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_NUMBER = re.compile(r"[-+−–]?(?:\d{1,15}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?")
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,30})?", re.ASCII)  # as nearly all of them are
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"[-+]?\d+,\d+")


class AbsurdError(ValueError):
    """A field that should hold a number and holds what no registry can mean."""


def part(data: object, *keys: str) -> Fields:
    """Answer the mapping that lies under these keys; an empty one where there is none."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def parts(data: Mapping[str, Any], key: str) -> list[Fields]:
    """Answer the mappings in the list under a key."""
    found = data.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(data: Mapping[str, Any], key: str) -> list[str]:
    """Answer the texts in the list under a key, cleaned, none of them empty."""
    found = data.get(key)
    listed = found if isinstance(found, list) else []
    return [one for one in (clean(one) for one in listed if isinstance(one, str)) if one]


def text(data: Mapping[str, Any], key: str) -> str:
    """Answer the text under a key, cleaned; empty where there is none."""
    found = data.get(key)
    return clean(found) if isinstance(found, str) else ""


def token(data: Mapping[str, Any], key: str) -> str:
    """Answer a token of the registry's own, such as an id, just as it stands; "" for none."""
    found = data.get(key)
    return found if isinstance(found, str) else ""


def name(data: Mapping[str, Any], key: str) -> str:
    """Answer the name under a key, cleaned and of a bearable length."""
    return shorten(text(data, key))


def shorten(found: str, length: int = TITLE) -> str:
    """Answer a name of a bearable length."""
    return found if len(found) <= length else found[: length - 1].rstrip() + "…"


def clean(value: str) -> str:
    r"""Answer a text as one line, without the registry's escapes ("\<", "&lt;")."""
    return _clean(value) if len(value) <= _REPEATED else _cleaned(value[:LONGEST])


def _cleaned(plain: str) -> str:
    if "&" in plain:
        plain = html.unescape(plain)
    if "\\" in plain:
        plain = _ESCAPE.sub(r"\1", plain)
    plain = " ".join(plain.split())
    if plain.isprintable():
        return plain
    kept = (one for one in plain if unicodedata.category(one) not in {"Cc", "Cs"})
    return " ".join("".join(kept).split())


# Most say over again what a type, a unit or a group is, or are asked for several things.
_clean = lru_cache(maxsize=2048)(_cleaned)


def number(data: Mapping[str, Any], key: str) -> float | None:
    """Answer the number under a key; None where there is none, or words in its place ("NA").

    Raises AbsurdError for a value of another type, and for one that nothing can measure.
    """
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        found = _parse(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = float(value) if abs(value) <= _GREATEST else math.inf
    else:
        raise AbsurdError(f"{key} is no number")
    if found is not None and not abs(found) <= _GREATEST:
        raise AbsurdError(f"{key} is no number that can be measured")
    return None if found is None else found + 0.0  # "-0" is 0


def whole(data: Mapping[str, Any], key: str) -> int | None:
    """Answer the count under a key; None where there is none that can be one."""
    try:
        found = number(data, key)
    except AbsurdError:
        return None
    if found is None or found < 0 or found > _PEOPLE or not found.is_integer():
        return None
    return int(found)


def decimals(data: Mapping[str, Any], key: str) -> int:
    """Answer how many digits stand behind the point of the number under a key."""
    value = data.get(key)
    return len(value.strip().partition(".")[2]) if isinstance(value, str) else 0


def _parse(value: str) -> float | None:
    if _PLAIN.fullmatch(value):
        return float(value)
    plain = value.strip()[:60].replace("−", "-").replace("–", "-")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if plain.lower().lstrip("+-") in {"nan", "inf", "infinity"}:
        return math.inf if "inf" in plain.lower() else None
    return float(plain) if _NUMBER.fullmatch(plain) else None
