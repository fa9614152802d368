"""The model node by node, with where its blocks begin and end: ``steps``.

What kinds of blocks there are is said in words that the readings of all editions share:
``h1`` is a heading on the outermost level of a text, ``h0`` the title above it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from converter.model import (
    AnyNode,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    LineBlock,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from converter.verify.reading import END
from converter.walk import children

# Deeper than this, editions set level what is nested, and lists lose their numbers.
_DEEPEST: Final = 20
# As many columns or rows as HTML lets a cell span.
_WIDEST: Final = 1000


class Mark(NamedTuple):
    """The beginning or end of a block; an ``item`` needs no paragraph in it.

    Without a kind it is where the text of an item begins, behind its number.
    """

    kind: str
    item: bool = False


Step: TypeAlias = AnyNode | Mark
# The end of what marks an item.
_MARKED: Final = Mark("", item=True)
_PLAIN: Final = (Text, Mark)
_Inner: TypeAlias = Iterable[tuple[Step, int, int]]


def steps(nodes: Iterable[AnyNode], *, rank: int = 1) -> Iterator[Step]:
    """Yield ``nodes`` and all below them in reading order; ``rank`` is that of their headings.

    What holds blocks, and blocks other than paragraphs, are marks where they begin and end; the
    numbers of list items are texts.
    """
    # How deep each node is nested, and the rank that an outermost heading has there.
    stack: list[tuple[Step, int, int]] = [(node, 1, rank) for node in nodes]
    stack.reverse()
    while stack:
        node, depth, rank = stack.pop()
        if isinstance(node, _PLAIN):  # most nodes
            yield node
        elif (special := _SPECIAL.get(type(node))) is None:
            yield node
            if inner := children(node):
                stack += [(child, depth, rank) for child in reversed(inner)]
        elif depth > _DEEPEST and (unpacked := _UNPACKED.get(type(node))):
            level = [(child, depth, rank) for child in unpacked(node)]
            stack += reversed(level)
        else:
            stack += reversed([*special(node, depth, rank)])


def tabular(*, header: bool, colspan: int, rowspan: int) -> str:
    """Return the kind of a cell."""
    wide, tall = min(colspan, _WIDEST), min(rowspan, _WIDEST)
    kind = "th" if header else "td"
    return kind if wide == tall == 1 else f"{kind} {wide} {tall}"


def _within(
    kind: str, nodes: Iterable[Step], depth: int, rank: int, *, item: bool = False
) -> _Inner:
    """Yield ``nodes`` between the beginning and end of what they are in."""
    yield Mark(kind, item), depth, rank
    for node in nodes:
        yield node, depth, rank
    yield Mark(END + kind), depth, rank


def _heading(node: Heading, depth: int, rank: int) -> _Inner:
    yield Mark(f"h{rank + node.level - 1}"), depth, rank
    for child in node.children:
        yield child, depth, rank


def _section(node: Section, depth: int, rank: int) -> _Inner:
    if node.heading:
        yield Mark(f"h{rank}"), depth, rank
        for child in node.heading.children:
            yield child, depth, rank
    for block in node.children:
        yield block, depth + 1, rank + 1


def _list(node: List, depth: int, rank: int) -> _Inner:
    yield from _within("ol" if node.ordered else "ul", _items(node), depth, rank)


def _items(node: List) -> Iterator[Step]:
    for number, item in enumerate(node.items, start=node.start):
        yield Mark("li", item=True)
        if mark := item.marker or (f"{number}." if node.ordered else ""):
            yield Text(f" {mark} ")
            yield _MARKED
        yield item


def _item(node: ListItem | Definition, depth: int, rank: int) -> _Inner:
    if isinstance(node, Definition):
        yield Mark("dt"), depth, rank
        for child in node.term:
            yield child, depth, rank
        yield Mark("dd", item=True), depth, rank
    for block in node.children:
        yield block, depth + 1, rank


def _verse(node: LineBlock) -> Iterator[Step]:
    for position, line in enumerate(node.lines):
        yield Mark("line" if position else "lines")
        yield from line


def _table(node: Table, depth: int, rank: int) -> _Inner:
    caption = (Mark("caption"), *node.caption) if node.caption else ()
    yield from _within("table", (*caption, *node.rows), depth, rank)


def _cell(node: Cell, depth: int, rank: int) -> _Inner:
    kind = tabular(header=node.header, colspan=node.colspan, rowspan=node.rowspan)
    yield Mark(kind, item=True), depth, rank
    for block in node.children:
        yield block, depth + 1, rank


_SPECIAL: Final[Mapping[type, Callable[[Any, int, int], _Inner]]] = {
    Heading: _heading,
    Section: _section,
    List: _list,
    ListItem: _item,
    DefinitionList: lambda node, *at: _within("dl", node.items, *at),
    Definition: _item,
    Quote: lambda node, depth, rank: _within("quote", node.children, depth + 1, rank),
    Table: _table,
    Row: lambda node, *at: ((each, *at) for each in (Mark("tr"), *node.cells)),
    Cell: _cell,
    Figure: lambda node, *at: _within("figure", children(node), *at, item=True),
    LineBlock: lambda node, *at: ((each, *at) for each in _verse(node)),
    LineBreak: lambda _, *at: ((Mark("br"), *at),),
    CodeBlock: lambda node, *at: ((Mark("pre"), *at), (Text(f" {node.text} "), *at)),
    Rule: lambda _, *at: ((Mark("hr"), *at),),
}
# What is left of a block too deep.
_UNPACKED: Final[Mapping[type, Callable[[Any], Iterable[AnyNode]]]] = {
    Section: lambda node: (*filter(None, [node.heading]), *node.children),
    List: lambda node: node.items,
    ListItem: lambda node: (
        *((Paragraph((Text(node.marker),)),) if node.marker else ()),
        *node.children,
    ),
    DefinitionList: lambda node: node.items,
    Definition: lambda node: (Paragraph(node.term), *node.children),
    Quote: lambda node: node.children,
    Table: lambda node: (*((Paragraph(node.caption),) if node.caption else ()), *node.rows),
    Row: lambda node: node.cells,
    Cell: lambda node: node.children,
}
