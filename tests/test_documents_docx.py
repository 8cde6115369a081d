"""Word drafts: what of them is read, and what is refused."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from claimcheck.documents import read_bytes
from claimcheck.errors import InputError
from claimcheck.model.document import Coordinates, Format


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(document):
    return read_bytes(saved(document), name="draft.docx")


def blocks(document):
    return [
        (one.kind.value, document.text[one.span.start : one.span.end]) for one in document.blocks
    ]


def element(xml):
    return parse_xml(xml.replace(">", f" {nsdecls('w', 'r')}>", 1))


def append(paragraph, child):
    paragraph._element.append(child)  # noqa: SLF001  (python-docx's own way to lxml)


def repacked(data, changes):
    """The same package with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content, compress_type=zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def test_every_kind_of_block():
    draft = docx.Document()
    draft.add_heading("Spray for migraine", 0)
    draft.add_paragraph("A subtitle", style="Subtitle")
    draft.add_heading("Results", 1)
    draft.add_paragraph("It  worked\tin\nmost.")
    draft.add_paragraph("an item", style="List Bullet")
    draft.add_paragraph("I slept well.", style="Quote")
    draft.add_paragraph("Figure 1", style="Caption")
    table = draft.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "group", "p"
    draft.add_paragraph().add_run("A line in bold").bold = True
    document = read(draft)
    assert blocks(document) == [
        ("title", "Spray for migraine"), ("meta", "A subtitle"), ("heading", "Results"),
        ("paragraph", "It worked in most."), ("list-item", "an item"), ("quote", "I slept well."),
        ("caption", "Figure 1"), ("table-cell", "group"), ("table-cell", "p"),
        ("heading", "A line in bold"),
    ]  # fmt: skip
    assert document.coordinates is Coordinates.EXTRACTED
    assert document.format is Format.DOCX
    assert document.source == document.text
    assert [document.text[one.start : one.end] for one in document.attributed] == ["I slept well."]


def test_without_styles_the_first_short_line_is_the_title():
    draft = docx.Document()
    draft.add_paragraph("Spray eases migraine")
    draft.add_paragraph("A trial was done.")
    assert read(draft).title == "Spray eases migraine"


def test_tracked_changes_are_read_as_accepted():
    draft = docx.Document()
    paragraph = draft.add_paragraph("The spray ")
    append(paragraph, element("<w:del><w:r><w:delText>cures </w:delText></w:r></w:del>"))
    append(paragraph, element("<w:ins><w:r><w:t>may ease </w:t></w:r></w:ins>"))
    append(paragraph, element("<w:moveFrom><w:r><w:t>all </w:t></w:r></w:moveFrom>"))
    paragraph.add_run("migraine.")
    hidden = paragraph.add_run(" secret")
    hidden.font.hidden = True
    assert read(draft).text == "The spray may ease migraine."


def test_links_and_requests():
    draft = docx.Document()
    paragraph = draft.add_paragraph("See  ")
    relation = draft.part.relate_to(
        "https://doi.org/10.1234/abc",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = element(f'<w:hyperlink r:id="{relation}"><w:r><w:t>the trial</w:t></w:r></w:hyperlink>')
    append(paragraph, link)
    paragraph.add_run(" now. claimcheck:ignore CC101 -- agreed")
    draft.add_paragraph("The end.")
    document = read(draft)
    assert document.text == "See the trial now.\n\nThe end."
    (citation,) = document.citations
    assert document.text[citation.span.start : citation.span.end] == "the trial"
    (request,) = document.suppressions
    assert (request.codes, request.reason) == (("CC101",), "agreed")
    governed = document.source[request.span.start : request.span.end]
    assert governed.startswith("See the trial")
    start = document.text.index("The end")
    block = document.blocks[1].span
    assert block.start == start
    assert document.source[document.offsets.source_span(block).start :] == "The end."


def test_footnotes_come_last():
    draft = docx.Document()
    draft.add_paragraph("A short text.")
    notes = (
        f"<w:footnotes {nsdecls('w')}><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>no"
        "</w:t></w:r></w:p></w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>PMID: 123"
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    document = read_bytes(repacked(saved(draft), {"word/footnotes.xml": notes}), name="a.docx")
    assert document.text == "A short text.\n\nPMID: 123"


def test_a_word_file_under_another_name_is_known_by_its_content():
    draft = docx.Document()
    draft.add_paragraph("A text.")
    assert read_bytes(saved(draft), name="-").text == "A text."


@pytest.mark.parametrize(
    ("before", "raised", "read_as"),
    [
        ("in MS", ["1"], "in MS now"),
        ("in MS.", ["1", ",", "2"], "in MS. now"),
        ("in people", ["2"], "in people now"),
        ("in people", ["*"], "in people now"),
        ("30 kg/m", ["2"], "30 kg/m2 now"),
        ("per s", ["-1"], "per s-1 now"),
        ("10", ["6"], "106 now"),
        ("the 4", ["th"], "the 4th now"),
        ("Ca", ["2+"], "Ca2+ now"),
    ],
)
def test_raised_numbers_of_sources_are_not_read(before, raised, read_as):
    draft = docx.Document()
    paragraph = draft.add_paragraph(before)
    for text in raised:
        paragraph.add_run(text).font.superscript = True
    paragraph.add_run(" now")
    assert read(draft).text == read_as


ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
    "<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&b;&f;</w:t></w:r></w:p></w:body>"
    "</w:document>"
)
BOMB = f"<w:document {nsdecls('w')}>{' ' * 30_000_000}</w:document>"
DEEP = f"<w:document {nsdecls('w')}>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:document>"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"word/document.xml": ENTITIES}, "document type"),
        ({"word/document.xml": "<w:document"}, "no sound XML"),
        ({"word/document.xml": DEEP}, "no sound XML"),
        ({"word/document.xml": BOMB}, "unpacks to"),
    ],
    ids=["entities", "broken", "deep", "bomb"],
)
def test_hostile_files_are_refused(changes, message):
    data = repacked(saved(docx.Document()), changes)
    with pytest.raises(InputError, match=message):
        read_bytes(data, name="a.docx")


def test_damaged_and_empty_files_are_refused():
    draft = docx.Document()
    assert_refused(saved(draft), "empty")
    draft.add_paragraph("A text.")
    data = saved(draft)
    for size in (4, 100, len(data) // 2, len(data) - 10):
        assert_refused(data[:size], "damaged or cut off")
    assert_refused(b"", "empty")
    assert_refused(b"no zip at all", "damaged or cut off")
    flipped = bytearray(data)
    for at in range(200, 2000, 7):
        flipped[at] ^= 0xFF
    assert_refused(bytes(flipped), "damaged")
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert_refused(other.getvalue(), "no Word document")


def assert_refused(data, message):
    with pytest.raises(InputError, match=message):
        read_bytes(data, name="draft.docx")
