import math
import random

import pytest

from converter.readers.text.notes import aligner
from converter.readers.text.notes.aligner import align
from converter.readers.text.notes.sites import Site


def site(place, mark, *, lead="after a word", page=0):
    start = int(place * 10)
    return (Site(start, start + len(mark), mark, lead, "before a space", page),)


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


@pytest.mark.parametrize("count", [1, 2, 9, 130])
@pytest.mark.parametrize("lead", ["after a capital word", "a sign after a stop", "raised"])
@pytest.mark.parametrize("says", [0.0, 2.0])
def test_what_is_evident_is_what_weighing_all_ways_finds(monkeypatch, count, lead, says):
    groups = [site(place, str(place + 1), lead=lead, page=place // 4) for place in range(count)]
    repeats = [1 if place % 3 == 1 else 0 for place in range(count)]
    at_once = align(groups, count, repeats=repeats, fit=lambda *_: says)
    assert [note[0].confidence for note in at_once] == [1.0] * count
    monkeypatch.setattr(aligner, "EVIDENT", math.inf)
    weighed = align(groups, count, repeats=repeats, fit=lambda *_: says)
    assert [note[0].site for note in weighed] == [note[0].site for note in at_once]
    assert all(note[0].confidence > 0.9999 for note in weighed)


@pytest.mark.parametrize(
    "groups",
    [
        [site(0, "1", lead="after an abbreviation"), site(1, "2")],
        [site(0, "1", lead="after a day"), site(1, "2")],
        [site(0, "1"), site(1, "2"), site(2, "3")],
        [site(0, "7"), site(1, "8")],
        [site(0, "1"), site(1, "2") + site(1, "12")],
    ],
)
def test_what_could_be_otherwise_is_weighed(groups):
    links = align(groups, 2, repeats=[0, 0], fit=lambda *_: 0.0)
    assert links[0][0].confidence < 1.0


def test_what_speaks_against_a_note_is_heard():
    groups = [site(0, "1"), site(1, "2")]
    assert linked(groups, 2, fit=lambda note, _: -math.inf if note else 0.0) == ["1", None]


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


def paged(rng, count):
    """Return ``count`` marks that begin again on each page, with sites for them."""
    groups, marks, page = [], [], 0
    while len(marks) < count:
        page += 1
        for number in range(1, rng.randrange(2, 7)):
            marks.append(str(number))
            lead = rng.choice(["after a word", "after a sentence", "after a number and point"])
            groups.append(site(len(groups), marks[-1], lead=lead, page=page))
        if rng.random() < 0.1:
            false = str(rng.randrange(2, 8))
            groups.append(site(len(groups), false, lead="after a number", page=page))
    return groups, marks


def test_a_long_list_that_begins_again_on_each_page_is_linked_whole():
    rng = random.Random(3)
    groups, marks = paged(rng, 3000)
    repeats = [rng.choice((0, 0, 0, 1, 3, 6)) if place > 6 else 0 for place in range(len(marks))]
    assert linked(groups, len(marks), repeats) == marks


def test_what_texts_happen_to_say_moves_no_long_list():
    groups, marks = paged(random.Random(5), 1000)
    rng = random.Random(6)
    noise = [[rng.choice((-0.01, 0.01)) for _ in range(10)] for _ in marks]
    fit = lambda note, place: noise[note][int(place.mark)]  # noqa: E731 - a table as a function
    assert linked(groups, len(marks), fit=fit) == marks


def test_after_a_gap_of_many_calls_the_marks_are_followed_again():
    marks = [*range(1, 300), *range(312, 700), *range(705, 1001)]
    groups = [site(place, str(mark)) for place, mark in enumerate(marks)]
    found = linked(groups, 1000)
    assert found == [str(mark) if mark in marks else None for mark in range(1, 1001)]


def test_a_page_that_lost_its_first_call_leaves_the_others_in_place():
    marks, pages = ["1", "2", "1", "2", "2", "3", "1"], [0, 0, 1, 1, 2, 2, 3]
    groups = [site(p, m, page=page) for p, (m, page) in enumerate(zip(marks, pages, strict=True))]
    assert linked(groups, 8) == ["1", "2", "1", "2", None, "2", "3", "1"]


def test_doubt_in_a_long_list_stays_where_it_is():
    twin = "after a number"
    groups = [site(place, str(place + 1)) for place in range(600)]
    groups[300:301] = [site(300, "301", lead=twin), site(300.4, "301", lead=twin)]
    found = linked(groups, 600)
    assert found[300] is None
    assert [mark for mark in found if mark] == [str(m) for m in range(1, 601) if m != 301]
