"""A .docx as a package: its parts, read only as far as they are sound and of sane size."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote

from lxml import etree

from claimcheck.errors import InputError, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_UNPACKED = 200_000_000  # bytes of the parts that are read
MAX_RATIO = 250  # unpacked to packed; prose in XML packs 10 to 40 times
_SMALL = 5_000_000  # below this a high ratio does no harm

_MAIN = "word/document.xml"  # where no relation says otherwise
_NOTES = ("footnotes", "endnotes")
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
    ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points at: an address outside the package, or another part's name."""

    id: str
    kind: str  # the last word of its type: comments, footnotes, hyperlink ...
    target: str
    outside: bool


@dataclass(slots=True)
class Archive:
    """A package whose parts are read one by one, and never more than a draft can hold."""

    name: str  # of the file
    packed: zipfile.ZipFile
    _read: int = 0

    def has(self, part: str) -> bool:
        """Tell whether the package holds a part of this name."""
        return part in self.packed.NameToInfo

    def parse(self, part: str) -> etree._Element:
        """Answer a part's root. Raises InputError for what is no sound XML, or too large."""
        info = self.packed.getinfo(part)
        self._read += info.file_size
        if _is_bomb(info):
            times = info.file_size // max(1, info.compress_size)
            self.refuse(
                f"this .docx unpacks to {times} times its size ({part}), as no draft does; "
                "it is not read"
            )
        if self._read > MAX_UNPACKED:
            self.refuse(
                f"this .docx unpacks to {self._read / 1_000_000:.0f} MB, more than a draft can be; "
                "it is not read"
            )
        try:
            root = etree.fromstring(self.packed.read(info), _parser())
        except etree.XMLSyntaxError:
            self.refuse(
                f"this .docx is damaged: {part} is no sound XML; save it again in a word processor"
            )
        if root.getroottree().docinfo.internalDTD is not None:
            self.refuse(
                f"this .docx is not read: {part} declares a document type, which Word never does"
            )
        return root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Answer what a part points at; the package itself is the part without a name."""
        where = relations_of(part)
        if not self.has(where):
            return ()
        return tuple(
            Relation(
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                *_target(part, one.get("Target", ""), one.get("TargetMode") == "External"),
            )
            for one in self.parse(where)
        )

    def refuse(self, message: str) -> NoReturn:
        """Raise the InputError that says why the file is not read."""
        raise InputError(message, location=Location(self.name)) from None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the package that holds text; `targets`: relation id -> address outside."""

    name: str
    root: etree._Element
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file that are read; `margins` are its headers and footers."""

    main: Part
    styles: etree._Element | None
    notes: tuple[Part, ...]
    margins: tuple[Part, ...]


@contextmanager
def open_archive(data: bytes, *, name: str) -> Iterator[Archive]:
    """Open a Word file. Raises InputError, whatever in it turns out to be damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield Archive(name, packed)
    except _DAMAGED as error:
        msg = "this .docx is damaged or cut off; open it in a word processor and save it again"
        raise InputError(msg, location=Location(name)) from error


def read_package(archive: Archive) -> Package:
    """Answer a Word file's parts. Raises InputError for what is damaged, hostile or not Word's."""
    named = (one.target for one in archive.relations("") if one.kind == "officeDocument")
    main = next(filter(archive.has, named), _MAIN)
    if not archive.has(main):
        archive.refuse(f"this is no Word document: it holds no {_MAIN}; save the draft as .docx")
    root = archive.parse(main)
    relations = archive.relations(main)
    by_kind = {
        **{kind: _beside(main, kind) for kind in ("styles", *_NOTES)},
        **{one.kind: one.target for one in relations if not one.outside},
    }
    by_kind = {kind: part for kind, part in by_kind.items() if archive.has(part)}
    by_id = {one.id: one.target for one in relations if archive.has(one.target)}
    styles = by_kind.get("styles")
    margins = dict.fromkeys(
        by_id[target]
        for element in root.iter("{*}headerReference", "{*}footerReference")
        for key, target in element.attrib.items()
        if str(key).endswith("}id") and target in by_id
    )
    return Package(
        main=Part(main, root, _outside(relations)),
        styles=None if styles is None else archive.parse(styles),
        notes=tuple(_part(archive, by_kind[kind]) for kind in _NOTES if kind in by_kind),
        margins=tuple(_part(archive, part) for part in margins),
    )


def relations_of(part: str) -> str:
    """Answer the name of the part that holds a part's relations."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _beside(main: str, kind: str) -> str:
    return posixpath.join(posixpath.dirname(main), f"{kind}.xml")


def _part(archive: Archive, name: str) -> Part:
    return Part(name, archive.parse(name), _outside(archive.relations(name)))


def _outside(relations: tuple[Relation, ...]) -> Mapping[str, str]:
    return {one.id: one.target for one in relations if one.outside}


def _target(part: str, target: str, outside: bool) -> tuple[str, bool]:  # noqa: FBT001
    if outside:
        return target, True
    folder = posixpath.dirname(part)
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/"), False


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_SMALL, MAX_RATIO * info.compress_size)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
