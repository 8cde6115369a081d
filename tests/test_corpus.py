"""The bundled records: sound, sourced, and right about the study that the program began with."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from claimcheck import paths
from claimcheck.model.trial import DesignType, FindingKind, Role
from claimcheck.model.verdict import Level
from claimcheck.trials.lint import lint_files
from claimcheck.trials.store import dump_trial, load_corpus, load_index, record_files

FOLDER = paths.corpus_dir()
TRIALS = load_corpus(FOLDER)
SOURCES = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")

# Doubts that stand: the pages read name no primary outcome, or give no result for it.
EXPLAINED = {
    "alexandrovich-2003-fennel": "no primary outcome",
    "mopse-2016-subgroups": "no primary outcome",
    "rvt-101-phase2-completers": "no primary outcome",
    "savino-2005-colimil": "no primary outcome",
    "solanezumab-delayed-start": "no primary outcome",
    "perry-2011-colic": "a primary outcome without a result",
}


def test_every_warning_is_explained():
    warnings = {
        remark.trial: remark.message
        for remark in lint_files(FOLDER)
        if remark.level is not Level.NOTE
    }
    assert warnings.keys() == EXPLAINED.keys()
    for trial, reason in EXPLAINED.items():
        assert reason in warnings[trial]


@pytest.mark.parametrize("path", record_files(FOLDER), ids=lambda path: path.stem)
def test_a_file_is_named_by_its_id_and_written_as_the_program_writes(path):
    (trial,) = [one for one in TRIALS if one.id == path.stem]
    assert path.read_text(encoding="utf-8") == dump_trial(trial)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.id)
def test_a_record_can_be_found_judged_by_and_traced(trial):
    assert trial.source
    assert trial.interventions
    assert trial.conditions
    assert all(outcome.concept for outcome in trial.outcomes)
    assert f"\n## {trial.id}\n" in SOURCES
    section = SOURCES.split(f"\n## {trial.id}\n")[1].split("\n## ")[0]
    assert all(source in section for source in trial.source)
    assert trial.design.type is not DesignType.UNKNOWN or "design is left unknown" in section


def test_sources_tell_of_no_record_that_is_not_there():
    assert set(re.findall(r"^## (\S+)$", SOURCES, re.MULTILINE)) == {one.id for one in TRIALS}


def test_the_trial_that_the_program_began_with():
    index = load_index(FOLDER)
    trial = index.by_id["fitzgerald-2021-ketamine-ms-fatigue"]
    assert trial.primary_status() == "none_sig"
    assert [(one.name, one.role, one.finding.kind, str(one.analysis.p)) for one in trial.outcomes][
        :3
    ] == [
        ("Daily Fatigue Severity", Role.PRIMARY, FindingKind.NO_DIFFERENCE, "0.4"),
        ("Fatigue Severity Scale", Role.SECONDARY, FindingKind.NO_DIFFERENCE, "0.06"),
        ("Modified Fatigue Impact Scale", Role.SECONDARY, FindingKind.IMPROVED, "0.04"),
    ]
    assert trial.outcomes[0].analysis.ci == (-0.32, 0.12)
    assert trial.outcomes[2].analysis.estimate == -13.5
    assert index.as_of


def test_records_are_read_without_any_language_model():
    code = (
        "import sys; from claimcheck import paths; from claimcheck.trials.store import load_index;"
        "load_index(paths.corpus_dir());"
        "print([name for name in ('spacy', 'thinc', 'numpy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
