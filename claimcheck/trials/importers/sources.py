"""The streams of bytes that paths stand for: files, folders, packed ones, standard input."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tempfile
import zipfile
import zlib
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from claimcheck.errors import InputError, Location
from claimcheck.model.imported import Skipped, Source
from claimcheck.trials.database.file import FILE_NAME
from claimcheck.trials.importers.sniff import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STDIN = "-"
STDIN_NAME = "<stdin>"
MAX_BYTES = 4 * 1024**3  # of one stream, unpacked
MAX_MEMBERS = 2_000_000  # of a zip; the registry's own has about half a million
MAX_RATIO = 250  # unpacked to packed; records pack 10 to 40 times
_SMALL = 5_000_000  # below this a high ratio does no harm
_MAX_LAYERS = 2  # a gzip file in a zip, and no further
_IN_MEMORY = 16 * 1024**2  # of standard input, before it goes to a file

_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = "[Content_Types].xml"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def sources(paths: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Source | Skipped]:
    """Answer the streams in these files, folders, .gz and .zip files; `-` is standard input.

    A stream is to be used before the next is asked for. Raises InputError for a path that is
    missing; what cannot be opened otherwise comes as Skipped.
    """
    paths = list(paths)
    check_paths(paths)
    for path in paths:
        if path == STDIN:
            yield from _stream(STDIN_NAME, lambda: stdin or cast("BinaryIO", io.BytesIO()))
        elif Path(path).is_dir():
            yield from _folder(Path(path))
        else:
            yield from _file(Path(path))


def check_paths(paths: Iterable[str]) -> None:
    """Raise InputError for the first path that leads nowhere."""
    for path in paths:
        if path != STDIN and not os.path.lexists(path):
            raise InputError("no such file or folder", location=Location(path))


def peek(source: Source) -> tuple[bytes, Source]:
    """Answer a stream's first bytes, and the stream with these still to be read.

    Raises InputError where it cannot be read.
    """
    stream = io.BufferedReader(_Checked(source.open(), source.name), HEAD)
    return stream.peek(HEAD)[:HEAD], Source(source.name, lambda: stream)


def _folder(folder: Path) -> Iterator[Source | Skipped]:
    # os.walk does not follow links to folders, which may lead in circles.
    for here, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", FILE_NAME)):  # what was imported into the folder before
                yield from _file(Path(here) / name)


def _file(path: Path) -> Iterator[Source | Skipped]:
    name = path.as_posix()
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Skipped(name, _reason(error))
        return
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        yield Skipped(name, "is no file of records but a device or a socket")
        return
    yield from _stream(name, lambda: path.open("rb"))


def _stream(
    name: str, open_: Callable[[], BinaryIO], layers: int = 0
) -> Iterator[Source | Skipped]:
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(open_())
            stream = io.BufferedReader(_Checked(raw, name), HEAD)
            head = stream.peek(4)[:4]
            if head.startswith(_ZIP):
                yield from _members(name, stack.enter_context(_seekable(raw, stream)), layers)
                return
        except (InputError, OSError) as error:
            yield Skipped(name, _reason(error))
            return
        if not head.startswith(_GZIP):
            yield Source(name, lambda: stream)
        elif layers >= _MAX_LAYERS:
            yield Skipped(name, "is packed within what is packed already; unpack it first")
        else:
            unpacked = cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))
            limited = _Limited(unpacked, name, stream.tell)
            yield from _stream(name, lambda: cast("BinaryIO", io.BufferedReader(limited, HEAD)), 2)


def _seekable(raw: BinaryIO, stream: BinaryIO) -> BinaryIO:
    """Answer a stream that a zip can be read from: its list of members stands at its end."""
    if raw.seekable():
        raw.seek(0)
        return raw
    copy = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
    while part := stream.read(HEAD):
        copy.write(part)
    copy.seek(0)
    return copy


def _members(name: str, stream: BinaryIO, layers: int) -> Iterator[Source | Skipped]:
    if layers:
        yield Skipped(name, "is a zip within what is packed already; unpack it first")
        return
    try:
        archive = zipfile.ZipFile(stream)
    except (*_DAMAGED, OSError, ValueError):
        yield Skipped(name, "is a damaged or cut off zip file")
        return
    with archive:
        infos = [one for one in archive.infolist() if not one.is_dir()]
        if len(infos) > MAX_MEMBERS:
            yield Skipped(name, f"holds more than {MAX_MEMBERS:,} files")
            return
        if any(one.filename == _OFFICE for one in infos):
            yield Skipped(name, "is an office document, not a file of records")
            return
        for info in infos:
            if not Path(info.filename).name.startswith(".") and "__MACOSX" not in info.filename:
                yield from _member(f"{name}/{info.filename}", archive, info)


def _member(
    name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo
) -> Iterator[Source | Skipped]:
    if info.flag_bits & 1:
        yield Skipped(name, "is locked with a password")
    elif info.file_size > max(_SMALL, MAX_RATIO * info.compress_size):
        yield Skipped(name, _bomb(name).message)
    else:
        yield from _stream(name, partial(_open_member, name, archive, info), 1)


def _open_member(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    try:
        return cast("BinaryIO", archive.open(info))
    except (*_DAMAGED, ValueError) as error:
        raise InputError("is damaged or cut off", location=Location(name)) from error


class _Checked(io.RawIOBase):
    """A stream whose faults are InputErrors, and that ends before it fills the machine."""

    def __init__(self, inner: BinaryIO, name: str) -> None:
        self.inner = inner
        self.name = name
        self.count = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.count

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  (what takes bytes)
        view = memoryview(buffer)
        filled = 0
        try:
            # A pipe gives a little at a time; a kind is told by a full head.
            while filled < len(view) and (part := self.inner.read(len(view) - filled)):
                view[filled : filled + len(part)] = part
                filled += len(part)
        except _DAMAGED as error:
            raise InputError("is damaged or cut off", location=Location(self.name)) from error
        except OSError as error:
            raise InputError(_reason(error), location=Location(self.name)) from error
        self.count += filled
        self.check()
        return filled

    def check(self) -> None:
        """Raise InputError where the stream has given more than it may."""
        if self.count > MAX_BYTES:
            message = f"is larger than {MAX_BYTES // 1024**3} GB"
            raise InputError(message, location=Location(self.name))


class _Limited(_Checked):
    """An unpacked stream that ends where it grows past all proportion to what it is packed in."""

    def __init__(self, inner: BinaryIO, name: str, packed: Callable[[], int]) -> None:
        super().__init__(inner, name)
        self.packed = packed

    def check(self) -> None:
        super().check()
        if self.count > max(_SMALL, MAX_RATIO * self.packed()):
            raise _bomb(self.name)


def _bomb(name: str) -> InputError:
    message = f"unpacks to more than {MAX_RATIO} times its size, as no file of records does"
    return InputError(message, location=Location(name))


def _reason(error: OSError | InputError) -> str:
    if isinstance(error, InputError):
        return error.message
    if isinstance(error, gzip.BadGzipFile):
        return "is damaged or cut off"
    return f"cannot be read: {error.strerror or type(error).__name__}"
