"""From drafts to one report: rules and records loaded, every draft read and checked."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck import __version__
from claimcheck.app.remembered import Remembered
from claimcheck.cli import jobs, reading, streams
from claimcheck.cli.jobs import Judging
from claimcheck.config import check_folders
from claimcheck.errors import ClaimcheckError
from claimcheck.model.report import Report, Tool
from claimcheck.paths import corpus_dir, data_dir, rules_dir
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from pathlib import Path

    from claimcheck.cli.drafts import Draft
    from claimcheck.config import Settings
    from claimcheck.model.document import Document
    from claimcheck.model.report import DocumentReport
    from claimcheck.model.trial import Trial
    from claimcheck.rulebook.types import Rulebook, VerdictRule
    from claimcheck.trials.combined import Evidence


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
    judging = replace(judging, quiet=(drafts[0].settings if drafts else fallback).quiet)
    read_drafts: list[tuple[Draft, Document]] = []
    documents = reading.read_all(
        drafts, judging.jobs, meanwhile=jobs.expected(judging), quiet=judging.quiet
    )
    for draft, found in zip(drafts, documents, strict=True):
        if isinstance(found, ClaimcheckError):
            problems.append(found)
        else:
            read_drafts.append((draft, found))
    alike: dict[tuple[object, object], list[int]] = {}
    for number, (draft, _) in enumerate(read_drafts):
        alike.setdefault((draft.settings.rules, draft.settings.corpus), []).append(number)
    groups = {
        sources_of(read_drafts[numbers[0]][0].settings): numbers for numbers in alike.values()
    }
    if not groups and not problems:
        groups[sources_of(fallback)] = []
    return _judged(read_drafts, groups, against, judging)


def _judged(
    drafts: list[tuple[Draft, Document]],
    groups: dict[Sources, list[int]],
    against: Against,
    judging: Judging,
) -> Checked:
    reports: dict[int, DocumentReport] = {}
    tools: list[Tool] = []
    rules: dict[str, VerdictRule] = {}
    indexes: list[Evidence] = []
    for sources, numbers in groups.items():
        rulebook, index = load(sources, against)
        part = _check([drafts[number][1] for number in numbers], index, rulebook, judging)
        reports |= dict(zip(numbers, part.documents, strict=True))
        tools.append(part.tool)
        indexes.append(index)
        rules |= {rule.code: rule for rule in rulebook.verdicts}
    in_order = sorted(reports)
    return Checked(
        Report(_one_tool(tools, indexes), tuple(reports[number] for number in in_order)),
        tuple(drafts[number][0].settings for number in in_order),
        tuple(rules[code] for code in sorted(rules)),
    )


def load(sources: Sources, against: Against = Against()) -> tuple[Rulebook, Evidence]:
    """Answer the rules and the evidence that a draft is judged by.

    Raises RuleError, CorpusError, and InputError for a file of evidence that cannot be read.
    """
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415
    from claimcheck.trials.evidence import beside, load_evidence  # noqa: PLC0415
    from claimcheck.trials.index import TrialIndex  # noqa: PLC0415

    rules, corpus = sources
    rulebook = load_rulebook(*rules)
    if not against.paths:
        return rulebook, load_evidence(*corpus, imported=(data_dir(),))
    trials = _read_evidence(against.paths, rulebook)
    if against.alone:
        return rulebook, beside(TrialIndex(()), trials)
    return rulebook, beside(load_evidence(*corpus, imported=(data_dir(),)), trials)


def _read_evidence(paths: tuple[str, ...], rulebook: Rulebook) -> tuple[Trial, ...]:
    from claimcheck.app.importing import Importing  # noqa: PLC0415

    trials, skipped = Importing(lambda: rulebook).evidence(paths, stdin=sys.stdin.buffer)
    for one in skipped:
        streams.warn(f"--against: left out: {clean(one.name)}: {clean(one.reason)}")
    return trials


def _check(
    documents: list[Document], index: Evidence, rulebook: Rulebook, judging: Judging
) -> Report:
    """Judge what is not remembered; what judges is loaded only then, for that takes a second."""
    wide = with_lists(rulebook, documents) if documents else rulebook
    memory = Remembered(wide.fingerprint, index) if judging.cached else None
    found: dict[int, DocumentReport] = {}
    for number, document in enumerate(documents):
        if memory is not None and (kept := memory.fetch(document)) is not None:
            found[number] = kept
    missing = [number for number in range(len(documents)) if number not in found]
    if missing:
        fresh = jobs.judged([documents[number] for number in missing], index, wide, judging)
        found |= dict(zip(missing, fresh, strict=True))
    fingerprints = wide.fingerprint, index.fingerprint
    tool = Tool(__version__, fingerprints[0], len(index), index.as_of, fingerprints[1])
    return Report(tool, tuple(found[number] for number in range(len(documents))))


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
