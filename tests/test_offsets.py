"""Whatever stands in a draft: every word that is read leads back to where it stands in the file."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from claimcheck.documents import read_bytes, read_text
from claimcheck.errors import InputError
from claimcheck.model.document import Format, Span
from claimcheck.model.lines import Lines

WORD = "Zqxwortqz"
TEXTUAL = (Format.TEXT, Format.MARKDOWN, Format.HTML)

NASTY = st.sampled_from(
    [
        "caf\u00e9",
        "cafe\u0301",
        "\U0001f600",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0645\u0631\u062d\u0628\u0627",
        "\u201cquoted\u201d",
        "\u2018it\u2019s\u2019",
        "don\u2019t",
        "5\u00a0mg",
        "ke\u00adta\u00admine",
        "\u200b",
        "\ufeff",
        "\u2028",
        "\x0b",
        "*em*",
        "**strong**",
        "***both***",
        "_a_",
        "`code`",
        "~~gone~~",
        "[link](http://x.org/a_b)",
        "[ref][r]",
        "[r]",
        "![alt](a.png)",
        "<b>bold</b>",
        "<br>",
        "<!-- note -->",
        "&amp;",
        "&nbsp;",
        "&#8212;",
        "&lt",
        "&notit;",
        "\\*",
        "\\",
        "|",
        "a | b",
        "2*3*4",
        "p<.05",
        "p < 0.05*",
        "<",
        ">",
        "&",
        "#",
        "# ",
        "- ",
        "1. ",
        "> ",
        "\t",
        "  ",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\r\n\r\n",
        "    ",
        "---",
        "===",
        "```",
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "<li>",
        "<q>",
        "[^1]",
        "[^1]: ",
        "http://x.org/?a=1&b=2",
        "<http://y.org/%20z>",
        "|---|---|",
        "| a | b |",
        "claimcheck:ignore CC101",
        "10.1234/abc.def",
        "PMID: 123",
        ".",
        "!",
        ":",
        '"',
        "'",
        "title:",
    ]
)
MESS = st.lists(NASTY | st.text(max_size=6), max_size=30).map("".join)


def assert_sound(document):
    """What holds of every Document, whatever it was read from."""
    text, source = document.text, document.source
    assert text == "\n\n".join(text[one.span.start : one.span.end] for one in document.blocks)
    ends = 0
    for block in document.blocks:
        words = text[block.span.start : block.span.end]
        assert words
        assert words == words.strip()
        assert block.span.start >= ends
        ends = block.span.end
    covered = 0
    for plain, start, length, width in document.offsets.pieces:
        assert plain == covered
        assert length > 0
        covered += length
        assert start >= 0
        assert start + width <= len(source)
        if length == width:
            for ours, theirs in zip(
                text[plain:covered], source[start : start + width], strict=True
            ):
                assert ours == theirs or ours.isspace() or theirs == "\0"
    assert covered == len(text)
    for span in (*document.attributed, *(one.span for one in document.citations)):
        assert 0 <= span.start <= span.end <= len(text)
    for one in document.suppressions:
        assert 0 <= one.span.start <= one.span.end <= len(source)


def assert_found(document, word=WORD):
    """The planted word is read once, and leads back to the very place where it was planted."""
    assert document.text.count(word) == 1
    start = document.text.index(word)
    span = document.offsets.source_span(Span(start, start + len(word)))
    assert span == Span(document.source.index(word), document.source.index(word) + len(word))


@given(MESS, st.sampled_from(TEXTUAL))
@example("[^1]:\n", Format.MARKDOWN)
@example("| a \\| b |\n|---|\n| *c* |", Format.MARKDOWN)
@example("- | a | b |\n  |---|---|\n  | c | d |", Format.MARKDOWN)
@example("# # #", Format.MARKDOWN)
@example("\t- a\n\n\t\tb", Format.MARKDOWN)
@example("<p>\u00ad</p>x", Format.HTML)
def test_any_text_is_sound(source, form):
    try:
        document = read_text(source, format=form)
    except InputError:
        return
    assert document.source == source
    assert_sound(document)


@given(MESS, MESS)
def test_a_word_in_plain_text(before, after):
    source = f"{before} {WORD} {after}"
    assume("claimcheck:ignore" not in source)
    document = read_text(source)
    assert_sound(document)
    assert_found(document)


EOL = st.sampled_from(["\n", "\r\n", "\r"])
PLAIN = st.sampled_from(
    [
        "",
        "caf\u00e9 ",
        "\U0001f600 ",
        "\u05e9\u05dc\u05d5\u05dd ",
        "&amp; ",
        "&#x1F600; ",
        "\\* ",
        "*a* ",
        "[b](http://c.org) ",
        "\u201cd\u201d ",
        "<i>e</i> ",
        "cafe\u0301 ",
        "`f` ",
        "![g](h.png) ",
        "\t",
        "  ",
        "\u00a0",
        "ke\u00adta ",
    ]
)
FRAMES = st.sampled_from(
    [
        "{0}",
        "# {0}",
        "## {0} ##",
        "> {0}",
        "> > {0}",
        "- {0}",
        "1. {0}",
        "- a{n}  {0}",
        "> - {0}",
        "| {0} | x |{n}|---|---|",
        "| x | y |{n}|---|---|{n}| {0} | z |",
        "| a \\| b {0} | c |{n}|---|---|",
        "{0}{n}===",
        "**{0}**",
        "a *{0}* b",
        '[{0}](http://x.org "t")',
        "![{0}](x.png)",
        "- a{n}{n}  {0}",
        "---{n}title: {0}{n}author: x{n}---",
        '---{n}title: "a \\" {0}"{n}---{n}{n}text',
        "---{n}description: >{n}  a{n}  {0}{n}---",
        "---{n}a: b{n}summary: 'it''s {0}'{n}---",
        "---{n}a: b{n}---{n}{0}",
        "[^1]: {0}",
        "a[^1]{n}{n}[^1]: b{n}{n}    {0}{n}{n}c",
        "[^1]:{n}    b{n}{n}    - c{n}{n}      {0}",
        "a[^1]{n}{n}[^1]: b{n}[^2]: {0}",
        "<div>{0}</div>",
        "> <p>{n}> {0}</p>",
        "a{n}{0}",
        "a  {n}{0}",
        "a\\{n}{0}",
        "> a{n}{0}",
        "- a{n}\t- {0}",
    ]
)


@given(FRAMES, PLAIN, PLAIN, EOL)
def test_a_word_in_markdown(frame, before, after, eol):
    words = f"{before}{WORD} {after}".strip()
    source = frame.replace("{0}", words).replace("{n}", eol)
    document = read_text(f"{source}{eol}{eol}The end.", format=Format.MARKDOWN)
    assert_sound(document)
    assert_found(document)


PAGES = st.sampled_from(
    [
        "{0}",
        "<p>{0}",
        "<p>a</p>{n}<p>{0}</p>",
        "<h1>{0}</h1>",
        "<title>{0}</title><p>x",
        '<meta name=description content="{0}"><p>x',
        "<ul><li>a<li>{0}</ul>",
        "<td>{0}",
        "<b>{0}</b>",
        "<blockquote><p>{0}",
        "<img alt='{0}'>",
        "<nav>a</nav>{0}",
        "<script>'<p>'</script>{0}",
        "<!-- {n} -->{0}",
        "<div hidden>a</div>{0}",
        "<p>a<br>{0}",
        '<a href="http://x.org?a&b">{0}</a>',
        "<style>a</style>{0}<footer>b</footer>",
        "<p class='a>b'>{0}</p>",
        "a</p></div>{0}",
    ]
)
SHOWN = st.sampled_from(
    [
        "",
        "caf\u00e9 ",
        "\U0001f600 ",
        "&amp; ",
        "&copy ",
        "&#146; ",
        "\u05d0 ",
        "&nbsp;",
        "a < b ",
        "{n}{n}  ",
        "\t",
    ]
)


@given(PAGES, SHOWN, SHOWN, EOL)
def test_a_word_in_html(frame, before, after, eol):
    source = frame.replace("{0}", f"{before}{WORD} {after}").replace("{n}", eol)
    document = read_text(source, format=Format.HTML)
    assert_sound(document)
    assert_found(document)


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        document = read_bytes(data, name=name)
    except InputError:
        return
    assert_sound(document)


@given(MESS, st.text(min_size=1, max_size=30), st.sampled_from(TEXTUAL))
def test_a_given_title_keeps_everything_in_place(source, title, form):
    try:
        document = read_text(f"{source} {WORD}", format=form, title=title)
    except InputError:
        return
    assert_sound(document)
    if document.text.count(WORD) == 1:
        assert_found(document)


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_line_and_column_count_as_an_editor_does(eol):
    source = f"one{eol}\U0001f600 two{eol}{eol}three"
    lines = Lines(source)
    assert lines.place(source.index("two")) == (2, 3)
    assert lines.place(source.index("three")) == (4, 1)
    assert lines.place(len(source)) == (4, 6)
    assert len(lines) == 4


def test_line_ends_of_all_kinds_in_one_file():
    lines = Lines("a\rb\r\nc\nd")
    assert [lines.text(row) for row in range(len(lines))] == ["a", "b", "c", "d"]
