"""Settings: where they are found, which of them wins, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.config import (
    Color,
    FailOn,
    OutputFormat,
    Resolver,
    Settings,
    command_line,
    find_config,
    read_config,
)
from claimcheck.errors import ConfigError
from claimcheck.model.verdict import Confidence, VerdictKind


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def settings(folder, config=None, *, isolated=False, **options):
    given = {key.replace("_", "-"): value for key, value in options.items()}
    layer = command_line(given, cwd=folder)
    return Resolver(layer, config=config, isolated=isolated).settings_for(folder)


def test_without_any_file_the_defaults_hold(tmp_path):
    found = settings(tmp_path)
    assert found == Settings()
    assert (found.format, found.fail_on) == (OutputFormat.TABLE, FailOn.ERROR)


def test_the_nearest_file_upward_holds(tmp_path):
    put(tmp_path / "claimcheck.toml", 'fail-on = "note"')
    put(tmp_path / "a" / "pyproject.toml", '[tool.claimcheck]\nfail-on = "warning"')
    (tmp_path / "a" / "b").mkdir()
    assert settings(tmp_path / "a" / "b").fail_on is FailOn.WARNING
    assert settings(tmp_path).fail_on is FailOn.NOTE


def test_a_pyproject_that_does_not_speak_of_claimcheck_is_passed_over(tmp_path):
    above = put(tmp_path / "claimcheck.toml", "")
    put(tmp_path / "a" / "pyproject.toml", '[tool.other]\nname = "claimcheck"')
    assert find_config(tmp_path / "a") == above


@pytest.mark.parametrize("text", ["[broken", "[tool]\nx = \xff"], ids=["no toml", "odd"])
def test_somebody_elses_broken_pyproject_is_passed_over(tmp_path, text):
    put(tmp_path / "claimcheck.toml", "")
    put(tmp_path / "a" / "pyproject.toml", text)
    assert find_config(tmp_path / "a") == tmp_path / "claimcheck.toml"


def test_claimcheck_toml_comes_before_pyproject(tmp_path):
    own = put(tmp_path / "claimcheck.toml", "")
    put(tmp_path / "pyproject.toml", "[tool.claimcheck]")
    assert find_config(tmp_path) == own


def test_who_wins(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    own = 'fail-on = "note"\nwidth = 60\nverbose = true\ncolor = "never"'
    put(home / "claimcheck" / "claimcheck.toml", own)
    put(tmp_path / "claimcheck.toml", 'fail-on = "warning"\nwidth = 70\nverbose = false')
    named = put(tmp_path / "other.toml", 'fail-on = "never"\nwidth = 80')
    found = settings(tmp_path, named, fail_on="error")
    assert found.fail_on is FailOn.ERROR  # the command line
    assert found.width == 80  # --config
    assert found.verbose is False  # the nearest file
    assert found.color is Color.NEVER  # the user's own
    assert found.origins["width"] == str(named)
    assert found.origins["fail-on"] == "command line"


def test_isolated_uses_no_file_but_the_named_one(tmp_path):
    put(tmp_path / "claimcheck.toml", 'fail-on = "note"')
    named = put(tmp_path / "other.toml", "width = 80")
    found = settings(tmp_path, named, isolated=True)
    assert (found.fail_on, found.width) == (FailOn.ERROR, 80)


def test_paths_are_relative_to_their_file(tmp_path):
    put(tmp_path / "claimcheck.toml", 'corpus = ["trials"]\nexclude = ["old/"]')
    (tmp_path / "a").mkdir()
    found = settings(tmp_path / "a")
    assert found.corpus == (tmp_path / "trials",)
    assert found.exclude[0].base == tmp_path


def test_folders_of_the_command_line_add_to_those_of_the_file(tmp_path):
    put(tmp_path / "claimcheck.toml", 'corpus = ["trials"]')
    found = settings(tmp_path, corpus=("mine",))
    assert found.corpus == (tmp_path / "mine", tmp_path / "trials")


def test_every_key_can_be_set(tmp_path):
    path = put(
        tmp_path / "claimcheck.toml",
        'format = "sarif"\nfail-on = "never"\nexit-zero = true\nrequire-coverage = 12.5\n'
        'only = ["overstated"]\nexclude = ["a"]\nforce-exclude = true\ncorpus = ["c"]\n'
        'rules = ["r"]\ncolor = "always"\nwidth = 90\nverbose = true\nquiet = true\n'
        'contact = "desk@example.org"\nmin-confidence = "medium"\n',
    )
    found = settings(path.parent)
    assert len(found.origins) == 15
    assert found.min_confidence is Confidence.MEDIUM
    assert found.only == (VerdictKind.OVERSTATED,)
    assert found.require_coverage == 12.5
    assert found.contact == "desk@example.org"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "\nfail_on = 'error'",
            ":2: fail_on: unknown setting; did you mean fail-on?",
            id="underscore",
        ),
        pytest.param("exclud = []", ":1: exclud: unknown setting; did you mean exclude", id="typo"),
        pytest.param("zzz = 1", ":1: zzz: unknown setting; known are format", id="nothing near"),
        pytest.param("width = 'x'", ":1: width: wanted a whole number of columns", id="type"),
        pytest.param("width = true", "got True", id="a bool is no number"),
        pytest.param("width = 10", "40 or more", id="too narrow"),
        pytest.param("exclude = 'a'", "exclude: wanted a list, got 'a'", id="no list"),
        pytest.param("exclude = ['']", "wanted text that is not empty", id="empty text"),
        pytest.param("require-coverage = 101", "a number from 0 to 100", id="percent"),
        pytest.param("require-coverage = nan", "a number from 0 to 100", id="nan"),
        pytest.param("only = ['wrong']", "one of supported, overstated", id="choice"),
        pytest.param("min-confidence = 'sure'", "one of high, medium, low", id="confidence"),
        pytest.param("fail-on = 3", "one of error, warning, note, never, got 3", id="enum"),
        pytest.param("contact = 'desk'", "wanted an e-mail address, got 'desk'", id="address"),
        pytest.param(
            r"contact = 'a@b\r\nX-Header: 1'", "wanted an e-mail address", id="header in address"
        ),
        pytest.param("verbose = 1", "wanted true or false", id="flag"),
        pytest.param("a = ", ":1: is not TOML: Invalid value", id="no toml"),
        pytest.param("a = 1\na = 2", "is not TOML: Cannot overwrite a value", id="twice"),
    ],
)
def test_faults_name_file_line_and_what_was_wanted(tmp_path, text, expected):
    path = put(tmp_path / "claimcheck.toml", text)
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert str(caught.value).startswith(str(path))
    assert expected in str(caught.value)


def test_all_faults_come_at_once(tmp_path):
    path = put(tmp_path / "claimcheck.toml", "width = 1\nnope = 2\nquiet = 3")
    with pytest.raises(ConfigError) as caught:
        read_config(path)
    assert [line.split(":")[1] for line in str(caught.value).splitlines()] == ["1", "2", "3"]


def test_in_pyproject_the_line_is_that_of_our_own_table(tmp_path):
    path = put(tmp_path / "pyproject.toml", "[tool.x]\nwidth = 1\n\n[tool.claimcheck]\nwidth = 1")
    with pytest.raises(ConfigError, match=":5: width"):
        read_config(path)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"width = '\xe9'"], ids=["utf-16", "latin-1"])
def test_a_file_that_is_not_utf8_is_refused(tmp_path, data):
    path = tmp_path / "claimcheck.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        read_config(path)


def test_a_byte_order_mark_is_allowed(tmp_path):
    path = tmp_path / "claimcheck.toml"
    path.write_bytes(b"\xef\xbb\xbfwidth = 80")
    assert read_config(path).values == {"width": 80}


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_config(tmp_path / "none.toml")


def test_a_tool_claimcheck_that_is_no_table_is_refused(tmp_path):
    path = put(tmp_path / "pyproject.toml", "[tool]\nclaimcheck = 3")
    with pytest.raises(ConfigError, match="wanted a table"):
        read_config(path)


@given(st.dictionaries(st.text(max_size=12), st.integers() | st.booleans() | st.text(max_size=5)))
def test_any_options_give_a_layer_or_a_config_error(values):
    try:
        layer = command_line(values, cwd=Path())
    except ConfigError:
        return
    assert layer.origin == "command line"
