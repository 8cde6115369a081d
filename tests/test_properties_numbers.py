"""What must hold of figures, short forms, phrases and scopes, whatever the text."""

from __future__ import annotations

import time
from array import array
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claimcheck.errors import Location
from claimcheck.model.document import Span
from claimcheck.paths import rules_dir
from claimcheck.reading.abbreviations import abbreviations
from claimcheck.reading.context import clause_of, governed
from claimcheck.reading.nlp import Hit, Reader, Reading
from claimcheck.reading.numbers import FigureKind, figures
from claimcheck.reading.phrases import Phrases, words_of
from claimcheck.rulebook.load import load_rulebook
from claimcheck.rulebook.types import Cue, Rulebook, Scope, ScopeDirection

HYPHENS = "-‐‑–"
GAPS = st.sampled_from([" ", *HYPHENS])

# ---------------------------------------------------------------------------------------- figures

NUMBER = st.from_regex(r"-?[0-9]{1,3}(\.[0-9]{1,4})?", fullmatch=True)
SHARE = st.from_regex(r"(0?\.[0-9]{1,4}|0)", fullmatch=True)
SIGN = st.sampled_from(["=", "<", ">", "≤", "≥"])
SPACE = st.sampled_from(["", " "])
P_VALUE = st.tuples(st.sampled_from(["p", "P", "p-value", "P value"]), SPACE, SIGN, SPACE, SHARE)
INTERVAL = st.tuples(
    st.sampled_from(["95% CI", "90 % CI", "99% confidence interval"]),
    st.sampled_from([" ", ": ", ", ", " ("]),
    NUMBER,
    st.sampled_from([" to ", ", ", "; "]),
    NUMBER,
)
PERCENT = st.tuples(NUMBER, st.sampled_from(["%", " %", " percent", " percentage points"]))
DOSE = st.tuples(NUMBER, st.sampled_from([" mg", "mg/kg", " IU", " µg/day", " units"]))
POINTS = st.tuples(NUMBER, st.sampled_from([" points", "-point"]))
RATIO = st.tuples(
    st.sampled_from(["hazard ratio ", "odds ratio of ", "relative risk ratio, ", "HR ", "OR = "]),
    st.from_regex(r"[0-9]\.[0-9]{1,2}", fullmatch=True),
)
STATED = st.one_of(
    *(
        st.tuples(st.just(kind), parts.map("".join))
        for kind, parts in (
            (FigureKind.P_VALUE, P_VALUE),
            (FigureKind.INTERVAL, INTERVAL),
            (FigureKind.PERCENT, PERCENT),
            (FigureKind.DOSE, DOSE),
            (FigureKind.POINTS, POINTS),
            (FigureKind.RATIO, RATIO),
        )
    )
)
NUMERIC = st.text(alphabet="0123456789.,·-−–% pPCIHRORto=<>()[]mgk", max_size=60)


def found_in(text, span=None):
    return list(figures(text, span or Span(0, len(text))))


@given(st.text() | NUMERIC, st.integers(0, 60), st.integers(0, 60))
def test_figures_lie_in_the_range_apart_from_each_other_and_are_its_own_words(text, start, length):
    span = Span(min(start, len(text)), min(start + length, len(text)))
    found = found_in(text, span)
    for figure in found:
        assert span.holds(figure.span)
        assert figure.text == text[figure.span.start : figure.span.end] == figure.text.strip()
        assert any(char.isdigit() for char in figure.text)
    ordered = sorted(figure.span for figure in found)
    assert not any(first.overlaps(second) for first, second in pairwise(ordered))


@given(STATED)
def test_a_figure_is_found_whole_and_as_what_it_is(stated):
    kind, words = stated
    text = f"The change was {words}."
    (figure,) = found_in(text)
    assert figure.kind is kind
    # "relative risk ratio" begins before the ratio that is known.
    assert words.endswith(figure.text)
    assert figure.text.endswith(words.split()[-1])


@given(st.lists(STATED, min_size=2, max_size=6))
def test_each_of_several_figures_is_found_in_its_place(stated):
    text = "".join(f"we saw {words}, then " for _, words in stated)
    found = sorted(found_in(text), key=lambda figure: figure.span)
    assert [figure.kind for figure in found] == [kind for kind, _ in stated]


@given(st.lists(STATED, min_size=1, max_size=4), st.text(alphabet="é𝟙漢🙂 \n", max_size=20))
def test_what_stands_before_a_text_only_moves_its_figures(stated, before):
    text = "; ".join(words for _, words in stated)
    moved = found_in(f"{before}\n{text}")
    shift = len(before) + 1
    assert [
        (one.kind, one.text, one.span.start - shift) for one in moved if one.span.start >= shift
    ] == [(one.kind, one.text, one.span.start) for one in found_in(text)]


@pytest.mark.parametrize(
    "piece", ["1", "1,111,", "1.", "- ", "95% CI ", "p ", "hazard  ", "HR ", "−1 ", "12 mg/", "·1"]
)
def test_a_long_row_of_anything_takes_no_longer_than_its_length_asks_for(piece):
    text = piece * (60_000 // len(piece))
    started = time.process_time()
    found_in(text[:59_000] + " p = 0.03")
    assert time.process_time() - started < 2


# ------------------------------------------------------------------------------------ short forms

# The letters that begin a word stand nowhere else: the shortest long form is then the whole one.
WORD = st.from_regex(r"[a-m][n-z]{2,8}", fullmatch=True)


@given(st.lists(WORD, min_size=2, max_size=6), st.lists(WORD, max_size=4), SPACE)
def test_the_first_letters_of_words_are_a_short_form_of_them(words, before, inside):
    short = "".join(word[0] for word in words).upper()
    long = " ".join(words)
    found = abbreviations(f"{' '.join(before)} {long} ({inside}{short}{inside}) came.")
    assert found == {short: long}


@given(
    st.text(alphabet="abcAB de-/'\"é(),;\n&", max_size=80)
    | st.builds(
        "{} ({})".format,
        st.text(max_size=60),
        st.from_regex(r"[A-Z][A-Za-z0-9/&-]{1,8}", fullmatch=True),
    )
)
def test_the_letters_of_a_short_form_stand_in_order_in_its_long_form(text):
    flat = " ".join(text.split())
    for short, long in abbreviations(text).items():
        assert any(char.isupper() for char in short)
        assert len(long) > len(short)
        letters = iter(long.lower())
        assert all(char in letters for char in short.lower() if char.isalnum())
        assert long[0].lower() == short[0].lower()
        assert " ".join(long.split()) in flat


@given(st.lists(st.from_regex(r"[a-z]{20,40}", fullmatch=True), min_size=6, max_size=9))
def test_a_long_form_begins_where_a_word_begins(words):
    short = "".join(word[0] for word in words[-6:]).upper()
    for long in abbreviations(f"{' '.join(words)} ({short})").values():
        assert long.split()[0] in words


@given(st.lists(WORD, min_size=3, max_size=5), st.lists(WORD, min_size=3, max_size=5))
def test_of_two_definitions_the_first_holds(first, second):
    short = "".join(word[0] for word in first).upper()
    text = f"Of {' '.join(first)} ({short}). Of {' '.join(second)} ({short})."
    assert abbreviations(text)[short] == abbreviations(text.partition(".")[0])[short]


@pytest.mark.parametrize("piece", ["(AB;", "(A", "AB (AB) ", "( ", "a (Ab,", "(AB, c) "])
def test_rows_of_brackets_take_no_longer_than_their_length_asks_for(piece):
    started = time.process_time()
    abbreviations(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 2


# ---------------------------------------------------------------------------------------- phrases


def reader_of(phrases):
    """A reader that knows these phrases alone, as written but for case."""
    cues = tuple(
        Cue(phrase, "word", None, (phrase,), None, True, None, None, (), (), Location("x"))
        for phrase in phrases
    )
    return Reader(Rulebook(cues, {}, (), ()))


def read_in(reader, text):
    return {hit.cue.id for hit in reader.read(text, Span(0, len(text))).hits}


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook(rules_dir())


LETTERS = st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F)
PHRASE_WORD = st.text(LETTERS, min_size=1, max_size=8) | st.sampled_from(
    ["didn't", "Parkinson's", "omega", "3", "vitamin", "B12", "U.S.", "and", "5", "don’t"]
)


PHRASE_WORDS = st.lists(PHRASE_WORD, min_size=1, max_size=5)
SPACINGS = st.lists(GAPS, min_size=4, max_size=4)


def joined(words, gaps):
    return words[0] + "".join(gap + word for gap, word in zip(gaps, words[1:], strict=False))


@settings(max_examples=30)
@given(st.lists(st.tuples(PHRASE_WORDS, SPACINGS, SPACINGS), min_size=1, max_size=8))
def test_a_phrase_is_found_however_it_and_the_text_are_hyphenated(written):
    listed = {joined(words, gaps): joined(words, others) for words, gaps, others in written}
    reader = reader_of(listed)
    for phrase, other in listed.items():
        assert phrase in read_in(reader, f"The {other} was given.")
        assert phrase in read_in(reader, other)


@given(st.lists(st.lists(PHRASE_WORD, min_size=1, max_size=3), max_size=6), st.lists(PHRASE_WORD))
def test_what_is_found_are_the_words_of_the_phrase_and_nothing_twice(added, row):
    phrases = Phrases(str.lower)
    by_key = {str(number): words_of(" ".join(words)) for number, words in enumerate(added)}
    for key, words in by_key.items():
        phrases.add(key, [" ".join(words)])
    row = [word.lower() for word in row]
    found = list(phrases.find(row))
    assert len(found) == len(set(found))
    for key, first, last in found:
        assert row[first:last] == [word.lower() for word in words_of(" ".join(by_key[key]))]


@given(st.text(max_size=40))
def test_words_hold_no_space_and_no_hyphen_alone(phrase):
    for word in words_of(phrase):
        assert not any(char.isspace() for char in word)
        assert word not in set(HYPHENS)


@pytest.fixture(scope="module")
def listed(rulebook):
    phrases = [phrase for cue in rulebook.cues for phrase in cue.phrases]
    phrases += [name for term in rulebook.terms for name in (*term.names, *term.near_misses)]
    phrases += [name for term in rulebook.terms for name in term.exact]
    return tuple(dict.fromkeys(phrases))


@pytest.mark.parametrize("gap", [*HYPHENS, " "])
def test_every_name_and_cue_of_the_rules_is_found_in_itself(listed, gap):
    reader = reader_of(listed)
    assert [
        phrase for phrase in listed if phrase not in read_in(reader, phrase.replace("-", gap))
    ] == []


# ------------------------------------------------------------------------------- scopes and clauses

TOKENS = st.lists(
    st.sampled_from(["not", "but", ",", "(", ")", "[", "]", "pain", "fell", "and", "fake"]),
    min_size=1,
    max_size=25,
)
SCOPES = st.builds(
    Scope,
    id=st.just("s"),
    direction=st.sampled_from(ScopeDirection),
    stop_at=st.sets(st.sampled_from(["but", "and", ","])).map(lambda some: tuple(sorted(some))),
    max_tokens=st.integers(0, 6),
)


def reading_of(words):
    starts, ends, at = array("L"), array("L"), 0
    for word in words:
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + 1
    hits = [
        Hit(cue(kind), number, number + 1, starts[number], ends[number])
        for number, word in enumerate(words)
        for kind in {"not": ["negation"], "fake": ["pseudo"]}.get(word, [])
    ]
    text = " ".join(words)
    return Reading(
        Span(0, len(text)), text, starts, ends, tuple(words), tuple(words), tuple(hits), ()
    )


def cue(kind):
    return Cue(kind, kind, None, (kind,), None, False, "s", None, (), (), Location("x"))


@given(TOKENS, SCOPES)
def test_a_cue_governs_one_stretch_around_itself_that_ends_at_its_stops(words, scope):
    reading = reading_of(words)
    found = governed(reading, {"s": scope}, "negation")
    assert [one.hit.first for one in found] == [i for i, word in enumerate(words) if word == "not"]
    most = scope.max_tokens or len(words)
    for one in found:
        before = words[one.first : one.hit.first]
        after = words[one.hit.last : one.last]
        assert 0 <= one.first <= one.hit.first < one.hit.last <= one.last <= len(words)
        assert not set(scope.stop_at) & {*before, *after}
        assert len(before) <= (0 if scope.direction is ScopeDirection.FORWARD else most)
        assert len(after) <= (0 if scope.direction is ScopeDirection.BACKWARD else most)
        if scope.direction is not ScopeDirection.BACKWARD and len(after) < most:
            assert one.last == len(words) or words[one.last] in scope.stop_at
        if scope.direction is not ScopeDirection.FORWARD and len(before) < most:
            assert one.first == 0 or words[one.first - 1] in scope.stop_at
        assert [one.holds(i) for i in range(len(words))] == [
            one.first <= i < one.last for i in range(len(words))
        ]


@given(TOKENS, SCOPES)
def test_a_cue_without_a_scope_and_one_of_another_kind_govern_nothing(words, scope):
    reading = reading_of(words)
    assert governed(reading, {}, "negation") == ()
    assert governed(reading, {"s": scope}, "hedge") == ()


@given(TOKENS, SCOPES)
def test_a_cue_inside_what_only_looks_like_one_governs_nothing(words, scope):
    reading = reading_of(words)
    assume(any(word == "fake" for word in words))
    kept = governed(reading, {"s": scope}, "negation", "pseudo", pseudo="pseudo")
    assert {one.hit.cue.kind for one in kept} <= {"negation"}
    assert len(kept) == words.count("not")


def depths(words):
    depth = 0
    for word in words:
        depth = depth + 1 if word in "([" else max(0, depth - 1) if word in ")]" else depth
        yield depth


@given(TOKENS)
def test_clauses_are_numbered_in_order_and_open_at_breaks_outside_brackets(words):
    numbers = clause_of(reading_of(words), frozenset({"but", ","}))
    assert len(numbers) == len(words)
    assert numbers[0] == 0
    opened = [i for i in range(1, len(words)) if numbers[i] != numbers[i - 1]]
    assert all(numbers[i] == numbers[i - 1] + 1 for i in opened)
    level = list(depths(words))
    assert opened == [i for i in range(1, len(words)) if words[i] in {"but", ","} and level[i] == 0]


@given(TOKENS)
def test_without_breaks_there_is_one_clause(words):
    assert set(clause_of(reading_of(words), frozenset())) == {0}
