"""Markdown: what of it is read, as what, and what it cites."""

from __future__ import annotations

import pytest

from claimcheck.documents import read_text
from claimcheck.errors import InputError
from claimcheck.model.document import Format


def read(source):
    return read_text(source, format=Format.MARKDOWN)


def blocks(source):
    document = read(source)
    return [
        (one.kind.value, document.text[one.span.start : one.span.end]) for one in document.blocks
    ]


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("It *really* **works** ***now***.", "It really works now."),
        ("P<.05* and 2\\*3 and a_b_c", "P<.05* and 2*3 and a_b_c"),
        ("one\ntwo  \nthree\\\nfour", "one two three four"),
        ("caf&eacute; &#8212; 5&nbsp;mg &amp;", "caf\u00e9 \u2014 5 mg &"),
        ("see [the *trial*](http://x.org 'T') now", "see the trial now"),
        ("see [the trial][1] now\n\n[1]: http://x.org", "see the trial now"),
        ("run `code` here", "run here"),
        ("it ~~cures~~ helps", "it helps"),
        ("a <b>bold</b> <!-- note --> word<br>next", "a bold word next"),
        ("told[^1] so\n\n[^1]: Smith et al.", "told so\n\nSmith et al."),
        ("H<sub>2</sub>O", "H2O"),
        ("<http://x.org/a%20b>", "http://x.org/a%20b"),
    ],
)
def test_the_words_without_the_marks(source, plain):
    assert read(source).text == plain


def test_code_is_not_read():
    source = "a\n\n```\nfence\n```\n\n    indented\n\n<script>\nvar x\n</script>\n\nb"
    assert read(source).text == "a\n\nb"


def test_every_kind_of_block():
    source = (
        "# Head\n\n## Sub\n\nPara\n\n> quoted\n>\n> - in quote\n\n- item\n- more\n\n"
        "| a | b |\n|---|---|\n| c \\| d | e |\n\n![alt text](x.png)\n\nSetext\n------\n"
    )
    assert blocks(source) == [
        ("title", "Head"), ("heading", "Sub"), ("paragraph", "Para"), ("quote", "quoted"),
        ("list-item", "in quote"), ("list-item", "item"), ("list-item", "more"),
        ("table-cell", "a"), ("table-cell", "b"), ("table-cell", "c | d"), ("table-cell", "e"),
        ("caption", "alt text"), ("heading", "Setext"),
    ]  # fmt: skip
    document = read(source)
    quoted = [document.text[span.start : span.end] for span in document.attributed]
    assert quoted == ["quoted", "in quote"]


def test_alt_text_follows_its_paragraph():
    assert blocks("before ![the *spray*](x.png) after") == [
        ("paragraph", "before after"), ("caption", "the spray"),
    ]  # fmt: skip


def test_fields_of_the_head_that_readers_see():
    source = (
        "---\r\ntitle: 'It''s a trial' # note\r\nauthor: Nobody\r\ntags: [a, b]\r\n"
        'description: "A \\"quoted\\" line"\r\nsummary: >-\r\n  folded\r\n  text\r\n'
        "excerpt: plain\r\n  goes on\r\nimage:\r\n  title: nested\r\n---\r\n\r\n# Heading\r\n"
    )
    assert blocks(source) == [
        ("title", "It's a trial"), ("meta", 'A "quoted" line'), ("meta", "folded text"),
        ("meta", "plain goes on"), ("heading", "Heading"),
    ]  # fmt: skip


def test_a_rule_is_no_head():
    assert blocks("---\n\ntitle: x\n\n---\n") == [("paragraph", "title: x")]


def test_the_toml_head_is_read():
    assert blocks('+++\ntitle = "Spray"\ndraft = true\n+++\nText') == [
        ("title", "Spray"), ("paragraph", "Text"),
    ]  # fmt: skip


def test_footnotes_stand_apart_without_blank_lines():
    assert blocks("a[^1]\n\n[^1]: one\n[^2]: two\nlazy") == [
        ("paragraph", "a"), ("paragraph", "one"), ("paragraph", "two lazy"),
    ]  # fmt: skip


def test_html_within_markdown():
    source = "<div>\nSome <b>bold</b> words\n</div>\n\n> <p hidden>no</p>\n> <p>yes &amp; so</p>\n"
    assert blocks(source) == [("paragraph", "Some bold words"), ("quote", "yes & so")]


def test_links_are_read_for_what_they_cite():
    document = read(
        "A [trial](https://doi.org/10.1177/ABC.12) and [it][r].\n\n"
        "[r]: https://clinicaltrials.gov/study/NCT01234567\n"
    )
    cited = [
        (one.value, document.text[one.span.start : one.span.end]) for one in document.citations
    ]
    assert cited == [("10.1177/abc.12", "trial"), ("NCT01234567", "it")]


@pytest.mark.parametrize(
    "mark", ["[", "*", "![", "> ", "- ", "`", "<a ", "_a", "[a](", "[^1]:\n", "\\", "<!--", "**a "]
)
def test_no_run_of_marks_hangs_or_crashes(mark):
    assert "word" in read(f"word\n\n{mark * 5000} word").text


@pytest.mark.parametrize("depth", [10, 21, 60, 150])
def test_words_are_read_however_deep_they_lie(depth):
    nested = "".join(f"{'  ' * level}- level {level}\n" for level in range(depth))
    assert read(nested).text.endswith(f"level {depth - 1}")
    assert blocks(f"{'>' * depth} quoted\n") == [("quote", "quoted")]
    document = read(f"{'> ' * depth}one\n{'> ' * depth}\n{'> ' * depth}two\n")
    assert document.text == "one\n\ntwo"
    spans = [document.offsets.source_span(block.span) for block in document.blocks]
    assert [document.source[span.start : span.end] for span in spans] == ["one", "two"]


def test_quotes_of_nothing_hold_nothing_to_read():
    with pytest.raises(InputError, match="no words but in code"):
        read(">" * 3000)


@pytest.mark.parametrize(
    "link",
    [
        "[words](javascript:alert(1))",
        "[words](data:text/html,a)",
        "[words][r]",
        "![words](vbscript:a)",
    ],
)
def test_of_a_link_that_leads_nowhere_the_words_are_read(link):
    assert blocks(f"Its {link}\n\n[r]: javascript:alert(1)\n")[-1][1].endswith("words")
    assert "script" not in read(f"Its {link}\n\n[r]: javascript:alert(1)\n").text
