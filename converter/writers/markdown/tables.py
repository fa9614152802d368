"""Tables as pandoc's: with blocks and spans in their cells, or, for a forge, lines alone."""

import re
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
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from converter.walk import plain_text
from converter.writers.grid import Grid, placed
from converter.writers.markdown.inlines import line
from converter.writers.markdown.scope import NO_ATTRIBUTES, SPACE, Json, Scope, raw
from converter.writers.numbering import item_marks

# What is in a cell, given what the grid does not show of it.
Content: TypeAlias = Callable[[Cell, dict[str, str]], list[Json]]

# Of no width, or of one that depends on what is beside it: programs do not agree on it.
_UNSURE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_ALIGN: Final = {"t": "AlignDefault"}
# Of more, pandoc makes a table of HTML, from which it leaves out what is written as Markdown.
_MOST_COLUMNS: Final = 9


def table(node: Table, scope: Scope, content: Content) -> Json:
    """Return ``node`` with what ``content`` makes of its cells; rows are filled up to one width."""
    parts = _parts(node)
    width = _columns([placed(rows) for rows in parts])
    head, body = (
        [[NO_ATTRIBUTES, row] for row in _rows(rows, scope, content, width=width, is_head=is_head)]
        for rows, is_head in zip(parts, (True, False), strict=True)
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


def fits_grid(node: Table) -> bool:
    """Return whether lines can be drawn around the cells of ``node``, and hold what is in them.

    A line is drawn where a cell begins: a column or row without such a cell is not seen. Long
    blocks of many kinds in narrow cells are read neither by people nor, for sure, by pandoc.
    """
    parts = _parts(node)
    grids = [placed(rows) for rows in parts]
    cells = [cell for row in node.rows for cell in row.cells]
    columns = {column for grid in grids for _, column in grid.cells}
    rows = [len({row for row, _ in grid.cells}) for grid in grids]
    return (
        bool(parts[1])
        # Pandoc writes no head that is empty.
        and (not parts[0] or any(cell.children for cell in parts[0][0].cells))
        and len(columns) == _columns(grids) <= _MOST_COLUMNS
        and rows == [len(part) for part in parts]
        and all(_is_plain(block) for cell in cells for block in cell.children)
        and not _UNSURE.search(plain_text([node]))
    )


def _is_plain(block: Block) -> bool:
    match block:
        case Paragraph(role=role):
            return not role
        case List(items=items):
            return all(_is_plain(below) for item in items for below in item.children)
        case _:
            return isinstance(block, PageBreak)


def _parts(node: Table) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of the head and those of the body."""
    first = node.rows[0].cells if node.rows else ()
    heads = 1 if first and all(cell.header for cell in first) else 0
    return node.rows[:heads], node.rows[heads:]


def _columns(grids: Iterable[Grid]) -> int:
    places = (column for grid in grids for _, column in (*grid.cells, *grid.covered))
    return 1 + max(places, default=-1)


def _rows(
    rows: tuple[Row, ...], scope: Scope, content: Content, *, width: int, is_head: bool
) -> Iterator[list[Any]]:
    """Yield rows. A forge has no spans: it gets empty cells for what they cover."""
    grid = placed(rows)
    for number, row in enumerate(rows):
        waiting = iter(row.cells)
        cells: list[Any] = []
        for column in range(width):
            shown = grid.cells.get((number, column))
            if shown:
                spans = [1, 1] if scope.forge else [shown.rowspan, shown.colspan]
                hidden = _hidden(next(waiting), replace(shown, header=is_head))
                cells.append([NO_ATTRIBUTES, _ALIGN, *spans, content(shown, hidden)])
            elif scope.forge or (number, column) not in grid.covered:
                filler = [] if scope.forge else [{"t": "Plain", "c": [raw("[]{.filler}")]}]
                cells.append([NO_ATTRIBUTES, _ALIGN, 1, 1, filler])
        yield cells


def _hidden(cell: Cell, shown: Cell) -> dict[str, str]:
    """Return what ``cell`` is otherwise than it is ``shown``."""
    fields = ((name, getattr(cell, name)) for name in ("header", "colspan", "rowspan"))
    return {name: str(own).lower() for name, own in fields if own != getattr(shown, name)}


def one_line(nodes: Iterable[Block], scope: Scope) -> list[Json]:
    """Return block nodes on one line, with a line break of HTML, or a space, for theirs."""
    cell = replace(scope, place="cell")
    between = raw("<br>") if scope.html else SPACE
    written: list[Json] = []
    for each in _lines(nodes):
        shown = line(each, cell)
        written += [between, *shown] if written and shown else shown
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
