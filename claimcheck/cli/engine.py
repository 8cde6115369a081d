"""From drafts to one report: rules and records loaded, every draft read and checked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from claimcheck import __version__
from claimcheck.app.remembered import Remembered
from claimcheck.cli import jobs, progress, reading, streams
from claimcheck.cli.jobs import Judging
from claimcheck.config import check_folders
from claimcheck.model.report import Report, Tool
from claimcheck.paths import corpus_dir, data_dir, rules_dir
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from pathlib import Path

    from claimcheck.cli.drafts import Draft
    from claimcheck.config import Settings
    from claimcheck.errors import ClaimcheckError
    from claimcheck.model.document import Document
    from claimcheck.model.imported import Skipped
    from claimcheck.model.report import DocumentReport
    from claimcheck.rulebook.types import Rulebook, VerdictRule
    from claimcheck.trials.combined import Evidence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Against:
    """Files whose trials are evidence on the spot; `alone`, that no other evidence counts."""

    paths: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A run's report, the settings that hold for each of its documents, and the rules used."""

    report: Report
    settings: tuple[Settings, ...]
    rules: tuple[VerdictRule, ...]


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What was told of each document of a run, beside what `Checked` has."""

    tool: Tool
    told: tuple[T, ...]
    settings: tuple[Settings, ...]
    rules: tuple[VerdictRule, ...]


# Of what judges and the documents' settings: what is told of a document, by its number in the run.
Telling = Callable[[Tool, tuple["Settings", ...]], Callable[[int, "DocumentReport"], T]]
# The folders that a draft is judged by: of rules, then of records, the bundled ones first.
Sources = tuple[tuple["Path", ...], tuple["Path", ...]]


def sources_of(settings: Settings) -> Sources:
    """Answer the folders of rules and of records that settings lead to.

    Raises ConfigError where one of them is not there.
    """
    check_folders(settings)
    return (rules_dir(), *settings.rules), (corpus_dir(), *settings.corpus)


def run(
    drafts: list[Draft],
    problems: list[ClaimcheckError],
    *,
    fallback: Settings,
    against: Against = Against(),
    judging: Judging = Judging(),
) -> Checked:
    """Check every draft; one that cannot be read is added to `problems`, and the others go on.

    Raises ConfigError, RuleError, CorpusError, and InputError for evidence that cannot be read.
    `fallback` tells by what to judge where there is no draft.
    """
    done = run_telling(
        drafts,
        problems,
        lambda *_: lambda _, report: report,
        fallback=fallback,
        against=against,
        judging=judging,
    )
    return Checked(Report(done.tool, done.told), done.settings, done.rules)


def run_telling(
    drafts: list[Draft],
    problems: list[ClaimcheckError],
    telling: Telling[T],
    *,
    fallback: Settings,
    against: Against = Against(),
    judging: Judging = Judging(),
) -> Done[T]:
    """Check every draft in the same way, and keep of each report what `telling` answers of it.

    It is told what judges, and the settings of the drafts that could be read, before any is judged.
    """
    judging = replace(judging, quiet=(drafts[0].settings if drafts else fallback).quiet)
    read_drafts = reading.read_good(
        drafts,
        problems,
        jobs=judging.jobs,
        meanwhile=jobs.expected(judging),
        quiet=judging.quiet,
    )
    settings = tuple(draft.settings for draft, _ in read_drafts)
    groups = _groups([document for _, document in read_drafts], settings)
    if not groups and not problems:
        groups[sources_of(fallback)] = {}
    loaded = [
        _Group.of(sources, against, group, quiet=judging.quiet) for sources, group in groups.items()
    ]
    tool = _one_tool([one.tool for one in loaded], [one.evidence for one in loaded])
    tell = telling(tool, settings)
    told: dict[int, T] = {}
    for one in loaded:
        told |= one.told(judging, tell)
    rules = {rule.code: rule for one in loaded for rule in one.rulebook.verdicts}
    return Done(
        tool,
        tuple(told[number] for number in range(len(read_drafts))),
        settings,
        tuple(rules[code] for code in sorted(rules)),
    )


def _groups(
    documents: list[Document], settings: tuple[Settings, ...]
) -> dict[Sources, dict[int, Document]]:
    """Answer the drafts by what judges them, each under its number."""
    alike: dict[tuple[object, object], dict[int, Document]] = {}
    for number, (document, of) in enumerate(zip(documents, settings, strict=True)):
        alike.setdefault((of.rules, of.corpus), {})[number] = document
    return {sources_of(settings[next(iter(group))]): group for group in alike.values()}


@dataclass(frozen=True, slots=True)
class _Group:
    """Drafts that the same rules and the same evidence judge, by their numbers in the run."""

    rulebook: Rulebook
    evidence: Evidence
    documents: dict[int, Document]

    @classmethod
    def of(
        cls, sources: Sources, against: Against, documents: dict[int, Document], *, quiet: bool
    ) -> _Group:
        rulebook, evidence = load(sources, against, quiet=quiet)
        wide = with_lists(rulebook, [*documents.values()]) if documents else rulebook
        return cls(wide, evidence, documents)

    @property
    def tool(self) -> Tool:
        rules, evidence = self.rulebook.fingerprint, self.evidence
        return Tool(__version__, rules, len(evidence), evidence.as_of, evidence.fingerprint)

    def told(self, judging: Judging, tell: Callable[[int, DocumentReport], T]) -> dict[int, T]:
        """Judge what is not remembered; only then is what judges loaded, which takes a second."""
        memory = Remembered(self.rulebook.fingerprint, self.evidence) if judging.cached else None
        found: dict[int, T] = {}
        for number, document in self.documents.items():
            if memory is not None and (kept := memory.fetch(document)) is not None:
                found[number] = tell(number, kept)
        missing = {at: one for at, one in self.documents.items() if at not in found}
        if missing:
            found |= jobs.judged(missing, self.evidence, self.rulebook, judging, tell)
        return found


def load(
    sources: Sources, against: Against = Against(), *, quiet: bool = False
) -> tuple[Rulebook, Evidence]:
    """Answer the rules and the evidence that a draft is judged by.

    Raises RuleError, CorpusError, and InputError for a file of evidence that cannot be read.
    """
    with progress.shown(lambda: "loading rules and records", quiet=quiet):
        rulebook, evidence, skipped = _loaded(sources, against)
    for one in skipped:
        streams.warn(f"--against: left out: {clean(one.name)}: {clean(one.reason)}")
    return rulebook, evidence


def _loaded(sources: Sources, against: Against) -> tuple[Rulebook, Evidence, tuple[Skipped, ...]]:
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415
    from claimcheck.trials.evidence import beside, load_evidence  # noqa: PLC0415
    from claimcheck.trials.index import TrialIndex  # noqa: PLC0415

    rules, corpus = sources
    rulebook = load_rulebook(*rules)
    if not against.paths:
        return rulebook, load_evidence(*corpus, imported=(data_dir(),)), ()
    from claimcheck.app.importing import Importing  # noqa: PLC0415

    importing = Importing(lambda: rulebook)
    trials, skipped = importing.evidence(against.paths, stdin=sys.stdin.buffer)
    if against.alone:
        return rulebook, beside(TrialIndex(()), trials), skipped
    return rulebook, beside(load_evidence(*corpus, imported=(data_dir(),)), trials), skipped


def with_lists(rulebook: Rulebook, documents: list[Document]) -> Rulebook:
    """Answer the rules with what the user's own lists of names add to them for these drafts.

    Raises RuleError for lists that cannot be read.
    """
    from claimcheck.app.vocabulary import widened  # noqa: PLC0415

    return widened(rulebook, [one.text for one in documents], data_dir())


def _one_tool(tools: list[Tool], indexes: list[Evidence]) -> Tool:
    """Sum up what judged drafts whose settings name different rules or records."""
    if not tools:
        return Tool(__version__, "", 0, None, "")
    if len(tools) == 1:
        return tools[0]
    return Tool(
        tools[0].version,
        "+".join(dict.fromkeys(tool.rules for tool in tools)),
        len({trial for index in indexes for trial in index.ids()}),
        max((tool.as_of for tool in tools if tool.as_of), default=None),
        "+".join(dict.fromkeys(tool.corpus for tool in tools)),
    )
