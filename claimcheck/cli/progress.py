"""How far a long run is, on a terminal alone: a line on standard error, taken away at the end."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sized
    from contextlib import AbstractContextManager
    from threading import Event

_PATIENCE = 2.0  # seconds after which a run is a long one
_LEAST = 0.5  # seconds, for what takes less is not worth a line however late it comes
_AGAIN = 0.25  # seconds between two looks
_BEGUN = monotonic()
_BARE = frozenset({"dumb", "unknown"})  # terminals on which a line cannot be taken away


@contextmanager
def shown(tell: Callable[[], str], *, quiet: bool = False) -> Iterator[None]:
    """Show what `tell` answers, again and again, where what runs within this takes a while.

    It is drawn by a thread, so one must begin it after the copies of this process are made.
    """
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") in _BARE:
        yield
        return
    from threading import Event, Thread  # noqa: PLC0415  (most runs are on no terminal, or kept)

    ended = Event()
    thread = Thread(target=_draw, args=(tell, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def of(done: Sized, count: int, work: str, *, quiet: bool) -> AbstractContextManager[None]:
    """Show how many of so many drafts are done, or, of a single one, what is done with it."""
    if count < 2:  # noqa: PLR2004
        return shown(lambda: work, quiet=quiet)
    return shown(lambda: f"{work}: {len(done)} of {count} drafts", quiet=quiet)


def _draw(tell: Callable[[], str], ended: Event) -> None:
    if ended.wait(max(_LEAST, _BEGUN + _PATIENCE - monotonic())):
        return
    # Only now, for a short run needs none of it.
    from rich.console import Console  # noqa: PLC0415
    from rich.live import Live  # noqa: PLC0415
    from rich.spinner import Spinner  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    spinner = Spinner("line", style="none")

    def line() -> Spinner:
        spinner.update(text=Text(tell(), no_wrap=True, overflow="crop"))
        return spinner

    live = Live(
        console=Console(stderr=True, highlight=False),
        get_renderable=line,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with live:
        while not ended.wait(_AGAIN):
            live.refresh()
