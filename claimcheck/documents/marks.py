"""Raised signs that refer to a note or a list of sources, and belong to no word."""

from __future__ import annotations

import re

MARK = re.compile(r"[\s\[\]()\d,;*\u2020\u2021\u2013-]*")
LOOK_BACK = 8  # code points that tell what raised signs after them mean

_CLOSERS = tuple('.,;:!?)]"\u201d\u2019')
_SIGN = re.compile(r"[\d*\u2020\u2021]")
_POWER = re.compile(r"\s*(?:-.*|[23])\s*")  # of a unit: kg per m2, s-1
_UNIT_LETTERS = 3  # a power may stand after so many letters at most
_WORD = re.compile(r"[^\W\d_]+$")


def is_reference(raised: str, before: str) -> bool:
    """Tell whether raised signs refer to something, by what stands before them.

    "patients.1,2" and "people with MS1" do, "10" with a raised 6 and "kg/m" with a raised 2 do not.
    """
    if not MARK.fullmatch(raised) or not _SIGN.search(raised):
        return False
    if before.endswith(_CLOSERS):
        return True
    word = _WORD.search(before)
    if word is None:
        return False
    return len(word[0]) > _UNIT_LETTERS or not _POWER.fullmatch(raised)
