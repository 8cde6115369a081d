"""LibreOffice opens the copies of Word files, and shows in them what was there and our comments."""

from __future__ import annotations

import subprocess
import zipfile

import pytest
from lxml import etree

from claimcheck.documents import read_bytes
from claimcheck.documents.word.annotate import annotate
from claimcheck.documents.word.comments import Note, Words
from claimcheck.model.document import Span
from tests.word_factory import notes, paragraph, part, picture, run, text_box, word

pytestmark = pytest.mark.office

DELETED = '<w:del w:id="90" w:author="E"><w:r><w:delText>cures </w:delText></w:r></w:del>'
BODY = (
    paragraph(run("A spray tested "), run("in people", "<w:b/>"))
    + paragraph(
        '<w:commentRangeStart w:id="0"/>',
        run("The spray "),
        DELETED,
        f'<w:ins w:id="91" w:author="E">{run("relieves ")}</w:ins>',
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        f'<w:hyperlink r:id="rIdL">{run("pain in ")}{run("most", "<w:i/>")}</w:hyperlink>',
        run(" people \U0001f600."),
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
    )
    + "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
    + paragraph(run("The spray in a cell soothes."))
    + "</w:tc></w:tr></w:tbl>"
    + paragraph(run("Box: "), text_box(paragraph(run("The spray in a box eases."))))
    + paragraph(picture("The spray in a picture."))
    + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
)
PARTS = {
    "footnotes": notes("footnotes", paragraph(run("One.")) + paragraph(run("Sprays in a note."))),
    "header1": part("hdr", paragraph(run("Sprays in a header."))),
    "comments": part(
        "comments", f'<w:comment w:id="0" w:author="me">{paragraph(run("Sure?"))}</w:comment>'
    ),
}
WANTED = (
    "spray relieves pain in most",
    "cell soothes",
    "in a box eases",
    "in a picture",
    "in a note",
    "in a header",
)


def opened(data, folder, *, name):
    """What LibreOffice makes of a file: the text of an OpenDocument."""
    path = folder / f"{name}.docx"
    path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "odt", "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(folder / f"{name}.odt") as odt:
        return etree.fromstring(odt.read("content.xml"))


def local(element):
    return etree.QName(element).localname


def annotations(content):
    """Each annotation's words, and the words that it is on, in the order of the text."""
    said, on, running = {}, {}, {}
    for element in content.iter():
        if local(element) == "annotation":
            name = element.get(f"{{{element.nsmap['office']}}}name") or element
            lines = [one for one in element if local(one) == "p"]
            said[name] = "\n".join("".join(one.itertext()) for one in lines)
            running[name] = ""
        elif local(element) == "annotation-end":
            name = element.get(f"{{{element.nsmap['office']}}}name")
            on[name] = running.pop(name)
        inside = {local(one) for one in (element, *element.iterancestors())}
        if not inside & {"annotation", "tracked-changes"}:
            running = {name: text + (element.text or "") for name, text in running.items()}
        outer = {local(one) for one in element.iterancestors()}
        if not outer & {"annotation", "tracked-changes"}:
            running = {name: text + (element.tail or "") for name, text in running.items()}
    return [(said[name], on.get(name, "")) for name in said]


def kept(content):
    """The text and its looks, without annotations: words, tables, links, notes, pictures."""
    for element in list(content.iter()):
        if local(element) in {"annotation", "annotation-end"}:
            before, parent = element.getprevious(), element.getparent()
            if before is None:
                parent.text = (parent.text or "") + (element.tail or "")
            else:
                before.tail = (before.tail or "") + (element.tail or "")
            parent.remove(element)
    body = next(one for one in content.iter() if local(one) == "body")
    things = [local(one) for one in body.iter() if local(one) not in {"span", "a", "p"}]
    links = {one.get(f"{{{one.nsmap['xlink']}}}href") for one in body.iter() if local(one) == "a"}
    return "".join(body.itertext()), things, links


def test_libreoffice_shows_the_comments_and_all_that_was_there(tmp_path):
    draft = word(BODY, addresses={"rIdL": "https://doi.org/10.1234/abc"}, parts=PARTS)
    source = read_bytes(draft, name="draft.docx").source
    said = [
        Note(
            Span(source.index(one), source.index(one) + len(one)),
            ((Words("Overstated", bold=True),), (Words("the trial", link="https://x.org/t"),)),
        )
        for one in WANTED
    ]
    copy = annotate(draft, said, name="draft.docx", source=source)
    before = opened(draft, tmp_path, name="before")
    after = opened(copy, tmp_path, name="after")
    ours = "Overstated\nthe trial"
    found = annotations(after)
    assert ("Sure?", "The spray relieves ") in found
    assert (ours, "spray relieves pain in most") in found
    assert (ours, "cell soothes") in found
    placed = {words.removesuffix(f"\n{ours}") for words, _ in found}
    assert {
        "In a text box: “in a box eases”",
        "In the description of a picture: “in a picture”",
        "In a footnote: “in a note”",
        "In the header: “in a header”",
    } <= placed
    assert len(found) == len(WANTED) + 1
    assert kept(after) == kept(before)
