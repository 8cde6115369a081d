"""The text of a source that is no XML."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from claimcheck.documents.encoding import MAX_BYTES, decode
from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from claimcheck.model.imported import Source


def read_plain(source: Source) -> str:
    """Answer a source's text, whatever its encoding; raises InputError."""
    try:
        with source.open() as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        message = f"it cannot be read to its end: {error}"
        raise InputError(message, location=Location(source.name)) from error
    if len(data) > MAX_BYTES:
        message = f"it is larger than {MAX_BYTES // 1_000_000} MB; part it into several files"
        raise InputError(message, location=Location(source.name))
    return decode(data, name=source.name)
