"""What the elements of HTML are to a reader: blocks, hidden, void, skipped."""

from __future__ import annotations

import re

from claimcheck.documents.tags import Tag, attribute
from claimcheck.model.document import BlockKind

VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    }
)  # fmt: skip
# What is not shown, is not prose, or is only there to be operated; struck-out words are taken back.
SKIPPED = frozenset(
    {
        "audio", "button", "canvas", "code", "datalist", "del", "dialog", "footer", "iframe", "kbd",
        "map", "math", "menu", "meter", "nav", "noembed", "noframes", "noscript", "object",
        "optgroup", "option", "output", "progress", "rp", "rt", "s", "samp", "script", "select",
        "strike", "style", "svg", "template", "textarea", "video", "xmp",
    }
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
}
BLOCKS = frozenset(
    {
        "address", "article", "aside", "body", "center", "details", "dir", "div", "dl", "fieldset",
        "figure", "form", "head", "header", "hgroup", "hr", "html", "legend", "main", "ol", "p",
        "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr",
        "ul", *HEADINGS, *KINDS,
    }
)  # fmt: skip
# What a new element ends without saying so, as far as it stands innermost.
ENDS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("td", "th", "tr"),
    "option": ("option",),
}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SKIPPED_ROLES = {"navigation", "contentinfo", "search", "menu", "menubar", "toolbar"}


def is_hidden(tag: Tag, text: str) -> bool:
    """Tell whether an element's own attributes keep it from being shown, or make it navigation."""
    return bool(tag.attributes) and any(
        _hides(tag, text, name) for name in ("hidden", "aria-hidden", "style", "role")
    )


def _hides(tag: Tag, text: str, name: str) -> bool:
    span = attribute(tag, name)
    if span is None:
        return False
    value = text[span.start : span.end].strip().lower()
    match name:
        case "hidden":
            return value != "until-found"
        case "aria-hidden":
            return value == "true"
        case "style":
            return _HIDDEN_STYLE.search(value) is not None
        case _:
            return value in _SKIPPED_ROLES
