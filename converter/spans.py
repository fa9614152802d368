"""Tables as their sources mean them: spans that reach beyond all other cells end there."""

from collections.abc import Iterator, Sequence
from itertools import count

from msgspec.structs import replace

from converter.model import Row


def fitted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return ``rows`` whose cells span no column where no cell begins, and no row below the last.

    Pages say ``colspan="100"`` for a cell as wide as the table, of which HTML knows no better way.
    See https://html.spec.whatwg.org/#table-processing-model.
    """
    starts = list(_starts(rows))
    begun = {start for row in starts for start in row}
    return tuple(
        Row(
            tuple(
                replace(
                    cell,
                    colspan=max(1, len(begun.intersection(range(start, start + cell.colspan)))),
                    rowspan=min(cell.rowspan, len(rows) - place),
                )
                for cell, start in zip(row.cells, columns, strict=True)
            )
        )
        for place, (row, columns) in enumerate(zip(rows, starts, strict=True))
    )


def _starts(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Yield for each row in which columns its cells begin, from 0."""
    covered: dict[int, int] = {}
    for row in rows:
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        free = (column for column in count() if column not in covered)
        columns: list[int] = []
        for cell in row.cells:
            columns.append(next(free))
            span = range(columns[-1], columns[-1] + cell.colspan)
            covered.update((column, max(cell.rowspan, covered.get(column, 0))) for column in span)
        yield columns
