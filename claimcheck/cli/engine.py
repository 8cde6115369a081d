"""From drafts to one report: rules and records loaded, every draft read and checked."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck import __version__
from claimcheck.errors import ClaimcheckError, InputError, Location
from claimcheck.model.report import Report, Tool
from claimcheck.paths import corpus_dir, rules_dir

if TYPE_CHECKING:
    from pathlib import Path

    from claimcheck.cli.drafts import Draft
    from claimcheck.config import Settings
    from claimcheck.model.document import Document
    from claimcheck.model.report import DocumentReport
    from claimcheck.rulebook.types import Rulebook, VerdictRule
    from claimcheck.trials.index import TrialIndex


@dataclass(frozen=True, slots=True)
class Checked:
    """A run's report, the settings that hold for each of its documents, and the rules used."""

    report: Report
    settings: tuple[Settings, ...]
    rules: tuple[VerdictRule, ...]


# The folders that a draft is judged by: of rules, then of records, the bundled ones first.
Sources = tuple[tuple["Path", ...], tuple["Path", ...]]


def sources_of(settings: Settings) -> Sources:
    """Answer the folders of rules and of records that settings lead to."""
    return (rules_dir(), *settings.rules), (corpus_dir(), *settings.corpus)


def read(draft: Draft) -> Document:
    """Answer a draft as it is read. Raises InputError."""
    from claimcheck import documents  # noqa: PLC0415  (its readers take a while to import)

    if draft.path is not None:
        return replace(documents.read_path(draft.path), name=draft.name)
    return documents.read_bytes(sys.stdin.buffer.read(), name=draft.name)


def run(drafts: list[Draft], problems: list[ClaimcheckError], *, fallback: Settings) -> Checked:
    """Check every draft; one that cannot be read is added to `problems`, and the others go on.

    Raises RuleError and CorpusError. `fallback` tells by what to judge where there is no draft.
    """
    read_drafts: list[tuple[Draft, Document]] = []
    for draft in drafts:
        try:
            read_drafts.append((draft, read(draft)))
        except ClaimcheckError as problem:
            problems.append(problem)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            problems.append(InputError(f"cannot be read: {reason}", location=Location(draft.name)))
    groups: dict[Sources, list[int]] = {}
    for number, (draft, _) in enumerate(read_drafts):
        groups.setdefault(sources_of(draft.settings), []).append(number)
    if not groups and not problems:
        groups[sources_of(fallback)] = []
    return _judged(read_drafts, groups)


def _judged(drafts: list[tuple[Draft, Document]], groups: dict[Sources, list[int]]) -> Checked:
    reports: dict[int, DocumentReport] = {}
    tools: list[Tool] = []
    rules: dict[str, VerdictRule] = {}
    indexes: list[TrialIndex] = []
    for sources, numbers in groups.items():
        rulebook, index = load(*sources)
        part = _check([drafts[number][1] for number in numbers], index, rulebook)
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


def load(rules: tuple[Path, ...], corpus: tuple[Path, ...]) -> tuple[Rulebook, TrialIndex]:
    """Answer the rules and the records of these folders. Raises RuleError, CorpusError."""
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415
    from claimcheck.trials.store import load_index  # noqa: PLC0415

    return load_rulebook(*rules), load_index(*corpus)


def _check(documents: list[Document], index: TrialIndex, rulebook: Rulebook) -> Report:
    if not documents:
        # Nothing to read: no need for the second that it takes to load a reader of English.
        trials = len(index.trials)
        fingerprints = rulebook.fingerprint, index.fingerprint
        return Report(Tool(__version__, fingerprints[0], trials, index.as_of, fingerprints[1]), ())
    from claimcheck.app.check import check_documents  # noqa: PLC0415

    return check_documents(documents, trials=index, rulebook=rulebook)


def _one_tool(tools: list[Tool], indexes: list[TrialIndex]) -> Tool:
    """Sum up what judged drafts whose settings name different rules or records."""
    if not tools:
        return Tool(__version__, "", 0, None, "")
    if len(tools) == 1:
        return tools[0]
    return Tool(
        tools[0].version,
        "+".join(dict.fromkeys(tool.rules for tool in tools)),
        len({trial.id for index in indexes for trial in index.trials}),
        max((tool.as_of for tool in tools if tool.as_of), default=None),
        "+".join(dict.fromkeys(tool.corpus for tool in tools)),
    )
