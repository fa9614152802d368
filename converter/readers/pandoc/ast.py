"""Pandoc's document model, as far as its readers fill it, decoded from its JSON.

The names and shapes are pandoc's own: ``c`` is the content of a node, a tuple for a node of
several parts. See https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace


class Node(msgspec.Struct, frozen=True, tag_field="t", tag=True, gc=False):
    """What all nodes share: they are told apart by ``t``, the name of their class."""


class Kind(msgspec.Struct, frozen=True, gc=False):
    """One of a few kinds of the same thing, such as of quotation marks or of list numbers."""

    t: str


class Attr(NamedTuple):
    """Id, classes, and all else that a source says of an element."""

    id: str
    classes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """Return the value of ``name``, empty without one."""
        return dict(self.values).get(name, "")


# ------------------------------------------------------------------ inline nodes

Inlines: TypeAlias = tuple["Inline", ...]
Blocks: TypeAlias = tuple["Block", ...]


class Str(Node, frozen=True):
    c: str


class Space(Node, frozen=True):
    pass


class SoftBreak(Node, frozen=True):
    pass


class LineBreak(Node, frozen=True):
    pass


class Emph(Node, frozen=True):
    c: Inlines


class Underline(Node, frozen=True):
    c: Inlines


class Strong(Node, frozen=True):
    c: Inlines


class Strikeout(Node, frozen=True):
    c: Inlines


class Superscript(Node, frozen=True):
    c: Inlines


class Subscript(Node, frozen=True):
    c: Inlines


class SmallCaps(Node, frozen=True):
    c: Inlines


class Quoted(Node, frozen=True):
    c: tuple[Kind, Inlines]


class Cite(Node, frozen=True):
    c: tuple[Any, Inlines]


class Code(Node, frozen=True):
    c: tuple[Attr, str]


class Math(Node, frozen=True):
    c: tuple[Kind, str]


class RawInline(Node, frozen=True):
    c: tuple[str, str]


class Link(Node, frozen=True):
    c: tuple[Attr, Inlines, tuple[str, str]]


class Image(Node, frozen=True):
    c: tuple[Attr, Inlines, tuple[str, str]]


class Note(Node, frozen=True):
    c: Blocks


class Span(Node, frozen=True):
    c: tuple[Attr, Inlines]


Inline: TypeAlias = (
    Str
    | Space
    | SoftBreak
    | LineBreak
    | Emph
    | Underline
    | Strong
    | Strikeout
    | Superscript
    | Subscript
    | SmallCaps
    | Quoted
    | Cite
    | Code
    | Math
    | RawInline
    | Link
    | Image
    | Note
    | Span
)

# ------------------------------------------------------------------- block nodes


class Caption(NamedTuple):
    short: Inlines | None
    blocks: Blocks


class Cell(NamedTuple):
    attr: Attr
    alignment: Kind
    rowspan: int
    colspan: int
    blocks: Blocks


class Row(NamedTuple):
    attr: Attr
    cells: tuple[Cell, ...]


class Rows(NamedTuple):
    """The head or foot of a table."""

    attr: Attr
    rows: tuple[Row, ...]


class Body(NamedTuple):
    """A body of a table. The first ``headers`` cells of a row are headers."""

    attr: Attr
    headers: int
    head: tuple[Row, ...]
    rows: tuple[Row, ...]


class Plain(Node, frozen=True):
    c: Inlines


class Para(Node, frozen=True):
    c: Inlines


class LineBlock(Node, frozen=True):
    c: tuple[Inlines, ...]


class CodeBlock(Node, frozen=True):
    c: tuple[Attr, str]


class RawBlock(Node, frozen=True):
    c: tuple[str, str]


class BlockQuote(Node, frozen=True):
    c: Blocks


class OrderedList(Node, frozen=True):
    c: tuple[tuple[int, Kind, Kind], tuple[Blocks, ...]]


class BulletList(Node, frozen=True):
    c: tuple[Blocks, ...]


class DefinitionList(Node, frozen=True):
    c: tuple[tuple[Inlines, tuple[Blocks, ...]], ...]


class Header(Node, frozen=True):
    c: tuple[int, Attr, Inlines]


class HorizontalRule(Node, frozen=True):
    pass


class Table(Node, frozen=True):
    c: tuple[Attr, Caption, Any, Rows, tuple[Body, ...], Rows]


class Figure(Node, frozen=True):
    c: tuple[Attr, Caption, Blocks]


class Div(Node, frozen=True):
    c: tuple[Attr, Blocks]


Block: TypeAlias = (
    Plain
    | Para
    | LineBlock
    | CodeBlock
    | RawBlock
    | BlockQuote
    | OrderedList
    | BulletList
    | DefinitionList
    | Header
    | HorizontalRule
    | Table
    | Figure
    | Div
)

# ---------------------------------------------------------------------- metadata


class MetaMap(Node, frozen=True):
    c: dict[str, "MetaValue"]


class MetaList(Node, frozen=True):
    c: tuple["MetaValue", ...]


class MetaBool(Node, frozen=True):
    c: bool


class MetaString(Node, frozen=True):
    c: str


class MetaInlines(Node, frozen=True):
    c: Inlines


class MetaBlocks(Node, frozen=True):
    c: Blocks


MetaValue: TypeAlias = MetaMap | MetaList | MetaBool | MetaString | MetaInlines | MetaBlocks


class Pandoc(msgspec.Struct, frozen=True):
    """A whole document."""

    meta: dict[str, MetaValue]
    blocks: Blocks


# ----------------------------------------------------------------------- the ways through

Content = TypeVar("Content")


def decode(data: bytes) -> Pandoc:
    """Return the document that pandoc wrote as JSON. Raises msgspec.ValidationError."""
    return msgspec.json.decode(data, type=Pandoc)


def rewrite(content: Content, change: Callable[[Node], Iterable[Node]]) -> Content:
    """Return ``content`` with every node replaced by those that ``change`` makes of it.

    ``content`` is what the field ``c`` of a node may hold, such as blocks; innermost nodes go
    first. Nodes must stand in a tuple to be replaced by several or none.
    """
    return _rewritten(content, change)  # type: ignore[no-any-return] # of the same shape


def _rewritten(value: Any, change: Callable[[Node], Iterable[Node]]) -> Any:
    if isinstance(value, Node):
        inner = getattr(value, "c", None)
        return value if inner is None else replace(value, c=_rewritten(inner, change))
    if not isinstance(value, tuple):
        return value
    made: list[Any] = []
    for each in value:
        new = _rewritten(each, change)
        made.extend(change(new) if isinstance(new, Node) else (new,))
    return type(value)._make(made) if hasattr(value, "_make") else tuple(made)


def walk(content: Any) -> Iterator[Node]:
    """Yield all nodes in ``content``, which is as for ``rewrite``, parents first, in order."""
    stack = [content]
    while stack:
        value = stack.pop()
        if isinstance(value, Node):
            yield value
            stack.append(getattr(value, "c", None))
        elif isinstance(value, tuple):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            stack.extend(reversed(value.values()))
