"""The cells of a table on a grid, for writers whose tables have no room for a mistake."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from converter.model import Cell, Row

# What HTML allows: https://html.spec.whatwg.org/#attributes-common-to-td-and-th-elements
WIDEST: Final = 1000


class Grid(NamedTuple):
    """Cells by their row and column, and places that are part of a cell that begins elsewhere."""

    cells: dict[tuple[int, int], Cell]
    covered: set[tuple[int, int]]


def placed(rows: Sequence[Row]) -> Grid:
    """Return the cells of ``rows`` on a grid, on which spans end where other cells are."""
    grid = Grid({}, set())
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in grid.covered:
                column += 1
            wide = _width(cell, number, column, grid)
            tall = max(1, min(cell.rowspan, len(rows) - number))
            grid.cells[number, column] = replace(cell, colspan=wide, rowspan=tall)
            grid.covered.update((number + n, column + m) for n in range(tall) for m in range(wide))
            column += wide
    grid.covered.difference_update(grid.cells)
    return grid


def _width(cell: Cell, row: int, column: int, grid: Grid) -> int:
    wanted = min(cell.colspan, WIDEST)
    others = (n for n in range(1, wanted) if (row, column + n) in grid.covered)
    return max(1, next(others, wanted))
