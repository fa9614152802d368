"""Inline nodes as Typst: a function of the template for each kind."""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from msgspec.structs import replace

from converter.address import address
from converter.model import (
    Code,
    CommentRef,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Name,
    NoteRef,
    PageBreak,
    Reference,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.walk import text_of, walk
from converter.writers.links import apart, holds_link
from converter.writers.typst.markup import BREAK, LONG_WORD, Markup, call, divisible, text
from converter.writers.typst.scope import Scope

# Behind a space, which Typst would take away before the call of a note: a word joiner.
_KEPT: Final = "\u2060"


def inlines(nodes: Iterable[Inline], scope: Scope) -> Markup:
    """Return ``nodes`` as markup on one line."""
    shown, word = "", ""
    for node in nodes:
        plain = "".join(map(text_of, walk([node])))
        if len(word) > LONG_WORD and not plain[:1].isspace():
            shown += BREAK
        word = (word + plain).rpartition(" ")[2]
        if isinstance(node, NoteRef) and shown.endswith(" "):
            shown += _KEPT
        if isinstance(node, Math) and node.display and shown:
            # What stands before it does not fill its line.
            shown += call("linebreak")
        shown += _inline(node, scope)
    return Markup(shown)


def _inline(node: Inline, scope: Scope) -> str:  # noqa: C901 - lists every node kind
    match node:
        case Text(text=plain):
            return text(plain)
        case Emphasis(children=kids):
            return call("emph", inlines(kids, scope))
        case Strong(children=kids):
            return call("strong", inlines(kids, scope))
        case SmallCaps(children=kids):
            return call("small-caps", inlines(kids, scope))
        case Superscript(children=kids):
            return call("super", inlines(kids, scope))
        case Subscript(children=kids):
            return call("sub", inlines(kids, scope))
        case Strikeout(children=kids):
            return call("strike", inlines(_without_lines(kids), scope))
        case Underline(children=kids):
            return call("underline", inlines(_without_lines(kids), scope))
        case Code(text=plain):
            return call("code", text=divisible(plain))
        case Math(text=plain, display=display):
            return call("tex", text=plain, formula=scope.formula(node), display=display)
        case LineBreak():
            return call("linebreak")
        case Name(children=kids, kind=kind):
            return call("name", inlines(kids, scope), kind=kind)
        case Link(href=href):
            return _link(node, scope, "web", address(href))
        case Reference():
            return _link(node, scope, "within", scope.leads_to(node))
        case Image(alt=alt):
            path = scope.picture(node)
            return call("picture", path=path, alt=alt) if path else _missing(alt)
        case NoteRef():
            return _note_call(node, scope)
        case CommentRef():
            return _comment_ref(node, scope)
        case PageBreak():
            return page_break(node, scope)
        case _:
            assert_never(node)


def page_break(node: PageBreak, scope: Scope) -> Markup:
    """Return the mark at which a page of the source begins."""
    start = scope.page_break(node)
    return call("source-page", text(start.label), id_=start.name, after=start.before)


def _note_call(node: NoteRef, scope: Scope) -> Markup:
    """Return the call of a note, with its body in the first."""
    found = scope.call(node)
    if found.linked:
        return call("linked-call", text(found.mark), id_=found.name, to=scope.name(found.note))
    if found.again:
        return call("again", text(found.mark), id_=found.name, of=found.again)
    body = scope.body(found.note, scope, found.name)
    return call("note", text(found.mark), body, id_=scope.name(found.note), at=found.name)


def _without_lines(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield ``nodes`` with no line through or under them: PDF/UA-1 knows one line at a time."""
    for node in nodes:
        match node:
            case Strikeout(children=kids) | Underline(children=kids):
                yield from _without_lines(kids)
            case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript():
                yield replace(node, children=tuple(_without_lines(node.children)))
            case Name() | Link() | Reference():
                yield replace(node, children=tuple(_without_lines(node.children)))
            case _:
                yield node


def _missing(alt: str) -> Markup:
    return call("missing-picture", text(alt))


def _link(node: Link | Reference, scope: Scope, name: str, to: str | None) -> Markup:
    """Return a link, in pieces around the calls and links in it; without an aim, its text."""
    if to is None or not node.children:
        return inlines(node.children, scope)
    if holds_link(node.children):
        return inlines(apart(node), scope)
    return call(name, inlines(node.children, scope), to=to)


def _comment_ref(node: CommentRef, scope: Scope) -> Markup:
    number, name = scope.comment(node)
    return call("comment-call", text(f"{scope.words.comment.lower()}\u00a0{number}"), to=name)
