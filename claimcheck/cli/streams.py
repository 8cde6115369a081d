"""The way out: standard output, standard error, and files that are written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.cli import out
from claimcheck.config import MIN_WIDTH, Color, OutputFormat
from claimcheck.errors import InputError, Location
from claimcheck.reports.json import error_to_dict
from claimcheck.reports.words import clean, in_ascii
from claimcheck.serialize import to_bytes, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from claimcheck.errors import ClaimcheckError

PIPED_WIDTH = 100


def print_text(text: str) -> None:
    """Write text for people on standard output, in what signs the terminal has."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = in_ascii(text).encode(encoding, "backslashreplace").decode(encoding)
    except LookupError:
        text = in_ascii(text)
    out.write([text.encode(encoding, "backslashreplace")])


def print_data(text: str) -> None:
    """Write text for machines on standard output."""
    print_parts([text])


def print_parts(parts: Iterable[str]) -> None:
    """Write text for machines, piece by piece: in UTF-8, whatever the terminal."""
    out.write(map(to_bytes, parts))


def warn(message: str) -> None:
    """Write a line for people on standard error."""
    out.complain(f"claimcheck: {message}\n")


def print_error(
    errors: Sequence[ClaimcheckError], *, form: OutputFormat = OutputFormat.TABLE
) -> None:
    """Tell what went wrong: on standard error, and to a machine on standard output as well."""
    for error in errors:
        for line in str(error).splitlines():
            warn(clean(line))
    if not errors:
        return
    objects = [error_to_dict(one) for error in errors for one in error.faults or (error,)]
    if form is OutputFormat.JSON:
        more = {"errors": objects} if len(objects) > 1 else {}
        print_data(to_json({"error": objects[0], **more}) + "\n")
    elif form is OutputFormat.JSONL:
        lines = (to_json({"type": "error", "error": one}, indent=None) for one in objects)
        print_data("".join(f"{line}\n" for line in lines))


def use_color(color: Color) -> bool:
    """Tell whether standard output is to be coloured."""
    if color is not Color.AUTO:
        return color is Color.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def table_width(width: int | None) -> int:
    """Answer how wide a table may be: as asked, else COLUMNS, the terminal, 100 in a pipe."""
    return width or max(MIN_WIDTH, shutil.get_terminal_size((PIPED_WIDTH, 24)).columns)


def check_writable(path: Path) -> None:
    """Raise InputError where a file could not be written, before any work is done."""
    if path.is_dir():
        raise InputError("is a folder, wanted a file to write", location=Location(str(path)))
    if not path.parent.is_dir():
        message = f"cannot be written: there is no folder {path.parent}; make it first"
        raise InputError(message, location=Location(str(path)))


def write_file(path: Path, parts: Iterable[str]) -> None:
    """Write text whole: whoever reads the file meanwhile sees the old one or the new one."""
    _write_whole(path, map(to_bytes, parts))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file that is no text, in the same way."""
    _write_whole(path, (data,))


def _write_whole(path: Path, parts: Iterable[bytes]) -> None:
    try:
        if path.exists() and not path.is_file():  # a device or a pipe, which is never replaced
            with path.open("wb") as stream:
                stream.writelines(parts)
            return
        path = path.resolve()  # a link stays, what it leads to is replaced
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.writelines(parts)
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise InputError(message, location=Location(str(path))) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
