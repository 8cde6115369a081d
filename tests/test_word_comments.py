"""Copies of Word files: comments stand at the words they are on, and all else is as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from claimcheck.documents import read_bytes
from claimcheck.documents.word.annotate import annotate
from claimcheck.documents.word.comments import Note, Words
from claimcheck.documents.word.earlier import drop_earlier
from claimcheck.errors import InputError
from claimcheck.model.document import Span
from tests.word_factory import (
    W,
    commented,
    comments_of,
    name_of,
    notes,
    paragraph,
    part,
    parts_of,
    picture,
    relations,
    root_of,
    run,
    text_box,
    word,
)

SAID = ((Words("Overstated", bold=True),), (Words("See "), Words("it", link="https://doi.org/1")))
BODY = "word/document.xml"


def noted(data, *wanted):
    """The copy with a comment at each of some words, or ranges, of the extracted text."""
    source = read_bytes(data, name="draft.docx").source
    spans = [
        Span(source.index(one), source.index(one) + len(one)) if isinstance(one, str) else one
        for one in wanted
    ]
    said = [Note(span, SAID) for span in spans]
    return annotate(data, said, name="draft.docx", source=source)


WORDS = st.sampled_from(
    [
        *("cafe\u0301", "\U0001f468\u200d\U0001f469", "\u05e9\u05dc\u05d5\u05dd", "I\u0307", "x"),
        *("\u201cit\u2019s\u201d", "5\u00a0mg", "a & b < c", "]]>", "\u00ad", "\u2028", " ", "  "),
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map("".join)
LOOKS = st.sampled_from(["", "<w:b/>", '<w:rStyle w:val="Strong"/><w:i/>', '<w:sz w:val="30"/>'])
RUNS = st.builds(run, TEXT, LOOKS)
MIXED = st.builds(
    lambda one, other, between: (
        f'<w:r w:rsidR="00AB12CD"><w:rPr><w:b/></w:rPr>{between}<w:t>{one}</w:t>{between}'
        f'<w:t xml:space="preserve">{other}</w:t>{between}</w:r>'
    ),
    st.sampled_from(["ab", "c d", "e  f"]),
    st.sampled_from(["gh", " i", "j "]),
    st.sampled_from(["<w:tab/>", "<w:br/>", "<w:lastRenderedPageBreak/>", "<w:noBreakHyphen/>"]),
)
FIELD = st.builds(
    lambda inside: (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{inside}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    RUNS,
)
PLAIN = st.one_of(RUNS, MIXED, st.just('<w:bookmarkStart w:id="5" w:name="b"/>'))
AROUND = st.sampled_from(
    [
        '<w:ins w:id="80" w:author="E">{}</w:ins>',
        '<w:moveTo w:id="81" w:author="E">{}</w:moveTo>',
        '<w:hyperlink w:anchor="b">{}</w:hyperlink>',
        '<w:smartTag w:uri="u" w:element="e">{}</w:smartTag>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:bdo w:val="rtl">{}</w:bdo>',
        '<w:ins w:id="82" w:author="E"><w:hyperlink w:anchor="b">{}</w:hyperlink></w:ins>',
    ]
)
WITHIN = st.builds(
    lambda around, inside: around.format("".join(inside)), AROUND, st.lists(PLAIN, max_size=3)
)
GONE = st.sampled_from(
    [
        '<w:del w:id="83" w:author="E"><w:r><w:delText>cured </w:delText></w:r></w:del>',
        '<w:moveFrom w:id="84" w:author="E"><w:r><w:t>moved</w:t></w:r></w:moveFrom>',
        '<w:commentRangeStart w:id="7"/><w:commentRangeEnd w:id="7"/>',
        "<w:r><w:t/></w:r>",
    ]
)
PIECES = st.one_of(PLAIN, PLAIN, WITHIN, GONE, FIELD)
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=7).map(lambda inside: paragraph(*inside))
DELETED_END = '<w:p><w:pPr><w:rPr><w:del w:id="85" w:author="E"/></w:rPr></w:pPr>{}</w:p>'
BODIES = st.builds(
    lambda found, joined: "".join(found) + DELETED_END.format(run("joined to ")) + joined,
    st.lists(PARAGRAPHS, min_size=1, max_size=3),
    PARAGRAPHS,
)


def without_comments(root):
    """Every piece of a text with its look and all that it stands in, whatever runs it is cut in."""
    found = []
    for element in root.iter():
        local = name_of(element)
        inside = [one for one in element.iterancestors() if name_of(one) != "r"]
        where = tuple((name_of(one), tuple(one.attrib.items())) for one in inside)
        holder = element.getparent()
        if local == "rPr" or any(name_of(one) == "rPr" for one in inside):
            continue
        if local in {"commentRangeStart", "commentRangeEnd", "commentReference", "r", "t"}:
            if local != "t":
                continue
            look = holder.find(f"{{{W}}}rPr")
            look = b"" if look is None else etree.tostring(look, with_tail=False)
            rsid = tuple(holder.attrib.items())
            text = element.text or ""
            if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
                text = text.strip(" \t\r\n")
            found += [(sign, look, rsid, where) for sign in text]
        else:
            found.append((local, tuple(element.attrib.items()), where))
    return found


@given(BODIES, st.data())
def test_a_range_holds_the_very_words(body, data):
    draft = word(body)
    source = read_bytes(draft, name="draft.docx").source
    blocks = [found.span() for found in re.finditer(r"[^\n]+", source)]
    spans = []
    for _ in range(data.draw(st.integers(1, 4))):
        first, last = data.draw(st.sampled_from(blocks))
        start = data.draw(st.integers(first, last - 1))
        spans.append(Span(start, data.draw(st.integers(start + 1, last))))
    copy = noted(draft, *spans)
    # White space at the ends of a range is nowhere in particular.
    wanted = sorted(source[one.start : one.end].strip() for one in spans)
    held = commented(copy)
    assert sorted(text for id_, text in held.items() if id_ != "7") == wanted
    assert set(comments_of(copy)) == set(held) - {"7"}
    assert without_comments(root_of(copy)) == without_comments(root_of(draft))
    assert read_bytes(copy, name="draft.docx").source == source


def test_every_other_part_keeps_its_bytes_and_its_place():
    draft = word(
        paragraph(run("A spray cures all."), picture("")),
        parts={"styles": part("styles", ""), "footnotes": notes("footnotes", paragraph(run("x")))},
        more={"customXml/item1.xml": "<a  b = 'c' ></a >"},
    )
    before, after = parts_of(draft), parts_of(noted(draft, "cures"))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {BODY, "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert list(after)[: len(before)] == list(before)
    assert set(after) - set(before) == {"word/comments.xml", "word/_rels/comments.xml.rels"}


def test_comments_that_are_there_stay_and_new_ones_have_ids_of_their_own():
    old = part("comments", '<w:comment w:id="4" w:author="me"><w:p/></w:comment>')
    draft = word(
        paragraph(
            '<w:commentRangeStart w:id="4"/>', run("A spray cures all."),
            '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>',
            '<w:commentRangeStart w:id="11"/><w:commentRangeEnd w:id="11"/>',
        ),
        parts={"comments": old},
    )  # fmt: skip
    copy = noted(draft, "cures all", "spray")
    assert commented(copy) == {
        "4": "A spray cures all.", "11": "", "12": "spray", "13": "cures all",
    }  # fmt: skip
    assert comments_of(copy)["4"] == ("me", "")
    assert comments_of(copy)["13"] == ("claimcheck", "Overstated\nSee it")
    again = noted(copy, "all")
    assert commented(again)["14"] == "all"
    assert len(comments_of(again)) == 4
    assert "word/comments2.xml" not in parts_of(again)


def test_an_existing_comment_is_no_claim():
    said = part("comments", f'<w:comment w:id="0">{paragraph(run("Sprays cure all."))}</w:comment>')
    draft = word(paragraph(run("A text.")), parts={"comments": said})
    assert read_bytes(draft, name="draft.docx").source == "A text."


def margins():
    return {
        "header1": part("hdr", paragraph(run("Sprays help"))),
        "header2": part("hdr", paragraph(run("Sprays help"))),
        "footer1": part("ftr", paragraph(run("Sprays soothe"))),
    }


MARGINS = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
    '<w:headerReference w:type="first" r:id="header2"/>'
    '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>'
)


def test_where_no_comment_can_stand_it_hangs_nearby_and_says_so():
    draft = word(
        paragraph(run("The opening."), '<w:r><w:t>See</w:t><w:footnoteReference w:id="1"/></w:r>')
        + paragraph(run("A box: "), text_box(paragraph(run("Sprays cure."))))
        + paragraph(picture("Sprays ease."), run(" after"))
        + MARGINS,
        parts={
            "footnotes": notes("footnotes", paragraph(run("One.")) + paragraph(run("Two cured."))),
            **margins(),
        },
    )
    document = read_bytes(draft, name="draft.docx")
    assert document.source.split("\n\n") == [
        "The opening.See", "Sprays cure.", "A box:", "after", "Sprays ease.", "One.", "Two cured.",
        "Sprays help", "Sprays soothe",
    ]  # fmt: skip
    copy = noted(draft, "Sprays cure", "Sprays ease", "Two cured", "Sprays help", "soothe")
    said = {id_: words.split("\n")[0] for id_, (_, words) in comments_of(copy).items()}
    held = commented(copy)
    assert [(said[id_], held[id_]) for id_ in sorted(held)] == [
        ("In a text box: “Sprays cure”", "Sprays cure."),
        ("In the description of a picture: “Sprays ease”", ""),
        ("In a footnote: “Two cured”", ""),
        ("In the header: “Sprays help”", "The opening.See"),
        ("In the footer: “soothe”", "The opening.See"),
    ]
    body = root_of(copy)
    for inside in body.iter("{*}txbxContent"):
        assert not [one for one in inside.iter() if "comment" in name_of(one)]
    mark = next(body.iter("{*}footnoteReference")).getparent()
    assert [name_of(one) for one in (mark.getprevious(), mark.getnext())] == [
        "commentRangeStart", "commentRangeEnd",
    ]  # fmt: skip
    assert without_comments(body) == without_comments(root_of(draft))


def test_headers_are_read_like_headlines():
    document = read_bytes(word(paragraph(run("A.")) + MARGINS, parts=margins()), name="a.docx")
    assert [block.kind.value for block in document.blocks[1:]] == ["meta", "meta"]


def test_links_in_a_footnote_lead_where_they_lead():
    note = paragraph('<w:hyperlink r:id="rId9">', run("The trial"), "</w:hyperlink>")
    address = "https://doi.org/10.1234/abc"
    related = (
        f'<Relationship Id="rId9" Type="x/hyperlink" Target="{address}" TargetMode="External"/>'
    )
    draft = word(
        paragraph(run("A text.")),
        parts={"footnotes": notes("footnotes", note)},
        more={"word/_rels/footnotes.xml.rels": relations(related)},
    )
    (citation,) = read_bytes(draft, name="a.docx").citations
    assert citation.value == "10.1234/abc"


def test_links_of_fields_whose_code_stands_in_pieces():
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(text):
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    nested = (mark("begin"), code(" REF x "), mark("separate"), run("the "), mark("end"))
    address = (code(" HYPERLINK "), code('"https://doi.org/10.12'), code('34/abc"'))
    draft = word(
        paragraph(
            run("See "), mark("begin"), *address, mark("separate"), *nested, run("trial"),
            mark("end"), run(", and more."), mark("end"), mark("separate"), code("x"),
        )
    )  # fmt: skip
    document = read_bytes(draft, name="a.docx")
    (citation,) = document.citations
    assert citation.value == "10.1234/abc"
    assert document.text[citation.span.start : citation.span.end] == "the trial"


def test_deleted_text_is_not_read():
    gone = '<w:del w:id="1" w:author="E"><w:r>{}</w:r></w:del>'
    draft = word(
        paragraph(run("A spray "), gone.format("<w:delText>cures</w:delText>"), run("eases."))
        + DELETED_END.format(gone.format("<w:delText>Sprays cure.</w:delText>"))
        + DELETED_END.format(run("One "))
        + paragraph(run("line."), gone.format('<w:footnoteReference w:id="1"/>')),
        parts={"footnotes": notes("footnotes", paragraph(run("Sprays cure.")))},
    )
    assert read_bytes(draft, name="a.docx").source == "A spray eases.\n\nOne line."


def test_what_cannot_be_cut_is_marked_whole():
    draft = word(
        paragraph(
            run("where "), "<m:oMath><m:r><m:t>p=4</m:t></m:r></m:oMath>",
            '<w:fldSimple w:instr="PAGE">', run("page 12"), "</w:fldSimple>",
            "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>", run("name of it"),
            "</w:sdtContent></w:sdt>", run(" is"),
        )
    )  # fmt: skip
    copy = noted(draft, "=", "12", "of")
    assert list(commented(copy).values()) == ["p=4", "page 12", "name of it"]
    assert without_comments(root_of(copy)) == without_comments(root_of(draft))


def test_a_comment_in_an_insertion_hangs_beside_it():
    inserted = f'<w:ins w:id="9" w:author="E">{run("cures all")}</w:ins>'
    copy = noted(word(paragraph(inserted, run("."))), "cures")
    reference = next(root_of(copy).iter("{*}commentReference"))
    assert "ins" not in {name_of(one) for one in reference.iterancestors()}


def test_space_that_word_does_not_show_is_not_shown_by_cutting():
    copy = noted(word(paragraph("<w:r><w:t>  a spray  </w:t></w:r>")), "spray")
    assert [one.text or "" for one in root_of(copy).iter("{*}t")] == ["a ", "spray", ""]


def test_styles_of_comments_are_used_in_any_language():
    styles = part(
        "styles",
        '<w:style w:styleId="Kommentarzeichen"><w:name w:val="annotation reference"/></w:style>'
        '<w:style w:styleId="Kommentartext"><w:name w:val="annotation text"/></w:style>',
    )
    copy = noted(word(paragraph(run("A spray")), parts={"styles": styles}), "spray")
    assert {one.get(f"{{{W}}}val") for one in root_of(copy).iter("{*}rStyle")} == {
        "Kommentarzeichen"
    }
    comments = root_of(copy, "word/comments.xml")
    assert {one.get(f"{{{W}}}val") for one in comments.iter("{*}pStyle")} == {"Kommentartext"}


def strict(xml):
    return xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")


def test_strict_files_and_bodies_under_other_names():
    office = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    body = strict(part("document", f"<w:body>{paragraph(run('A spray cures.'))}</w:body>"))
    main = f'<Relationship Id="a" Type="{office}/officeDocument" Target="/word/document2.xml"/>'
    draft = word("", more={"_rels/.rels": relations(main), "word/document2.xml": body})
    copy = parts_of(noted(draft, "cures"))
    root = etree.fromstring(copy["word/document2.xml"])
    space = etree.QName(root).namespace
    assert next(root.iter(f"{{{space}}}commentReference")) is not None
    assert etree.QName(etree.fromstring(copy["word/comments.xml"])).namespace == space
    assert f"{office}/comments" in copy["word/_rels/document2.xml.rels"].decode()


def test_words_that_no_xml_can_hold():
    draft = word(paragraph(run("A spray")))
    said = Note(Span(2, 7), ((Words("\x00\x1b[1m \ud800 \uffff <b>&amp;"),),))
    copy = annotate(draft, [said], name="a", source="A spray")
    assert comments_of(copy)["0"][1] == "\ufffd\ufffd[1m \ufffd \ufffd <b>&amp;"


def test_ten_thousand_runs_and_links():
    linked = '<w:hyperlink r:id="rIdL"><w:r><w:t xml:space="preserve">ab </w:t></w:r></w:hyperlink>'
    draft = word(paragraph(linked * 10_000), addresses={"rIdL": "https://doi.org/10.1234/abc"})
    source = read_bytes(draft, name="a.docx").source
    spans = [Span(start, start + 5) for start in range(0, len(source) - 5, 30)]
    copy = noted(draft, *spans)
    assert set(commented(copy).values()) == {"ab ab"}
    assert len(commented(copy)) == len(spans)


def test_a_file_that_was_changed_meanwhile_is_left_alone():
    draft = word(paragraph(run("A spray")))
    with pytest.raises(InputError, match="changed while it was checked"):
        annotate(draft, [], name="a", source="Another spray")


ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    f'<w:comments xmlns:w="{W}">&b;</w:comments>'
)


@pytest.mark.parametrize(
    ("comments", "message"),
    [
        ("<w:comments", "no sound XML"),
        (ENTITIES, "document type"),
        (f'<w:comments xmlns:w="{W}">{" " * 30_000_000}</w:comments>', "unpacks to"),
    ],
    ids=["broken", "entities", "bomb"],
)
def test_a_hostile_comments_part_is_refused(comments, message):
    draft = word(paragraph(run("A spray")), parts={"comments": comments})
    with pytest.raises(InputError, match=message):
        noted(draft, "spray")


def test_a_body_without_text_bears_the_comment_on_its_header():
    draft = word(f"<w:p/>{MARGINS}", parts=margins())
    copy = noted(draft, "Sprays soothe")
    assert comments_of(copy)["0"][1].startswith("In the footer: “Sprays soothe”")
    assert len(list(root_of(copy).iter("{*}commentReference"))) == 1
    with pytest.raises(InputError, match="no paragraph that could bear a comment"):
        noted(word(MARGINS, parts=margins()), "Sprays soothe")


def test_comments_that_end_at_one_place_hang_in_the_order_of_their_beginnings():
    copy = noted(word(paragraph(run("A spray cures all."))), "all.", "spray cures all.", None)
    ends = [
        one.get(f"{{{W}}}id")
        for one in root_of(copy).iter("{*}commentRangeEnd", "{*}commentReference")
    ]
    assert ends == ["0", "0", "1", "1", "2", "2"]
    assert commented(copy) == {"0": "A spray cures all.", "1": "spray cures all.", "2": "all."}


NAMES = st.sampled_from(
    re.findall(
        r"\w+",
        "p r t p r t tab br ins del hyperlink sdt sdtPr sdtContent text fldSimple rPr pPr b vanish "
        "tbl tr tc txbxContent drawing docPr pict smartTag ruby rt sym footnoteReference "
        "commentRangeStart commentRangeEnd commentReference headerReference sectPr instrText",
    )
)
OTHERS = st.sampled_from(
    ["mc:AlternateContent", "mc:Choice", "mc:Fallback", "m:oMath", "m:r", "m:t"]
)
TREES = st.recursive(
    st.sampled_from(["", "words ", " and", "&lt;b&gt;", "<!-- c -->", "<?pi x?>", "<w:r/>"]),
    lambda inside: st.builds(
        lambda name, id_, children: (
            f'<{name} w:id="{id_}" r:id="header1" descr="d">{"".join(children)}</{name}>'
        ),
        st.one_of(NAMES.map("w:{}".format), NAMES.map("w:{}".format), OTHERS),
        st.integers(0, 2),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(TREES, max_size=4).map("".join), st.data())
def test_any_markup_is_read_and_keeps_its_text(body, data):
    parts = {**margins(), "footnotes": notes("footnotes", paragraph(run("A note.")))}
    draft = word(f"{body}<w:p>{run('The end.')}</w:p>", parts=parts)
    source = read_bytes(draft, name="draft.docx").source
    start = data.draw(st.integers(0, len(source) - 1))
    end = data.draw(st.integers(start + 1, min(len(source), start + 20)))
    if "\n" not in source[start:end]:
        copy = noted(draft, Span(start, end), None)
        assert read_bytes(copy, name="draft.docx").source == source
        assert len(comments_of(copy)) == 2


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), min_size=1, max_size=20))
def test_a_damaged_file_is_refused_or_copied(flips):
    draft = bytearray(word(paragraph(run("A spray cures all.")), parts=margins()))
    for at, by in flips:
        draft[at % len(draft)] ^= by
    try:
        noted(bytes(draft), Span(0, 1))
    except InputError:
        return


def test_a_comment_of_an_earlier_check_stays_where_somebody_answered_it():
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    comment = (
        '<w:comment w:id="{0}" w:author="claimcheck"><w:p w14:paraId="0000000{0}"><w:r>'
        "<w:t>✗ Overstated [error] CC101</w:t></w:r></w:p></w:comment>"
    )
    comments = etree.fromstring(
        f'<w:comments xmlns:w="{W}" xmlns:w14="{w14}">{comment.format(1)}{comment.format(2)}'
        "</w:comments>"
    )
    reference = '<w:r><w:rPr/><w:commentReference w:id="{}"/></w:r>'
    body = etree.fromstring(
        f'<w:p xmlns:w="{W}"><w:commentRangeStart w:id="2"/><w:r><w:t>Turmeric</w:t></w:r>'
        f'<w:commentRangeEnd w:id="2"/>{reference.format(1)}{reference.format(2)}</w:p>'
    )
    drop_earlier(comments, body, author="claimcheck", answered={"00000001"})
    assert [one.get(f"{{{W}}}id") for one in comments] == ["1"]
    assert [name_of(one) for one in body] == ["r", "r"]
    assert [one.get(f"{{{W}}}id") for one in body.iter(f"{{{W}}}commentReference")] == ["1"]
