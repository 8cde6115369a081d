"""The drafts that the paths of a command line stand for."""

from __future__ import annotations

import difflib
import glob
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pathspec import GitIgnoreSpec

    from claimcheck.config import Exclude, Resolver, Settings
    from claimcheck.errors import ClaimcheckError

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".docx"})
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to check; `path` is None for standard input."""

    name: str
    path: Path | None
    settings: Settings


@dataclass(slots=True)
class Collected:
    """What the paths stand for: drafts in order, what was left out, and what is wrong."""

    drafts: list[Draft] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    problems: list[ClaimcheckError] = field(default_factory=list)


def collect(paths: Sequence[str], resolver: Resolver, *, stdin_filename: str | None) -> Collected:
    """Answer which drafts these files, folders, globs and `-` stand for, each one once.

    Raises ConfigError; a path that is missing, or holds no draft, is one of `problems`.
    """
    collected = Collected()
    seen: set[Path] = set()
    for text in dict.fromkeys(paths):
        if text == STDIN:
            name = stdin_filename or "<stdin>"
            settings = resolver.settings_for(Path(name).parent if stdin_filename else Path())
            if stdin_filename and _left_out(Path(name), settings):
                collected.excluded.append(name)
            else:
                collected.drafts.append(Draft(name, None, settings))
            continue
        try:
            for path in _files(text, resolver):
                _take(path, resolver, collected, seen)
        except InputError as problem:
            collected.problems.append(problem)
    return collected


def _take(path: Path, resolver: Resolver, collected: Collected, seen: set[Path]) -> None:
    where = path.resolve()
    if where in seen:
        return
    seen.add(where)
    settings = resolver.settings_for(path.parent)
    if _left_out(path, settings):
        collected.excluded.append(path.as_posix())
    else:
        collected.drafts.append(Draft(path.as_posix(), path, settings))


def _left_out(path: Path, settings: Settings) -> bool:
    return settings.force_exclude and excluded(path, settings.exclude)


def _files(text: str, resolver: Resolver) -> Iterator[Path]:
    path = Path(text)
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError) as error:
        raise InputError(str(error), location=Location(text)) from error
    if path.is_symlink() and not (is_file or is_folder or path.exists()):
        message = "is a link that leads nowhere, or to itself"
        raise InputError(message, location=Location(text))
    if is_folder:
        yield from _drafts_below(path, resolver)
    elif is_file or path.exists():
        yield path
    elif glob.has_magic(text):
        yield from _matching(text, resolver)
    else:
        message = f"no such file or folder; {_nearest(path)}"
        raise InputError(message, location=Location(text))


def _nearest(path: Path) -> str:
    """Answer what may have been meant by a path that leads nowhere."""
    try:
        beside = [one.name for one in path.parent.iterdir() if not one.name.startswith(".")]
        looked = path.parent.resolve()
    except (OSError, ValueError):
        return f"there is no folder {path.parent} either"
    near = difflib.get_close_matches(path.name, sorted(beside), n=1, cutoff=0.7)
    return f"did you mean {path.with_name(near[0])}?" if near else f"looked in {looked}"


def _matching(pattern: str, resolver: Resolver) -> Iterator[Path]:
    # Path.glob refuses absolute patterns.
    found = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207
    files = [path for path in found if path.is_file()]
    folders = [path for path in found if path.is_dir()] if not files else []
    if not files and not folders:
        message = "the pattern matches no file"
        raise InputError(message, location=Location(pattern))
    yield from files
    for folder in folders:
        yield from _drafts_below(folder, resolver)


def _drafts_below(folder: Path, resolver: Resolver) -> Iterator[Path]:
    found = list(_walk(folder, resolver, _ignores_above(folder)))
    if not found:
        message = f"the folder holds no draft to check ({', '.join(sorted(SUFFIXES))})"
        raise InputError(message, location=Location(folder.as_posix()))
    yield from found


@dataclass(frozen=True, slots=True)
class _Ignore:
    """A .gitignore and the folder it governs."""

    base: Path
    spec: GitIgnoreSpec


def _walk(folder: Path, resolver: Resolver, ignores: list[_Ignore]) -> Iterator[Path]:
    ignores = [*ignores, *_ignore_in(folder.resolve())]
    patterns = resolver.settings_for(folder).exclude
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        raise InputError(message, location=Location(folder.as_posix())) from error
    for entry in entries:
        is_folder = entry.is_dir()
        if _hidden(entry, is_folder=is_folder) or _ignored(entry, ignores, is_folder=is_folder):
            continue
        if excluded(entry, patterns, is_folder=is_folder):
            continue
        if is_folder and not entry.is_symlink():
            yield from _walk(entry, resolver, ignores)
        elif not is_folder and entry.suffix.lower() in SUFFIXES:
            yield entry


def _hidden(entry: Path, *, is_folder: bool) -> bool:
    # Word keeps "~$draft.docx" beside a draft that is open.
    return entry.name.startswith((".", "~$")) or (is_folder and entry.name in _SKIPPED_FOLDERS)


def _ignores_above(folder: Path) -> list[_Ignore]:
    """Answer the .gitignore files between the top of the repository and the folder, top first."""
    above = list(folder.resolve().parents)
    if (folder / ".git").exists():
        return []
    top = next((number for number, one in enumerate(above) if (one / ".git").exists()), None)
    if top is None:
        return []
    return [ignore for place in reversed(above[: top + 1]) for ignore in _ignore_in(place)]


def _ignore_in(folder: Path) -> list[_Ignore]:
    try:
        text = (folder / ".gitignore").read_text("utf-8", errors="replace")
    except OSError:
        return []
    return [_Ignore(folder, _spec(tuple(text.splitlines())))]


def _ignored(entry: Path, ignores: list[_Ignore], *, is_folder: bool) -> bool:
    if not ignores:
        return False
    where = entry.parent.resolve() / entry.name
    for ignore in reversed(ignores):
        name = where.relative_to(ignore.base).as_posix() + ("/" if is_folder else "")
        if (decided := ignore.spec.check_file(name).include) is not None:
            return decided
    return False


def excluded(path: Path, patterns: Sequence[Exclude], *, is_folder: bool = False) -> bool:
    """Tell whether a pattern of the settings leaves the path out."""
    if not patterns:
        return False
    where = path.parent.resolve() / path.name
    by_base: dict[Path, list[str]] = {}
    for one in patterns:
        by_base.setdefault(one.base.resolve(), []).append(one.pattern)
    for base, lines in by_base.items():
        if not where.is_relative_to(base):
            continue
        name = where.relative_to(base).as_posix() + ("/" if is_folder else "")
        if _spec(tuple(lines)).match_file(name):
            return True
    return False


@lru_cache(maxsize=64)
def _spec(lines: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  (a draft that is named needs it not)

    return GitIgnoreSpec.from_lines(lines)
