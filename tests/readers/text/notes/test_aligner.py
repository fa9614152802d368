import random

import pytest

from converter.readers.text.notes.aligner import Mark, align, parse_mark
from converter.readers.text.notes.sites import Site


def site(place, mark, *, lead="after a word", page=0):
    return (Site(place * 10, place * 10 + len(mark), mark, lead, "before a space", page),)


def linked(groups, count, repeats=None, fit=lambda _note, _site: 0.0):
    """Return the marks that the notes are linked to with confidence, None for no link."""
    links = align(groups, count, repeats=repeats or [0] * count, fit=fit)
    return [note[0].site.mark if note and note[0].confidence > 0.5 else None for note in links]


@pytest.mark.parametrize(
    "marks",
    [
        ["1", "2", "3", "4"],
        ["19", "20", "21"],
        ["97", "98", "99", "1", "2"],
        ["17", "17a", "18", "18a", "18b", "19"],
        ["*", "†", "‡", "§"],
        ["a", "b", "c"],
        ["67"],
    ],
)
def test_a_sequence_of_marks_is_linked_whole(marks):
    groups = [site(place, mark) for place, mark in enumerate(marks)]
    assert linked(groups, len(marks)) == marks


def test_numbering_may_begin_again_on_each_page():
    marks = ["1", "2", "1", "1", "2", "3"]
    pages = [0, 0, 1, 2, 2, 2]
    groups = [site(p, m, page=page) for p, (m, page) in enumerate(zip(marks, pages, strict=True))]
    assert linked(groups, len(marks)) == marks


def test_a_mark_may_be_printed_again_by_a_note_of_the_same_text():
    marks = ["38", "39", "38", "38", "40"]
    groups = [site(place, mark) for place, mark in enumerate(marks)]
    assert linked(groups, 5, repeats=[0, 0, 2, 1, 0]) == marks


def test_numbers_out_of_sequence_are_no_calls():
    groups = [site(place, mark) for place, mark in enumerate(["1", "45", "2", "88", "3"])]
    assert linked(groups, 3) == ["1", "2", "3"]


def test_the_whole_sequence_decides_on_a_doubtful_split():
    number = "after a paper's number"
    groups = [site(0, "7"), site(1, "8", lead=number), site(2, "3", lead=number), site(3, "9")]
    assert linked(groups, 3) == ["7", "8", "9"]


def test_between_two_places_alike_nothing_is_linked():
    number = "after a number"
    assert linked([site(0, "1", lead=number), site(1, "1", lead=number)], 1) == [None]


def test_a_note_that_is_not_called_leaves_the_others_in_place():
    groups = [site(place, mark) for place, mark in enumerate(["1", "3", "4"])]
    assert linked(groups, 4) == ["1", None, "3", "4"]


def test_what_the_texts_say_decides_between_equals():
    groups = [site(0, "1"), site(1, "1")]
    assert (
        align(groups, 1, repeats=[0], fit=lambda _, s: 6.0 * (s.start == 10))[0][0].site.start == 10
    )


def test_no_sites_or_no_notes_give_no_links():
    assert linked([], 2) == [None, None]
    assert linked([site(0, "1")], 0) == []


def test_confidences_of_a_note_sum_to_at_most_one():
    rng = random.Random(7)
    groups = [site(place, str(rng.randrange(1, 9))) for place in range(60)]
    for note in align(groups, 12, repeats=[0] * 12, fit=lambda _note, _site: 0.0):
        assert sum(link.confidence for link in note) <= 1.0 + 1e-6


def test_links_never_contradict_one_another():
    rng = random.Random(11)
    groups = [site(place, str(rng.randrange(1, 9))) for place in range(80)]
    notes = align(groups, 20, repeats=[0] * 20, fit=lambda _note, _site: 0.0)
    places = [note[0].site.start for note in notes if note and note[0].confidence > 0.5]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("text", "mark"),
    [("18", Mark(18)), ("18a", Mark(18, 1)), ("b", Mark(0, 2)), ("‡", Mark(sign=3))],
)
def test_marks_are_taken_apart(text, mark):
    assert parse_mark(text) == mark
