"""The bytes of a record file as text, within limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claimcheck.errors import CorpusError, Location

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 5 * 1024 * 1024

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_text(path: Path) -> str:
    """Answer the text of a record file; raises CorpusError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CorpusError(reason(error), location=Location(str(path))) from error
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024**2} MB, too large for a trial record"
        raise CorpusError(message, location=Location(str(path)))
    return decode(data, str(path))


def decode(data: bytes, name: str) -> str:
    """Answer bytes as text; raises CorpusError where they are none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError("is not UTF-8 text", location=Location(name, line)) from error
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"holds the control character U+{ord(found.group()):04X}: not a text file?"
        raise CorpusError(message, location=Location(name, line))
    return text


def reason(error: OSError) -> str:
    """Say why a file could not be read or written."""
    return error.strerror or type(error).__name__
