"""What changed since a commit? Asks the git command, which is the one that knows."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from claimcheck.app.changed import Changed
from claimcheck.errors import ConfigError

_HUNK = re.compile(rb"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_BINARY = re.compile(rb"^Binary files ", re.MULTILINE)
# A user's own configuration must not change what is read here.
_DIFF = (
    "diff",
    "--unified=0",
    "--inter-hunk-context=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules=all",
)
# Hooks run with these set, and they would point git away from where the drafts are.
_LED_ASTRAY = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
_AT_ONCE = 500  # paths on a command line


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository, and the commit that its working tree is laid beside."""

    top: Path
    base: str

    @classmethod
    def around(cls, folder: Path, base: str) -> Repository:
        """Answer the repository that a folder lies in, at its merge base with `base`.

        Raises ConfigError where there is no git, no repository, no such commit, or no merge base.
        """
        top = _git(folder, "rev-parse", "--show-toplevel")
        if top.failed:
            raise ConfigError(
                f"--diff: {folder} lies in no git repository, so nothing tells what changed; "
                f"leave --diff out, or run it in a clone: {top.why}"
            )
        where = Path(os.fsdecode(top.out.removesuffix(b"\n")))
        wanted = f"{base}^{{commit}}"
        commit = _git(where, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        if commit.failed:
            raise ConfigError(
                f"--diff: the repository {where} does not have the commit {base!r}; fetch it "
                "first (a CI job may clone the last commit alone: GitHub's actions/checkout "
                "wants fetch-depth: 0, GitLab GIT_DEPTH: 0)"
            )
        merge_base = _git(where, "merge-base", commit.out.decode().strip(), "HEAD")
        if merge_base.failed:
            raise ConfigError(
                f"--diff: HEAD and {base!r} have no commit in common in {where}; the clone may "
                "be too shallow: fetch more of its history"
            )
        return cls(where, merge_base.out.decode().strip())

    def changed_files(self) -> dict[str, str]:
        """Answer the files that differ from the base, each with its name there; paths from top."""
        told = self._must(*_DIFF, "--name-status", "--find-renames", "-z", self.base)
        words = iter(os.fsdecode(told).split("\0"))
        found: dict[str, str] = {}
        for status in words:
            if not status:
                break
            old = next(words)
            found[next(words) if status[0] in "RC" else old] = old
        return found

    def tracked(self, names: list[str]) -> frozenset[str]:
        """Answer which of these files git keeps track of."""
        found: set[str] = set()
        for start in range(0, len(names), _AT_ONCE):
            told = self._must("ls-files", "-z", "--", *names[start : start + _AT_ONCE])
            found.update(os.fsdecode(told).split("\0"))
        return frozenset(found)

    def changed_lines(self, name: str, old: str) -> Changed | None:
        """Answer the changed lines of a file, or None where git cannot tell: it is no text."""
        paths = dict.fromkeys((old, name))
        return _rows(self._must(*_DIFF, "--find-renames", self.base, "--", *paths))

    def before(self, old: str) -> bytes | None:
        """Answer what a file held at the base, or None where it was not there."""
        told = _git(self.top, "cat-file", "blob", f"{self.base}:{old}")
        return None if told.failed else told.out

    def _must(self, *arguments: str) -> bytes:
        told = _git(self.top, *arguments)
        if told.failed:
            raise ConfigError(f"--diff: git {arguments[0]} failed in {self.top}: {told.why}")
        return told.out


def lines_between(old: str, new: str) -> Changed:
    """Answer the lines of `new` that are not those of `old`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("old", old), ("new", new)):
            (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        told = _git(Path(folder), *_DIFF, "--text", "--no-index", "old", "new")
    return _rows(told.out) or Changed(())


def _rows(diff: bytes) -> Changed | None:
    if _BINARY.search(diff):
        return None
    rows = []
    for hunk in _HUNK.finditer(diff):
        first, count = int(hunk[1]), int(hunk[2]) if hunk[2] is not None else 1
        # Of a deletion git names the line before it.
        rows.append((first, first) if not count else (first - 1, first - 1 + count))
    return Changed(tuple(rows))


@dataclass(frozen=True, slots=True)
class _Said:
    """What git answered, or why it did not."""

    failed: bool
    out: bytes
    why: str


def _git(folder: Path, *arguments: str) -> _Said:
    environment = {name: value for name, value in os.environ.items() if name not in _LED_ASTRAY}
    try:
        done = subprocess.run(  # noqa: S603  (a fixed command, its paths after "--")
            ["git", "--literal-pathspecs", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True,
            check=False,
            env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise ConfigError(f"--diff needs the git command: {error.strerror}") from error
    why = " ".join(done.stderr.decode("utf-8", "replace").split())
    return _Said(done.returncode != 0, done.stdout, why)
