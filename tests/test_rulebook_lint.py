"""Looking over rules: what is told of names that collide and rules that never speak."""

from __future__ import annotations

import pytest

from claimcheck.model.verdict import Level
from claimcheck.paths import rules_dir
from claimcheck.rulebook.lint import lint
from claimcheck.rulebook.load import load_rulebook

FIELDS = {"evidence": frozenset({"some", "none"}), "told": frozenset({"true", "false"})}


def rulebook(tmp_path, *, terms="", lexicon="", rules=""):
    for name, text in {"lexicon/l": lexicon, "terms/t": terms, "verdicts": rules}.items():
        if text:
            path = tmp_path / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return load_rulebook(tmp_path)


def told(remarks):
    return [f"{one.location.line}: {one.severity}: {one.message}" for one in remarks]


def term(id_, names, **more):
    fields = {"id": id_, "kind": "outcome", "names": names, **more}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}\n"


def cue(id_, phrases, scope=""):
    return (
        f"  - {{id: {id_}, kind: hedge, phrases: {phrases}, scope: {scope},"
        " match: [a], no_match: [b]}\n"
    )


def rule(code, when="{evidence: some}", because="{outcome} failed", situation="{told: true}"):
    return (
        f"  - {{code: {code}, name: n, verdict: overstated, reason: none, level: note,\n"
        f"     when: {when}, because: '{because}', advice: a, description: d,\n"
        f"     match: [{{claim: c, situation: {situation}}}],\n"
        "     no_match: [{claim: c, situation: {told: false}}]}\n"
    )


TERMS = {
    "same-name": (
        term("tiredness", "[weariness]") + term("sleepiness", "[Weariness]"),
        ["3: error: term sleepiness: name 'Weariness' is also a name of tiredness ({}:2)"],
    ),
    "hyphen": (
        term("pressure", "[blood pressure]") + term("tension", "[blood-pressures]"),
        [("3: warning: term tension: name 'blood-pressures' differs little from one of pressure"
         " ({}:2)")],
    ),
    "same-name-other-kind": (
        term("tiredness", "[weariness]") + term("weary", "[weariness]", kind="condition"), [],
    ),
    "unlike": (term("hypotension", "[hypotension]") + term("hypertension", "[hypertension]"), []),
    "abbreviation": (
        term("a", "[alpha]", exact="[MS]") + term("b", "[beta]", exact="[MS]"),
        ["3: warning: term b: abbreviation 'MS' is also one of a ({}:2)"],
    ),
    "twice": (term("a", "[x, X]"), ["2: note: term a: name 'x' is listed twice"]),
    "near-miss-is-name": (
        term("a", "[pain]", near_misses="[pain]"),
        ["2: error: term a: 'pain' is both a name and a near miss"],
    ),
    "near-miss-of-nothing": (
        term("a", "[pain]", near_misses="[chest freezer, pain school]"),
        ["2: note: term a: near miss 'chest freezer' looks like none of the names"],
    ),
    "instrument": (
        term("a", "[pain]") + term("b", "[pain scale]", kind="instrument", concept="a"),
        ["None: note: instruments without a source for what they measure: 1 (b)"],
    ),
    "class": (
        term("a", "[pain]", kind="condition", **{"class": "safety"}),
        ["2: note: term a: class says nothing of an entry of kind condition"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TERMS.values(), ids=TERMS)
def test_terms(tmp_path, text, expected):
    place = (tmp_path / "terms" / "t.yaml").as_posix()
    remarks = told(lint(rulebook(tmp_path, terms=f"terms:\n{text}")))
    assert remarks == [line.format(place) for line in expected]


def test_a_phrase_in_two_cues_of_a_kind_and_a_scope_that_none_uses(tmp_path):
    lexicon = (
        "cues:\n"
        + cue("a", "[may, might]")
        + cue("b", "[May]", "used")
        + cue("c", "[x, x]", "used")
        + "scopes: [{id: used, direction: both}, {id: dead, direction: both}]\n"
    )
    assert told(lint(rulebook(tmp_path, lexicon=lexicon))) == [
        "3: warning: rule b: phrase 'May' is also one of a (both hedge)",
        "5: warning: scope dead: no rule uses it",
        "4: note: rule c: phrase 'x' is listed twice",
    ]


def test_verdict_rules_are_held_against_the_situation(tmp_path):
    rules = (
        "rules:\n" + rule("CC901", when="{evidense: some}") + rule("CC902", when="{told: maybe}")
    )
    book = rulebook(tmp_path, rules=rules)
    assert told(lint(book)) == []
    assert told(lint(book, fields=FIELDS, slots=["trial"])) == [
        "2: error: rule CC901: unknown field 'evidense'; did you mean 'evidence'?",
        "2: error: rule CC901: unknown slot 'outcome'",
        "6: error: rule CC902: told must be false or true, got 'maybe'",
        "6: error: rule CC902: unknown slot 'outcome'",
    ]


def test_examples_of_verdict_rules_are_held_against_the_situation(tmp_path):
    book = rulebook(tmp_path, rules="rules:\n" + rule("CC901", situation="{tolled: true}"))
    (remark,) = lint(book, fields=FIELDS)
    assert remark.message == "rule CC901: unknown field 'tolled'; did you mean 'told'?"


def test_rules_that_fire_together_are_told(tmp_path):
    rules = (
        "rules:\n" + rule("CC901", "{told: [true, false]}") + rule("CC902", "{told: [false, true]}")
    )
    (remark,) = lint(rulebook(tmp_path, rules=rules))
    assert remark.message.startswith("rule CC902: fires exactly when CC901 does")


def test_the_bundled_rules_have_no_errors():
    assert [
        str(one) for one in lint(load_rulebook(rules_dir())) if one.severity is Level.ERROR
    ] == []
