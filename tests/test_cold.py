"""What needs no language processing does not pay for it: spaCy alone takes a second to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"spacy", "thinc", "numpy"}
RUN = """
import sys
from claimcheck.cli.main import main
sys.argv[0] = "claimcheck"
code = 0
try:
    code = main()
except SystemExit as stop:
    code = stop.code
print("\\nexit:", code or 0, "\\nloaded:", *sorted(m for m in sys.modules if "." not in m))
"""


def loaded_by(code, *arguments, folder):
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return f"{done.stderr}{done.stdout}"


def test_importing_the_package_loads_next_to_nothing(root):
    code = "import claimcheck, sys; print('loaded:', *sys.modules)"
    loaded = set(loaded_by(code, folder=root).partition("loaded:")[2].split())
    assert not loaded & (HEAVY | {"pydantic", "yaml", "typer", "rich"})


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["check", "--help"],
        ["rules", "list"],
        ["rules", "lint"],
        ["report", "--help"],
        ["trials", "list"],
        ["trials", "show", "fitzgerald-2021-ketamine-ms-fatigue"],
        ["trials", "search", "ketamine"],
        ["trials", "stats"],
        ["trials", "import", "--help"],
        ["rules", "import-terms", "--help"],
        ["explain", "CC101"],
        ["doctor"],
        ["watch", "--help"],
    ],
    ids=" ".join,
)
def test_a_cold_command_works_and_loads_no_language_processing(root, arguments):
    said, _, loaded = loaded_by(RUN, *arguments, folder=root).partition("loaded:")
    assert said.rstrip().endswith("exit: 0"), said
    assert said.partition("\nexit:")[0].strip()
    assert not set(loaded.split()) & HEAVY


def test_imported_trials_are_listed_without_language_processing(root, tmp_path, monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path))
    record = tmp_path / "zinc.yaml"
    record.write_text("id: zinc-trial\ninterventions: [zinc]\noutcomes: [{name: pain}]\n")
    for arguments in (["import", str(record)], ["list"], ["show", "zinc-trial"]):
        told = loaded_by(RUN, "trials", *arguments, folder=root)
        assert not set(told.partition("loaded:")[2].split()) & HEAVY
    assert "zinc-trial" in told


def test_a_list_of_names_is_imported_and_kept_without_language_processing(
    root, tmp_path, monkeypatch
):
    monkeypatch.setenv("CLAIMCHECK_DATA_DIR", str(tmp_path))
    names = tmp_path / "names.txt"
    names.write_text("Zorbalimab\n")
    for arguments in (["rules", "import-terms", str(names)], ["rules", "list"]):
        told = loaded_by(RUN, *arguments, folder=root)
        assert not set(told.partition("loaded:")[2].split()) & HEAVY
    assert "names.txt" in told


def test_many_drafts_judged_before_load_no_language_processing(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "drafts"
    folder.mkdir()
    for number in range(70):  # so many that other processes read them
        (folder / f"{number}.md").write_text(f"Zinc reduced pain in {number} people.\n")
    check = ("check", ".", "--exit-zero", "--jobs", "2")
    first = loaded_by(RUN, *check, folder=folder)
    assert "spacy" in first.partition("loaded:")[2].split()
    again = loaded_by(RUN, *check, "--format", "json", folder=folder)
    assert '"claim' in again
    assert not set(again.partition("loaded:")[2].split()) & HEAVY
