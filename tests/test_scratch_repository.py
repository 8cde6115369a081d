"""A repository of 40 drafts behind the gates that are offered: pre-commit, and the action's steps.

Red on a new overstatement, green after a suppression with a reason, green on what the baseline
holds, red again when the suppression is no longer needed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest
import yaml
from docx import Document as Word

pytestmark = pytest.mark.gates

RECORD = """\
id: orlova-2019-turmeric-knee
title: Turmeric paste for pain in osteoarthritis of the knee
identifiers: {doi: 10.1000/example.1}
design: {type: randomized, blinding: double, control: placebo, enrolled: 64}
conditions: [osteoarthritis]
interventions: [turmeric]
comparators: [placebo]
outcomes:
  - {name: Knee Pain Scale, concept: pain, kind: efficacy, role: primary, timepoint: 12 weeks,
     better: lower, measure: mean change, estimate: -0.10, ci: [-0.32, 0.12], p: 0.40}
"""
SETTINGS = 'corpus = ["trials"]\nbaseline = "known.json"\n'
OLD = "Turmeric reduced pain in adults with osteoarthritis."
NEW = "Turmeric paste relieves the pain of osteoarthritis, a trial shows."
TRUE = "Turmeric paste did not relieve the pain of osteoarthritis, a trial shows."
CALM = "The market opened at nine, and it rained."


def write(path, paragraphs):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".docx":
        path.write_text("# News\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
        return
    word = Word()
    word.add_heading("News")
    for one in paragraphs:
        word.add_paragraph(one)
    word.save(str(path))


def suppressed(path, claim, reason):
    """The paragraphs of a draft in which a claim is silenced."""
    if path.suffix == ".docx":
        return [f"{claim} claimcheck:ignore CC101 -- {reason}"]
    return [f"<!-- claimcheck-disable-next-line CC101 -- {reason} -->\n{claim}"]


def drafts(folder):
    """28 Markdown and 12 Word drafts; every fifth one overstates."""
    for number in range(40):
        kind = "docx" if number % 10 in {2, 4, 7} else "md"
        yield number, folder / "posts" / f"{number:02}.{kind}"


def run(command, folder, environment):
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def git(folder, *arguments, environment):
    return run(["git", *arguments], folder, environment)


def must(done):
    assert done.returncode == 0, f"{done.args}\n{done.stdout}\n{done.stderr}"
    return done


@dataclass
class Said:
    green: bool
    text: str


class PreCommit:
    """The hooks that are shipped, run by `git commit`; a draft that is rejected stays as it is."""

    def __init__(self, folder, root, environment):
        self.folder, self.environment = folder, environment
        hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
        for hook in hooks:
            hook["entry"] = re.sub(
                r"^claimcheck\b", f"{sys.executable} -m claimcheck", hook["entry"]
            )
            hook["language"] = "system"  # what is under test, not another copy of it
        settings = {"repos": [{"repo": "local", "hooks": hooks}]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        command = [sys.executable, "-m", "pre_commit", "install"]
        must(run(command, folder, environment))

    def judge(self):
        must(git(self.folder, "add", ".", environment=self.environment))
        done = git(
            self.folder, "commit", "--allow-empty", "-m", "a draft", environment=self.environment
        )
        return Said(done.returncode == 0, done.stdout + done.stderr)


class Action:
    """The steps of action.yml, in a shell as GitHub gives them; others' actions are not run."""

    def __init__(self, folder, root, environment):
        self.folder, self.root, self.environment = folder, root, environment
        self.action = yaml.safe_load((root / "action.yml").read_text("utf-8"))
        self.temporary = folder.parent / "runner"
        self.temporary.mkdir()
        self.inputs = {name: one["default"] for name, one in self.action["inputs"].items()}
        self.inputs |= {"paths": "posts\n", "python": sys.executable}
        self.outputs, self.summary = {}, ""
        (install, *self.steps) = self.action["runs"]["steps"]
        assert self._run(install).green

    def judge(self):
        said = {step["name"]: self._run(step) for step in self.steps if "run" in step}
        return Said(said["Pass or fail"].green, said["Check the drafts"].text)

    def value(self, text):
        known = {f"inputs.{name}": value for name, value in self.inputs.items()} | self.outputs
        return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda found: known[found[1]], str(text))

    def _run(self, step):
        assert step["shell"] == "bash"
        files = {name: self.temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("", encoding="utf-8")
        given = {name: self.value(value) for name, value in step.get("env", {}).items()}
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {
            **{name: one for name, one in self.environment.items() if name != "PYTHONPATH"},
            **given,
            **{name: str(file) for name, file in files.items()},
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ACTION_PATH": str(self.root),
            "GITHUB_ACTIONS": "true",
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = run(command, self.folder, environment)
        for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{name}"] = value
        self.summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8") or self.summary
        return Said(done.returncode == 0, done.stdout + done.stderr)


@pytest.fixture
def environment(tmp_path):
    return {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"), "a@b.c"),
        **dict.fromkeys(("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"), "a@b.c"),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
    }


@pytest.fixture
def repository(tmp_path, environment):
    """40 drafts, eight of them with overstatements that a baseline holds."""
    folder = tmp_path / "scratch"
    for number, path in drafts(folder):
        write(path, [CALM, OLD] if number % 5 == 4 else [CALM])
    (folder / "trials").mkdir()
    (folder / "trials" / "orlova.yaml").write_text(RECORD, encoding="utf-8")
    (folder / "claimcheck.toml").write_text(SETTINGS, encoding="utf-8")
    must(git(folder, "init", "-q", "-b", "main", environment=environment))
    command = [sys.executable, "-m", "claimcheck", "check", "posts", "--write-baseline"]
    must(run(command, folder, environment))
    known = json.loads((folder / "known.json").read_text("utf-8"))["findings"]
    assert {one["path"] for one in known} == {
        path.relative_to(folder).as_posix() for number, path in drafts(folder) if number % 5 == 4
    }
    return folder


def tell_the_story(gate, folder, name):
    """What a newsroom lives through with one draft, which holds an old overstatement already."""
    path = folder / "posts" / name
    first = gate.judge()
    assert first.green, first.text

    write(path, [CALM, CALM, NEW, OLD])
    said = gate.judge()
    assert not said.green
    assert name in said.text
    assert "Knee Pain Scale" in said.text
    others = {f"{number:02}." for number, _ in drafts(folder)} - {name[:3]}
    assert not [one for one in others if f"posts/{one}" in said.text]

    write(path, [CALM, *suppressed(path, NEW, "a quote that the next page takes apart"), OLD])
    said = gate.judge()
    assert said.green, said.text

    write(path, [CALM, *suppressed(path, TRUE, "a quote that the next page takes apart"), OLD])
    said = gate.judge()
    assert not said.green
    assert "silences nothing" in said.text

    write(path, [CALM, TRUE, OLD])
    said = gate.judge()
    assert said.green, said.text


@pytest.mark.parametrize("name", ["14.docx", "09.md"])
def test_pre_commit_is_red_and_green_as_it_should(repository, root, environment, name):
    gate = PreCommit(repository, root, environment)
    tell_the_story(gate, repository, name)


def test_the_action_is_red_and_green_as_it_should(repository, root, environment):
    gate = Action(repository, root, environment)
    for name in ("24.docx", "19.md"):
        tell_the_story(gate, repository, name)


def test_the_action_leaves_sarif_a_summary_and_annotations(repository, root, environment):
    gate = Action(repository, root, environment)
    write(repository / "posts" / "00.md", [NEW])
    said = gate.judge()
    assert not said.green
    wanted = "::error title=claimcheck CC101,file=posts/00.md,line=3,"
    assert any(line.startswith(wanted) for line in said.text.splitlines())
    assert "| 3 | “Turmeric paste relieves the pain" in gate.summary
    sarif = json.loads((gate.temporary / "claimcheck.sarif").read_text("utf-8"))
    standing = [one for one in sarif["runs"][0]["results"] if "suppressions" not in one]
    assert {one["ruleId"] for one in standing if one["level"] == "error"} == {"CC101"}
    assert gate.outputs["steps.check.outputs.exit-code"] == "1"
    (upload,) = (step for step in gate.steps if "uses" in step)
    assert gate.value(upload["with"]["sarif_file"]) == str(gate.temporary / "claimcheck.sarif")

    must(git(repository, "add", ".", environment=environment))
    must(git(repository, "commit", "-qm", "one", environment=environment))
    gate.inputs |= {"diff": "HEAD", "args": "--require-coverage\n50\n"}
    assert gate.judge().green
    gate.inputs |= {"diff": "nowhere"}
    said = gate.judge()
    assert not said.green
    assert "does not have the commit 'nowhere'" in said.text
    assert gate.outputs["steps.check.outputs.exit-code"] == "2"
    assert "could not check" in gate.summary
