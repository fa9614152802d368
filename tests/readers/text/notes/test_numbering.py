import pytest

from converter.readers.text.notes.numbering import (
    Count,
    Mark,
    gaps,
    next_count,
    parse_mark,
    relation,
    tells_of_gap,
)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("18", Mark(18)), ("18a", Mark(18, 1)), ("b", Mark(0, 2)), ("‡", Mark(sign=3))],
)
def test_marks_are_taken_apart(text, mark):
    assert parse_mark(text) == mark


@pytest.mark.parametrize(
    ("last", "mark", "expected"),
    [
        ("18", "19", "next"),
        ("18", "18a", "inserted"),
        ("18a", "19", "next"),
        ("18", "18", "same"),
        ("18", "20", "one left out"),
        ("18", "44", "leap"),
        ("99", "1", "1 after 99"),
        ("*", "†", "next sign"),
        ("18", "*", "sign among numbers"),
    ],
)
def test_a_mark_is_known_by_the_one_before_it(last, mark, expected):
    count = Count(5, parse_mark(last))
    assert relation(count, parse_mark(mark), 0, skipped=0, repeat=0) == expected


def test_where_numbering_begins_on_each_page_it_goes_on_over_none():
    count = Count(5, Mark(3), page=1, paged=True)
    first, fourth = Mark(1), Mark(4)
    assert relation(count, first, 2, skipped=0, repeat=0) == "1 on a new page, as before"
    assert relation(count, fourth, 2, skipped=0, repeat=0) == "next on a new page, as never before"
    assert relation(count, fourth, 1, skipped=0, repeat=0) == "next"


def test_a_page_of_a_single_note_is_followed_by_another():
    count = Count(5, Mark(1), page=1, paged=True)
    assert relation(count, Mark(1), 2, skipped=0, repeat=0) == "1 on a new page, as before"


def test_signs_too_may_begin_again_on_a_new_page():
    count = next_count(Count(2, Mark(sign=1), page=1), 2, Mark(sign=1), 2, repeat=0)
    assert count == Count(3, Mark(sign=1), page=2, paged=True)


def test_a_mark_printed_again_does_not_turn_numbering_back():
    count = Count(5, Mark(40))
    assert relation(count, Mark(38), 0, skipped=0, repeat=3) == "earlier, and the same text"
    assert next_count(count, 5, Mark(38), 0, repeat=3).mark == Mark(40)


def test_a_text_printed_again_on_a_page_numbered_anew_has_a_mark_of_its_own():
    count = Count(5, Mark(4), page=1, paged=True)
    assert relation(count, Mark(1), 2, skipped=0, repeat=4) == "1 on a new page, as before"
    assert next_count(count, 5, Mark(1), 2, repeat=4).mark == Mark(1)


def test_marks_tell_how_many_notes_were_passed_over():
    assert gaps(Count(5, Mark(5)), Mark(9)) == (0, 1, 3)
    assert tells_of_gap(Mark(5), Mark(9), 3)
    assert not tells_of_gap(Mark(5), Mark(6), 1)
