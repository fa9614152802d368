from converter.model import LineBreak, List, ListItem, PageBreak, Paragraph, Text
from converter.readers.text.blocks import read_blocks
from converter.readers.text.dump import Dump
from converter.readers.text.inlines import Cut, Cuts, read_inlines
from converter.report import Report


def read(text, *cuts):
    dump = Dump("memo.txt", text)
    inline = lambda start, end: read_inlines(dump, start, end, Cuts(cuts))  # noqa: E731
    blocks = read_blocks(dump, dump.lines, inline, report=Report())
    assert dump.ledger().balanced
    return _bare(blocks)


def _bare(node):
    """Return blocks without their places, to compare them with what is expected."""
    match node:
        case tuple():
            return tuple(map(_bare, node))
        case List(items=items):
            return List(_bare(items), node.ordered, node.start)
        case ListItem(children=kids):
            return ListItem(_bare(kids))
        case Paragraph(children=kids):
            return Paragraph(kids)
    return node


def paragraph(text):
    return Paragraph((Text(text),))


def item(*blocks):
    return ListItem(blocks)


def test_blank_lines_part_paragraphs_and_line_ends_are_breaks():
    assert read("one\ntwo\n\nthree") == (
        Paragraph((Text("one"), LineBreak(), Text("two"))),
        paragraph("three"),
    )


def test_lists_nest_by_the_column_of_their_markers():
    text = "  • a\n    • b\n    • c\n  • d"
    inner = List((item(paragraph("b")), item(paragraph("c"))))
    assert read(text) == (List((item(paragraph("a"), inner), item(paragraph("d")))),)


def test_a_numbered_list_keeps_its_first_number():
    assert read("  4. four\n  5. five") == (
        List((item(paragraph("four")), item(paragraph("five"))), ordered=True, start=4),
    )


def test_a_number_out_of_turn_begins_another_list():
    blocks = read("  1. one\n  1. one again")
    assert [block.start for block in blocks] == [1, 1]


def test_paragraphs_of_an_item_stand_right_of_its_marker():
    assert read("  • a\n\n    more of a\n\nnot of a") == (
        List((item(paragraph("a"), paragraph("more of a")),)),
        paragraph("not of a"),
    )


def test_an_empty_item_is_an_item():
    assert read("  •\n  • b") == (List((item(), item(paragraph("b")))),)


def test_a_page_break_of_its_own_is_a_block():
    assert read("[Page 9]", Cut(0, 8, PageBreak("9"))) == (PageBreak("9"),)


def test_cuts_part_the_text_and_leave_their_node():
    assert read("lan[9]tern", Cut(3, 6, PageBreak("9"))) == (
        Paragraph((Text("lan"), PageBreak("9"), Text("tern"))),
    )
