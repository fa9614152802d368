"""Tables as their sources mean them: spans that reach beyond all other cells end there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from msgspec.structs import replace

from converter.model import Cell, Row


def fitted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return ``rows`` whose cells span no column where no cell begins, and no row below the last.

    Pages say ``colspan="100"`` for a cell as wide as the table, of which HTML knows no better way.
    Nor do cells span columns of a row that a cell above them spans: HTML has the two overlap.
    See https://html.spec.whatwg.org/#table-processing-model.
    """
    spans = list(_spans(rows))
    begun = {span.start for row in spans for span in row}
    return tuple(
        Row(
            tuple(
                replace(
                    cell,
                    colspan=max(1, len(begun.intersection(span))),
                    rowspan=min(cell.rowspan, len(rows) - place),
                )
                for cell, span in zip(row.cells, columns, strict=True)
            )
        )
        for place, (row, columns) in enumerate(zip(rows, spans, strict=True))
    )


def _spans(rows: Sequence[Row]) -> Iterator[list[range]]:
    """Yield for each row the columns of its cells, from 0."""
    covered: dict[int, int] = {}
    for row in rows:
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        spans: list[range] = []
        for cell in row.cells:
            spans.append(_span(cell, spans[-1].stop if spans else 0, covered))
        for cell, span in zip(row.cells, spans, strict=True):
            covered.update(dict.fromkeys(span, cell.rowspan))
        yield spans


def _span(cell: Cell, after: int, covered: Mapping[int, int]) -> range:
    """Return the columns of a ``cell`` behind another, free of those that are ``covered``."""
    start = next(column for column in count(after) if column not in covered)
    end = start + cell.colspan
    stop = next((column for column in range(start + 1, end) if column in covered), end)
    return range(start, stop)
