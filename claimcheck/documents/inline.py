"""Markdown within a block: words, emphasis, links, entities, laid down where they truly stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import (
    autolink,
    backtick,
    entity,
    escape,
    html_inline,
    image,
    link,
    newline,
)

from claimcheck.documents.directives import Comment
from claimcheck.documents.elements import SKIPPED
from claimcheck.documents.tags import Tag, TagKind, attribute, tags
from claimcheck.model.document import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from claimcheck.documents.weave import Strand, Weaver

_MARKED = re.compile(r"[\\`*_~\[<&]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]")
_SPAN = "span"
_STRUCK = "s"
_LAST_END = -1

_PLACED = {
    "newline": newline,
    "escape": escape,
    "backticks": backtick,
    "link": link,
    "image": image,
    "autolink": autolink,
    "html_inline": html_inline,
    "entity": entity,
}


def parser() -> MarkdownIt:
    """Make a Markdown parser whose inline tokens know which range of their block they come from."""
    md = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    md.disable("text_join")
    # A link that no page would follow has words all the same, and its target is not among them.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    for name, rule in _PLACED.items():
        md.inline.ruler.at(name, _placed(rule))
    md.inline.ruler.before("link", "footnote", _placed(_footnote))
    md.inline.ruler.before("html_inline", "comment", _placed(_comment))
    return md


def _placed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Make a rule note on the tokens it pushes which range of the text it has consumed."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's own signature)
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            own = [token for token in state.tokens[before:] if token.type != "text"]
            for token in own[:1] + own[1:][-1:]:
                token.meta.setdefault(_SPAN, (start, state.pos))
        return True

    return run


def _footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's own signature)
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("footnote", "", 0)
    state.pos = match.end()
    return True


def _comment(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (markdown-it's own signature)
    """Read a comment whatever it holds: markdown-it before 4.0 takes none with `--` inside."""
    if not state.src.startswith("<!--", state.pos):
        return False
    # The last end is looked for once: no position in the text is -1, so the key is free.
    if _LAST_END not in state.cache:
        state.cache[_LAST_END] = state.src.rfind("-->")
    if state.cache[_LAST_END] < state.pos + len("<!--"):
        return False
    end = state.src.find("-->", state.pos + len("<!--"), state.posMax)
    if end < 0:
        return False
    if not silent:
        state.push("html_inline", "", 0)
    state.pos = end + len("-->")
    return True


@dataclass(slots=True)
class InlineReader:
    """Lays inline Markdown down in a weaver; keeps the comments and image texts met on the way."""

    md: MarkdownIt
    env: dict[str, Any]
    weaver: Weaver
    comments: list[Comment]
    images: list[tuple[Strand, int, int]] = field(default_factory=list)
    _links: list[tuple[str, int]] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)
    _auto: bool = False  # within an address that links to itself

    def read(self, strand: Strand, start: int = 0, end: int | None = None) -> None:
        """Lay down a block's inline content, or a range of it."""
        end = len(strand.text) if end is None else end
        self._links, self._hidden, self._auto = [], [], False
        if not _MARKED.search(strand.text, start, end):
            self.weaver.write(strand, start, end)
            return
        content = strand.text[start:end]
        try:
            tokens = self.md.inline.parse(content, self.md, self.env, [])
        except RecursionError:  # images within images, thousands deep: no words are lost
            self.weaver.write(strand, start, end)
            return
        self._walk(tokens, strand, start)

    def _walk(self, tokens: Sequence[Token], strand: Strand, base: int) -> None:
        at = base
        for token in tokens:
            start, stop = token.meta.get(_SPAN, (None, None))
            if token.type == "text" and self._auto:
                continue  # markdown-it decodes addresses; they are laid down as they stand
            if token.type == "text":
                stop = at + len(token.content)
                if not self._hidden:
                    self.weaver.write(strand, at, stop)
                at = stop
            elif start is None:
                at += len(token.markup)
                self._strike(token)
            else:
                at = self._placed_token(token, strand, base + start, base + stop)

    def _strike(self, token: Token) -> None:
        if token.type == "s_open":
            self._hidden.append(_STRUCK)
        elif token.type == "s_close" and _STRUCK in self._hidden:
            self._hidden.remove(_STRUCK)

    def _placed_token(self, token: Token, strand: Strand, start: int, stop: int) -> int:
        """Lay down a token that covers a range; answer where in the strand reading goes on."""
        weaver = self.weaver
        match token.type:
            case "link_open":
                self._links.append((str(token.attrs.get("href", "")), weaver.here))
                self._auto = token.markup == "autolink"
                if self._auto and not self._hidden:
                    weaver.write(strand, start + 1, stop - 1)
                return start + 1
            case "link_close":
                self._auto = False
                if self._links:
                    weaver.link(*self._links.pop())
            case "softbreak" | "hardbreak":
                weaver.space(strand, start, stop)
            case "text_special" if not self._hidden:
                if token.info == "escape" and len(token.content) == 1:
                    weaver.write(strand, stop - 1, stop)
                else:
                    weaver.replace(token.content, strand, start, stop)
            case "image":
                self.images.append((strand, start + 2, start + 2 + len(token.content)))
            case "html_inline":
                self._html(strand, start, stop)
            case _:
                pass
        return stop

    def _html(self, strand: Strand, start: int, stop: int) -> None:
        for tag in tags(strand.text, start, stop):
            match tag.kind:
                case TagKind.COMMENT:
                    text = strand.text[tag.inner.start : tag.inner.end]
                    span = Span(strand.source(tag.span.start), strand.source(tag.span.end - 1) + 1)
                    self.comments.append(Comment(text, span))
                case TagKind.OPEN:
                    self._open(tag, strand)
                case TagKind.CLOSE:
                    self._close(tag)
                case TagKind.TEXT:
                    pass

    def _open(self, tag: Tag, strand: Strand) -> None:
        if tag.name == "br":
            self.weaver.space(strand, tag.span.start, tag.span.end)
        elif tag.name == "img":
            alt = attribute(tag, "alt")
            if alt is not None:
                self.images.append((strand, alt.start, alt.end))
        elif tag.name == "a":
            target = attribute(tag, "href")
            href = strand.text[target.start : target.end] if target else ""
            self._links.append((href, self.weaver.here))
        elif tag.name in SKIPPED:
            self._hidden.append(tag.name)

    def _close(self, tag: Tag) -> None:
        if tag.name == "a" and self._links:
            self.weaver.link(*self._links.pop())
        elif tag.name in self._hidden:
            self._hidden.remove(tag.name)
