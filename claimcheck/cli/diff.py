"""`--diff BASE`: the drafts that have changed, and of their claims those on changed lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claimcheck.app.changed import Changed, only_changed
from claimcheck.cli import streams
from claimcheck.cli.git import Repository, lines_between
from claimcheck.errors import ClaimcheckError, ConfigError
from claimcheck.model.report import Notice, NoticeKind
from claimcheck.model.verdict import Level
from claimcheck.reports.words import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from claimcheck.cli.drafts import Draft
    from claimcheck.cli.engine import Checked
    from claimcheck.model.document import Document
    from claimcheck.model.report import DocumentReport


@dataclass(frozen=True, slots=True)
class Whole:
    """A draft that is new: all of it counts."""


@dataclass(frozen=True, slots=True)
class Before:
    """A draft of which git cannot tell the lines, such as a Word file, and what it was before."""

    data: bytes


Scope = Changed | Whole | Before


@dataclass(slots=True)
class Diff:
    """Of some drafts, those that have changed since `base`, and what of each counts."""

    base: str
    drafts: list[Draft] = field(default_factory=list)
    scopes: dict[str, Scope] = field(default_factory=dict)
    total: int = 0


def since(base: str, drafts: Iterable[Draft]) -> Diff:
    """Answer which drafts have changed since a commit, and where.

    Raises ConfigError for standard input, and where git cannot answer.
    """
    drafts = list(drafts)
    found = Diff(base, total=len(drafts))
    repositories: dict[Path, Repository] = {}
    by_top: dict[Repository, dict[str, Draft]] = {}
    for draft in drafts:
        if draft.path is None:
            raise ConfigError("--diff: standard input has no history; name the file")
        where = draft.path.resolve()
        if where.parent not in repositories:
            repositories[where.parent] = Repository.around(where.parent, base)
        repository = repositories[where.parent]
        name = where.relative_to(repository.top.resolve()).as_posix()
        by_top.setdefault(repository, {})[name] = draft
    for repository, named in by_top.items():
        for name, scope in _scopes(repository, list(named)).items():
            found.scopes[named[name].name] = scope
    found.drafts = [draft for draft in drafts if draft.name in found.scopes]
    return found


def _scopes(repository: Repository, names: list[str]) -> dict[str, Scope]:
    changed = repository.changed_files()
    tracked = repository.tracked(names)
    scopes: dict[str, Scope] = {}
    for name in names:
        if name not in tracked:
            scopes[name] = Whole()
        elif name in changed:
            scopes[name] = _scope(repository, name, changed[name])
    return scopes


def _scope(repository: Repository, name: str, old: str) -> Scope:
    if (lines := repository.changed_lines(name, old)) is not None:
        return lines
    before = repository.before(old)
    return Whole() if before is None else Before(before)


def narrowed(checked: Checked, diff: Diff) -> Checked:
    """Answer what was checked with the claims alone that stand on changed lines; tells how many."""
    before = checked.report.documents
    after = tuple(_narrowed(one, diff) for one in before)
    claims, left = (sum(len(one.verdicts) for one in these) for these in (before, after))
    streams.warn(
        f"--diff {clean(diff.base)}: {len(diff.drafts)} of {diff.total} drafts have changed; "
        f"{left} of their {claims} claims stand on changed lines, the others are not judged"
    )
    return replace(checked, report=replace(checked.report, documents=after))


def _narrowed(one: DocumentReport, diff: Diff) -> DocumentReport:
    left = _changed(one, diff.scopes[one.document.name])
    if not (unchanged := len(one.verdicts) - len(left.verdicts)):
        return left
    message = (
        f"{unchanged} of {len(one.verdicts)} claims stand on lines that have not changed since "
        f"{diff.base}, and are not judged"
    )
    notice = Notice(NoticeKind.UNCHANGED, message, Level.NOTE)
    return replace(left, notices=(*left.notices, notice))


def _changed(one: DocumentReport, scope: Scope) -> DocumentReport:
    match scope:
        case Whole():
            return one
        case Before():
            return only_changed(one, _lines_since(scope.data, one.document))
        case Changed():
            return only_changed(one, scope)


def _lines_since(data: bytes, document: Document) -> Changed:
    from claimcheck import documents  # noqa: PLC0415  (its readers take a while to import)

    try:
        old = documents.read_bytes(data, name=document.name).source
    except ClaimcheckError:
        old = ""  # what could not be read before is new
    return lines_between(old, document.source)
