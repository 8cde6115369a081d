"""What is kept of a chunk of text is what the tokenizer says of it wherever it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.lang.en import English

from claimcheck.model.document import Span
from claimcheck.reading.needs import Needs, needed_by
from claimcheck.reading.nlp import Reader
from claimcheck.reading.shapes import parted
from claimcheck.reading.tokens import Tokens
from tests.claim_factory import RULES

NLP = English()
READER = Reader(RULES)
ROWS = [
    ["Low-dose", "ketamine", "reduced", "pain,", "fatigue", "and", "(57.1%)", "of", "falls."],
    ["It's", "known", "that", "omega-3", "didn’t", "ease", "depression", "e.g.", "in", "men."],
    ["www.x.org/a-b", "says", "zinc", "may", "prevent", "colds", "in", "U.S.", "adults."],
]
PATTERNS = [cue for cue in RULES.cues if cue.pattern]
WORDS = st.sampled_from(
    [
        "Ketamine",
        "can't",
        "cannot",
        "didn’t",
        "e.g.",
        "2mg",
        "10-20%",
        "(p=0.03)",
        "low-dose",
        "omega-3",
        "U.S.",
        "MS.",
        "www.x.org/a-b",
        "café",
        "3.5kg/m2",
        "“pain,”",
        "it's",
        "[1,2]",
        "5mg/kg",
        "end.",
        "end.Next",
        "naïve",
        "–",
        "—",
        "...",
        "γ-GT",
        "日本",
        "I'm",
        "dont",
        "(CI):",
        "HDL-c.",
        "LDL-C.",
        "mg/L.",
        "RCT.",
        "people’s.",
        "(57.1%),",
        '"rare."',
        "8)",
    ]
)
BLANKS = st.sampled_from([" ", " ", " ", "  ", "\n", " \n", "\n ", "\t", "\u00a0", "\r\n"])


@given(
    st.lists(st.tuples(WORDS | st.text("abcXYZ019%.,'’()-/", min_size=1), BLANKS), max_size=12),
    st.sampled_from(["", " ", "\n", "xx "]),
)
@example([("a", " \n"), ("b", "   ")], " ")
def test_tokens_are_those_of_the_tokenizer(pieces, before):
    text = before + "".join(word + blank for word, blank in pieces)
    reading = READER.read(text, Span(0, len(text)))
    doc = NLP.make_doc(text)
    assert list(reading.starts) == [token.idx for token in doc]
    assert list(reading.lowers) == [token.lower_ for token in doc]
    assert list(reading.ends) == [token.idx + len(token) for token in doc]


def test_a_special_case_holds_alone_and_within_marks():
    tokens = Tokens()
    for word in sorted(NLP.tokenizer.rules):
        for chunk in (f"({word}),", word, f"x-{word}-{word}", f"{word}."):
            ((forms, _),) = tokens.of([chunk])
            assert forms == [token.text for token in NLP.make_doc(chunk)]


@given(st.lists(WORDS | st.text("abXY019%.,'’()-/:", min_size=1), max_size=12))
@example(["8", ")", "a", ".", "m", "."])
@example([*sorted(word for word in NLP.tokenizer.rules if word.split() == [word])])
def test_chunks_asked_for_at_once_are_taken_apart_each_by_itself(chunks):
    for chunk, (forms, starts) in zip(chunks, Tokens().of(chunks), strict=True):
        doc = NLP.make_doc(chunk)
        assert (forms, starts) == ([one.text for one in doc], [one.idx for one in doc])


@pytest.mark.parametrize(
    ("chunk", "tokens"),
    [
        ("(word),", ["(", "word", ")", ","]),
        ("high-concentration.", ["high", "-", "concentration", "."]),
        ("(74.2%).", ["(", "74.2", "%", ")", "."]),
        ("NCT01224106;", ["NCT01224106", ";"]),
        ("LSG.", ["LSG", "."]),
    ],
)
def test_a_simple_shape_is_parted_as_the_tokenizer_does(chunk, tokens):
    forms, starts = parted(chunk, frozenset(NLP.tokenizer.rules))
    assert forms == tokens == [token.text for token in NLP.make_doc(chunk)]
    assert starts == [token.idx for token in NLP.make_doc(chunk)]


@pytest.mark.parametrize(
    "chunk", ["it's", "people’s", "(AEs):", "HDL-c.", "U.S.", "H.", "10-20", "5mg", "8)"]
)
def test_what_the_tokenizer_has_a_rule_for_is_no_simple_shape(chunk):
    assert parted(chunk, frozenset(NLP.tokenizer.rules)) is None


def test_a_sentence_reads_the_same_wherever_it_stands():
    sentence = "Ketamine reduced fatigue in MS."
    text = f"Before it.  {sentence} And after."
    start = text.index(sentence)
    alone = READER.read(sentence, Span(0, len(sentence)))
    inside = READER.read(text, Span(start, start + len(sentence)))
    assert [at - start for at in inside.starts] == list(alone.starts)
    assert [(h.cue.id, h.first, h.last) for h in inside.hits] == [
        (h.cue.id, h.first, h.last) for h in alone.hits
    ]
    assert [hit.term.id for hit in inside.terms] == [hit.term.id for hit in alone.terms]


def may_match(needs, text):
    """Answer whether the only pattern of these may match a text."""
    marks = 0
    for chunk in text.split():
        marks |= needs.of(chunk)
    return bool(needs.met(marks))


@pytest.mark.parametrize("cue", PATTERNS, ids=lambda cue: cue.id)
def test_what_a_pattern_needs_stands_in_all_that_it_matches(cue):
    needs = Needs([needed_by(cue.pattern)])
    pattern = re.compile(cue.pattern, re.IGNORECASE | re.VERBOSE)
    for text in (*cue.match, *(one.upper() for one in cue.match)):
        assert may_match(needs, text) or not pattern.search(text)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\brisks?\b", [{"^risk"}]),
        (r"\b(?:an?\s+)?(?:new\s)*men", [{"^men"}]),
        (r"\b(?:non)?men|\s-men", [{"men", "^men"}]),
        (r"(?:falls|rose)\ by", [{"falls", "rose"}]),
        (r"(?:pain|ache)? relief", [{"relief"}]),
        (r"(?:pain|of)\s\d+", []),
        (r"(?:\w+|pain)", []),
        (r"no(?!thing)", []),
        (r"(?P<a>Pain){2,}", [{"pain"}]),
        (r"(?:up|down)\s+pains?\s+(?:today|later)", [{"^today", "^later"}, {"^pain"}]),
        (r"\d(?:mgs|[\s-]days)\b", [{"^mgs", "^days"}]),
    ],
)
def test_what_a_pattern_needs(pattern, needed):
    assert needed_by(pattern) == tuple(map(frozenset, needed))


@pytest.mark.parametrize(
    ("text", "may"), [("pain fell", False), ("less and less pain", True), ("a painless one", True)]
)
def test_all_that_a_pattern_needs_must_be_there(text, may):
    needs = Needs([needed_by(r"(?:less|more)\s+pain")])
    assert may_match(needs, text) is may


@pytest.mark.parametrize(
    ("text", "may"),
    [("a treatment", False), ("(men", True), ("young-men,", True), ("women", False)],
)
def test_a_word_that_begins_one_is_not_looked_for_inside_another(text, may):
    needs = Needs([needed_by(r"\bmen\b")])
    assert may_match(needs, text) is may


@given(st.text("rRiI\u0130\u0131sS\u017fkK\u212a \n", max_size=8))
@example("R\u0131\u017f\u212a")
def test_letters_that_pass_for_others_hide_nothing(text):
    needs = Needs([needed_by("risk")])
    assert may_match(needs, text) or not re.search("risk", text, re.IGNORECASE)


@pytest.mark.parametrize(
    "text", ["[" * 30_000, "(" * 60 + " " + "-." * 900, "https://a.b/" + "x/" * 900]
)
def test_signs_without_end_are_one_token(text):
    reading = READER.read(text, Span(0, len(text)))
    assert list(reading.lowers) == text.split()


@pytest.mark.parametrize("kept", [1, 2, 5, 37])
def test_what_is_forgotten_is_read_again_as_before(monkeypatch, kept):
    texts = [" ".join([*words, "Ketamine can't (p=0.03) help.", *words[:3]]) for words in ROWS]
    expected = [READER.read(text, Span(0, len(text))) for text in texts]
    monkeypatch.setattr("claimcheck.reading.chunks._KEPT", kept)
    forgetful = Reader(RULES)
    for _ in range(2):
        for text, reading in zip(texts, expected, strict=True):
            forgetful.look_ahead(text, 0)
            assert forgetful.read(text, Span(0, len(text))) == reading
