"""Tables of pandoc as the model's."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from converter.model import Block, Cell, Inline, LineBreak, Paragraph, Prov, Row, Table
from converter.readers.pandoc import ast

ReadBlocks: TypeAlias = Callable[[ast.Blocks], tuple[Block, ...]]


def read_table(node: ast.Table, read: ReadBlocks, prov: Prov) -> Iterator[Block]:
    """Yield a table, and before it what of its caption is no paragraph.

    ``read`` turns the blocks of caption and cells into the model's.
    """
    _, caption, _, head, bodies, foot = node.c
    paragraphs: list[Paragraph] = []
    for block in read(caption.blocks):
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        else:
            yield block
    rows = [_row(row, len(row.cells), read) for row in head.rows]
    for body in bodies:
        rows += (_row(row, len(row.cells), read) for row in body.head)
        rows += (_row(row, body.headers, read) for row in body.rows)
    rows += (_row(row, 0, read) for row in foot.rows)
    yield Table(tuple(rows), tuple(_lines(paragraphs)), prov)


def contents(node: ast.Table) -> ast.Blocks:
    """Return what is in caption and cells, row by row."""
    _, caption, _, head, bodies, foot = node.c
    rows = [*head.rows]
    for body in bodies:
        rows += (*body.head, *body.rows)
    rows += foot.rows
    return (
        *caption.blocks,
        *(block for row in rows for cell in row.cells for block in cell.blocks),
    )


def _row(row: ast.Row, headers: int, read: ReadBlocks) -> Row:
    """Return ``row``, whose first ``headers`` cells are headers."""
    cells = (
        Cell(
            read(cell.blocks),
            header=position < headers,
            colspan=max(cell.colspan, 1),
            rowspan=max(cell.rowspan, 1),
        )
        for position, cell in enumerate(row.cells)
    )
    return Row(tuple(cells))


def _lines(paragraphs: list[Paragraph]) -> Iterator[Inline]:
    for position, paragraph in enumerate(paragraphs):
        if position:
            yield LineBreak()
        yield from paragraph.children
