"""`claimcheck doctor`: what is at hand here, and what is amiss."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimcheck import __version__
from claimcheck.cli import streams
from claimcheck.cli.extras import EXTRAS, how_to_install
from claimcheck.config import Resolver, Settings, command_line, find_config
from claimcheck.errors import ClaimcheckError
from claimcheck.paths import cache_dir, corpus_dir, data_dir, rules_dir
from claimcheck.reports.words import clean
from claimcheck.serialize import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimcheck.trials.database.reader import Database

EXAMPLES = """\b
Examples:
  claimcheck doctor
  claimcheck doctor --json
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at; `ok` is None where it may be missing, and is."""

    name: str
    told: str
    ok: bool | None = True


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show version, rules, corpus, store, cache, settings and extras, and what is amiss."""
    lines = list(_lines())
    if as_json:
        content = [{"name": one.name, "ok": one.ok, "told": one.told} for one in lines]
        streams.print_data(to_json(content) + "\n")
    else:
        signs = {True: "✓", False: "✗", None: "-"}
        text = "".join(f"{signs[one.ok]} {one.name:<9} {clean(one.told)}\n" for one in lines)
        streams.print_text(text)
    raise typer.Exit(2 if any(one.ok is False for one in lines) else 0)


def _lines() -> Iterator[Line]:
    yield from _program()
    settings = Settings()
    try:
        settings = Resolver(command_line({}, cwd=Path.cwd())).settings_for(Path())
    except ClaimcheckError as error:
        yield from _amiss("settings", error)
    else:
        yield _settings()
    looks = (("rules", _rules), ("lists", _lists), ("corpus", _corpus), ("store", _store))
    for name, look in looks:
        try:
            yield from look(settings)
        except ClaimcheckError as error:
            yield from _amiss(name, error)
    yield from _cache()
    yield from _extras()


def _amiss(name: str, error: ClaimcheckError) -> Iterator[Line]:
    for told in str(error).splitlines():
        yield Line(name, told, ok=False)


def _program() -> Iterator[Line]:
    here = Path(__file__).resolve().parent.parent
    yield Line("program", f"claimcheck {__version__} in {here}")
    spacy = _version("spacy")
    yield Line(
        "python",
        f"{platform.python_version()} on {platform.system()}, "
        + (f"spaCy {spacy}" if spacy else "without spaCy, which it needs"),
        ok=spacy is not None,
    )


def _settings() -> Line:
    found = find_config(Path.cwd())
    told = f"read from {found}" if found else "no file of settings here: claimcheck init writes one"
    return Line("settings", told, ok=True if found else None)


def _rules(settings: Settings) -> Iterator[Line]:
    from claimcheck.rulebook.load import load_rulebook  # noqa: PLC0415  (--help needs it not)

    folders = (rules_dir(), *settings.rules)
    book = load_rulebook(*folders)
    told = f"{len(book.verdicts)} rules of verdict, {len(book.cues)} cues"
    yield Line("rules", f"{told}, fingerprint {book.fingerprint[:12]}, {_in(folders)}")


def _lists(_: Settings) -> Iterator[Line]:
    from claimcheck.rulebook.lists.store import kept_lists  # noqa: PLC0415

    for one in kept_lists(data_dir()):
        yield Line("lists", f"{one.names:,} names from {one.name}")


def _corpus(settings: Settings) -> Iterator[Line]:
    from claimcheck.trials.store import load_index  # noqa: PLC0415

    folders = (corpus_dir(), *settings.corpus)
    index = load_index(*folders)
    dated = f", as of {index.as_of}" if index.as_of else ""
    yield Line("corpus", f"{len(index)} trials{dated}, {_in(folders)}")


def _store(settings: Settings) -> Iterator[Line]:
    from claimcheck.trials.database.reader import open_database  # noqa: PLC0415

    for folder in dict.fromkeys((data_dir(), *settings.corpus)):
        store: Database | None = open_database(folder)
        if store is not None:
            dated = f", changed {store.as_of}" if store.as_of else ""
            yield Line("store", f"{len(store)} imported trials{dated}, {store.path}")
            store.close()
        elif folder == data_dir():
            yield Line("store", f"nothing is imported yet; it would lie in {folder}", ok=None)


def _cache() -> Iterator[Line]:
    folder = cache_dir()
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
    size = sum(path.stat().st_size for path in files)
    above = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not above.is_dir() or not os.access(above, os.W_OK):
        yield Line("cache", f"{folder} cannot be written: runs take longer", ok=None)
    else:
        yield Line("cache", f"{len(files)} files, {size / 1e6:.1f} MB, in {folder}")


def _extras() -> Iterator[Line]:
    for extra, package, needed_for in EXTRAS:
        if version := _version(package):
            yield Line("extra", f"{extra}: {package} {version}")
        else:
            get = how_to_install(extra, package)
            yield Line("extra", f"{extra}: not here; {needed_for} needs it: {get}", ok=None)
    git = shutil.which("git")
    yield Line("git", git or "not here; --diff needs it", ok=True if git else None)


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _in(folders: tuple[Path, ...]) -> str:
    return "in " + ", ".join(map(str, folders))
