"""Standard output and standard error, with a tape that can take down what is said."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OUT, _ERR = "out", "err"
_MOST = 4_000_000  # characters; of more no answer is kept


class Tape:
    """What was said, and where; `whole` tells that nothing of it is missing. Bytes as Latin-1."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.whole = True
        self._length = 0

    def add(self, name: str, text: str) -> None:
        """Take down what is said."""
        self._length += len(text)
        if self._length > _MOST:
            self.whole = False
            self.said.clear()
        if self.whole:
            self.said.append((name, text))


_tapes: list[Tape] = []


@contextmanager
def recorded() -> Iterator[Tape]:
    """Take down what is said from here on."""
    tape = Tape()
    _tapes.append(tape)
    try:
        yield tape
    finally:
        _tapes.remove(tape)


def play(tape: Iterable[tuple[str, str]]) -> None:
    """Say again what was taken down; raises ValueError for what was not, and says nothing then."""
    parts = [(name, text.encode("latin-1") if name == _OUT else text) for name, text in tape]
    for _, part in parts:
        if isinstance(part, bytes):
            write([part])
        else:
            complain(part)


def write(parts: Iterable[bytes]) -> None:
    """Write bytes on standard output."""
    try:
        sys.stdout.flush()
        for part in parts:
            for tape in _tapes:
                tape.add(_OUT, part.decode("latin-1"))
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # `claimcheck … | head` has had enough; the interpreter would complain again at its end.
        for tape in _tapes:
            tape.whole = False
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(line: str) -> None:
    """Write a line on standard error."""
    for tape in _tapes:
        tape.add(_ERR, line)
    with suppress(BrokenPipeError):
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        sys.stderr.write(line.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()
