"""Which streams do paths stand for, and what does each hold?"""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import InputError
from claimcheck.model.imported import Skipped
from claimcheck.model.trial import Trial
from claimcheck.trials.importers import Kind, import_sources, kind_of, sources
from tests import import_factory as made

MANY = json.dumps({"studies": [made.study()], "nextPageToken": "x"})
KINDS = {
    "study": (made.study_text(), Kind.CTGOV),
    "study, indented": (json.dumps(made.study(), indent=2), Kind.CTGOV),
    "page": (MANY, Kind.CTGOV),
    "lines": (made.study_text() + "\n" + made.study_text(nct="NCT09000002"), Kind.CTGOV),
    "list": (json.dumps([made.study()]), Kind.CTGOV),
    "pubmed": (made.PUBMED, Kind.PUBMED),
    "pubmed, in a comment's shadow": ("<!-- <article> -->" + made.PUBMED, Kind.PUBMED),
    "jats": (made.JATS, Kind.JATS),
    "jats set": (f"<pmc-articleset>{made.JATS[22:]}</pmc-articleset>", Kind.JATS),
    "nbib": (made.NBIB, Kind.NBIB),
    "nbib after a blank line": ("\n" + made.NBIB, Kind.NBIB),
    "nbib with CRLF": (made.NBIB.replace("\n", "\r\n"), Kind.NBIB),
    "library": (made.LIBRARY, Kind.LIBRARY),
    "record": (made.RECORD, Kind.RECORD),
    "record as JSON": ('{"id": "a", "outcomes": []}', Kind.RECORD),
    "abstract": (made.PROSE, Kind.ABSTRACT),
    "abstract with title": (f"{made.TITLE}\n\n{made.PROSE}", Kind.ABSTRACT),
    "web page": ("<!DOCTYPE html><html><article>text</article></html>", None),
    "other XML": ("<rss><channel/></rss>", None),
    "other JSON": ('{"error": "no such study"}', None),
    "table": ("NCT00000001\tnone_sig\nNCT00000002\tall_sig\n" * 30, None),
    "a few words": ("Zelomab works.", None),
    "nothing": ("", None),
    "blanks": (" \n\t\n", None),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_content_tells_the_kind(name):
    text, kind = KINDS[name]
    assert kind_of(text.encode()) is kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_kind_is_told_in_any_encoding(encoding):
    assert kind_of(made.study_text().encode(encoding)) is Kind.CTGOV
    assert kind_of(made.PUBMED.encode(encoding)) is Kind.PUBMED


@given(st.binary(max_size=3000))
def test_no_bytes_break_the_telling(data):
    assert kind_of(data) is None or isinstance(kind_of(data), Kind)


def found(*paths, stdin=b""):
    return list(import_sources([str(path) for path in paths], None, stdin=io.BytesIO(stdin)))


def ids(*paths, stdin=b""):
    return [one.id for one in found(*paths, stdin=stdin) if isinstance(one, Trial)]


def record(name):
    return made.RECORD.replace("zelomab-trial", name).encode()


def zipped(path, files, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_a_folder_is_read_in_order_and_to_the_bottom(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.yaml").write_bytes(record("two"))
    (tmp_path / "1.yaml").write_bytes(record("one"))
    (tmp_path / ".hidden.yaml").write_bytes(record("hidden"))
    assert ids(tmp_path) == ["one", "two"]


def test_a_readme_beside_records_is_no_abstract(tmp_path):
    (tmp_path / "README.md").write_text(made.PROSE)
    (tmp_path / "1.yaml").write_bytes(record("one"))
    trial, skipped = found(tmp_path)
    assert isinstance(skipped, Skipped)
    assert trial.id == "one"


def test_packed_files_are_read_whatever_they_are_called(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(record("one")))
    (tmp_path / "b.yaml").write_bytes(gzip.compress(record("two")))
    zipped(tmp_path / "c.zip", {"x/3.yaml": record("three"), "4.gz": gzip.compress(record("4"))})
    assert ids(tmp_path) == ["one", "two", "three", "4"]


def test_standard_input_may_hold_any_of_them(tmp_path):
    archive = zipped(tmp_path / "c.zip", {"1": record("one")}).read_bytes()
    assert ids("-", stdin=record("one")) == ["one"]
    assert ids("-", stdin=gzip.compress(record("one"))) == ["one"]
    assert ids("-", stdin=archive) == ["one"]


def test_records_come_a_line_each(tmp_path):
    path = tmp_path / "all.jsonl"
    path.write_text('{"id": "a", "outcomes": []}\n\n{"id": "b"}\nnot json\n{"id": 5, "x": 1}\n')
    trials = found(path)
    assert [one.id for one in trials if isinstance(one, Trial)] == ["a", "b"]
    assert [one.name for one in trials if isinstance(one, Skipped)] == [f"{path}:4", f"{path}:5"]


def test_a_path_that_leads_nowhere_is_named_before_anything_is_read(tmp_path):
    (tmp_path / "1.yaml").write_bytes(record("one"))
    with pytest.raises(InputError, match=r"nowhere: no such file"):
        list(import_sources([str(tmp_path), str(tmp_path / "nowhere")], None))


def bomb(path):
    data = io.BytesIO()
    with gzip.GzipFile(fileobj=data, mode="wb") as file:
        file.write(b'{"studies": [')
        for _ in range(60):
            file.write(b" " * 1_000_000)
    path.write_bytes(data.getvalue())


def cut(path, size):
    path.write_bytes(path.read_bytes()[:size])


def test_what_unpacks_out_of_proportion_is_not_read(tmp_path):
    bomb(tmp_path / "a.gz")
    zipped(tmp_path / "b.zip", {"x.json": b'{"studies": [' + b" " * 20_000_000})
    reasons = [one.reason for one in found(tmp_path)]
    assert len(reasons) == 2
    assert all("times its size" in reason for reason in reasons)


def test_damaged_packs_are_named_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(record("one") * 500)[:60])
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04 and then nothing of the kind")
    (tmp_path / "c.gz").write_bytes(b"\x1f\x8b not gzip")
    zipped(tmp_path / "d.zip", {"e.zip": zipped(tmp_path / "e", {}).read_bytes()})
    zipped(tmp_path / "f.docx", {"[Content_Types].xml": b"<Types/>"})
    (tmp_path / "z.yaml").write_bytes(record("last"))
    (tmp_path / "e").unlink()
    *skipped, trial = found(tmp_path)
    assert trial.id == "last"
    assert len(skipped) == 5
    assert all(isinstance(one, Skipped) for one in skipped)


def test_links_that_lead_in_circles_end(tmp_path):
    (tmp_path / "1.yaml").write_bytes(record("one"))
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert ids(tmp_path) == ["one"]


def test_a_device_is_not_read():
    (skipped,) = found(os.devnull)
    assert "device" in skipped.reason


@given(st.binary(max_size=400), st.sampled_from([b"\x1f\x8b", b"PK\x03\x04", b"{", b"<"]))
def test_no_bytes_break_the_opening(tmp_path_factory, data, start):
    path = tmp_path_factory.mktemp("x") / "file"
    path.write_bytes(start + data)
    for one in sources([str(path)]):
        assert one.name
