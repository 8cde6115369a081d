"""Where one sentence ends and the next begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck import paths
from claimcheck.reading.sentences import Splitter
from claimcheck.rulebook.load import load_rulebook


@pytest.fixture(scope="module")
def splitter():
    return Splitter.of(load_rulebook(paths.rules_dir()))


def split(splitter, text):
    return [text[span.start : span.end] for span in splitter.split(text, 0, len(text))]


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["Pain fell.", "Sleep did not."], id="plain"),
        pytest.param(["The change was small (P =.40).", "It was not tested."], id="p-value"),
        pytest.param(["They got 0.5 mg/kg once.", "Nobody fell ill."], id="dose"),
        pytest.param(["It was pills vs. Placebo, at first."], id="vs"),
        pytest.param(["Lee et al. Found it first."], id="et-al"),
        pytest.param(["Dr. Roe and Ms. Poe agree.", "Nobody else does."], id="titles"),
        pytest.param(["Smith & Co. sells it.", "It is dear."], id="company"),
        pytest.param(["It helps people with MS.", "However, few took it."], id="MS-is-no-Ms"),
        pytest.param(["Pain fell.[1]", "Additionally, sleep improved."], id="reference"),
        pytest.param(["It cut infections.2", "Doctors were glad."], id="superscript"),
        pytest.param(["They took vitamin D.", "Colds were fewer."], id="vitamin-D"),
        pytest.param(["A. B. Smith led the trial.", "It ended early."], id="initials"),
        pytest.param(["“It works.”", "So she said."], id="quote"),
        pytest.param(["“Does it work?” she asked.", "Nobody knew."], id="question-in-quote"),
        pytest.param(["The U.S. Food and Drug Administration met.", "It agreed."], id="U.S."),
        pytest.param(["It was sold in the U.S.", "The price was high."], id="U.S.-at-the-end"),
        pytest.param(["Scores fell by 5.2 points.", "Half felt better."], id="decimal"),
    ],
)
def test_split(splitter, sentences):
    assert split(splitter, " ".join(sentences)) == sentences


@given(st.text())
def test_sentences_are_disjoint_trimmed_and_lose_no_word(text):
    splitter = Splitter(frozenset({"dr"}), frozenset({"inc"}), frozenset({"the"}), frozenset())
    spans = list(splitter.split(text, 0, len(text)))
    at = 0
    for span in spans:
        assert at <= span.start < span.end
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        at = span.end
    assert not text[at:].strip()


@given(st.lists(st.sampled_from(["word", "w" * 400, "w" * 2000, "no", "\n", "  "]), max_size=30))
def test_speech_without_stops_comes_in_parts_that_lose_nothing(splitter, words):
    text = " ".join(words)
    parts = split(splitter, text)
    assert all(0 < len(part) <= 1_500 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part == part.strip() for part in parts)


def test_words_are_left_whole_where_a_part_ends(splitter):
    text = "zinc eases colds and " * 200
    assert " ".join(split(splitter, text)).split() == text.split()
