"""The judging of many drafts, in this process or in several."""

from __future__ import annotations

import gc
import importlib
import os
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.app.remembered import Remembered, freeze, is_empty, thaw
from claimcheck.cli import progress
from claimcheck.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from claimcheck.app.check import Checker
    from claimcheck.model.document import Document
    from claimcheck.model.report import DocumentReport
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.trials.combined import Evidence

MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class Judging:
    """How drafts are judged: in how many processes, if what was said before counts, how quietly."""

    jobs: int = 1
    cached: bool = True
    quiet: bool = False


@dataclass(slots=True)
class _Work:
    """What a process judges by and what."""

    checker: Checker
    memory: Remembered | None
    documents: Sequence[Document]

    def judge(self, number: int) -> DocumentReport:
        """Judge a draft, and keep what is said of it at once: an interruption loses nothing."""
        report = self.checker.check(self.documents[number])
        if self.memory is not None:
            self.memory.store(report)
        return report

    def begun(self) -> Callable[[int], bytes]:
        """Answer what judges in a copy of the process that made this, which reads its own store."""
        from claimcheck.trials.evidence import reopened  # noqa: PLC0415  (only here)

        evidence = reopened(self.checker.trials)
        memory = replace(self.memory, evidence=evidence) if self.memory is not None else None
        mine = _Work(replace(self.checker, trials=evidence), memory, self.documents)
        return lambda number: freeze(mine.judge(number), evidence)


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
    documents: list[Document], index: Evidence, rulebook: Rulebook, judging: Judging
) -> list[DocumentReport]:
    """Judge every draft, and answer the reports in the drafts' order."""
    from claimcheck.app.check import Checker  # noqa: PLC0415  (loads the reader of English)

    memory = Remembered(rulebook.fingerprint, index) if judging.cached else None
    work = _Work(Checker.of(index, rulebook, documents=documents), memory, documents)
    gc.freeze()  # rules and records stay: no looking through them for rubbish
    jobs = min(judging.jobs, len(documents))
    found = _in_processes(work, jobs, quiet=judging.quiet) if jobs > 1 else None
    return found or _in_this_process(work, quiet=judging.quiet)


def _in_this_process(work: _Work, *, quiet: bool) -> list[DocumentReport]:
    count = len(work.documents)
    found: list[DocumentReport] = []
    with progress.of(found, count, "judging", quiet=quiet):
        found.extend(work.judge(number) for number in range(count))
    return found


def _in_processes(work: _Work, jobs: int, *, quiet: bool) -> list[DocumentReport] | None:
    """Answer the reports as made by several processes; None where none can be copied."""
    from claimcheck.cli import pool  # noqa: PLC0415  (one process needs it not)

    if not pool.can_copy():
        return None
    documents, evidence = work.documents, work.checker.trials
    found: dict[int, DocumentReport] = {}
    sizes = [len(one.text) for one in documents]
    watching = progress.of(found, len(documents), "judging", quiet=quiet)
    with closing(pool.each(sizes, jobs, work.begun, watching=watching)) as results:
        for number, content in results:
            report = thaw(content, documents[number], evidence)
            found[number] = report if report is not None else work.judge(number)
    return [found[number] for number in range(len(documents))]
