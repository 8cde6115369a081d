"""Which comments of a Word file did an earlier check write, and what is the file without them?"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from claimcheck.documents.word.comments import MARKS
from claimcheck.documents.word.styles import local_name, value_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml import etree

# As claimcheck.reports.comments begins its comments; a place may stand before that.
_BEGINNING = re.compile(r"Checked by claimcheck \S|\S [A-Z][a-z ]+ \[[a-z]+\] [A-Z]+[0-9]+$")


def drop_earlier(
    comments: etree._Element, body: etree._Element, *, author: str, answered: Container[str]
) -> None:
    """Take out the comments of earlier checks, and their marks in the body.

    They are told by who wrote them and by how they begin. Those that somebody `answered`, told by
    the ids of their paragraphs, are kept, as the talk hangs on them.
    """
    earlier = [
        one
        for one in comments.iterchildren("{*}comment")
        if value_of(one, "author") == author
        and any(map(_BEGINNING.match, islice(_paragraphs(one), 2)))
        and not any(name in answered for name in _paragraph_ids(one))
    ]
    numbers = {value_of(one, "id") for one in earlier}
    for one in earlier:
        comments.remove(one)
    marks = body.iter(*(f"{{*}}{name}" for name in MARKS))
    for mark in [one for one in marks if value_of(one, "id") in numbers]:
        _remove(mark)


def _remove(mark: etree._Element) -> None:
    """Remove a mark, and the run that held nothing else."""
    holder = mark.getparent()
    if holder is None:
        return
    holder.remove(mark)
    around = holder.getparent()
    is_bare = local_name(holder) == "r" and all(local_name(one) == "rPr" for one in holder)
    if is_bare and around is not None:
        around.remove(holder)


def _paragraphs(comment: etree._Element) -> Iterator[str]:
    for paragraph in comment.iter("{*}p"):
        yield "".join(str(text.text or "") for text in paragraph.iter("{*}t"))


def _paragraph_ids(comment: etree._Element) -> Iterator[str]:
    for paragraph in comment.iter("{*}p"):
        yield from (str(value) for key, value in paragraph.items() if str(key).endswith("}paraId"))


def answered_in(extended: etree._Element) -> frozenset[str]:
    """Answer the ids of the paragraphs that other comments answer."""
    return frozenset(
        str(value)
        for one in extended.iter("{*}commentEx")
        for key, value in one.items()
        if str(key).endswith("}paraIdParent")
    )
