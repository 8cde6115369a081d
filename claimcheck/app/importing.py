"""From files of any kind to trials: importers, the reader of prose and joining, put together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location
from claimcheck.model.imported import ReadReport, Skipped
from claimcheck.trials.importers import import_sources
from claimcheck.trials.join import join, join_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from claimcheck.model.trial import Trial
    from claimcheck.reading.nlp import Reader
    from claimcheck.rulebook.types import Rulebook
    from claimcheck.terms import Terms


_LONGEST_TITLE = 5_000  # code points


class Importing:
    """What importing needs, made ready when it is first needed: registry files need little of it.

    `load_rules` answers the rules that prose is read by.
    """

    def __init__(self, load_rules: Callable[[], Rulebook]) -> None:
        self._load_rules = load_rules
        self._rulebook: Rulebook | None = None
        self._terms: Terms | None = None
        self._reader: Reader | None = None

    def trials(
        self, paths: Iterable[str], *, stdin: BinaryIO | None = None
    ) -> Iterator[Trial | Skipped]:
        """Answer the trials in these files, folders and `-`, and what is of no use.

        Raises InputError for a path that is missing.
        """
        return import_sources(paths, self.read_prose, stdin=stdin)

    def evidence(
        self, paths: Iterable[str], *, stdin: BinaryIO | None = None
    ) -> tuple[tuple[Trial, ...], tuple[Skipped, ...]]:
        """Answer the trials in these files, each joined with its report, and what is of no use.

        Raises InputError where a path gives no trial at all.
        """
        trials: list[Trial] = []
        skipped: list[Skipped] = []
        for path in paths:
            found = list(self.trials([path], stdin=stdin))
            passed = [one for one in found if isinstance(one, Skipped)]
            if len(passed) == len(found):
                raise InputError(no_trial(passed), location=Location(path))
            trials += [one for one in found if not isinstance(one, Skipped)]
            skipped += passed
        return join_all(trials, self.join), tuple(skipped)

    def read_prose(self, text: str, title: str) -> ReadReport:
        """Answer what a report's prose tells of its trial. Raises InputError."""
        if len(title) > _LONGEST_TITLE:
            raise InputError(f"has a title of {len(title):,} characters: no report of a study")
        from claimcheck.trials.importers.report import read_report  # noqa: PLC0415

        return read_report(
            text, title=title, reader=self.reader, rulebook=self.rulebook, terms=self.terms
        )

    def join(self, registered: Trial, report: Trial) -> Trial:
        """Answer one trial from the registry's record and its report."""
        from claimcheck.terms.outcomes import similarity  # noqa: PLC0415  (few are joined)

        return join(registered, report, partial(similarity, terms=self.terms))

    @property
    def rulebook(self) -> Rulebook:
        """The rules, loaded on first use."""
        if self._rulebook is None:
            self._rulebook = self._load_rules()
        return self._rulebook

    @property
    def terms(self) -> Terms:
        """The vocabulary, made on first use."""
        if self._terms is None:
            from claimcheck.terms import Terms  # noqa: PLC0415  (registry files need it not)

            self._terms = Terms(self.rulebook)
        return self._terms

    @property
    def reader(self) -> Reader:
        """The reader of English, made on first use: it takes a second to load."""
        if self._reader is None:
            from claimcheck.reading.nlp import Reader  # noqa: PLC0415

            self._reader = Reader(self.rulebook)
        return self._reader


def no_trial(skipped: Iterable[Skipped]) -> str:
    """Say that a path gives no trial, and why."""
    reasons = list(dict.fromkeys(one.reason for one in skipped))
    if not reasons:
        return "holds no trial"
    more = f" (and {len(reasons) - 1} more reasons)" if len(reasons) > 1 else ""
    return f"holds no trial that can be used: {reasons[0]}{more}"
