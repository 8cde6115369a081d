"""A .docx as a package: its parts, read only as far as they are sound and of sane size."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MAX_UNPACKED = 200_000_000  # bytes of the parts that are read
MAX_RATIO = 250  # unpacked to packed; prose in XML packs 10 to 40 times
_SMALL = 5_000_000  # below this a high ratio does no harm

_MAIN = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_STYLES, _FOOTNOTES, _ENDNOTES = "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml"
_READ = {_MAIN, _RELATIONS, _STYLES, _FOOTNOTES, _ENDNOTES}


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that are read."""

    main: etree._Element
    styles: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    targets: Mapping[str, str]  # relation id -> address outside the package


def open_package(data: bytes, *, name: str) -> Package:
    """Answer a Word file's parts. Raises InputError for what is damaged, hostile or not Word's."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = {one.filename: one for one in archive.infolist() if one.filename in _READ}
            if _MAIN not in infos:
                msg = f"this is no Word document: it holds no {_MAIN}; save the draft as .docx"
                raise InputError(msg, location=Location(name))
            _check_size(infos.values(), name)
            parts = {part: _parse(archive.read(part), part, name) for part in infos}
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
        ValueError,
    ) as error:  # fmt: skip
        msg = "this .docx is damaged or cut off; open it in a word processor and save it again"
        raise InputError(msg, location=Location(name)) from error
    relations = parts.get(_RELATIONS)
    return Package(
        main=parts[_MAIN],
        styles=parts.get(_STYLES),
        footnotes=parts.get(_FOOTNOTES),
        endnotes=parts.get(_ENDNOTES),
        targets={}
        if relations is None
        else {
            str(relation.get("Id")): str(relation.get("Target"))
            for relation in relations
            if relation.get("TargetMode") == "External"
        },
    )


def _check_size(infos: Collection[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(one.file_size for one in infos)
    if unpacked > MAX_UNPACKED or any(map(_is_bomb, infos)):
        msg = (
            f"this .docx unpacks to {unpacked / 1_000_000:.0f} MB, more than a draft can be; "
            "it is not read"
        )
        raise InputError(msg, location=Location(name))


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_SMALL, MAX_RATIO * info.compress_size)


def _parse(data: bytes, part: str, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        msg = f"this .docx is damaged: {part} is no sound XML; save it again in a word processor"
        raise InputError(msg, location=Location(name)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        msg = f"this .docx is not read: {part} declares a document type, which Word never does"
        raise InputError(msg, location=Location(name))
    return root
