"""The README tells the truth: its commands are the ones that CI runs, and they exist."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
import yaml


def section(readme, heading):
    return re.split(r"^## ", readme.partition(f"\n## {heading}\n")[2], flags=re.MULTILINE)[0]


def fences(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def readme(root):
    return (root / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_two_commands_that_set_up_and_test(readme, root):
    commands = [
        line for block in fences(section(readme, "Setting up"), "sh") for line in block.splitlines()
    ]
    script = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert len(commands) == 2
    assert [line for line in script if line in commands] == commands


def test_every_subcommand_and_option_shown_exists(readme):
    code = "\n".join([*fences(readme, "sh"), *re.findall(r"`([^`\n]+)`", readme)])
    shown = set(re.findall(r"\bclaimcheck ((?:(?:rules|trials) )?[a-z-]+)\b([^\n#]*)", code))
    commands = {(c, o) for c, rest in shown for o in [None, *re.findall(r"(?<= )--[a-z-]+", rest)]}
    assert {command for command, _ in commands} >= {"check", "claims", "explain", "rules test"}
    known = {command: run(*command.split(), "--help") for command, _ in commands}
    assert not {(c, o) for c, o in commands if o and not re.search(rf"{o}\b", known[c])}


def run(*arguments, folder=None):
    done = subprocess.run(
        [sys.executable, "-m", "claimcheck", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, f"claimcheck {' '.join(arguments)}: {done.stderr}"
    return done.stdout


def test_what_the_readme_names_is_there(readme, root):
    names = re.findall(r"\]\((?!http)([^)#]+)\)", readme)
    names += re.findall(r"\btests/[\w./]+\w", readme)
    assert {name for name in names if not (root / name).exists()} == set()


def test_the_settings_shown_are_settings(readme, tmp_path):
    (block,) = fences(section(readme, "Configuration"), "toml")
    (tmp_path / "claimcheck.toml").write_text(block, encoding="utf-8")
    (tmp_path / "draft.md").write_text("Nothing is claimed here.", encoding="utf-8")
    for folder in ("evidence", "house-rules"):
        (tmp_path / folder).mkdir()
    shown = run("check", "draft.md", "--show-settings", folder=tmp_path)
    for line in block.splitlines():
        assert line.partition(" ")[0] in shown


def test_the_python_shown_runs(readme, root):
    (block,) = fences(section(readme, "Python"), "python")
    done = subprocess.run(
        [sys.executable, "-c", block], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "overstated"


def test_the_inputs_shown_are_those_of_the_action(readme, root):
    github, gitlab = (yaml.safe_load(block) for block in fences(section(readme, "In CI"), "yaml"))
    (*_, ours) = github["jobs"]["claims"]["steps"]
    action = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    assert set(ours["with"]) <= set(action["inputs"])
    for form, name in gitlab["claims"]["artifacts"]["reports"].items():
        written = f"--output {form.replace('codequality', 'gitlab')}={name}"
        assert written in gitlab["claims"]["script"][-1]


def test_the_hook_shown_is_offered(readme, root):
    (block,) = fences(section(readme, "As a gate"), "yaml")
    (hook,) = re.findall(r"- id: (\S+)", block)
    assert f"- id: {hook}\n" in (root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


def test_no_figure_is_better_than_what_is_held(readme, root):
    held = json.loads((root / "tests" / "eval" / "floors.json").read_text(encoding="utf-8"))
    rows = (line.strip("|").rpartition("|") for line in readme.splitlines() if line[:1] == "|")
    figures = {
        name.strip(): [float(one) for one in re.findall(r"\d\.\d+", cell)] for name, _, cell in rows
    }
    for start, task, places in (
        ("claims found", "news", {"claim_precision": 0, "claim_f1": 2}),
        ("direction of a found", "news", {"direction_accuracy": 0}),
        ("claim found and", "news", {"end_to_end_accuracy": 0}),
        ("overstatements", "news", {"overstated_precision": 0, "overstated_f1": 2}),
        ("overstated, but", "news", {"false_reassurance": 0}),
        ("what a report says", "inference", {"evidence_in_abstract.macro_f1": 0}),
        ("words that name", "primary", {"f1": 0}),
        ("two phrases", "similarity", {"f1": 0}),
        ("how strong", "strength", {"macro_f1": 0}),
        ("`self-check`, spun", "spin", {"recall": 0}),
        ("`self-check`, spun", "spin_real", {"recall": 1}),
        ("`self-check`, honest", "spin", {"false_alarms": 0}),
        ("`self-check`, honest", "spin_real", {"false_alarms": 1}),
        ("`compare`", "exaggeration", {"macro_f1": 0}),
    ):
        (shown,) = (row for name, row in figures.items() if name.startswith(start))
        for name, place in places.items():
            if name in held[task]["floors"]:
                assert shown[place] <= held[task]["floors"][name] + 0.005
            else:
                assert shown[place] >= held[task]["ceilings"][name] - 0.005
