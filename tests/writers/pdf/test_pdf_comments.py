"""Threads in PDF: in order, numbered, indented as far as the measure allows."""

from typing import Any

import pytest
from msgspec.structs import replace

from converter.model import Book, Comment, Document, Part, Text
from converter.options import PdfOptions
from converter.verify import judge


def test_comments_stand_in_order_with_number_author_and_what_they_answer(
    write: Any, para: Any
) -> None:
    comments = (
        Comment("a", (para("First."),), author="Ann", date="2020-01-02", likes=4),
        Comment("b", (para("Second."),), parent="a", depth=2, author="Ben"),
        Comment("c", (para("Third."),), parent="b", depth=3),
    )
    text = write(Document("d", comments=comments, declared_comments=5)).text
    assert "Comments (3 of 5)" in text
    assert "1 Ann 2020-01-02 · Liked by 4 people First." in text
    assert "1.1 Ben · in reply to Ann Second." in text
    assert "1.1.1 · in reply to Ben Third." in text


def test_an_orphan_says_that_what_it_answers_is_missing(write: Any, para: Any) -> None:
    comments = (
        Comment("a", (para("Here."),)),
        Comment("b", (para("Lost."),), depth=3, orphan=True),
    )
    text = write(Document("d", comments=comments)).text
    assert "2 · The comment it answers is missing from the source. Lost." in text


def test_no_depth_squeezes_the_text(write: Any, para: Any, words: Any) -> None:
    comments = tuple(
        Comment(
            f"c{place}",
            (para(words(30, f"t{place}x")),),
            parent=f"c{place - 1}" if place else None,
            depth=place + 1,
        )
        for place in range(80)
    )
    edition = write(Document("d", comments=comments))
    assert edition.messages == []
    assert len(edition.pages) < 16
    positions = [edition.text.index(f"t{place}x0000") for place in range(80)]
    assert positions == sorted(positions)


def test_a_thread_hundreds_deep_is_laid_out(write: Any, para: Any) -> None:
    comments = tuple(
        Comment(f"c{n}", (para(f"Text{n}."),), parent=f"c{n - 1}" if n else None, depth=n + 1)
        for n in range(250)
    )
    text = write(Document("d", title=(Text("T"),), comments=comments)).text
    assert all(f"Text{n}." in text for n in range(250))


def test_a_comment_written_from_right_to_left_is_set_so(write: Any, para: Any) -> None:
    comments = (Comment("a", (para("שלום ABC"),)),)
    edition = write(Document("d", title=(Text("T"),), comments=comments))
    places = edition.places(3)
    (hebrew,) = [word for word in places if "ש" in word]
    assert places["ABC"][0] < places[hebrew][0]


def test_headings_in_comments_stay_out_of_the_bookmarks(write: Any, para: Any) -> None:
    from converter.model import Heading

    comments = (Comment("a", (Heading((Text("Loud"),)), para("Text."))),)
    outline = write(Document("d", comments=comments)).reader.outline
    assert "Loud" not in str(outline)


def test_no_page_ends_within_the_line_above_a_comment(write: Any, para: Any) -> None:
    comments = tuple(
        Comment(
            f"c{number}",
            (para("Lamp."), para("Oil.")),
            parent=f"c{number - 1}" if number > 1 else None,
            depth=number,
            author=f"Keeper {number}",
            date="2021-03-02T10:00:00",
        )
        for number in range(1, 33)
    )
    document = Document("d", children=(para("Text."),), comments=comments)
    edition = write(document, pdf=PdfOptions(page="A5", large_print=True))
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()


NARROW = {
    "book": PdfOptions(page="A5", large_print=True, columns=2),
    "handout": PdfOptions(page="A5", layout="handout", large_print=True, columns=2),
    "small booklet": PdfOptions(page="A5", layout="booklet", large_print=True),
}


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("paper", NARROW.values(), ids=NARROW)
def test_a_thread_of_any_depth_has_room_in_narrow_columns(
    write: Any, para: Any, words: Any, paper: PdfOptions, engine: str
) -> None:
    comments = tuple(
        Comment(
            f"c{place}",
            (para(words(20, f"t{place}x")),),
            parent=f"c{place - 1}" if place else None,
            author=f"Keeper Number {place}",
            date="2021-03-02T10:00:00",
        )
        for place in range(18)
    )
    book = Book("The Book", (Part((Document("d", (Text("T"),), comments=comments),)),))
    edition = write(book=book, pdf=replace(paper, engine=engine))
    assert edition.messages == []
    assert judge(edition.path, book).differences == ()
