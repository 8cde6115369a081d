"""Drafts of every form, read into Documents: text, Markdown, HTML and .docx."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, assert_never

from claimcheck.documents import text as plain_text
from claimcheck.documents.compose import compose, with_title
from claimcheck.documents.directives import from_tokens
from claimcheck.documents.encoding import check_size, decoded
from claimcheck.errors import InputError, Location
from claimcheck.model.document import Document, Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

__all__ = ["format_of", "read_bytes", "read_path", "read_text"]

_SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".mdown": Format.MARKDOWN,
    ".mkd": Format.MARKDOWN,
    ".mdx": Format.MARKDOWN,
    ".qmd": Format.MARKDOWN,
    ".rmd": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
}
_ZIP, _PDF, _OLD_WORD, _RTF = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
# What no plain text has: front matter, a heading by signs, a fence, a link with its address, a word
# to claimcheck.
_MARKDOWN = re.compile(
    r"\A---\r?\n(?:[\w-]{1,50}:[^\n]{0,500}\n){1,50}?---\r?\n"
    r"|(?:\A|\n\r?\n)\#{1,6}[ ]\S[^\n]{0,500}\r?\n\r?\n"
    r"|(?:\A|\n)(?:```|~~~)|<!--\s?claimcheck|\]\(https?://[^\s)]{3,}\)",
)
_SNIFFED = 20_000


def format_of(name: str) -> Format | None:
    """Answer in which form a file of this name is, or None where the name does not tell."""
    return _SUFFIXES.get(PurePath(name).suffix.lower())


def read_path(path: str | PathLike[str]) -> Document:
    """Answer the draft in a file. Raises InputError where it cannot be read."""
    name = str(path)
    try:
        check_size(Path(path).stat().st_size, name)
        data = Path(path).read_bytes()
    except OSError as error:
        msg = f"cannot be read: {error.strerror or error}"
        raise InputError(msg, location=Location(name)) from error
    return read_bytes(data, name=name)


def read_bytes(data: bytes, *, name: str, format: Format | None = None) -> Document:  # noqa: A002  (the word users know)
    """Answer the draft in these bytes, its form told by `format`, else by name, else by content.

    Raises InputError for what is empty, binary, damaged, too large or of a form that is not read.
    """
    check_size(len(data), name)
    _refuse_known(data, name)
    form = format or format_of(name)
    if data.startswith(_ZIP) and form is not Format.DOCX:
        form = Format.DOCX
    if form is Format.DOCX:
        _refuse_empty(data.decode("latin-1"), name)
        from claimcheck.documents.word import read as word  # noqa: PLC0415  (lxml, which other drafts need not load)

        with _naming(name):
            return word.read(data, name=name)
    found = decoded(data, name=name)
    if form is None:
        form = _told_by(found.text[:_SNIFFED])
    document = read_text(found.text, name=name, format=form)
    return replace(document, notices=(*found.notices, *document.notices))


def _told_by(beginning: str) -> Format:
    """Answer the form of a text that comes without a name that tells it, as from a pipe."""
    if _PAGE.match(beginning):
        return Format.HTML
    return Format.MARKDOWN if _MARKDOWN.search(beginning) else Format.TEXT


def read_text(
    text: str,
    *,
    name: str = "<text>",
    format: Format = Format.TEXT,  # noqa: A002  (the word users know)
    title: str | None = None,
) -> Document:
    """Answer the draft in a text; offsets count its code points.

    A title that does not open the text already is put before it: title, blank line, text; offsets
    then count in the result. Raises InputError for a text in which there is nothing to read, or too
    much.
    """
    _refuse_empty(text, name)
    with _naming(name):
        document = _read_as(format, text, name=name, title=title)
    if not document.blocks:
        msg = "the draft holds nothing to read: no words but in code, comments or what is hidden"
        raise InputError(msg, location=Location(name))
    return document if title is None else with_title(document, title)


def _read_as(
    format: Format,  # noqa: A002  (the word users know)
    text: str,
    *,
    name: str,
    title: str | None,
) -> Document:
    match format:
        case Format.TEXT:
            weaver = plain_text.read(text, title=title)
            return compose(name, text, weaver, from_tokens(text), form=format)
        case Format.MARKDOWN:
            from claimcheck.documents import markdown  # noqa: PLC0415  (70 ms)

            return markdown.read(text, name=name)
        case Format.HTML:
            from claimcheck.documents import html  # noqa: PLC0415  (only pages need it)

            return html.read(text, name=name)
        case Format.DOCX:
            msg = "a .docx is no text; read its bytes"
            raise InputError(msg, location=Location(name))
        case _:
            assert_never(format)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Say of an error that names no draft which one it is about."""
    try:
        yield
    except InputError as error:
        if error.location is not None:
            raise
        raise InputError(error.message, location=Location(name)) from None


def _refuse_empty(text: str, name: str) -> None:
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u00a0"):
        msg = "the draft is empty; give a file that holds text"
        raise InputError(msg, location=Location(name))


def _refuse_known(data: bytes, name: str) -> None:
    if data.startswith(_PDF):
        msg = "PDF is not read; export the draft as .docx or as text"
    elif data.startswith(_OLD_WORD):
        msg = "this is an old Word file (.doc); save it as .docx"
    elif data.startswith(_RTF):
        msg = "RTF is not read; save the draft as .docx or as text"
    else:
        return
    raise InputError(msg, location=Location(name))
