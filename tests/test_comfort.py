"""The commands for every day: init, doctor, watch."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from dataclasses import fields

import pytest

from claimcheck import __version__
from claimcheck.cli.main import main
from claimcheck.config import OutputFormat, Settings, read_config
from tests.test_cli_check import CLAIM, RECORD


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(list(args))
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def test_init_writes_settings_that_set_nothing_and_explain_all(run, tmp_path):
    code, out, _ = run("init")
    assert code == 0
    assert "claimcheck.toml: written" in out
    path = tmp_path / "claimcheck.toml"
    assert read_config(path).values == {}
    text = path.read_text("utf-8")
    assert [one for one in OutputFormat if f'"{one}"' not in text] == []
    path.write_text(re.sub(r"(?m)^# (?=[a-z-]+ = )", "", text), encoding="utf-8")
    keys = {one.name.replace("_", "-") for one in fields(Settings)} - {"origins"}
    assert set(read_config(path).values) == keys


def test_init_never_overwrites_unless_it_is_told_to(run, tmp_path):
    path = tmp_path / "claimcheck.toml"
    path.write_text('fail-on = "note"\n', encoding="utf-8")
    code, _, err = run("init")
    assert code == 2
    assert "claimcheck.toml: is there already; --force replaces it" in err
    assert path.read_text("utf-8") == 'fail-on = "note"\n'
    assert run("init", "--force")[0] == 0
    assert "# fail-on" in path.read_text("utf-8")


def test_init_of_another_folder(run, tmp_path):
    (tmp_path / "drafts").mkdir()
    assert run("init", "drafts")[0] == 0
    assert (tmp_path / "drafts" / "claimcheck.toml").is_file()
    code, _, err = run("init", "nowhere")
    assert code == 2
    assert "nowhere: no such folder" in err


def test_doctor_tells_what_is_at_hand(run):
    code, out, _ = run("doctor")
    assert code == 0
    assert f"✓ program   claimcheck {__version__} in " in out
    assert re.search(r"✓ rules +\d+ rules of verdict, \d+ cues", out)
    assert re.search(r"✓ corpus +\d+ trials, as of \d{4}-\d\d-\d\d", out)
    assert "- store     nothing is imported yet" in out
    assert "extra     fetch: httpx " in out
    code, out, _ = run("doctor", "--json")
    names = [one["name"] for one in json.loads(out)]
    assert names[:5] == ["program", "python", "settings", "rules", "corpus"]


def test_doctor_tells_all_that_is_amiss(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "broken.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text(
        'corpus = ["mine"]\nrules = ["none"]\n', encoding="utf-8"
    )
    code, out, _ = run("doctor")
    assert code == 2
    assert "✓ settings  read from " in out
    assert re.search(r"✗ rules +.*none", out)
    assert re.search(r"✗ corpus +.*broken\.yaml", out)
    (tmp_path / "claimcheck.toml").write_text("nonsense = 1\n", encoding="utf-8")
    code, out, _ = run("doctor")
    assert code == 2
    assert "✗ settings" in out
    assert "✓ corpus" in out


def test_doctor_names_what_an_extra_is_for_where_it_is_missing(run, monkeypatch):
    monkeypatch.setattr("claimcheck.cli.doctor.EXTRAS", (("watch", "no-such-package", "watching"),))
    code, out, _ = run("doctor")
    assert code == 0
    assert "- extra     watch: not here; watching needs it: pip install 'claimcheck[watch]'" in out
    assert "pipx inject claimcheck no-such-package" in out


class Watching:
    """A `claimcheck watch` at work, whose tables can be waited for."""

    def __init__(self, folder, *paths):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "claimcheck", "watch", *paths],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, words):
        while words not in (line := self.lines.get(timeout=120)):
            pass
        return line

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60), self.process.stderr.read()


@pytest.fixture
def watching(tmp_path):
    (tmp_path / "trials").mkdir()
    (tmp_path / "trials" / "orlova.yaml").write_text(RECORD, encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text('corpus = ["trials"]\n', encoding="utf-8")
    (tmp_path / "draft.md").write_text("It rained.\n", encoding="utf-8")
    started = []

    def start(*paths):
        started.append(Watching(tmp_path, *paths))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()
        one.process.stdout.close()
        one.process.stderr.close()


@pytest.mark.parametrize("how", ["written in place", "put in its place"])
def test_watch_draws_again_on_save_and_leaves_cleanly(watching, tmp_path, how):
    at_work = watching("draft.md")
    at_work.until("No efficacy claim found")
    target = tmp_path / ("draft.md" if how == "written in place" else "draft.tmp")
    target.write_text(f"{CLAIM}\n", encoding="utf-8")
    target.replace(tmp_path / "draft.md")
    at_work.until("OVERSTATED")
    at_work.until("1 claim, 1 overstated")
    assert at_work.stop() == (0, "")


def test_watch_survives_a_draft_and_settings_that_go_wrong(watching, tmp_path):
    at_work = watching(".")
    at_work.until("No efficacy claim found")
    (tmp_path / "claimcheck.toml").write_text("nonsense = 1\n", encoding="utf-8")
    (tmp_path / "more.md").write_text(f"{CLAIM}\n", encoding="utf-8")
    (tmp_path / "claimcheck.toml").write_text('corpus = ["trials"]\n', encoding="utf-8")
    at_work.until("In all 2 documents: 1 claim, 1 overstated")
    assert at_work.stop()[0] == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param((), "name a draft", id="nothing"),
        pytest.param(("-",), "cannot be watched", id="standard input"),
        pytest.param(("none.md",), "no such file", id="missing"),
    ],
)
def test_watch_tells_what_it_cannot_watch(run, args, words):
    code, _, err = run("watch", *args)
    assert code == 2
    assert words in err


def test_watch_without_its_extra_says_what_to_install(run, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    (tmp_path / "draft.md").write_text("It rained.\n", encoding="utf-8")
    code, _, err = run("watch", "draft.md")
    assert code == 2
    assert "pip install 'claimcheck[watch]', or with pipx: pipx inject claimcheck watchfiles" in err
