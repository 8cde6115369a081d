"""Plain text as people paste it: title, headings, lists, wrapped lines, records, quotations."""

from __future__ import annotations

import pytest

from claimcheck.documents import read_text
from claimcheck.model.document import BlockKind

SENTENCE = (
    "The infusion was given once and patients were followed for four weeks after it had ended."
)


def blocks(text, **options):
    document = read_text(text, **options)
    return [
        (one.kind.value, document.text[one.span.start : one.span.end]) for one in document.blocks
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Nasal spray eases migraine",
        "Does nasal spray ease migraine?",
        "Nasal spray beats migraine!",
        "\u201cIt changed my life\u201d: spray for migraine",
        "spray for migraine",
    ],
)
def test_first_short_line_is_the_title(line):
    assert blocks(f"{line}\n\n{SENTENCE}")[0] == ("title", line)
    assert blocks(f"{line}\n{SENTENCE}")[0] == ("title", line)


@pytest.mark.parametrize(
    "line",
    [
        "Nasal spray eases migraine.",
        "Nasal spray eases migraine, \u201ca study shows.\u201d",
        "In this issue:",
        "- Nasal spray eases migraine",
        "spray " * 30,
    ],
    ids=["full-stop", "quoted-stop", "colon", "list", "long"],
)
def test_other_first_lines_are_no_title(line):
    assert read_text(f"{line}\n\n{SENTENCE}").title is None


def test_a_first_line_without_letters_is_passed_over():
    assert read_text(f"+100%-\nspray\n\n{SENTENCE}").title == "spray"


def test_a_short_line_alone_is_a_heading():
    text = f"Title\n\n{SENTENCE}\n\nWhat the trial found\n\n{SENTENCE}"
    assert ("heading", "What the trial found") in blocks(text)


@pytest.mark.parametrize(
    "line", ["Comments are closed.", "Here is the post:", "press@example.org", "Call 800 735 8995"]
)
def test_other_short_lines_are_no_headings(line):
    assert ("paragraph", line) in blocks(f"Title\n\n{SENTENCE}\n\n{line}\n\n{SENTENCE}")


def test_headings_between_one_line_paragraphs_need_no_blank_lines():
    text = f"Title\n{SENTENCE}\n{SENTENCE}\nSafety of the spray\n{SENTENCE}\n- one item"
    text += "\n\u2022 two item"
    assert [kind for kind, _ in blocks(text)] == [
        "title", "paragraph", "paragraph", "heading", "paragraph", "list-item", "list-item",
    ]  # fmt: skip
    assert blocks(text)[-1] == ("list-item", "two item")


def test_a_line_is_a_paragraph_where_lines_are_long():
    assert blocks(f"{SENTENCE * 2}\n{SENTENCE * 2}") == [("paragraph", SENTENCE * 2)] * 2


WRAPPED = (
    "The spray was tried in two hundred people who had lived with migraine\n"
    "for at least ten years. The primary outcome, days with headache in the\n"
    "first month, did not differ between the groups. In a secondary\n"
    "analysis, patients slept better.\n"
)


def test_wrapped_lines_are_joined_into_paragraphs():
    item = "- an item that is so long\n  that it goes on\n"
    found = blocks(f"Spray for migraine\n\n{WRAPPED}\nResults\n{WRAPPED}{item}")
    assert [kind for kind, _ in found] == [
        "title",
        "paragraph",
        "heading",
        "paragraph",
        "list-item",
    ]
    assert found[1][1] == WRAPPED.strip().replace("\n", " ")
    assert found[-1][1] == "an item that is so long that it goes on"


def test_wrapped_lines_lead_back_across_the_line_break():
    document = read_text(WRAPPED)
    block = document.blocks[0].span
    assert document.offsets.source_span(block).end == len(WRAPPED.rstrip())


def test_a_sentence_that_goes_on_in_small_letters_is_joined():
    assert blocks("Spray reduced the number of\nheadaches in people with migraine.") == [
        ("paragraph", "Spray reduced the number of headaches in people with migraine.")
    ]


def test_records_are_not_glued_to_prose():
    codes = "ISSN 1477-0970\nDBID ABC\nXYZ\nQRS\nIssue 6\nLanguage: English"
    found = blocks(f"Title\n\n{SENTENCE}\n{codes}\n{SENTENCE}")
    assert found[1] == ("paragraph", SENTENCE)
    assert found[-1] == ("paragraph", SENTENCE)
    assert [text for _, text in found[2:-1]] == codes.split("\n")
    assert all(kind == BlockKind.TABLE_CELL for kind, _ in found[2:-1])


def test_a_given_title_that_opens_the_text_is_its_title():
    title = "Spray for migraine: a trial in two hundred people shows no benefit."
    document = read_text(
        f"Spray for  migraine: a trial in two\nhundred people shows no benefit.\n\n{SENTENCE}",
        title=title,
    )
    assert document.title == title
    assert document.source.startswith("Spray for  migraine")


def test_a_given_title_is_compared_without_case_and_spaces():
    document = read_text(f"  SPRAY for migraine.\n\n{SENTENCE}", title="Spray for Migraine. ")
    assert document.title == "SPRAY for migraine."
    assert len(document.blocks) == 2


def test_another_given_title_is_put_before_the_text():
    text = f"A subtitle\n\n{SENTENCE} doi:10.1234/ab claimcheck:ignore CC101"
    document = read_text(text, title="Spray for migraine")
    assert document.source == f"Spray for migraine\n\n{text}"
    assert document.title == "Spray for migraine"
    assert [one.kind for one in document.blocks].count(BlockKind.TITLE) == 1
    assert document.citations[0].value == "10.1234/ab"
    assert document.text[document.citations[0].span.start :].startswith("10.1234/ab")
    assert document.suppressions[0].line == 5
    assert document.source[document.suppressions[0].span.start :].startswith("The infusion")


def test_a_title_that_only_begins_the_first_sentence_is_not_taken_for_it():
    document = read_text("Ketamine reduces pain in most people.", title="Ketamine")
    assert document.source.startswith("Ketamine\n\nKetamine reduces")


QUOTES = [
    ('She said "it really worked for me" today.', ['"it really worked for me"']),
    ("He: \u201cI slept well for once.\u201d And more.", ["\u201cI slept well for once.\u201d"]),
    ("A so-called \u201cmiracle cure\u201d is sold.", []),
    ('The "gold standard drug" is old.', []),
    ("\u201cI felt better. It never closes.", ["\u201cI felt better. It never closes."]),
    ("\u201cI felt much better.\u201c Smith et al.", ["\u201cI felt much better.\u201c"]),
    ("It is 5\" wide and never \u201ccloses at all here.", []),
    ('"A b c d," he said. "E f g h."', ['"A b c d,"', '"E f g h."']),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quoted"), QUOTES)
def test_quoted_speech_is_attributed(text, quoted):
    document = read_text(f"{text}\n\nNext.")
    assert [document.text[span.start : span.end] for span in document.attributed] == quoted
