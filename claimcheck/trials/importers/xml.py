"""XML that strangers wrote: record by record, without its entities, document types or network."""

from __future__ import annotations

import re
import zlib
from html.entities import html5
from typing import TYPE_CHECKING, Any

from lxml import etree

from claimcheck.errors import InputError, Location
from claimcheck.trials.importers.words import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from claimcheck.model.imported import Source

_CUT = "\ufffc"  # where a reference was left out, until what parted it from the next is gone
_CUTS = re.compile(rf"{_CUT}(?:[\s,;–—-]{{0,9}}{_CUT})*")
_EMPTY = re.compile(r"\s?(?:\(\s{0,9}\)|\[\s{0,9}\])")
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_EXPONENT = re.compile(r"[+\-−]?\d{1,9}")


def iterate_records(source: Source, tags: Collection[str]) -> Iterator[etree._Element]:
    """Answer the elements of these names (in any namespace) that lie outermost, one by one.

    Each is emptied when the next is asked for, so a file of any size is read in little memory.
    Raises InputError for what is no sound XML, declares entities of its own, or cannot be read.
    """
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    try:
        with source.open() as stream:
            parsed = etree.iterparse(
                stream,
                events=("start", "end"),
                tag=wanted,
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                attribute_defaults=False,
                dtd_validation=False,
                huge_tree=False,
                remove_pis=True,
                remove_comments=True,
            )
            outermost = None
            for event, element in parsed:
                if outermost is None:
                    _refuse_entities(element, source.name)
                    outermost = element
                elif event == "end" and element is outermost:
                    yield element
                    _empty(element)
                    outermost = None
    except etree.XMLSyntaxError as error:
        line = error.lineno if error.lineno and error.lineno > 0 else None
        message = f"this is no sound XML: {clean(error.msg or 'it is empty')}"
        raise InputError(message, location=Location(source.name, line)) from error
    except (OSError, EOFError, zlib.error) as error:
        message = f"it cannot be read to its end: {clean(str(error)) or type(error).__name__}"
        raise InputError(message, location=Location(source.name)) from error


def text_of(
    element: etree._Element | None,
    *,
    drop: Collection[str] = frozenset(),
    references: Collection[tuple[str, str]] = frozenset(),
) -> str:
    """Answer the prose in an element on one line, without the elements of the names to drop.

    `references` are pairs of an element's name and its ref-type that are left out together with
    the brackets and commas around them.
    """
    if element is None:
        return ""
    parts: list[str] = []
    todo: list[etree._Element | str] = [element]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if item.tail and item is not element:
            todo.append(item.tail)
        name = local_name(item)
        if not name:
            parts.append(_entity(item))
        elif name in drop:
            parts.append(" ")
        elif (name, str(item.get("ref-type"))) in references:
            parts.append(_CUT)
        elif name == "sup" and _is_exponent(item, parts):
            parts.append((item.text or "").strip().translate(_RAISED))
        else:
            todo.extend(reversed(item))
            if item.text:
                todo.append(item.text)
    return clean(_EMPTY.sub("", _CUTS.sub("", "".join(parts))))


def local_name(element: etree._Element) -> str:
    """Answer an element's name without its namespace; "" for comments and the like."""
    tag: object = element.tag  # a function for comments and entities, whatever the stubs say
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Answer the first element at a path of names, in whatever namespace."""
    return None if element is None else element.find("/".join(f"{{*}}{name}" for name in path))


def find_all(element: etree._Element | None, *path: str) -> list[etree._Element]:
    """Answer all elements at a path of names, in whatever namespace."""
    return [] if element is None else element.findall("/".join(f"{{*}}{name}" for name in path))


def _refuse_entities(element: etree._Element, name: str) -> None:
    declared: Any = element.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        message = "it declares entities of its own, which is how XML is made to explode: not read"
        raise InputError(message, location=Location(name))


def _empty(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]


def _entity(node: etree._Element) -> str:
    """Answer the character that an entity of HTML stands for; document types are not loaded."""
    name = getattr(node, "name", None)
    return html5.get(f"{name};", " ") if name else ""


def _is_exponent(element: etree._Element, before: list[str]) -> bool:
    """Tell whether raised digits follow a digit, so that plain they would make another number."""
    last = next((part for part in reversed(before) if part), "")
    return last[-1:].isdigit() and _EXPONENT.fullmatch((element.text or "").strip()) is not None
