"""What was worked out before: a folder of files, each found by a digest of all that it was made of.

Nothing here is needed: what is missing, cut short or not to be written is worked out again. A file
is put in place whole, so that several processes may share the folder. It loads little: what is
found here is to be given at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import claimcheck
from claimcheck import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_FILES = 4_000  # of all kinds together; the longest unused go first
MOST_BYTES = 128 * 1024 * 1024
_SUFFIX = ".kept"
_DIGEST = hashlib.sha256().digest_size
_PRUNED_EVERY = 64  # files written: looking through the folder costs as much as some drafts


class Size(NamedTuple):
    """How many files the folder holds, and how many bytes."""

    files: int
    size: int


def key_of(parts: Iterable[bytes]) -> str:
    """Answer the key of what is made of these parts, by this release and its code."""
    digest = hashlib.sha256(code())
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def code() -> bytes:
    """Answer a digest of the program: a checkout under work must never see its own past."""
    digest = hashlib.sha256(claimcheck.__version__.encode())
    package = os.path.dirname(claimcheck.__file__)  # noqa: PTH120  (this runs on every start)
    for folder, below, names in os.walk(package):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(names):
            if name.endswith(".py"):
                with contextlib.suppress(OSError):
                    found = os.stat(f"{folder}/{name}")  # noqa: PTH116
                    digest.update(f"{name} {found.st_size} {found.st_mtime_ns}".encode())
    return digest.digest()


def fetch(kind: str, key: str) -> bytes | None:
    """Answer what was kept under a key; None where nothing is, or not all of it."""
    place = _place(kind, key)
    try:
        data = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    content = data[_DIGEST:]
    return content if hashlib.sha256(content).digest() == data[:_DIGEST] else None


def holds(kind: str) -> bool:
    """Tell whether anything of a kind is kept."""
    return any(paths.cache_dir().glob(f"{kind}-*{_SUFFIX}"))


def store(kind: str, key: str, content: bytes) -> None:
    """Keep something for later runs; where that is not possible, nothing happens."""
    import tempfile  # noqa: PLC0415  (an answer that is found needs it not)

    place = _place(kind, key)
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(content).digest() + content)
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)
        if int(key[:8], 16) % _PRUNED_EVERY == 0:
            prune()


def made(kind: str, parts: Iterable[str], make: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Answer plain data (dicts, lists, tuples, texts, numbers) from the cache, else as made.

    `parts` are all that it is made of.
    """
    key = key_of((sys.version.encode(), *(one.encode("utf-8", "surrogatepass") for one in parts)))
    if (content := fetch(kind, key)) is not None:
        with contextlib.suppress(ValueError, TypeError, EOFError):
            # Quicker than JSON, and it keeps tuples; its digest tells that it is whole.
            return marshal.loads(content)  # noqa: S302
    value = make()
    with contextlib.suppress(ValueError):
        store(kind, key, marshal.dumps(value))
    return value


def prune(*, files: int = MOST_FILES, size: int = MOST_BYTES) -> None:
    """Drop what was unused the longest, down to so many files and bytes."""
    kept = taken = 0
    for _, length, path in sorted(_files(), reverse=True):
        kept, taken = kept + 1, taken + length
        if kept > files or taken > size:
            with contextlib.suppress(OSError):
                path.unlink()


def clear() -> Size:
    """Drop all that is kept, and answer how much that was."""
    found = shown()
    for _, _, path in list(_files()):
        with contextlib.suppress(OSError):
            path.unlink()
    return found


def shown() -> Size:
    """Answer how much is kept."""
    sizes = [length for _, length, _ in _files()]
    return Size(len(sizes), sum(sizes))


def _place(kind: str, key: str) -> Path:
    return paths.cache_dir() / f"{kind}-{key[:40]}{_SUFFIX}"


def _files() -> Iterator[tuple[int, int, Path]]:
    """Yield when each file was last used, its length and its place."""
    folder = paths.cache_dir()
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            known = path.suffix == _SUFFIX or path.name.startswith((".new-", "rules-"))
            with contextlib.suppress(OSError):
                if known and path.is_file():
                    found = path.stat()
                    yield found.st_mtime_ns, found.st_size, path
