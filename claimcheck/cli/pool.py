"""The same done with each of many things, in several processes that are copies of this one.

A copy has all that this process has, so that nothing but results is sent.
"""

from __future__ import annotations

import heapq
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from claimcheck.errors import ClaimcheckError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

Result = TypeVar("Result")

BATCHES = 16  # a process: few, for each takes a while to send
LAST, PIECES = 4, 4  # so many of them are given out last and in pieces, so that all end together
_COPIED = "fork"
# What a process begins with, set before it is copied; then what it does with the place of a thing.
_AT_HAND: dict[str, Callable[..., Any]] = {}


def can_copy() -> bool:
    """Tell if this system makes copies of a process."""
    return _COPIED in multiprocessing.get_all_start_methods()


def each(
    sizes: Sequence[int],
    jobs: int,
    begin: Callable[[], Callable[[int], Result]],
    *,
    meanwhile: Callable[[], object] | None = None,
    watching: AbstractContextManager[object] = nullcontext(),
) -> Generator[tuple[int, Result]]:
    """Yield the place of each thing and what came of it, in the order in which they are done.

    `begin` is called once in every process, and answers what is to be done with a place there;
    `sizes` tell how long each takes beside the others. `meanwhile` is done by this process when all
    others are at work, and `watching` holds from then to the end. To close the iterator ends all
    processes.
    """
    _AT_HAND["begin"] = begin
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context(_COPIED), initializer=_start
    )
    try:
        running = [pool.submit(_do_all, batch) for batch in batches(sizes, jobs)]
        with watching:
            if meanwhile is not None:
                meanwhile()
            for done in as_completed(running):
                yield from done.result()
    except BrokenProcessPool:
        _stop(pool)
        raise ClaimcheckError(
            "one of the processes was ended from outside, as for want of memory; "
            "run again with fewer --jobs: what was judged is kept"
        ) from None
    except BaseException:
        _stop(pool)
        raise
    finally:
        _AT_HAND.clear()
    pool.shutdown()


def batches(sizes: Sequence[int], jobs: int) -> list[list[int]]:
    """Answer the places of sizes in batches for so many processes, the small ones at the end."""
    whole = balanced(sizes, jobs * BATCHES)
    first = len(whole) - jobs * LAST
    if first <= 0:
        return whole
    last = sorted(at for batch in whole[first:] for at in batch)
    parts = balanced([sizes[at] for at in last], jobs * LAST * PIECES)
    return [*whole[:first], *([last[at] for at in part] for part in parts)]


def balanced(sizes: Sequence[int], parts: int) -> list[list[int]]:
    """Answer the places of sizes in so many parts of much the same sum, none of them empty."""
    found: list[list[int]] = [[] for _ in range(min(parts, len(sizes)))]
    sums = [(0, part) for part in range(len(found))]
    for place in sorted(range(len(sizes)), key=lambda at: (-sizes[at], at)):
        total, least = sums[0]
        heapq.heapreplace(sums, (total + max(1, sizes[place]), least))  # nothing takes no time
        found[least].append(place)
    return [sorted(part) for part in found]


def _stop(pool: ProcessPoolExecutor) -> None:
    """End all processes at once, finished or not."""
    pool.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        process.terminate()
    for process in multiprocessing.active_children():
        process.join()


def _start() -> None:
    # An interruption goes to all processes of a terminal; the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _AT_HAND["do"] = _AT_HAND["begin"]()


def _do_all(places: list[int]) -> list[tuple[int, Any]]:
    return [(place, _AT_HAND["do"](place)) for place in places]
