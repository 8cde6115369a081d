"""The judging of many drafts, in this process or in several."""

from __future__ import annotations

import gc
import importlib
import os
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from claimcheck.app.remembered import Remembered, freeze, is_empty, thaw
from claimcheck.cli import progress
from claimcheck.errors import ConfigError
from claimcheck.model.report import DocumentReport

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from claimcheck.app.check import Checker
    from claimcheck.model.document import Document
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.trials.combined import Evidence

MOST_JOBS = 64
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judging:
    """How drafts are judged: in how many processes, if what was said before counts, how quietly."""

    jobs: int = 1
    cached: bool = True
    quiet: bool = False


@dataclass(slots=True)
class _Work(Generic[T]):
    """What a process judges by and what, and what is told of each report."""

    checker: Checker
    memory: Remembered | None
    documents: Mapping[int, Document]
    tell: Callable[[int, DocumentReport], T]

    def judge(self, number: int) -> T:
        """Judge a draft, and keep what is said of it at once: an interruption loses nothing."""
        report = self.checker.check(self.documents[number])
        if self.memory is not None:
            self.memory.store(report)
        return self.tell(number, report)

    def begun(self) -> Callable[[int], T | bytes]:
        """Answer what judges in a copy of the process that made this, which reads its own store.

        A report is sent without what is at hand in both.
        """
        from claimcheck.trials.evidence import reopened  # noqa: PLC0415  (only here)

        evidence = reopened(self.checker.trials)
        memory = replace(self.memory, evidence=evidence) if self.memory is not None else None
        checker = replace(self.checker, trials=evidence)
        mine = _Work(checker, memory, self.documents, self.tell)

        def judge(number: int) -> T | bytes:
            told = mine.judge(number)
            return freeze(told, evidence) if isinstance(told, DocumentReport) else told

        return judge

    def received(self, number: int, told: T | bytes) -> T:
        """Answer what a copy told of a draft."""
        if not isinstance(told, bytes):
            return told
        report = thaw(told, self.documents[number], self.checker.trials)
        return self.tell(number, report) if report is not None else self.judge(number)


def jobs_of(wanted: int) -> int:
    """Answer how many processes are meant: 0 is one for each core. Raises ConfigError."""
    if not 0 <= wanted <= MOST_JOBS:
        raise ConfigError(f"--jobs: wanted a number from 0 to {MOST_JOBS}, got {wanted}")
    return wanted or min(MOST_JOBS, os.cpu_count() or 1)


def expected(judging: Judging) -> Callable[[], object] | None:
    """Answer what gets ready that which judges; None where all may have been judged before."""
    if judging.cached and not is_empty():
        return None
    return lambda: importlib.import_module("claimcheck.app.check")


def judged(
    documents: Mapping[int, Document],
    evidence: Evidence,
    rulebook: Rulebook,
    judging: Judging,
    tell: Callable[[int, DocumentReport], T],
) -> dict[int, T]:
    """Judge every draft, and answer under its number what `tell` says of its report."""
    memory = Remembered(rulebook.fingerprint, evidence) if judging.cached else None
    with progress.shown(lambda: "getting ready to judge", quiet=judging.quiet):
        from claimcheck.app.check import Checker  # noqa: PLC0415  (loads the reader of English)

        checker = Checker.of(evidence, rulebook, documents=documents.values())
    work = _Work(checker, memory, documents, tell)
    gc.freeze()  # rules and records stay: no looking through them for rubbish
    jobs = min(judging.jobs, len(documents))
    found = _in_processes(work, jobs, quiet=judging.quiet) if jobs > 1 else None
    return found or _in_this_process(work, quiet=judging.quiet)


def _in_this_process(work: _Work[T], *, quiet: bool) -> dict[int, T]:
    found: dict[int, T] = {}
    with progress.of(found, len(work.documents), "judging", quiet=quiet):
        for number in work.documents:
            found[number] = work.judge(number)
    return found


def _in_processes(work: _Work[T], jobs: int, *, quiet: bool) -> dict[int, T] | None:
    """Answer the same as told by several processes; None where none can be copied."""
    from claimcheck.cli import pool  # noqa: PLC0415  (one process needs it not)

    if not pool.can_copy():
        return None
    numbers = [*work.documents]
    found: dict[int, T] = {}
    sizes = [len(one.text) for one in work.documents.values()]
    watching = progress.of(found, len(numbers), "judging", quiet=quiet)

    def begin() -> Callable[[int], T | bytes]:
        judge = work.begun()
        return lambda at: judge(numbers[at])

    with closing(pool.each(sizes, jobs, begin, watching=watching)) as results:
        for at, told in results:
            found[numbers[at]] = work.received(numbers[at], told)
    return found
