"""The judging of many drafts, in this process or in several."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.app.remembered import Remembered, freeze, thaw
from claimcheck.errors import ClaimcheckError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from claimcheck.app.check import Checker
    from claimcheck.model.document import Document
    from claimcheck.model.report import DocumentReport
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.trials.combined import Evidence

BATCHES = 4  # a process: few, for each is sent at once, and enough that all end together
MOST_JOBS = 64
# What the processes of a pool are made with: a copy of this one has it, and sends nothing.
_COPIED = "fork"


@dataclass(frozen=True, slots=True)
class Judging:
    """How drafts are judged: in how many processes, and if what was said before counts."""

    jobs: int = 1
    cached: bool = True


@dataclass(slots=True)
class _Work:
    """What a process judges by and what: set before it is copied, so that it has it at once."""

    checker: Checker
    memory: Remembered | None
    documents: Sequence[Document]

    def judge(self, number: int) -> DocumentReport:
        """Judge a draft, and keep what is said of it at once: an interruption loses nothing."""
        report = self.checker.check(self.documents[number])
        if self.memory is not None:
            self.memory.store(report)
        return report


_AT_HAND: dict[str, _Work] = {}


def jobs_of(wanted: int) -> int:
    """Answer how many processes are meant: 0 is one for each core. Raises ConfigError."""
    if not 0 <= wanted <= MOST_JOBS:
        raise ConfigError(f"--jobs: wanted a number from 0 to {MOST_JOBS}, got {wanted}")
    return wanted or min(MOST_JOBS, os.cpu_count() or 1)


def judged(
    documents: list[Document], index: Evidence, rulebook: Rulebook, judging: Judging
) -> list[DocumentReport]:
    """Judge every draft, and answer the reports in the drafts' order."""
    from claimcheck.app.check import Checker  # noqa: PLC0415  (loads the reader of English)

    memory = Remembered(rulebook.fingerprint, index) if judging.cached else None
    work = _Work(Checker.of(index, rulebook, documents=documents), memory, documents)
    _keep_still()
    jobs = min(judging.jobs, len(documents))
    if jobs < 2 or _COPIED not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        return [work.judge(number) for number in range(len(documents))]
    return _in_processes(work, jobs, index)


def _keep_still() -> None:
    """Let the collector of rubbish pass over rules and records, and look at the rest less often.

    A run makes much that stays and hardly a circle; a tenth of its time went into looking.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _in_processes(work: _Work, jobs: int, index: Evidence) -> list[DocumentReport]:
    batches = balanced([len(one.text) for one in work.documents], jobs * BATCHES)
    found: dict[int, DocumentReport] = {}
    _AT_HAND["work"] = work
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context(_COPIED), initializer=_start
    )
    try:
        running = [pool.submit(_judge_all, batch) for batch in batches]
        for number, content in _results(running):
            report = thaw(content, work.documents[number], index)
            found[number] = report if report is not None else work.judge(number)
    except BaseException:
        _stop(pool)
        raise
    finally:
        _AT_HAND.clear()
    pool.shutdown()
    return [found[number] for number in range(len(work.documents))]


def _results(running: list[Future[bytes]]) -> Iterator[tuple[int, bytes]]:
    try:
        for done in as_completed(running):
            yield from pickle.loads(done.result())  # noqa: S301  (from our own process)
    except BrokenProcessPool:
        raise ClaimcheckError(
            "a process that judged drafts was ended from outside, as for want of memory; "
            "run again with fewer --jobs: what was judged is kept"
        ) from None


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
    from claimcheck.trials.evidence import reopened  # noqa: PLC0415  (only here)

    theirs = _AT_HAND["work"]
    evidence = reopened(theirs.checker.trials)
    memory = replace(theirs.memory, evidence=evidence) if theirs.memory is not None else None
    _AT_HAND["mine"] = _Work(replace(theirs.checker, trials=evidence), memory, theirs.documents)


def _judge_all(numbers: list[int]) -> bytes:
    work = _AT_HAND["mine"]
    evidence = work.checker.trials
    return pickle.dumps([(number, freeze(work.judge(number), evidence)) for number in numbers])


def balanced(sizes: Sequence[int], parts: int) -> list[list[int]]:
    """Answer the places of sizes in so many parts of much the same sum, none of them empty."""
    heaps: list[tuple[int, list[int]]] = [(0, []) for _ in range(min(parts, len(sizes)))]
    for place in sorted(range(len(sizes)), key=lambda at: (-sizes[at], at)):
        least = min(range(len(heaps)), key=lambda at: (heaps[at][0], at))
        total, inside = heaps[least]
        heaps[least] = total + sizes[place], [*inside, place]
    return [sorted(inside) for _, inside in heaps]
