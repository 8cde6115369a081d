"""Bytes to text: byte order marks, UTF-8, then what charset-normalizer can tell."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location
from claimcheck.model.document import Remark

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

MAX_BYTES = 100_000_000
_SAMPLE = 200_000
_TIE = 0.05  # of charset-normalizer's measure of mess; what lies so near is as likely
_COMMON = ("cp1252", "mac_roman")  # which of several that are as likely is meant

# Japanese is full of kana, and no other writing reads as kana by chance.
_JAPANESE = ("cp932", "shift_jis", "euc_j")
_KANA = re.compile("[\u3041-\u30ff].*?[\u3041-\u30ff]", re.DOTALL)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_LEAST = 2  # characters from which two-byte text is believed
_BINARY = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, and what is to be said of how it was read."""

    text: str
    notices: tuple[Remark, ...] = ()


def check_size(size: int, name: str) -> None:
    """Refuse a draft that is too large to read."""
    if size > MAX_BYTES:
        msg = (
            f"the draft is {size / 1_000_000:.0f} MB large; at most "
            f"{MAX_BYTES // 1_000_000} MB are read: split it into parts"
        )
        raise InputError(msg, location=Location(name))


def decode(data: bytes, *, name: str) -> str:
    """Answer the text of a file; raises as `decoded` does."""
    return decoded(data, name=name).text


def decoded(data: bytes, *, name: str) -> Decoded:
    """Answer the text of a file, its byte order mark dropped and its line ends kept.

    Raises InputError for binary data and for encodings that cannot be told.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding))
            except UnicodeDecodeError as error:
                msg = f"the file's mark says {encoding}, which it is not; save it as UTF-8"
                raise InputError(msg, location=Location(name)) from error
    if _is_binary(data):
        msg = "this is a binary file, not a text; give the draft as text, Markdown, HTML or .docx"
        raise InputError(msg, location=Location(name))
    try:
        return Decoded(data.decode(_wide(data[:_SAMPLE]) or "utf-8"))
    except UnicodeDecodeError:
        return _guess(data, name)


def _is_binary(data: bytes) -> bool:
    head = data[:_SAMPLE]
    if b"\0" in head and _wide(head) is None:
        return True
    controls = len(head) - len(head.translate(None, _BINARY.replace(b"\0", b"")))
    return controls > max(2, len(head) // 500)


def _wide(head: bytes) -> str | None:
    """Answer the encoding of two-byte text that carries no byte order mark, or None."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < _WIDE_LEAST:
        return None
    if odd >= half * 0.7 and even <= half * 0.05:
        return "utf-16-le"
    if even >= half * 0.7 and odd <= half * 0.05:
        return "utf-16-be"
    return None


def _guess(data: bytes, name: str) -> Decoded:
    from charset_normalizer import from_bytes  # noqa: PLC0415  (40 ms that UTF-8 need not pay)

    telling = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    matches = list(from_bytes(b"".join(telling)[:_SAMPLE]))
    # Old Macintosh encodings fit nearly anything, and are written by nearly nobody.
    matches = [one for one in matches if not one.encoding.startswith("mac_")] or matches
    likely = [one for one in matches if one.chaos <= matches[0].chaos + _TIE]
    told = {encoding for one in likely for encoding in one.could_be_from_charset}
    encodings = [
        *(one.encoding for one in likely if _is_japanese(one)),
        *(one for one in _COMMON if one in told),
        *(one.encoding for one in matches),
    ]
    for encoding in encodings:
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
        return Decoded(text, () if encoding == _COMMON[0] else (_doubt(encoding),))
    msg = "the encoding of this file cannot be told; save it as UTF-8"
    raise InputError(msg, location=Location(name))


def _is_japanese(match: CharsetMatch) -> bool:
    return match.encoding.startswith(_JAPANESE) and bool(_KANA.search(str(match)))


def _doubt(encoding: str) -> Remark:
    return Remark(
        f"the file is not UTF-8 and was read as {encoding}, which is a guess; "
        "if letters look wrong, save it as UTF-8"
    )
