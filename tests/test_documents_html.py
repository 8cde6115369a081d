"""HTML pages: what a reader sees of them, and what the head says."""

from __future__ import annotations

import pytest

from claimcheck.documents import read_text
from claimcheck.errors import InputError
from claimcheck.model.document import Format


def read(source):
    return read_text(source, format=Format.HTML)


def blocks(source):
    document = read(source)
    return [
        (one.kind.value, document.text[one.span.start : one.span.end]) for one in document.blocks
    ]


HEAD = (
    "<!DOCTYPE html><html><head><title>Spray &amp; migraine | News</title>"
    '<meta property="og:title" content="Spray &amp; migraine">'
    '<meta name="description" content="A trial of 200\u2026">'
    "<meta property=og:description content='A trial of 200 people'><style>p {}</style></head>"
)


def test_the_head_is_read_and_not_repeated():
    assert blocks(f"{HEAD}<body><h1>Spray &amp; migraine</h1><p>Text") == [
        ("title", "Spray & migraine | News"), ("meta", "A trial of 200 people"),
        ("heading", "Spray & migraine"), ("paragraph", "Text"),
    ]  # fmt: skip


def test_a_description_that_begins_like_the_title_is_kept():
    source = "<meta name=description content='Spray eases migraine'><title>Spray</title><p>x"
    assert blocks(source)[:2] == [("title", "Spray"), ("meta", "Spray eases migraine")]


def test_the_first_heading_is_the_title_where_the_head_has_none():
    assert blocks("<h1>One</h1><h1>Two</h1>") == [("title", "One"), ("heading", "Two")]


def test_every_kind_of_block():
    source = (
        "<p>one<p>two<ul><li>a<li>b <p>c</ul><blockquote>q<footer>who</footer></blockquote>"
        "<table><tr><td>d<th>e</table><figure><img src=x alt='pic &gt; 1'><figcaption>cap</figure>"
        "tail<div>inner</div>end<h3>head"
    )
    assert blocks(source) == [
        ("paragraph", "one"), ("paragraph", "two"), ("list-item", "a"), ("list-item", "b"),
        ("list-item", "c"), ("quote", "q"), ("table-cell", "d"), ("table-cell", "e"),
        ("caption", "pic > 1"), ("caption", "cap"), ("paragraph", "tail"), ("paragraph", "inner"),
        ("paragraph", "end"), ("heading", "head"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>'<p>no</p>'</script>", "<style>no</style>", "<nav><ul><li>no</ul></nav>",
        "<footer>no</footer>", "<template><p>no</template>", "<noscript>no</noscript>",
        "<svg><title>no</title><text>no</text></svg>", "<button>no</button>",
        "<select><option>no<option>no</select>", "<textarea>no</textarea>", "<p hidden>no</p>",
        "<div style='display : none'><p>no</div>", "<div aria-hidden=true>no</div>",
        "<div role=navigation>no</div>", "<!-- no -->", "<del>no</del>", "<code>no</code>",
        "<img alt=''>", "<nav>no<nav>no</nav>no</nav>",
    ],
)  # fmt: skip
def test_what_is_not_shown_is_not_read(hidden):
    assert read(f"<p>before</p>{hidden}<p>after</p>").text == "before\n\nafter"


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("a\n\t b&nbsp; c", "a b c"),
        ("5 &lt; 6 &amp and &notit; &bogus; &#146;", "5 < 6 & and \u00acit; &bogus; \u2019"),
        ("a<br>b<br><br>c", "a b\n\nc"),
        ("p < 0.05 and a<b", "p < 0.05 and a<b"),
        ("in MS<sup>1</sup> of 30 kg/m<sup>2</sup>", "in MS of 30 kg/m2"),
        ("patients.<sup><a href='#1'>1,2</a></sup> Next 10<sup>9</sup>", "patients. Next 109"),
        ("</p>a</div>b", "ab"),
        ("<p class='x>y'>a", "a"),
        ("wo<wbr>rd and <b>bo</b>ld", "word and bold"),
    ],
)
def test_the_words_as_they_are_shown(source, plain):
    assert read(source).text == plain


def test_links_and_quotations():
    document = read(
        '<p>The <a href="https://doi.org/10.1/x?a=1">no</a> '
        '<a href="https://pubmed.ncbi.nlm.nih.gov/32633662/">trial</a> <q>was good</q>.'
    )
    (citation,) = document.citations
    assert citation.value == "32633662"
    assert document.text[citation.span.start : citation.span.end] == "trial"
    assert [document.text[one.start : one.end] for one in document.attributed] == ["was good"]


@pytest.mark.parametrize(
    "mark",
    ["<div>", "<b>", "<a ", "<", "<!--", "<a x='", "</", "&", "<sup>", "<p><div>", "<tr><td>"],
)
def test_depth_and_damage_are_no_matter(mark):
    document = read(f"<p>word</p>{mark * 50_000} more")
    assert document.text.startswith("word")


@pytest.mark.parametrize("mark", ["<nav>", "<div hidden>", "<!-- claimcheck-disable"])
def test_what_goes_unread_because_it_never_ends_is_told(mark):
    document = read(f"<p>word\n{mark}\n<p>lost")
    assert document.text == "word"
    (notice,) = document.notices
    assert notice.line == 2
    assert notice.message.endswith("is never closed; what follows is not read")


def test_a_page_without_words_is_refused():
    with pytest.raises(InputError, match="nothing to read"):
        read("<html><script>var a;</script></html>")
