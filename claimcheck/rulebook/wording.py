"""How the faults of a file of rules are told: which line, what was wanted, what was there."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from claimcheck.rulebook.source import Listing, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

SHOWN = 60  # characters of what was there
_WANTED = {
    "missing": "is missing",
    "too_short": "must not be empty",
    "string_too_short": "must not be empty",
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "model_type": "must be a mapping",
    "dict_type": "must be a mapping",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number, 0 or more",
    "int_parsing": "must be a whole number, 0 or more",
    "greater_than_equal": "must be a whole number, 0 or more",
    "string_pattern_mismatch": "must be CC and three digits",
}


def explain(fault: Any, known: Collection[str]) -> str:  # noqa: ANN401  (pydantic's mapping)
    """In which words does the user read this fault of pydantic's?"""
    where = [str(step) for step in fault["loc"]]
    name = ".".join(step for step in where if not step.isdigit())
    told = _tell(fault)
    if fault["type"] == "extra_forbidden":
        return f"unknown key {where[-1]!r}{nearest(where[-1], known)}"
    return f"{name} {told}" if name else told


def _tell(fault: Any) -> str:  # noqa: ANN401
    got = f", got {show(fault['input'])}"
    kind = fault["type"]
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    if kind == "enum":
        return f"must be {fault['ctx']['expected'].replace(chr(39), '')}{got}"
    if kind in {"missing", "too_short", "string_too_short"}:
        return _WANTED[kind]
    if kind == "string_type" and isinstance(fault["input"], bool):
        return f"must be text{got}; put it in quotes"
    if kind in _WANTED:
        return f"{_WANTED[kind]}{got}"
    return f"is wrong: {fault['msg']}{got}"


def line_of(item: Table, where: Iterable[str | int]) -> int:
    """In which line of the file stands what this path of keys and indexes leads to?"""
    line = item.line
    value: Any = item
    for step in where:
        if isinstance(value, Table) and step in value.lines:
            key = str(step)
            line, value = value.lines[key], value[key]
        elif isinstance(value, Listing) and isinstance(step, int) and step < len(value):
            line, value = value.lines[step], value[step]
        else:
            break
    return line


def show(value: object) -> str:
    """How is a value shown in a message: short, and on one line?"""
    if isinstance(value, bool):
        return str(value).lower()
    shown = "nothing" if value is None else repr(value)
    return shown if len(shown) <= SHOWN else f"{shown[: SHOWN - 3]}..."


def nearest(name: str, known: Iterable[str]) -> str:
    """Which known name was probably meant? Empty where none is near."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def either(names: Collection[str]) -> str:
    """How is a choice between names written?"""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
