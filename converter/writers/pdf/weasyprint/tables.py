"""Tables whose rows are all as long, as PDF/UA-1 wants them (ISO 14289-1, clause 7.2)."""

from typing import Final

from converter.model import Cell, Row
from converter.writers.grid import Grid, placed
from converter.writers.xhtml import XHTML, Element

_TABLE: Final = f"{{{XHTML}}}table"
_BODY: Final = f"{{{XHTML}}}tbody"
_CELL: Final = f"{{{XHTML}}}td"


def square_tables(body: Element) -> None:
    """End the spans of cells where other cells are, and add cells where there are none."""
    for table in body.iter(_TABLE):
        rows = [row for part in table.iterchildren(_BODY) for row in part]
        grid = placed([Row(tuple(map(_cell, row))) for row in rows])
        width = 1 + max((column for _, column in (*grid.cells, *grid.covered)), default=0)
        for number, row in enumerate(rows):
            _square(row, number, width, grid)


def _cell(element: Element) -> Cell:
    return Cell((), colspan=_span(element, "colspan"), rowspan=_span(element, "rowspan"))


def _span(element: Element, name: str) -> int:
    return int(element.get(name, "1"))


def _square(row: Element, number: int, width: int, grid: Grid) -> None:
    """Give the cells of the row ``number`` the spans that they have on ``grid``."""
    cells = iter(list(row))
    for column in range(width):
        if cell := grid.cells.get((number, column)):
            element = next(cells)
            element.set("colspan", str(cell.colspan))
            element.set("rowspan", str(cell.rowspan))
            row.append(element)
        elif (number, column) not in grid.covered:
            row.append(row.makeelement(_CELL))
