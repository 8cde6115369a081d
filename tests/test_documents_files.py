"""Files as they come: encodings, forms told by name or content, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from claimcheck.documents import encoding as encodings
from claimcheck.documents import format_of, read_bytes, read_path, read_text
from claimcheck.errors import InputError
from claimcheck.model.document import Format
from tests.word_factory import paragraph, run, word

TEXT = (
    "R\u00e9sultats \u2014 the spray\u2019s effect was \u201csmall\u201d.\r\n"
    "Na\u00efve patients \u03b1\u03b2\u03b3.\n"
)
LATIN = (
    "Le traitement n\u2019a pas am\u00e9lior\u00e9 la sant\u00e9 des patients \u00e2g\u00e9s. " * 9
)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_marks_are_dropped_and_line_ends_kept(mark, encoding):
    assert read_bytes(mark + TEXT.encode(encoding), name="a.txt").source == TEXT


def test_older_encodings_are_told():
    assert read_bytes(LATIN.encode("cp1252"), name="a.txt").source == LATIN


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("疲労を和らげる試験です。", "shift_jis", "cp932"),
        ("疲労を和らげる試験です。", "euc_jp", "euc_jis_2004"),
        ("Ketamine (ケタミン) may help.", "shift_jis", "cp932"),
        ("氯胺酮缓解多发性硬化症患者的疲劳。", "gb18030", "gb18030"),
        ("케타민은 다발성 경화증의 피로를 완화한다.", "euc_kr", "cp949"),
    ],
)
def test_a_guess_of_an_encoding_is_told(text, encoding, told):
    document = read_bytes(f"{text}\nIt may help.\n".encode(encoding), name="a.txt")
    assert document.source == f"{text}\nIt may help.\n"
    (notice,) = document.notices
    assert f"read as {told}, which is a guess" in notice.message


def test_the_common_encoding_is_no_guess():
    assert read_bytes("The patient’s pain fell.".encode("cp1252"), name="a.txt").notices == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(encoding):
    text = "The spray did not change the number of headaches.\n" * 5
    assert read_bytes(text.encode(encoding), name="a.txt").source == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        ("\u00a0\u200b\n".encode(), "empty"),
        (bytes(range(256)) * 10, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 50, "binary"),
        (b"\x7fELF\2\1\1" + b"\0" * 50, "binary"),
        (b"\0\1\2", "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "old Word"),
        (b"{\\rtf1 text}", "RTF"),
        (codecs.BOM_UTF16_LE + b"\0\xd8a", "save it as UTF-8"),
    ],
)
@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft"])
def test_what_cannot_be_read_says_why(data, message, name):
    with pytest.raises(InputError, match=message) as caught:
        read_bytes(data, name=name)
    assert str(caught.value).startswith(f"{name}: ")


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(encodings, "MAX_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_text("more than ten bytes")
    with pytest.raises(InputError, match="split it"):
        read_path(path)


@pytest.mark.parametrize("form", list(Format))
def test_too_long_a_text_is_refused_in_every_form(monkeypatch, form):
    monkeypatch.setattr("claimcheck.documents.weave.MAX_TEXT", 50)
    words = ["Ketamine reduced fatigue."] * 3
    data = {
        Format.TEXT: "\n\n".join(words).encode(),
        Format.MARKDOWN: "\n\n".join(words).encode(),
        Format.HTML: "".join(f"<p>{one}</p>" for one in words).encode(),
        Format.DOCX: word("".join(paragraph(run(one)) for one in words)),
    }[form]
    with pytest.raises(InputError, match=r"^long: the draft holds more than .* split it"):
        read_bytes(data, name="long", format=form)
    assert read_bytes(b"Ketamine reduced fatigue.", name="short").text == words[0]


def test_missing_files_and_folders(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_path(path)


def test_a_path_is_read_under_its_name(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"# Head\r\n")
    document = read_path(path)
    assert (document.name, document.title, document.source) == (str(path), "Head", "# Head\r\n")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.md", Format.MARKDOWN),
        ("b/A.MARKDOWN", Format.MARKDOWN),
        ("a.txt", Format.TEXT),
        ("a.htm", Format.HTML),
        ("a.docx", Format.DOCX),
        ("a.tar", None),
        ("README", None),
    ],
)
def test_the_form_by_name(name, form):
    assert format_of(name) is form


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"<!doctype html><p>x", Format.HTML),
        (b"\n<!-- c -->\n<HTML><p>x", Format.HTML),
        (b"<?xml version='1.0'?><html><p>x", Format.HTML),
        (b"<div>x</div>", Format.HTML),
        (b"p < 0.05 <b>", Format.TEXT),
        (b"<5 patients", Format.TEXT),
        (b"# Head", Format.TEXT),
        (b"# Head\n\nText.", Format.MARKDOWN),
        (b"# Head\r\n\r\nText.", Format.MARKDOWN),
        (b"Text.\n\n## Head\n\nText.", Format.MARKDOWN),
        (b"#1 in sales.\n\nText.", Format.TEXT),
        (b"---\ntitle: x\n---\nText.", Format.MARKDOWN),
        (b"---\n\nText.", Format.TEXT),
        (b"Text.\n```\ncode\n```\n", Format.MARKDOWN),
        (b"See [it](https://x.org/a).", Format.MARKDOWN),
        (b"See [1] (https://x.org/a).", Format.TEXT),
        (b"<!-- claimcheck:ignore -->\nText.", Format.MARKDOWN),
    ],
)
def test_the_form_by_content(data, form):
    assert read_bytes(data, name="-").format is form


def test_a_name_and_a_wish_go_before_content():
    assert read_bytes(b"<p>x", name="a.txt").format is Format.TEXT
    assert read_bytes(b"<p>x", name="a.txt", format=Format.HTML).text == "x"


def test_a_docx_is_no_text():
    with pytest.raises(InputError, match="read its bytes"):
        read_text("x", format=Format.DOCX)
