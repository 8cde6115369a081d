"""A whole answer of `claimcheck check`, said again while nothing that it was made of has changed.

It is looked up before anything of weight is imported: the command line alone takes longer to load
than an answer to be found. Only runs on named files that write nothing but their report are kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from claimcheck import cache, paths
from claimcheck.cli import out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KIND = "answer"
_VALUED = frozenset(
    {
        *("--format", "-f", "--fail-on", "--only", "--require-coverage", "--min-confidence"),
        *("--color", "--width", "--corpus", "--rules", "--config", "--jobs", "-j"),
    }
)
_FLAGS = frozenset(
    {
        *("--verbose", "-v", "--quiet", "-q", "--exit-zero", "--isolated"),
        *("--gaps", "--statistics"),
    }
)
# What of the environment can change an answer.
_NAMES = frozenset(
    {
        *("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "LANG", "LANGUAGE"),
        *("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "CI"),
    }
)
_PREFIXES = ("CLAIMCHECK_", "XDG_", "LC_", "PYTHON", "TERM", "TTY_", "COLOR", "RICH", "GITHUB_")
_CONFIGS = ("claimcheck.toml", "pyproject.toml")
_KEPT_CODES = (0, 1)
# Stores in a user's data, and what of them tells if they have changed.
_TRIALS, _LISTS = "trials.sqlite", "terms.sqlite"
_FACTS = {
    _TRIALS: "SELECT key, value FROM facts",
    _LISTS: "SELECT name, digest FROM lists",
}


class Request(NamedTuple):
    """A command line that may be answered so: its drafts, and where else it says to look."""

    args: tuple[str, ...]
    drafts: tuple[str, ...]
    corpus: tuple[str, ...]
    rules: tuple[str, ...]
    config: str | None
    isolated: bool


def request_of(args: Sequence[str]) -> Request | None:
    """Answer a command line taken apart; None where its answer is not to be kept."""
    if args[:1] != ["check"]:
        return None
    drafts: list[str] = []
    values: dict[str, list[str]] = {}
    rest = iter(args[1:])
    for arg in rest:
        name, sign, value = arg.partition("=")
        if not arg.startswith("-"):
            drafts.append(arg)
        elif arg in _FLAGS:
            values.setdefault(arg, [])
        elif name in _VALUED:
            values.setdefault(name, []).append(value if sign else next(rest, ""))
        else:
            return None
    if not drafts or not all(map(os.path.isfile, drafts)):
        return None
    return Request(
        tuple(args),
        tuple(drafts),
        tuple(values.get("--corpus", ())),
        tuple(values.get("--rules", ())),
        next(reversed(values.get("--config", ())), None),
        "--isolated" in values,
    )


def fetch(request: Request) -> int | None:
    """Give the answer that is kept, and its exit code; None where there is none that holds."""
    content = cache.fetch(_KIND, _key(request))
    if content is None:
        return None
    try:
        kept = json.loads(content)
        if kept["digest"] != _digest(kept["watched"]):
            return None
        code = int(kept["code"])
        out.play([(name, text) for name, text in kept["said"]])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return code


def store(request: Request, tape: out.Tape, code: int, before: str | None) -> None:
    """Keep an answer; `before` is the digest of what it was made of, from before it was made."""
    watched = watched_by(request)
    if code not in _KEPT_CODES or not tape.whole or watched is None or before is None:
        return
    digest = _digest(watched)
    if digest == before:
        kept = {"watched": watched, "digest": digest, "code": code, "said": tape.said}
        cache.store(_KIND, _key(request), json.dumps(kept).encode("utf-8", "surrogatepass"))


def digest_of(request: Request) -> str | None:
    """Answer a digest of all that an answer is made of; None where that cannot be told."""
    watched = watched_by(request)
    return None if watched is None else _digest(watched)


def watched_by(request: Request) -> list[list[str]] | None:
    """Answer what an answer is made of: files, folders and stores of trials, each with its kind."""
    from pathlib import Path  # noqa: PLC0415  (the settings are needed only where none is kept)

    from claimcheck.config import Resolver, command_line  # noqa: PLC0415
    from claimcheck.errors import ClaimcheckError  # noqa: PLC0415

    watched: dict[tuple[str, str], None] = {}
    try:
        options = command_line({"corpus": request.corpus, "rules": request.rules}, cwd=Path.cwd())
        config = Path(request.config) if request.config is not None else None
        resolver = Resolver(options, config=config, isolated=request.isolated)
        for draft in request.drafts:
            settings = resolver.settings_for(Path(draft).parent)
            if settings.baseline is not None:
                return None
            watched |= dict.fromkeys(_of_draft(draft))
            watched |= dict.fromkeys(("folder", str(one)) for one in settings.rules)
            for folder in settings.corpus:
                watched |= {("folder", str(folder)): None, ("store", str(folder / _TRIALS)): None}
    except ClaimcheckError:
        return None
    mine = paths.user_config_dir() / _CONFIGS[0]
    watched |= dict.fromkeys(("file", str(one)) for one in (mine, config) if one is not None)
    for folder in (paths.rules_dir(), paths.corpus_dir()):
        watched["folder", str(folder)] = None
    stores = (
        paths.corpus_dir() / _TRIALS,
        paths.data_dir() / _TRIALS,
        paths.data_dir() / _LISTS,
    )
    watched |= dict.fromkeys(("store", str(one)) for one in stores)
    return [list(one) for one in watched]


def _of_draft(draft: str) -> Iterator[tuple[str, str]]:
    yield "file", draft
    parent = os.path.dirname(draft) or "."  # noqa: PTH120  (pathlib drops what "." means)
    yield "place", parent
    folder = os.path.realpath(parent)
    while True:
        yield from (("file", f"{folder}/{name}") for name in _CONFIGS)
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return
        folder = above


def _key(request: Request) -> str:
    terminal: tuple[object, ...] = ()
    for stream in (sys.stdout, sys.stderr):
        terminal = (*terminal, getattr(stream, "encoding", None), stream.isatty())
        if terminal[-1]:
            with suppress(OSError, ValueError):
                terminal = (*terminal, *os.get_terminal_size(stream.fileno()))
    environment = sorted(
        (name, value)
        for name, value in os.environ.items()
        if name in _NAMES or name.startswith(_PREFIXES)
    )
    made_of = request.args, os.getcwd(), terminal, environment  # noqa: PTH109
    return cache.key_of([repr(made_of).encode("utf-8", "surrogatepass")])


def _digest(watched: list[list[str]]) -> str:
    digest = hashlib.sha256()
    for kind, path in watched:
        for part in _contents(kind, path):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _contents(kind: str, path: str) -> Iterator[bytes]:
    yield f"{kind} {path}".encode("utf-8", "surrogatepass")
    if kind == "place":
        yield os.path.realpath(path).encode("utf-8", "surrogatepass")
    elif kind == "store":
        yield _told_by_store(path).encode("utf-8", "surrogatepass")
    elif kind == "file":
        yield _content(path)
    else:
        for folder, below, names in os.walk(path):
            below.sort()
            for name in sorted(names):
                if not name.startswith((".", *_FACTS)):
                    yield f"{folder}/{name}".encode("utf-8", "surrogatepass")
                    yield _content(f"{folder}/{name}")


def _content(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  (no path is made of what is read)
            return b"=" + stream.read()
    except OSError as error:
        return f"none: {type(error).__name__}".encode()


def _told_by_store(path: str) -> str:
    """Answer what imported trials say, by their own fingerprint; the file itself may be huge."""
    if not os.path.isfile(path):  # noqa: PTH113
        return "none"
    import sqlite3  # noqa: PLC0415

    try:
        with closing(sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True)) as store:
            return repr(sorted(store.execute(_FACTS[os.path.basename(path)])))  # noqa: PTH119
    except sqlite3.Error as error:
        # Whatever is wrong with it, nothing must look like it.
        return f"{error} {os.urandom(16).hex()}"


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
