"""How far a long run is: shown on a terminal, and taken away."""

from __future__ import annotations

import io
import json
import os
import sys
import time
import zipfile
from contextlib import suppress

import pytest

from claimcheck.cli import progress
from claimcheck.cli.main import main
from tests.ctgov_factory import measure, study

pty = pytest.importorskip("pty")

TAKEN_AWAY = "\x1b[2K"


class Terminal:
    """One end of a terminal as standard error, and the other, from which is read what was said."""

    def __init__(self):
        self._ours, theirs = pty.openpty()
        os.set_blocking(self._ours, False)
        self.stream = open(theirs, "w", encoding="utf-8")  # noqa: PTH123, SIM115  (it has no path)
        self.said = ""

    def heard(self):
        """Answer what was said since this was last asked."""
        before = len(self.said)
        with suppress(BlockingIOError):
            while data := os.read(self._ours, 65536):
                self.said += data.decode("utf-8")
        return self.said[before:]

    def close(self):
        self.stream.close()
        os.close(self._ours)


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_LEAST", 0)
    monkeypatch.setattr(progress, "_AGAIN", 0.01)
    terminal = Terminal()
    yield terminal
    terminal.close()


def wait_until(holds):
    end = time.monotonic() + 20
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)


def test_a_long_run_is_told_and_the_line_taken_away(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    done = [1, 2]

    def shows(words):
        return terminal.heard() and words in terminal.said

    with progress.of(done, 3, "judging", quiet=False):
        wait_until(lambda: shows("judging: 2 of 3 drafts"))
        done.append(3)
        wait_until(lambda: shows("judging: 3 of 3 drafts"))
    assert "judging: 3 of 3 drafts" in terminal.said
    assert terminal.heard().endswith(TAKEN_AWAY)


def test_it_is_taken_away_when_the_run_is_interrupted(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal.stream)

    def interrupted():
        with progress.shown(lambda: "judging"):
            time.sleep(0.5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert terminal.heard().endswith(TAKEN_AWAY)


def test_a_short_run_shows_nothing(terminal, monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    monkeypatch.setattr(progress, "_LEAST", 60)
    with progress.shown(lambda: "judging"):
        pass
    assert not terminal.heard()


@pytest.mark.parametrize("why", ["quiet", "dumb", "piped"])
def test_nothing_is_shown_where_it_would_be_in_the_way(terminal, monkeypatch, why):
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped if why == "piped" else terminal.stream)
    if why == "dumb":
        monkeypatch.setenv("TERM", "dumb")
    with progress.shown(lambda: "judging", quiet=why == "quiet"):
        time.sleep(0.1)
    assert not terminal.heard()
    assert not piped.getvalue()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_tells_how_many_drafts_are_done(terminal, tmp_path, monkeypatch, capfdbinary, jobs):
    for name in ("one.md", "two.md"):
        text = f"Draft {name}.\n\n" + "Ketamine relieves fatigue in multiple sclerosis.\n\n" * 40
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    args = ["check", ".", "--no-cache", "--isolated", "--jobs", jobs]
    assert main(args) == 1
    with_line = capfdbinary.readouterr().out
    told = terminal.heard()
    assert "of 2 drafts" in told
    assert told.endswith(TAKEN_AWAY)
    assert main([*args, "--quiet"]) == 1
    assert not terminal.heard()
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    capfdbinary.readouterr()
    assert main(args) == 1
    assert capfdbinary.readouterr().out == with_line


ABSTRACT = """BACKGROUND: Ketamine may ease fatigue in multiple sclerosis.
RESULTS: The primary outcome, fatigue, did not differ between groups (p = 0.4).
CONCLUSION: Ketamine reduced fatigue.
"""


TOLD_BY = {"claims": "finding claims: ", "self-check": "checking: ", "compare": "comparing"}


@pytest.mark.parametrize("command", TOLD_BY)
def test_every_command_that_reads_drafts_tells_how_far_it_is(
    terminal, tmp_path, monkeypatch, capfdbinary, command
):
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(f"# {name}\n\n{ABSTRACT * 30}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    assert main([command, "one.md", "two.md"]) in {0, 1}
    heard = terminal.heard()
    assert TOLD_BY[command] in heard
    assert heard.endswith(TAKEN_AWAY)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with_line = capfdbinary.readouterr().out
    main([command, "one.md", "two.md"])
    assert capfdbinary.readouterr().out == with_line


def test_what_is_left_out_of_the_evidence_stands_on_a_line_of_its_own(
    terminal, tmp_path, monkeypatch
):
    with zipfile.ZipFile(tmp_path / "evidence.zip", "w") as evidence:
        evidence.writestr("good.json", json.dumps(study(measure())))
        for number in range(40):
            evidence.writestr(f"bad{number}.json", "no record at all")
    (tmp_path / "draft.md").write_text("Ketamine relieves fatigue.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    main(["check", "draft.md", "--no-cache", "--isolated", "--against", "evidence.zip"])
    heard = terminal.heard()
    assert "loading rules and records" in heard
    told = [line for line in heard.replace("\r", "\n").split("\n") if "left out" in line]
    assert len(told) == 40
    assert not any("loading rules and records" in line for line in told)


@pytest.mark.parametrize("command", TOLD_BY)
def test_settings_can_ask_for_quiet(terminal, tmp_path, monkeypatch, command):
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(f"# {name}\n\n{ABSTRACT * 30}", encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text("quiet = true\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stderr", terminal.stream)
    assert main([command, "one.md", "two.md"]) in {0, 1}
    assert not terminal.heard()
