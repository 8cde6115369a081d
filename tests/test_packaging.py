"""What is shipped works where nothing of the checkout is: built, installed and run elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile

import pytest

import claimcheck

pytestmark = pytest.mark.packaging

DRAFT = "# Ketamine for MS\n\nKetamine relieves fatigue in people with multiple sclerosis.\n"


def run(*command, folder, **variables):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**environment, **variables},
        stdin=subprocess.DEVNULL,
    )


def must(*command, folder, **variables):
    done = run(*command, folder=folder, **variables)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """A source distribution, and the wheel that was built from it rather than from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    must(sys.executable, "-m", "build", "--outdir", folder, root, folder=folder)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    must(sys.executable, "-m", "venv", folder, folder=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    must(scripts / "python", "-m", "pip", "install", "-q", built[1], folder=folder)
    return scripts / "claimcheck"


@pytest.fixture
def empty(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


def test_the_wheel_holds_every_rule_and_record(root, built):
    data = "claimcheck/_data"
    shipped = {
        f"{data}/{path.relative_to(root).as_posix()}"
        for part in ("rules", "corpus")
        for path in (root / part).rglob("*.yaml")
    }
    held = set(zipfile.ZipFile(built[1]).namelist())
    assert shipped
    assert shipped <= held
    assert not {name for name in held if name.startswith(("tests/", "rules/", "corpus/"))}


def test_the_sdist_holds_what_its_own_tests_need(built):
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"rules/verdicts.yaml", "tests/conftest.py", "README.md", "LICENSE"} <= names
    assert not {name for name in names if name.startswith((".venv", ".git/"))}


def test_it_tells_its_version(installed, empty):
    assert claimcheck.__version__ in must(installed, "--version", folder=empty)


def test_it_brings_its_trials(installed, empty):
    assert "ketamine" in must(installed, "trials", "list", folder=empty).lower()


def test_it_brings_sound_rules(installed, empty):
    must(installed, "rules", "lint", folder=empty)


def test_it_checks_a_draft_and_says_so_by_its_exit_code(installed, empty):
    (empty / "draft.md").write_text(DRAFT, encoding="utf-8")
    done = run(installed, "check", "draft.md", folder=empty)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "overstated" in done.stdout
    must(installed, "check", "draft.md", "--exit-zero", folder=empty)
    assert run(installed, "check", "missing.md", folder=empty).returncode == 2


def test_it_writes_its_page(installed, empty):
    (empty / "draft.md").write_text(DRAFT, encoding="utf-8")
    must(installed, "report", "draft.md", "-o", "report.html", folder=empty)
    assert "Fitzgerald 2021" in (empty / "report.html").read_text("utf-8")


def test_a_read_only_home_is_no_obstacle(installed, empty):
    (empty / "draft.txt").write_text("Nothing is claimed here.\n", encoding="utf-8")
    (empty / "file").write_text("", encoding="utf-8")
    blocked = str(empty / "file" / "cache")
    must(installed, "check", "draft.txt", folder=empty, CLAIMCHECK_CACHE_DIR=blocked)
