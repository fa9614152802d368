"""Text that is set otherwise than in the source, and other pictures than its own, are named."""

import pytest
from msgspec.structs import replace

from converter.model import (
    Book,
    Document,
    Emphasis,
    Image,
    Note,
    NoteRef,
    Paragraph,
    Part,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from tests.strategies import PICTURES

WRITERS = ("epub", "html", "markdown")
STYLES = (Superscript, Subscript, Strikeout, Emphasis, Strong, SmallCaps, Underline)
ONE, TWO = list(PICTURES)[:2]


def _book(*inlines, note=()):
    document = Document(
        "d",
        title=(Text("A letter"),),
        children=(Paragraph((Text("It weighs "), *inlines, NoteRef("n1"), Text(" in all."))),),
        notes=(Note("n1", "1", (Paragraph((Text("Or "), *note, Text(" so."))),)),),
        pictures=tuple(PICTURES.values()),
    )
    return Book("Letters", (Part((document,)),))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("style", STYLES)
def test_lost_and_added_style_is_named(write, judged, writer, style):
    styled, plain = style((Text("four sacks"),)), Text("four sacks")
    assert judged(write(_book(styled), writer), _book(styled)) == {}
    assert set(judged(write(_book(plain), writer), _book(styled))) == {"style-differs"}
    assert set(judged(write(_book(styled), writer), _book(plain))) == {"style-differs"}


@pytest.mark.parametrize("writer", WRITERS)
def test_one_style_in_place_of_another_is_named_in_notes_too(write, judged, writer):
    high, low = Superscript((Text("2"),)), Subscript((Text("2"),))
    assert set(judged(write(_book(note=(low,)), writer), _book(note=(high,)))) == {"style-differs"}


@pytest.mark.parametrize("writer", WRITERS)
def test_styles_within_each_other_are_no_difference(write, judged, writer):
    inner = Emphasis((Text("not "), Strong((Text("very "), Emphasis((Text("much"),))))))
    book = _book(Emphasis((inner, NoteRef("n1"), Text(" and so on"))))
    assert judged(write(book, writer), book) == {}


@pytest.mark.parametrize("writer", WRITERS)
def test_pictures_that_changed_places_are_named(write, judged, writer):
    book = _book(Image(ONE, "A sack"), Text(" or "), Image(TWO, "A barrel"))
    other = _book(Image(TWO, "A sack"), Text(" or "), Image(ONE, "A barrel"))
    assert judged(write(book, writer), book) == {}
    assert set(judged(write(other, writer), book)) == {"picture-differs"}


@pytest.mark.parametrize("writer", WRITERS)
def test_text_in_place_of_a_picture_is_named(write, judged, writer):
    book = _book(Image(ONE, "A sack"))
    assert set(judged(write(_book(Text("A sack")), writer), book)) == {"picture-differs"}


def test_other_picture_in_the_file_of_one_in_markdown_is_named(write, judged):
    book = _book(Image(ONE, "A sack"), Image(TWO, "A barrel"))
    edition = write(book, "markdown")
    (file,) = edition.parent.rglob(ONE)
    file.write_bytes(PICTURES[TWO].data)
    assert set(judged(edition, book)) == {"picture-differs"}


def test_picture_that_the_book_does_not_hold_is_no_difference(write, judged):
    book = _book(Image("gone.png", "A sack"))
    document = replace(book.documents[0], pictures=())
    book = replace(book, parts=(Part((document,)),))
    for writer in WRITERS:
        assert judged(write(book, writer), book) == {}
