"""Tables as pandoc's: with blocks and spans in their cells, or, for a forge, lines alone."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeAlias, assert_never

from msgspec.structs import replace

from converter.model import (
    Block,
    Cell,
    Code,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    Inline,
    LineBlock,
    List,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
    Text,
)
from converter.writers.grid import Grid, placed
from converter.writers.markdown.inlines import line
from converter.writers.markdown.scope import NO_ATTRIBUTES, Json, Scope, raw
from converter.writers.numbering import item_marks

Content: TypeAlias = Callable[[Cell], list[Json]]

_ALIGN: Final = {"t": "AlignDefault"}


def table(node: Table, scope: Scope, content: Content) -> Json:
    """Return ``node`` with what ``content`` makes of its cells; rows are filled up to one width."""
    heads = 1 if node.rows and all(cell.header for cell in node.rows[0].cells) else 0
    parts = [node.rows[:heads], node.rows[heads:]]
    grids = [placed(rows) for rows in parts]
    width = 1 + max(
        (column for grid in grids for _, column in (*grid.cells, *grid.covered)), default=-1
    )
    head, body = (
        [[NO_ATTRIBUTES, _row(n, width, grid, scope, content)] for n in range(len(rows))]
        for rows, grid in zip(parts, grids, strict=True)
    )
    caption = line(node.caption, scope, opens=True)
    written = [
        NO_ATTRIBUTES,
        [None, [{"t": "Plain", "c": caption}] if caption else []],
        [[_ALIGN, {"t": "ColWidthDefault"}]] * width,
        [NO_ATTRIBUTES, head],
        [[NO_ATTRIBUTES, 0, [], body]],
        [NO_ATTRIBUTES, []],
    ]
    return {"t": "Table", "c": written}


def _row(number: int, width: int, grid: Grid, scope: Scope, content: Content) -> list[Any]:
    """Return a row. A forge has no spans: it gets empty cells for what they cover."""
    cells: list[Any] = []
    for column in range(width):
        cell = grid.cells.get((number, column))
        if cell:
            spans = [1, 1] if scope.forge else [cell.rowspan, cell.colspan]
            cells.append([NO_ATTRIBUTES, _ALIGN, *spans, content(cell)])
        elif scope.forge or (number, column) not in grid.covered:
            cells.append([NO_ATTRIBUTES, _ALIGN, 1, 1, []])
    return cells


def one_line(nodes: Iterable[Block], scope: Scope) -> list[Json]:
    """Return block nodes on one line, with an HTML line break for each of theirs."""
    cell = replace(scope, place="cell")
    written: list[Json] = []
    for each in _lines(nodes):
        shown = line(each, cell)
        written += [raw("<br>"), *shown] if written and shown else shown
    return written


def _lines(nodes: Iterable[Block]) -> Iterator[Iterable[Inline]]:  # noqa: C901 - every node kind
    for node in nodes:
        match node:
            case Paragraph(children=kids) | Heading(children=kids):
                yield kids
            case Section(heading=heading, children=below):
                yield heading.children if heading else ()
                yield from _lines(below)
            case List(items=items):
                for item, mark in zip(items, item_marks(node), strict=True):
                    yield (Text(mark),)
                    yield from _lines(item.children)
            case DefinitionList(items=entries):
                for entry in entries:
                    yield entry.term
                    yield from _lines(entry.children)
            case Quote(children=below):
                yield from _lines(below)
            case LineBlock(lines=lines):
                yield from lines
            case CodeBlock(text=text):
                yield from ((Code(each),) for each in text.splitlines())
            case Table(rows=rows, caption=caption):
                yield caption
                yield from _lines(b for row in rows for cell in row.cells for b in cell.children)
            case Figure(image=image, caption=below):
                yield (image,)
                yield from _lines(below)
            case PageBreak():
                yield (node,)
            case Rule():
                pass
            case _:
                assert_never(node)
