"""How often does Python look for circles of objects that nothing reaches?"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# New objects between two looks, of which Python's own number is 700. A megabyte leaves a million.
_SELDOM = 5_000_000
_lock = Lock()
_before: list[tuple[int, int, int]] = []  # what held at first, once for each that now runs


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Look less often while this runs: values of ours hold no circles, and looking costs a fifth.

    Five megabytes of prose leave two thousand objects in circles.

    What held before holds again when the last of several threads is done.
    """
    with _lock:
        held = _before[0] if _before else gc.get_threshold()
        _before.append(held)
        if 0 < held[0] < _SELDOM:  # 0: never
            gc.set_threshold(_SELDOM, *held[1:])
    try:
        yield
    finally:
        with _lock:
            last = _before.pop()
            if not _before:
                gc.set_threshold(*last)
