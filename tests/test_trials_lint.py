"""What is doubtful about a record, though it can be."""

from __future__ import annotations

import pytest

from claimcheck.model.verdict import Level
from claimcheck.trials.lint import lint, lint_files
from claimcheck.trials.store import trial_from_dict

SOUND = {
    "id": "t",
    "source": ["https://example.org"],
    "design": {"type": "randomized"},
    "interventions": ["ketamine"],
}


def remarks(*outcomes, **keys):
    trial = trial_from_dict({**SOUND, "outcomes": list(outcomes), **keys})
    return [(remark.level, remark.message) for remark in lint([trial])]


def test_a_sound_record_is_passed():
    assert remarks({"name": "pain", "role": "primary", "p": 0.2}) == []


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        pytest.param(
            {"p": 0.04, "ci": [-1, 3], "scale": "difference"},
            "95% CI -1 to 3 crosses 0, but p 0.04, below 0.05; the p-value decides",
            id="p and interval on two sides",
        ),
        pytest.param(
            {
                "estimate": 2,
                "p": 0.01,
                "scale": "difference",
                "better": "lower",
                "finding": "improved",
            },
            "stated as improved, but by the sign of its estimate worsened",
            id="sign",
        ),
        pytest.param(
            {"ci": [1, 2], "finding": "improved"},
            "the interval says nothing, since its scale is unknown",
            id="scale unknown",
        ),
        pytest.param({}, "a primary outcome without a result", id="no result"),
    ],
)
def test_doubts_about_an_outcome(outcome, message):
    found = remarks({"name": "pain", "role": "primary", **outcome})
    assert found == [(Level.WARNING, f"pain: {message}")]


@pytest.mark.parametrize(
    "outcome",
    [
        pytest.param({"p": 0.049, "ci": [0.32, 1], "measure": "hazard ratio"}, id="touching"),
        pytest.param(
            {"p": "<0.001", "ci": [-6, None], "hypothesis": "non-inferiority", "estimate": 0},
            id="p of non-inferiority beside an interval across 0",
        ),
        pytest.param(
            {"estimate": 33, "p": 0.01, "measure": "percent reduction", "better": "lower"},
            id="a reduction",
        ),
    ],
)
def test_no_false_alarm(outcome):
    finding = {"finding": "improved"} if "hypothesis" not in outcome else {}
    assert remarks({"name": "pain", "role": "primary", **outcome, **finding}) == []


def test_what_a_record_lacks():
    found = remarks(source=None, interventions=None)
    assert [message.split(":")[0] for _, message in found] == [
        "no source",
        "no interventions",
        "no outcomes",
    ]
    secondary = {"name": "pain", "role": "secondary", "p": 0.2}
    assert remarks(secondary)[0][0] is Level.WARNING
    assert remarks(secondary, design={"type": "cohort"})[0][0] is Level.NOTE


def test_files_are_linted_with_lines_and_all_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("id: a\nyear: soon\nstatus: lost\n")
    (tmp_path / "b.yaml").write_text(
        "id: b\n"
        "source: [x]\n"
        "interventions: [zinc]\n"
        "identifiers: {pmid: 1}\n"
        "outcomes:\n"
        "- name: cold\n"
        "  role: primary\n"
        "  ci: [-1, 1]\n"
        "  scale: difference\n"
        "  finding: improved\n"
    )
    (tmp_path / "c.yaml").write_text((tmp_path / "b.yaml").read_text().replace("id: b", "id: c"))
    found = [str(remark).replace(f"{tmp_path}/", "") for remark in lint_files(tmp_path)]
    doubt = (
        "[warning] cold: stated as improved, but read as no-difference: 95% CI -1 to 1 crosses 0"
    )
    assert found == [
        "a.yaml:2: [error] year: must be a number, got 'soon'",
        "a.yaml:3: [error] status: must be one of retracted, corrected, terminated, got 'lost'",
        f"b.yaml:6: {doubt}",
        f"c.yaml:6: {doubt}",
        "c.yaml:4: [warning] has the pmid 1, as has b.yaml",
    ]


def test_an_id_twice_is_told(tmp_path):
    trial = trial_from_dict({**SOUND, "outcomes": [{"name": "a", "role": "primary", "p": 0.1}]})
    assert [remark.message for remark in lint([trial, trial])] == ["has the id t, as has t"]
    (gone,) = lint_files(tmp_path / "absent.yaml")
    assert gone.level is Level.ERROR
