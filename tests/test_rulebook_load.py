"""Reading rules: what is understood, what is refused and in which words, and the cache."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import RuleError
from claimcheck.paths import rules_dir
from claimcheck.rulebook.compiled import KEPT
from claimcheck.rulebook.load import MAX_BYTES, load_rulebook, read_yaml

CUE = """\
cues:
  - id: hedge.may
    kind: hedge
    phrases: [may, might]
    scope: onward
    match: [it may help]
    no_match: [it helps]
scopes:
  - {id: onward, direction: forward, stop_at: [but], max_tokens: 12}
"""
TERMS = """\
terms:
  - {id: tiredness, kind: outcome, names: [tiredness], class: clinical, better: lower}
  - {id: ts, kind: instrument, names: [tiredness scale], exact: [TS], concept: tiredness}
"""
RULE = """\
rules:
  - code: CC901
    name: made-up
    verdict: overstated
    reason: null-result
    level: warning
    when: {evidence: "none", told: true, best: [null-result, other]}
    because: "{outcome} showed nothing"
    advice: Say so.
    description: A rule for a test.
    match: [{claim: It helps., situation: {evidence: some}}]
    no_match: [{claim: It may help., situation: {evidence: other}}]
"""


def write(folder, **files):
    names = {"cues": "lexicon/cues.yaml", "terms": "terms/terms.yaml", "rules": "verdicts.yaml"}
    for name, text in files.items():
        path = folder / names.get(name, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def faults_of(*folders):
    with pytest.raises(RuleError) as caught:
        load_rulebook(*folders)
    return [
        line.replace(f"{folders[-1].as_posix()}/", "") for line in str(caught.value).split("\n")
    ]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def rules(tmp_path):
    return write(tmp_path / "house", cues=CUE, terms=TERMS, rules=RULE)


def test_all_parts_are_read(rules):
    book = load_rulebook(rules)
    (cue,) = book.cues
    assert (cue.id, cue.phrases, cue.scope, cue.location.line) == (
        "hedge.may", ("may", "might"), "onward", 2,
    )  # fmt: skip
    assert book.scopes["onward"].max_tokens == 12
    assert [term.concept for term in book.terms] == [None, "tiredness"]
    assert book.verdicts[0].when == {
        "evidence": ("none",), "told": ("true",), "best": ("null-result", "other"),
    }  # fmt: skip
    assert book.verdicts[0].location.line == 2


def test_any_part_may_be_absent(tmp_path):
    book = load_rulebook(write(tmp_path / "house", terms=TERMS))
    assert (book.cues, book.verdicts, len(book.terms)) == ((), (), 2)


def test_the_bundled_rules_are_sound():
    book = load_rulebook(rules_dir())
    assert book.cues
    assert book.terms
    assert book.cues[0].location.path.startswith("rules/lexicon/")


def test_words_that_yaml_takes_for_booleans_stay_words(tmp_path):
    words = "no, off, on, yes, null, ~, NO, 1, 0x1F, 2001-01-01, 1e3, 'true', =, <<"
    book = load_rulebook(write(tmp_path / "house", cues=f"words: {{all: [{words}]}}"))
    assert book.words["all"] == (
        "no", "off", "on", "yes", "null", "~", "NO", "1", "0x1F", "2001-01-01", "1e3", "true",
        "=", "<<",
    )  # fmt: skip


def test_an_empty_value_is_as_good_as_none(tmp_path):
    text = CUE.replace("scope: onward", "scope:").replace(
        "kind: hedge", "kind: hedge\n    value: ~"
    )
    (cue,) = load_rulebook(write(tmp_path / "house", cues=text)).cues
    assert (cue.scope, cue.value) == (None, None)


def test_a_later_directory_adds_and_replaces_in_place(rules, tmp_path):
    own = write(
        tmp_path / "own",
        terms="terms: [{id: tiredness, kind: outcome, names: [exhaustion]},"
        " {id: sleep, kind: outcome, names: [sleep]}]",
    )
    terms = load_rulebook(rules, own).terms
    assert [(term.id, term.names[0]) for term in terms] == [
        ("tiredness", "exhaustion"), ("ts", "tiredness scale"), ("sleep", "sleep"),
    ]  # fmt: skip


def test_one_id_may_name_an_outcome_and_a_condition(tmp_path):
    text = TERMS + "  - {id: tiredness, kind: condition, names: [tiredness]}\n"
    assert len(load_rulebook(write(tmp_path / "house", terms=text)).terms) == 3


FAULTS = {
    "unknown-key": (
        "cues", CUE.replace("no_match:", "nomatch:"),
        ["lexicon/cues.yaml:2: rule hedge.may: no_match is missing",
         "lexicon/cues.yaml:7: rule hedge.may: unknown key 'nomatch'; did you mean 'no_match'?"],
    ),
    "unknown-top-key": (
        "cues", CUE.replace("scopes:", "scope:"),
        ["lexicon/cues.yaml:8: unknown key 'scope'; did you mean 'scopes'?",
         "lexicon/cues.yaml:2: rule hedge.may: unknown scope 'onward'"],
    ),
    "terms-in-lexicon": ("cues", TERMS, ["lexicon/cues.yaml:1: unknown key 'terms'"]),
    "no-examples": (
        "cues", CUE.replace("[it may help]", "[]"),
        ["lexicon/cues.yaml:6: rule hedge.may: match must not be empty"],
    ),
    "both": (
        "cues", CUE.replace("kind: hedge", "kind: hedge\n    pattern: may"),
        ["lexicon/cues.yaml:2: rule hedge.may: give phrases or a pattern, not both"],
    ),
    "neither": (
        "cues", CUE.replace("phrases: [may, might]", "phrases: []"),
        ["lexicon/cues.yaml:2: rule hedge.may: give phrases or a pattern, one of them"],
    ),
    "bad-pattern": (
        "cues", CUE.replace("phrases: [may, might]", "pattern: '(may'"),
        [("lexicon/cues.yaml:4: rule hedge.may: pattern is no regular expression: "
         "missing ), unterminated subpattern at position 0")],
    ),
    "empty-pattern": (
        "cues", CUE.replace("phrases: [may, might]", "pattern: may|"),
        [("lexicon/cues.yaml:4: rule hedge.may: pattern matches the empty text, "
         "so it would match everywhere")],
    ),
    "direction": (
        "cues", CUE.replace("forward", "foward"),
        [("lexicon/cues.yaml:9: scope onward: direction must be forward, backward or both, "
         "got 'foward'")],
    ),
    "scope": (
        "cues", CUE.replace("scope: onward", "scope: onwards"),
        ["lexicon/cues.yaml:2: rule hedge.may: unknown scope 'onwards'; did you mean 'onward'?"],
    ),
    "tokens": (
        "cues", CUE.replace("12", "-1"),
        [("lexicon/cues.yaml:9: scope onward: max_tokens must be a whole number, 0 or more, "
         "got '-1'")],
    ),
    "bool-as-word": (
        "cues", "words:\n  bad: [yes, true]\n",
        [("lexicon/cues.yaml:2: word list bad: must be a list of texts "
         "(true and false in quotes), got ['yes', True]")],
    ),
    "twice-a-key": (
        "cues", CUE.replace("kind: hedge", "kind: hedge\n    kind: hope"),
        ["lexicon/cues.yaml:4: key 'kind' is given twice, first in line 3"],
    ),
    "twice-an-id": (
        "terms", TERMS + "  - {id: tiredness, kind: outcome, names: [x]}\n",
        ["terms/terms.yaml:4: term tiredness: is given twice, first in terms/terms.yaml:2"],
    ),
    "alias": (
        "cues", "words:\n  a: &a [x]\n  b: *a\n",
        ["lexicon/cues.yaml:3: aliases are not allowed (*a)"],
    ),
    "tag": (
        "cues", "words:\n  a: !!python/tuple [x]\n",
        ["lexicon/cues.yaml:2: tags are not allowed (tag:yaml.org,2002:python/tuple)"],
    ),
    "two-documents": (
        "cues", "words: {}\n---\nwords: {}\n",
        ["lexicon/cues.yaml:2: a file holds one document, without a second ---"],
    ),
    "not-yaml": (
        "cues", "words: {a: [b}\n",
        ["lexicon/cues.yaml:1: is not YAML: did not find expected ',' or ']'"],
    ),
    "a-list": ("terms", "- a\n", ["terms/terms.yaml: must hold terms, each with its content"]),
    "items": ("terms", "terms:\n  - a\n", ["terms/terms.yaml:2: term must be a mapping, got 'a'"]),
    "no-list": ("terms", "terms: a\n", ["terms/terms.yaml:1: terms must be a list"]),
    "nested": (
        "cues", "words: " + "[" * 100,
        ["lexicon/cues.yaml:1: is nested more than 20 deep"],
    ),
    "parent": (
        "terms", TERMS.replace("better: lower", "parents: [symptom]"),
        ["terms/terms.yaml:2: term tiredness: unknown parent 'symptom'"],
    ),
    "circle": (
        "terms", TERMS.replace("better: lower", "parents: [tiredness]"),
        ["terms/terms.yaml:2: term tiredness: is among its own ancestors"],
    ),
    "concept": (
        "terms", TERMS.replace("concept: tiredness", "concept: tirednes"),
        [("terms/terms.yaml:3: term ts: concept 'tirednes' is no outcome that is listed; "
         "did you mean 'tiredness'?")],
    ),
    "no-concept": (
        "terms", TERMS.replace(", concept: tiredness", ""),
        ["terms/terms.yaml:3: term ts: an instrument needs the concept that it measures"],
    ),
    "no-source": (
        "terms", TERMS.replace(", concept: tiredness", ", concept: tiredness, smallest_change: 4"),
        [("terms/terms.yaml:3: term ts: a smallest_change is an instrument's, "
         "and needs a source")],
    ),
    "no-names": (
        "terms", TERMS.replace("names: [tiredness], ", ""),
        ["terms/terms.yaml:2: term tiredness: give names, exact, or both"],
    ),
    "kind": (
        "terms", TERMS.replace("kind: instrument", "kind: scale"),
        [("terms/terms.yaml:3: term ts: kind must be outcome, instrument, intervention, condition "
         "or population, got 'scale'")],
    ),
    "code": (
        "rules", RULE.replace("CC901", "CC9001"),
        ["verdicts.yaml:2: rule CC9001: code must be CC and three digits, got 'CC9001'"],
    ),
    "slot": (
        "rules", RULE.replace("{outcome}", "{outcome.name}"),
        ["verdicts.yaml:8: rule CC901: because has a slot {outcome.name}, which is no name"],
    ),
    "template": (
        "rules", RULE.replace("{outcome}", "{outcome"),
        ["verdicts.yaml:8: rule CC901: because is no template: expected '}' before end of string"],
    ),
    "example": (
        "rules", RULE.replace("claim: It helps.", "claims: It helps."),
        ["verdicts.yaml:11: rule CC901: match.claim is missing",
         "verdicts.yaml:11: rule CC901: unknown key 'claims'; did you mean 'claim'?"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_line_and_what_was_wanted(tmp_path, name, text, expected):
    assert faults_of(write(tmp_path / "house", **{name: text})) == expected


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    folder = write(
        tmp_path / "house",
        cues=CUE.replace("forward", "foward"),
        terms=TERMS.replace("better: lower", "better: less"),
        rules=RULE.replace("overstated", "over"),
    )
    told = faults_of(folder)
    assert {line.partition(":")[0] for line in told} == {
        "lexicon/cues.yaml", "terms/terms.yaml", "verdicts.yaml",
    }  # fmt: skip


def test_the_bundled_directory_is_called_rules(monkeypatch, tmp_path):
    folder = write(tmp_path / "house", cues=CUE.replace("forward", "foward"))
    monkeypatch.setattr("claimcheck.paths.rules_dir", lambda: folder)
    with pytest.raises(RuleError, match=r"^rules/lexicon/cues\.yaml:9: scope onward: direction"):
        load_rulebook(folder)


def test_files_that_would_never_be_read_are_told(tmp_path):
    folder = write(
        tmp_path / "house",
        **{"lexicon/a.yml": "words: {}", "verdict.yaml": "rules: []", "terms": TERMS},
    )
    assert faults_of(folder) == [
        "lexicon/a.yml: would never be read; name it a.yaml",
        (
            "verdict.yaml: would never be read; rules lie in verdicts.yaml, lexicon/*.yaml and "
            "terms/*.yaml"
        ),
    ]


@pytest.mark.parametrize("made", [True, False], ids=["empty", "missing"])
def test_a_directory_without_rules_is_no_silent_pass(tmp_path, made):
    if made:
        (tmp_path / "house").mkdir()
    (told,) = faults_of(tmp_path / "house")
    assert ("holds no rules" if made else "no such folder") in told


def test_what_is_no_text_or_too_large_is_refused(tmp_path):
    folder = write(tmp_path / "house", terms=TERMS)
    (folder / "terms" / "latin.yaml").write_bytes(b"terms:\n  # caf\xe9\n")
    (folder / "terms" / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    (folder / "terms" / "odd.yaml").write_bytes(b"terms: \x07\n")
    (folder / "terms" / "zfolder.yaml").mkdir()
    told = faults_of(folder)
    assert told[:2] == [
        "terms/large.yaml: is larger than 8 MB; split it",
        "terms/zfolder.yaml: cannot be read: Is a directory",
    ]
    (folder / "terms" / "large.yaml").unlink()
    (folder / "terms" / "zfolder.yaml").rmdir()
    told = faults_of(folder)
    assert told[0] == "terms/latin.yaml:2: is not UTF-8 text"
    assert told[1].startswith("terms/odd.yaml:1: is not YAML: ")


def test_a_byte_order_mark_and_crlf_change_nothing(tmp_path):
    folder = write(tmp_path / "house", terms=TERMS)
    plain = load_rulebook(folder).terms
    (folder / "terms" / "terms.yaml").write_bytes(
        b"\xef\xbb\xbf" + TERMS.replace("\n", "\r\n").encode()
    )
    assert load_rulebook(folder).terms == plain


def test_the_second_time_comes_from_the_cache_and_is_the_same(rules, cache):
    first = load_rulebook(rules)
    (kept,) = cache.iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["fingerprint"] == first.fingerprint
    assert load_rulebook(rules) == first


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b"null", b'{"cues": [[1]]}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "cut", "list", "null", "row", "binary", "deep"],
)  # fmt: skip
def test_a_broken_cache_is_a_miss(rules, cache, broken):
    first = load_rulebook(rules)
    (kept,) = cache.iterdir()
    good = kept.read_bytes()
    kept.write_bytes(broken)
    assert load_rulebook(rules) == first
    assert kept.read_bytes() == good


def test_a_cache_that_cannot_be_written_is_no_error(rules, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CLAIMCHECK_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert load_rulebook(rules).cues


def test_changed_rules_are_read_anew(rules):
    before = load_rulebook(rules)
    write(rules, cues=CUE.replace("[may, might]", "[could]"))
    after = load_rulebook(rules)
    assert after.cues[0].phrases == ("could",)
    assert after.fingerprint != before.fingerprint


def test_the_cache_keeps_only_a_few(rules, cache):
    for number in range(KEPT + 3):
        write(rules, cues=CUE.replace("12", str(number)))
        last = load_rulebook(rules)
    assert len(list(cache.iterdir())) == KEPT
    assert load_rulebook(rules) == last


def test_faulty_rules_are_never_cached(tmp_path, cache):
    faults_of(write(tmp_path / "house", cues=CUE.replace("forward", "foward")))
    assert not cache.exists()


def test_the_cache_spares_the_parsers(rules):
    code = (
        "import sys; from pathlib import Path; from claimcheck.rulebook.load import load_rulebook;"
        f"load_rulebook(Path({str(rules)!r})); print(*{{'yaml', 'pydantic'}} & set(sys.modules))"
    )
    load_rulebook(rules)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert done.stdout.strip() == ""


@given(st.text() | st.text(alphabet="[]{}:,-&*!|>'\"%@`#? \nab", max_size=60))
def test_any_text_is_read_or_refused_with_a_reason(text):
    told = "any.yaml: read"
    try:
        read_yaml(text, name="any.yaml")
    except RuleError as error:
        told = str(error)
    assert re.match(r"any\.yaml(:\d+)?: \w", told)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1)))
def test_quoted_words_come_back_as_they_were(words):
    text = json.dumps({"words": words}, ensure_ascii=False)
    assert read_yaml(text, name="any.yaml")["words"] == words
