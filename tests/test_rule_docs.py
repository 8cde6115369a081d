"""`claimcheck rules docs`: the page is made from the rules, whole, and kept current."""

from __future__ import annotations

import re
import shlex

import pytest
from markdown_it import MarkdownIt

from claimcheck.cli.main import main
from claimcheck.paths import rules_dir
from claimcheck.reports.rule_docs import render
from claimcheck.rulebook.load import load_rulebook

OWN = """\
rules:
- code: CC900
  name: of-our-own
  verdict: overstated
  reason: strength
  level: note
  when: {direction: benefit, force: strong}
  because: "{result}"
  advice: "Say <b>less</b> of {intervention}."
  description: A *bold* word | and a [link](http://example.org).
  references: [A house rule]
  match:
  - claim: A cure!
    situation: {force: strong}
  no_match:
  - claim: It helps.
    situation: {force: plain}
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)

    def run(*args):
        code = main(list(args))
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook(rules_dir())


def test_the_page_that_is_kept_is_current(run, root):
    code, _, err = run("rules", "docs", "--check", str(root / "rules" / "RULES.md"))
    assert (code, err) == (0, "")


def test_every_rule_is_told_whole(rulebook):
    page = render(rulebook)
    sections = dict(re.findall(r"(?ms)^### (\S+) (.*?)(?=^##|\Z)", page))
    assert set(sections) == {rule.code for rule in rulebook.verdicts}
    for rule in rulebook.verdicts:
        told = sections[rule.code]
        assert told.count("**Fires on**") == len(rule.match) > 0
        assert told.count("**Does not fire on**") == len(rule.no_match)
        assert told.count("**Reference**") == len(rule.references)
        assert str(rule.level or "raises no issue") in told
        assert f"](#{rule.code.lower()}-{rule.name})" in page


def test_every_kind_of_cue_is_told_with_an_example(rulebook):
    table = render(rulebook).partition("## Cues\n")[2]
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in table.splitlines() if line[:1] == "|"]
    assert {len(row) for row in rows} == {5}
    assert {row[0].strip() for row in rows[2:]} == {cue.kind for cue in rulebook.cues}
    assert all(row[2].strip() and row[3].strip() for row in rows[2:])


def test_what_a_rule_holds_is_shown_and_does_not_act(run, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "verdicts.yaml").write_text(OWN, encoding="utf-8")
    code, out, _ = run("rules", "docs", "--rules", "own")
    assert code == 0
    section = out.partition("### CC900 ")[2].partition("\n##")[0]
    shown = MarkdownIt("commonmark").enable("table").render(section)
    assert "A *bold* word | and a [link](http://example.org)." in shown
    assert "Say &lt;b&gt;less&lt;/b&gt; of &lt;intervention&gt;." in shown
    assert "direction is benefit; force is strong" in shown


def test_a_page_that_is_not_current_fails_with_the_command_that_mends_it(run, tmp_path):
    assert run("rules", "docs", "-o", "the rules.md")[0] == 0
    page = tmp_path / "the rules.md"
    assert run("rules", "docs", "--check", page.name) == (0, "", "")
    page.write_text(page.read_text("utf-8").replace("CC101", "CC999"), encoding="utf-8")
    code, _, err = run("rules", "docs", "--check", page.name)
    assert code == 1
    mend = re.search(r"write it again: claimcheck (.*)", err)[1]
    assert run(*shlex.split(mend))[0] == 0
    assert run("rules", "docs", "--check", page.name)[0] == 0


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--check", "none.md"), "none.md: cannot be read; write it: claimcheck rules docs -o"),
        (("--check", "."), "cannot be read; write it"),
        (("-o", "no/where.md"), "there is no folder no; make it first"),
        (("-o", "a.md", "--check", "a.md"), "give one of them"),
        (("--rules", "nowhere"), "no such folder of rules"),
    ],
)
def test_what_cannot_be_done_is_told(run, args, told):
    code, _, err = run("rules", "docs", *args)
    assert code == 2
    assert told in err
