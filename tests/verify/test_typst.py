"""PDF editions laid out by Typst from which something was taken with other tools.

Its links name places, not targets: they are told by their order on the page.
"""

import re

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, NullObject

from converter.errors import SourceError
from converter.model import (
    Book,
    Comment,
    CommentRef,
    Document,
    Note,
    NoteRef,
    Paragraph,
    Part,
    Text,
)
from converter.options import Options, PdfOptions
from converter.verify import verify

LETTER, POST = "page 4", "page 6"
# Of the letter: the calls of notes 2 and 4 and the mark of note 4; of the post: a reply's link.
CALL_OF_2, CALL_OF_4, MARK_OF_4, REPLY_TO_2 = 1, 4, 11, 1


@pytest.fixture(scope="module")
def whole(write, book):
    return write(book, "pdf", Options(pdf=PdfOptions(engine="typst")))


@pytest.fixture
def changed(whole, tmp_path, judged, book):
    """Return a function that changes the file with pypdf and verifies the result."""

    def changed(change, against=True):
        writer = PdfWriter(clone_from=whole)
        change(writer)
        target = tmp_path / "changed.pdf"
        writer.write(target)
        return judged(target, book if against else None)

    return changed


def _links(writer, page):
    return [note.get_object() for note in writer.pages[page]["/Annots"]]


def test_unchanged_copy_has_no_difference(changed):
    assert changed(lambda _: None) == {}


def test_dropped_way_back_is_named(changed):
    def drop(writer):
        _links(writer, 3)[MARK_OF_4][NameObject("/Dest")] = NullObject()

    assert changed(drop) == {"backlink-lost": [LETTER], "broken-link": [LETTER]}


def test_call_that_leads_to_another_note_is_named(changed):
    def turn(writer):
        links = _links(writer, 3)
        links[CALL_OF_4][NameObject("/Dest")] = links[CALL_OF_2]["/Dest"]

    found = changed(turn)
    assert found["note-called-elsewhere"] == [LETTER]
    assert found["backlink-wrong"] == [LETTER]
    assert changed(turn, against=False) == {
        "backlink-lost": [LETTER],
        "backlink-wrong": [LETTER],
    }


def test_comment_whose_link_leads_to_a_stranger_is_named(changed):
    def turn(writer):
        links = _links(writer, 5)
        links[REPLY_TO_2][NameObject("/Dest")] = links[-1]["/Dest"]

    assert "comment-under-wrong-parent" in changed(turn)


def test_text_that_is_gone_from_a_page_is_lost(changed):
    def blank(writer):
        page = writer.pages[3]
        content = page.get_contents()
        data = content.get_data()
        shown = re.sub(rb"(?s)(<</MCID 5>>BDC.*?)\([^)]*\) ?Tj", rb"\1", data)
        assert shown != data
        content.set_data(shown)
        page[NameObject("/Contents")] = writer._add_object(content)

    assert changed(blank) == {"call-lost": [LETTER], "backlink-wrong": [LETTER]}


def test_words_outside_the_structure_are_added(changed):
    def stamp(writer):
        content = writer.pages[3].get_contents()
        move = b"BT /f0 20 Tf 1 0 0 1 200 400 Tm <000500020007> Tj ET"
        content.set_data(content.get_data() + b"\n" + move)
        writer.pages[3][NameObject("/Contents")] = writer._add_object(content)

    assert changed(stamp) == {"word-added": [LETTER]}


def test_contents_that_print_another_page_are_named(changed):
    def turn(writer):
        links = _links(writer, 1)
        links[1][NameObject("/Dest")] = links[3]["/Dest"]

    assert changed(turn) == {"contents-wrong-page": ["page 2"]}


def test_file_without_structure_is_an_error(whole, tmp_path, book):
    writer = PdfWriter(clone_from=whole)
    del writer.root_object["/StructTreeRoot"]
    target = tmp_path / "flat.pdf"
    writer.write(target)
    with pytest.raises(SourceError, match="has no structure"):
        verify(target, book)


def test_calls_of_notes_at_the_end_are_told_by_their_links(write, tmp_path, judged):
    notes = (
        Note("a", "1", (Paragraph((Text("See"), NoteRef("b"))),)),
        Note("b", "2", (Paragraph((Text("Rather see"), NoteRef("a"))),)),
    )
    book = Book("Book", (Part((Document("d", (Text("T"),), notes=notes),)),))
    writer = PdfWriter(clone_from=write(book, "pdf", Options(pdf=PdfOptions(engine="typst"))))
    target = tmp_path / "changed.pdf"
    writer.write(target)
    assert judged(target, book) == {}
    for link in _links(writer, 2):
        link[NameObject("/Dest")] = NullObject()
    writer.write(target)
    assert "call-lost" in judged(target, book)


def test_a_comment_called_in_the_text_is_no_word_of_it(write, judged):
    text = Paragraph((Text("The harbour lay"), CommentRef("c1"), Text(" still.")))
    comment = Comment("c1", (Paragraph((Text("Which one?"),)),), kind="review", author="Ida")
    called = Book("Papers", (Part((Document("a", children=(text,), comments=(comment,)),)),))
    assert judged(write(called, "pdf", Options(pdf=PdfOptions(engine="typst"))), called) == {}
