"""Where in a Word file's markup does a range of its text begin and end, and how is it marked?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from claimcheck.documents.word.styles import local_name

if TYPE_CHECKING:
    from claimcheck.documents.word.story import Place

# What marks may stand in; anything else that holds text is marked as a whole.
_OPEN = {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "dir", "bdo", "sdt", "sdtContent"}
# A content control of these kinds holds words alone, or loses what else it holds.
_CLOSED = {"text", "dataBinding", "comboBox", "dropDownList", "date"}
_BEFORE_TEXT = {"rPr", "lastRenderedPageBreak"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_SPACE = " \t\r\n"

_Cut = tuple[int, int]  # before which child of a run, or how far within its words


@dataclass(frozen=True, slots=True)
class Spot:
    """The run-level element that a code point stands in; `cut` is None where it stays whole."""

    node: etree._Element
    cut: _Cut | None = None
    size: int = 0  # of the words that the cut counts in


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range of the markup, from before its first code point to after its last."""

    first: Spot
    last: Spot


@dataclass(slots=True)
class Anchors:
    """The ranges to be marked, so that every run is cut once, wherever ranges begin and end."""

    _cuts: dict[etree._Element, set[_Cut]] = field(default_factory=dict)
    _pieces: dict[etree._Element, tuple[list[_Cut], list[etree._Element]]] = field(
        default_factory=dict
    )

    _ends: set[etree._Element] = field(default_factory=set)

    def add(self, anchor: Anchor) -> None:
        """Note where runs are to be cut for a range."""
        for spot, ends in ((anchor.first, 0), (anchor.last, 1)):
            if spot.cut is not None:
                self._cuts.setdefault(spot.node, set()).add(_moved(spot, ends))

    def cut(self) -> None:
        """Cut the runs; after that, ranges can be marked."""
        for run, wanted in self._cuts.items():
            begin = next(
                (at for at, child in enumerate(run) if local_name(child) not in _BEFORE_TEXT), 0
            )
            inner = sorted(cut for cut in wanted if (begin, 0) < cut < (len(run), 0))
            halved = {child for child, offset in inner if offset}
            leads = {child: _keep_space(run[child]) for child in halved}
            pieces = [
                _split(run, (child, offset - leads.get(child, 0) if offset else 0))
                for child, offset in reversed(inner)
            ]
            self._pieces[run] = inner, [run, *reversed(pieces)]

    def mark(self, anchor: Anchor, *marks: etree._Element) -> None:
        """Set the marks around a range, of its start, of its end, and what the comment hangs on.

        Where several ranges end, the comments hang in the order in which they were marked.
        """
        start, end, reference = marks
        _outermost(self._piece(anchor.first, 0), at_end=False).addprevious(start)
        self._put_after(_outermost(self._piece(anchor.last, 1), at_end=True), end)
        top = end
        while (parent := top.getparent()) is not None and local_name(parent) in _OPEN:
            top = parent
        self._put_after(top, reference)

    def _put_after(self, element: etree._Element, mark: etree._Element) -> None:
        while (after := element.getnext()) is not None and after in self._ends:
            element = after
        element.addnext(mark)
        self._ends.add(mark)

    def _piece(self, spot: Spot, ends: int) -> etree._Element:
        if spot.cut is None:
            return spot.node
        inner, pieces = self._pieces[spot.node]
        cut = _moved(spot, ends)
        return pieces[bisect_left(inner, cut) if ends else bisect_right(inner, cut)]


def spot(place: Place) -> Spot | None:
    """Answer in which run a code point stands, or in what else; None where no marks can stand."""
    element = place.element
    chain = [element, *element.iterancestors()]
    space = etree.QName(chain[-1]).namespace
    paragraph = f"{{{space}}}p"
    # The last one: a text box is marked as a whole, in the paragraph that it hangs on.
    story = max((at for at, one in enumerate(chain) if one.tag == paragraph), default=None)
    if story is None:
        return None
    node = next(one for one in reversed(chain[:story]) if not _is_open(one, space))
    if node.tag != f"{{{space}}}r" or element.getparent() is not node:
        return Spot(node)
    return Spot(node, (node.index(element), place.offset), len(element.text or " "))


def _is_open(element: etree._Element, space: str | None) -> bool:
    name = etree.QName(element)
    if name.namespace != space or name.localname not in _OPEN:
        return False
    if name.localname != "sdt":
        return True
    kinds = element.iterfind("{*}sdtPr/*")
    return all(local_name(kind) not in _CLOSED for kind in kinds)


def _moved(spot: Spot, by: int) -> _Cut:
    child, offset = spot.cut or (0, 0)
    return (child + 1, 0) if offset + by >= spot.size else (child, offset + by)


def _split(run: etree._Element, cut: _Cut) -> etree._Element:
    """Cut a run in two of the same look; answer the second one."""
    child, offset = cut
    second = _alike(run)
    second.extend(deepcopy(one) for one in run if local_name(one) == "rPr")
    if offset:
        second.append(_split_words(run[child], offset))
        child += 1
    second.extend(list(run)[child:])
    run.addnext(second)
    return second


def _split_words(words: etree._Element, offset: int) -> etree._Element:
    text = words.text or ""
    second = _alike(words)
    words.text, second.text = text[:offset], text[offset:]
    return second


def _alike(element: etree._Element) -> etree._Element:
    values = {str(key): str(value) for key, value in element.attrib.items()}
    return element.makeelement(element.tag, values)


def _keep_space(words: etree._Element) -> int:
    """Say that all space of these words is shown; answer how many code points were not, and go."""
    told = (one.get(_SPACE) for one in (words, *words.iterancestors()))
    text = words.text or ""
    lead = 0
    if next(filter(None, told), "") != "preserve":
        lead = len(text) - len(text.lstrip(_XML_SPACE))
        words.text = text.strip(_XML_SPACE)
    words.set(_SPACE, "preserve")
    return lead


def _outermost(node: etree._Element, *, at_end: bool) -> etree._Element:
    """Answer the widest element that begins, or ends, where this one does."""
    while (parent := node.getparent()) is not None and local_name(parent) in _OPEN:
        beyond = node.getnext() if at_end else node.getprevious()
        if beyond is not None and local_name(parent) != "sdt":
            break
        node = parent
    return node
