"""What the paragraph styles of a Word file mean to a reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claimcheck.model.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

MAX_LEVEL = 9
_DEEPEST = 20  # of styles based on styles

# Word keeps these names in English in files of every language.
_KINDS = {
    "subtitle": BlockKind.META,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTE,
    "intense quote": BlockKind.QUOTE,
    "block text": BlockKind.QUOTE,
}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph of this style is; nothing in particular by default."""

    is_title: bool = False
    is_contents: bool = False  # a line of the table of contents
    level: int = 0  # of a heading
    kind: BlockKind | None = None


def read_styles(root: etree._Element | None) -> Mapping[str, Style]:
    """Answer what each style id means, by name, outline level or the style it is based on."""
    if root is None:
        return {}
    named = {value_of(style, "styleId"): style for style in root if local_name(style) == "style"}
    return {style_id: _meaning(style_id, named) for style_id in named}


def _meaning(style_id: str, named: Mapping[str, etree._Element]) -> Style:
    for _ in range(_DEEPEST):
        style = named.get(style_id)
        if style is None:
            break
        found = _own_meaning(style)
        if found != Style():
            return found
        style_id = _child_value(style, "basedOn")
    return Style()


def _own_meaning(style: etree._Element) -> Style:
    name = _child_value(style, "name").strip().lower()
    found = Style(
        is_title=name == "title", is_contents=name.startswith("toc "), kind=_KINDS.get(name)
    )
    if name.startswith("list"):
        return replace(found, kind=BlockKind.LIST_ITEM)
    head, _, number = name.partition(" ")
    if head == "heading" and number.isdigit():
        return replace(found, level=min(MAX_LEVEL, max(1, int(number))))
    if found == Style():
        outline = next((one for one in style.iter() if local_name(one) == "outlineLvl"), None)
        if outline is not None and value_of(outline, "val").isdigit():
            level = int(value_of(outline, "val")) + 1
            return replace(found, level=level if level <= MAX_LEVEL else 0)
    return found


def _child_value(style: etree._Element, name: str) -> str:
    return next((value_of(child, "val") for child in style if local_name(child) == name), "")


def value_of(element: etree._Element, name: str) -> str:
    """Answer an attribute whatever namespace it stands in: Word has two, old and strict."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def local_name(element: etree._Element) -> str:
    """Answer an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
