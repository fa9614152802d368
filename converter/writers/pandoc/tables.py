"""Tables as pandoc's, with their spans."""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from converter.model import Cell, Table
from converter.writers.grid import Grid, placed
from converter.writers.pandoc.ast import NO_ATTRIBUTES, Json, node

Content: TypeAlias = Callable[[Cell], list[Json]]

_ALIGN: Final = {"t": "AlignDefault"}


def table(each: Table, caption: list[Json], content: Content) -> Json:
    """Return a table with what ``content`` makes of its cells; rows are filled up to one width."""
    heads = 1 if each.rows and all(cell.header for cell in each.rows[0].cells) else 0
    parts = [each.rows[:heads], each.rows[heads:]]
    grids = [placed(rows) for rows in parts]
    columns = [column for grid in grids for _, column in (*grid.cells, *grid.covered)]
    width = 1 + max(columns, default=-1)
    head, body = (
        [[NO_ATTRIBUTES, _row(number, width, grid, content)] for number in range(len(rows))]
        for rows, grid in zip(parts, grids, strict=True)
    )
    return node(
        "Table",
        [
            NO_ATTRIBUTES,
            [None, [node("Plain", caption)] if caption else []],
            [[_ALIGN, {"t": "ColWidthDefault"}]] * width,
            [NO_ATTRIBUTES, head],
            [[NO_ATTRIBUTES, 0, [], body]],
            [NO_ATTRIBUTES, []],
        ],
    )


def _row(number: int, width: int, grid: Grid, content: Content) -> list[Any]:
    cells: list[Any] = []
    for column in range(width):
        cell = grid.cells.get((number, column))
        if cell:
            cells.append([NO_ATTRIBUTES, _ALIGN, cell.rowspan, cell.colspan, content(cell)])
        elif (number, column) not in grid.covered:
            cells.append([NO_ATTRIBUTES, _ALIGN, 1, 1, []])
    return cells
