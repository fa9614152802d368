"""Which part of a document goes into which file."""

import pytest

from converter.model import (
    Cell,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Heading,
    List,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from converter.writers.epub.files import LIMIT, document_files

THIRD = "x" * (LIMIT // 3)


def paragraph(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def comments(*depths):
    """Return comments of a third of a file each, at ``depths``."""
    path, made = [], []
    for position, depth in enumerate(depths):
        del path[depth - 1 :]
        parent = path[-1] if path else None
        made.append(Comment(f"c{position}", (paragraph(THIRD),), parent, depth))
        path.append(f"c{position}")
    return tuple(made)


def threads(document):
    files = document_files(document, "post")
    return [[entry.comment.id for entry in file.entries] for file in files if file.entries]


def test_a_document_is_one_file():
    (file,) = document_files(Document("memo", children=(paragraph("Short."),)), "memo")
    assert (file.name, file.first) == ("memo.xhtml", True)


def test_a_long_document_is_cut_between_blocks():
    document = Document("memo", children=(paragraph(THIRD),) * 5)
    files = document_files(document, "memo")
    assert [len(file.blocks) for file in files] == [2, 2, 1]
    assert [file.name for file in files] == ["memo.xhtml", "memo-2.xhtml", "memo-3.xhtml"]
    assert [file.first for file in files] == [True, False, False]


def test_a_section_too_large_for_a_file_goes_on_in_the_next():
    inner = Section((paragraph(THIRD),) * 4, Heading((Text("Annex"),)))
    section = Section((paragraph(THIRD), inner), Heading((Text("Act"),)))
    files = document_files(Document("memo", children=(section,)), "memo")
    outer = [block for file in files for block in file.blocks]
    assert [block.heading is None for block in outer] == [False, True, True]
    assert [file.continues for file in files] == [0, 2, 2]
    (begun,) = [block for block in outer[0].children if isinstance(block, Section)]
    assert begun.heading == inner.heading
    held = [block.children[-1].children for block in outer]
    assert [len(blocks) for blocks in held] == [1, 2, 1]


def thirds(make, count):
    """Return ``count`` of what ``make`` makes of a paragraph that takes a third of a file."""
    return tuple(make((paragraph(THIRD),)) for _ in range(count))


def test_a_list_too_large_for_a_file_goes_on_in_the_next_with_its_numbers():
    listing = List(thirds(ListItem, 5), ordered=True, start=7)
    section = Section((listing,), Heading((Text("Index"),)))
    files = document_files(Document("memo", children=(section, paragraph("End."))), "memo")
    held = [file.blocks[0].children[0] for file in files]
    assert [(each.start, len(each.items)) for each in held] == [(7, 2), (9, 2), (11, 1)]
    assert [file.continues for file in files] == [0, 2, 2]
    assert files[-1].blocks[1:] == (paragraph("End."),)


def test_a_list_that_begins_a_file_continues_only_the_section_around_it():
    listing = List(thirds(ListItem, 3))
    section = Section((*[paragraph(THIRD)] * 2, listing))
    files = document_files(Document("memo", children=(section,)), "memo")
    assert [file.continues for file in files] == [0, 1, 2]


@pytest.mark.parametrize(
    "whole",
    [
        List(thirds(ListItem, 1)),
        List((ListItem((List(thirds(ListItem, 4)),)),)),
        DefinitionList((Definition((), (paragraph(THIRD),) * 4),)),
        Table((), (Text(THIRD * 4),)),
    ],
)
def test_a_list_or_table_is_cut_between_items_and_not_within(whole):
    (file,) = document_files(Document("memo", children=(whole,)), "memo")
    assert file.blocks == (whole,)


def test_a_note_is_in_the_file_of_the_item_that_calls_it():
    last = ListItem((paragraph(THIRD, NoteRef("n")),))
    note = Note("n", "1", (paragraph("Far down."),))
    listing = List((*thirds(ListItem, 3), last))
    files = document_files(Document("memo", children=(listing,), notes=(note,)), "memo")
    assert [file.notes for file in files] == [(), (note,)]


def test_a_table_too_large_for_a_file_is_cut_where_no_cell_spans_and_named_once():
    def row(rowspan=1):
        return Row((Cell((paragraph(THIRD),), rowspan=rowspan),))

    table = Table((row(), row(2), Row(()), row(), row()), (Text("Fares"),))
    files = document_files(Document("memo", children=(table,)), "memo")
    held = [file.blocks[0] for file in files]
    assert [len(each.rows) for each in held] == [3, 2]
    assert [each.caption for each in held] == [(Text("Fares"),), ()]


def test_a_thread_is_cut_between_comments_at_top_level():
    assert threads(Document("post", comments=comments(1, 1, 2, 1))) == [
        ["c0"],
        ["c1", "c2"],
        ["c3"],
    ]


def test_a_thread_that_is_too_large_below_one_comment_is_cut_where_the_file_is_full():
    assert threads(Document("post", comments=comments(1, 2, 3, 4))) == [["c0", "c1"], ["c2", "c3"]]


def test_a_note_is_in_the_file_of_its_first_call_and_so_are_the_notes_called_in_it():
    inner = Note("inner", "2", (paragraph("Inner."),))
    outer = Note("outer", "1", (paragraph("Outer.", NoteRef("inner")),))
    unseen = Note("unseen", "3", (paragraph("Uncalled."),))
    document = Document(
        "memo",
        children=(*[paragraph(THIRD)] * 2, paragraph(THIRD, NoteRef("outer"))),
        notes=(inner, outer, unseen),
        comments=(Comment("c", (paragraph(THIRD, NoteRef("outer")),)),),
    )
    files = document_files(document, "memo")
    assert [file.notes for file in files] == [(), (inner, outer, unseen), ()]


def test_notes_that_do_not_fit_beside_their_text_follow_it():
    notes = tuple(Note(f"n{n}", str(n), (paragraph(THIRD),)) for n in range(3))
    calls = tuple(NoteRef(note.id) for note in notes)
    files = document_files(Document("memo", children=(Paragraph(calls),), notes=notes), "memo")
    assert [len(file.notes) for file in files] == [0, 2, 1]
    assert files[0].blocks
