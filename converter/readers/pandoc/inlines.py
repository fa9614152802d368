"""Inline nodes of pandoc as the model's."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias, assert_never

from converter.model import (
    Code,
    CommentRef,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
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
from converter.readers.pandoc import ast
from converter.readers.pandoc.account import is_page, page_label, quotes
from converter.readers.pandoc.context import Context, note_name
from converter.readers.pandoc.marks import kind_of
from converter.readers.pandoc.raw import is_markup, paired
from converter.readers.pandoc.review import place_of
from converter.walk import joined, plain_text, walk

_Wrap: TypeAlias = Callable[[tuple[Inline, ...]], Inline]
# Classes of spans for which the model has a node.
_CLASSES: Final[dict[str, _Wrap]] = {
    "smallcaps": SmallCaps,
    "small-caps": SmallCaps,
    "underline": Underline,
    "ul": Underline,
}

# Nesting of styles deeper than anybody means; writers give up not far below.
_DEEPEST: Final = 30


def read_inlines(nodes: ast.Inlines, context: Context, *, depth: int = 0) -> tuple[Inline, ...]:
    """Return ``nodes``, which stand in ``depth`` styles, with neighbouring texts joined."""
    return tuple(joined(made for node in paired(nodes) for made in _inline(node, context, depth)))


def _inline(node: ast.Inline, context: Context, depth: int) -> Iterable[Inline]:  # noqa: C901 - every node kind
    match node:
        case ast.Str(c=text):
            return (Text(text),)
        case ast.Space() | ast.SoftBreak():
            return (Text(" "),)
        case ast.LineBreak():
            return (LineBreak(),)
        case ast.Emph(c=kids):
            return _styled(Emphasis, kids, context, depth)
        case ast.Underline(c=kids):
            return _styled(Underline, kids, context, depth)
        case ast.Strong(c=kids):
            return _styled(Strong, kids, context, depth)
        case ast.Strikeout(c=kids):
            return _styled(Strikeout, kids, context, depth)
        case ast.Superscript(c=kids):
            return _styled(Superscript, kids, context, depth)
        case ast.Subscript(c=kids):
            return _styled(Subscript, kids, context, depth)
        case ast.SmallCaps(c=kids):
            return _styled(SmallCaps, kids, context, depth)
        case ast.Quoted(c=(kind, kids)):
            opening, closing = quotes(kind)
            return (Text(opening), *read_inlines(kids, context, depth=depth), Text(closing))
        case ast.Cite(c=(_, kids)):
            return read_inlines(kids, context, depth=depth)
        case ast.Code(c=(_, text)):
            return (Code(text),)
        case ast.Math(c=(kind, text)):
            return (Math(text, display=kind.t == "DisplayMath"),)
        case ast.RawInline(c=(form, text)):
            return drop_raw(form, text, context)
        case ast.Link(c=(_, kids, (target, _))):
            return _link(kids, target, context, depth)
        case ast.Image(c=(_, alt, (src, _))):
            return _image(alt, src, context)
        case ast.Note(c=blocks):
            return (context.call(blocks),)
        case ast.Span(c=(attr, kids)):
            return _span(attr, kids, context, depth)
        case _:
            assert_never(node)


def _styled(wrap: _Wrap, kids: ast.Inlines, context: Context, depth: int) -> Iterable[Inline]:
    children = read_inlines(kids, context, depth=depth + 1)
    if depth >= _DEEPEST:
        context.warn("deep-nesting", f"styles nest more than {_DEEPEST} deep: the rest is level")
    return (wrap(children),) if children and depth < _DEEPEST else children


def _span(attr: ast.Attr, kids: ast.Inlines, context: Context, depth: int) -> Iterable[Inline]:
    if name := place_of(attr):
        return _comment_refs([name], context)
    match kind_of(ast.Span((attr, kids))):
        case ("defined", number, _):
            return (context.call_defined(number),)
        case ("call", number, text):
            return (context.call_again(number, text),)
        case ("see", number, text):
            return (Reference((Text(text),), context.document, note=note_name(number)),)
        case _:
            pass
    if "deletion" in attr.classes:
        context.drop(kids, "struck out")
        inner = (each for each in ast.walk(kids) if isinstance(each, ast.Span))
        return _comment_refs([place_of(each.c[0]) for each in inner], context)
    if is_page(attr):
        context.structure(kids)
        return (PageBreak(page_label(attr, kids), context.prov(attr.id)),)
    wrap = next((_CLASSES[name] for name in attr.classes if name in _CLASSES), None)
    if wrap is not None:
        return _styled(wrap, kids, context, depth)
    return read_inlines(kids, context, depth=depth)


def _comment_refs(names: Iterable[str], context: Context) -> Iterable[Inline]:
    """Return the places of comments, each comment's first place only."""
    refs = []
    for name in names:
        if name in context.comments and name not in context.placed:
            context.placed.add(name)
            refs.append(CommentRef(context.comments[name], context.prov()))
    return refs


def drop_raw(form: str, text: str, context: Context) -> tuple[()]:
    """Leave out ``text``, which pandoc passes on as it is because it can make nothing of it."""
    if not is_markup(form, text):
        comment = form.startswith("html") and text.lstrip().startswith("<!--")
        context.drop_text(text, "HTML comment" if comment else f"raw {form}")
        if not comment:
            context.warn(
                "raw-dropped", f"raw {form} that cannot be read is left out: {text[:40]!r}"
            )
    return ()


def _link(kids: ast.Inlines, target: str, context: Context, depth: int) -> Iterable[Inline]:
    children = read_inlines(kids, context, depth=depth + 1)
    if not children:
        return ()
    if target.startswith("#") and target[1:] in context.anchors:
        return (Reference(children, context.document, page=context.pages.get(target[1:], "")),)
    href = context.links.absolute(target)
    if href is None or depth >= _DEEPEST:
        context.unlinked += 1
        return children
    return (Link(children, href),)


def _image(alt: ast.Inlines, src: str, context: Context) -> Iterable[Inline]:
    """Return a picture, and behind it the calls of notes in its text alternative."""
    inner = read_inlines(alt, context)
    name = context.pictures.take(src, context.prov(), address=context.links.absolute(src))
    calls = [node for node in walk(inner) if isinstance(node, NoteRef | CommentRef)]
    return (Image(name, plain_text(inner), context.prov()), *calls)
