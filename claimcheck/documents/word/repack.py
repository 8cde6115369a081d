"""A package written anew, with some of its parts replaced or added and all others as they were."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claimcheck.documents.word.package import Archive

MAX_COPIED = 1_000_000_000  # bytes of all parts, pictures and all


def repack(archive: Archive, changed: Mapping[str, bytes]) -> bytes:
    """Answer the package with these parts; every other one keeps its bytes and its place."""
    packed = archive.packed
    infos = list(packed.NameToInfo.values())
    size = sum(info.file_size for info in infos)
    if size > MAX_COPIED:
        archive.refuse(
            f"this .docx unpacks to {size / 1_000_000:.0f} MB, more than a draft can be; "
            "no copy is made"
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in infos:
            if info.filename in changed:
                new.writestr(_like(info, info.filename), changed[info.filename])
                continue
            with packed.open(info) as source, new.open(_like(info, info.filename), "w") as target:
                shutil.copyfileobj(source, target)
        for name in changed:
            if name not in packed.NameToInfo:
                new.writestr(_like(infos[0], name), changed[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def to_bytes(root: etree._Element) -> bytes:
    """Answer a part as it is written."""
    tree = root.getroottree()
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _like(info: zipfile.ZipInfo, name: str) -> zipfile.ZipInfo:
    """Answer an entry like another: packed the same way, and of the same day, not of today."""
    made = zipfile.ZipInfo(name, info.date_time)
    made.compress_type = info.compress_type
    made.external_attr, made.create_system = info.external_attr, info.create_system
    made.comment, made.file_size = info.comment, info.file_size
    return made
