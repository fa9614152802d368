"""Inline nodes of pandoc as the model's."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal, TypeAlias, cast

from msgspec.structs import replace

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
    Styled,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.readers.markdown.context import Context
from converter.readers.markdown.tree import Json, attributes, leading_span, text_of
from converter.walk import joined

Read: TypeAlias = Callable[[Json, Context], Iterable[Inline]]

_NAMES: Final = frozenset({"person", "place", "organization", "term"})
_NodeName: TypeAlias = Literal["person", "place", "organization", "term"]


def read_inlines(nodes: Iterable[Json], context: Context) -> tuple[Inline, ...]:
    """Return ``nodes``, texts that touch made one."""
    found = (inline for node in nodes for inline in _inline(node, context))
    return tuple(node for node in joined(found) if node != Text(""))


def _inline(node: Json, context: Context) -> Iterable[Inline]:
    read = _NODES.get(node["t"])
    return read(node, context) if read else (Text(text_of(node)),)


def _styled(kind: Callable[[tuple[Inline, ...]], Inline]) -> Read:
    def read(node: Json, context: Context) -> tuple[Inline]:
        content = node["c"][1] if node["t"] == "Span" else node["c"]
        return (kind(read_inlines(content, context)),)

    return read


def _link(node: Json, context: Context) -> tuple[Inline]:
    _, kids, (href, _) = node["c"]
    return (_leading(read_inlines(kids, context), href, attributes(node).values, context),)


def _leading(
    kids: tuple[Inline, ...], href: str, values: dict[str, str], context: Context
) -> Link | Reference:
    """Return ``kids`` as what leads to ``href``, or to what ``values`` name in the model."""
    if "document" in values:
        named = (values.get(key, "") for key in ("document", "note", "page"))
        return Reference(kids, *named)
    target = None if "href" in values else context.target(href)
    if target:
        return Reference(kids, target.document, target.note, target.page)
    return Link(kids, values.get("href", href))


def _image(node: Json, context: Context) -> tuple[Image]:
    _, alt, (href, _) = node["c"]
    name = attributes(node).values.get("src") or context.picture(href)
    return (Image(name or href, text_of(alt)),)


def _note(node: Json, context: Context) -> Iterator[Inline]:
    label = leading_span(node["c"], "label")
    if label:
        note = context.labels.get(attributes(label).values["label"], "")
        yield NoteRef(note, context.next_sure(note))


def _raw(node: Json, _: Context) -> tuple[Inline, ...]:
    """Return markup of another kind as what it is, and nothing for a remark on the file."""
    text: str = node["c"][1]
    return () if text.startswith("<!--") else (Code(text),)


# ------------------------------------------------------------------------- spans


def _span(node: Json, context: Context) -> Iterable[Inline]:
    read = _SPANS.get(attributes(node).kind)
    return read(node, context) if read else read_inlines(node["c"][1], context)


def _nothing(_: Json, __: Context) -> tuple[()]:
    return ()


def _name(node: Json, context: Context) -> tuple[Inline, ...]:
    known = attributes(node)
    kids = read_inlines(node["c"][1], context)
    kinds = [each for each in known.classes if each in _NAMES]
    if not kinds:
        return kids
    return (Name(kids, cast(_NodeName, kinds[0]), known.values.get("key", "")),)


def _page(node: Json, _: Context) -> tuple[PageBreak]:
    return (PageBreak(attributes(node).values.get("title", "")),)


def _math_span(node: Json, _: Context) -> tuple[Math]:
    return (Math(text_of(node["c"][1]), "display" in attributes(node).classes),)


def _linked(node: Json, context: Context) -> Iterable[Inline]:
    """Return what the first link in ``node`` leads to; who wrote it has given it a class."""
    links = [each for each in node["c"][1] if each["t"] == "Link"]
    target = context.target(links[0]["c"][2][0]) if links else None
    if target and target.note:
        sure = attributes(node).values.get("confidence")
        return (NoteRef(target.note, float(sure or 1.0)),)
    if target and target.comment:
        return (CommentRef(target.comment),)
    return read_inlines(node["c"][1], context)


def _whole_link(node: Json, context: Context) -> tuple[Inline]:
    """Return a link whose text is linked in pieces, as it holds calls."""
    whole = _leading((), "", attributes(node).values, context)
    kids = tuple(_unlinked(read_inlines(node["c"][1], context), whole))
    return (replace(whole, children=tuple(joined(kids))),)


def _unlinked(nodes: Iterable[Inline], whole: Link | Reference) -> Iterator[Inline]:
    for node in nodes:
        if isinstance(node, Link | Reference) and replace(node, children=()) == whole:
            yield from node.children
        elif isinstance(node, Styled):
            yield replace(node, children=tuple(joined(_unlinked(node.children, whole))))
        else:
            yield node


def _missing_image(node: Json, _: Context) -> tuple[Image]:
    return (Image(attributes(node).values.get("src", ""), text_of(node["c"][1])),)


_SPANS: Final[dict[str, Read]] = {
    "emphasis": _styled(Emphasis),
    "strong": _styled(Strong),
    "strikeout": _styled(Strikeout),
    "superscript": _styled(Superscript),
    "subscript": _styled(Subscript),
    "smallcaps": _styled(SmallCaps),
    "underline": _styled(Underline),
    "name": _name,
    "break": lambda _, __: (LineBreak(),),
    "code": lambda node, _: (Code(text_of(node["c"][1])),),
    "math": _math_span,
    "link": _whole_link,
    "missing-image": _missing_image,
    "pagebreak": _page,
    "noteref": _linked,
    "comment-ref": _linked,
    "empty": _nothing,
    "generated": _nothing,
}

_NODES: Final[dict[str, Read]] = {
    "Str": lambda node, _: (Text(node["c"]),),
    "Space": lambda _, __: (Text(" "),),
    "SoftBreak": lambda _, __: (Text(" "),),
    "LineBreak": lambda _, __: (LineBreak(),),
    "Emph": _styled(Emphasis),
    "Strong": _styled(Strong),
    "Strikeout": _styled(Strikeout),
    "Superscript": _styled(Superscript),
    "Subscript": _styled(Subscript),
    "SmallCaps": _styled(SmallCaps),
    "Underline": _styled(Underline),
    "Code": lambda node, _: (Code(node["c"][1]),),
    "Math": lambda node, _: (Math(node["c"][1], node["c"][0]["t"] == "DisplayMath"),),
    "Cite": lambda node, context: read_inlines(node["c"][1], context),
    "Link": _link,
    "Image": _image,
    "Note": _note,
    "RawInline": _raw,
    "Span": _span,
}
