from converter.model import Cell, Row
from converter.spans import fitted


def rows(*spans):
    """Return rows of cells, each told by its width and height."""
    return tuple(
        Row(tuple(Cell((), colspan=wide, rowspan=tall) for wide, tall in row)) for row in spans
    )


def test_a_cell_spans_no_column_in_which_no_cell_begins():
    wide = rows([(1000, 1)], [(1, 1), (1, 1)])
    assert fitted(wide) == rows([(2, 1)], [(1, 1), (1, 1)])


def test_columns_that_no_cell_begins_are_left_out_between_others_too():
    assert fitted(rows([(2, 1), (2, 1)], [(2, 1), (1, 1), (1, 1)])) == rows(
        [(1, 1), (2, 1)], [(1, 1), (1, 1), (1, 1)]
    )


def test_cells_below_one_that_spans_rows_begin_beside_it():
    table = rows([(1, 2), (2, 1)], [(1, 1), (1, 1)])
    assert fitted(table) == table


def test_a_cell_spans_no_row_below_the_last():
    assert fitted(rows([(1, 9), (1, 1)], [(1, 1)])) == rows([(1, 2), (1, 1)], [(1, 1)])


def test_a_cell_spans_no_column_that_one_above_it_spans():
    table = rows([(1, 1), (1, 1), (1, 2), (1, 1)], [(3, 1), (1, 1)])
    assert fitted(table) == rows([(1, 1), (1, 1), (1, 2), (1, 1)], [(2, 1), (1, 1)])


def test_a_table_without_rows_is_one():
    assert fitted(()) == ()
