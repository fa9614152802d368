"""The nesting of a thread."""

import pytest

from converter.model import Comment
from converter.writers.thread import entries, lineages, moment


def comment(name, parent=None, depth=1, **fields):
    return Comment(name, (), parent, depth, **fields)


THREAD = (
    comment("a"),
    comment("b", "a", 2),
    comment("c", "b", 3),
    comment("o", None, 3, orphan=True),
    comment("p", "o", 4),
    comment("d", "a", 2),
    comment("e"),
)


def test_an_entry_knows_its_number_its_depth_and_its_relations():
    found = {entry.comment.id: entry for entry in entries(THREAD)}
    assert [entry.number for entry in found.values()] == [
        "1", "1.1", "1.1.1", "2", "2.1", "1.2", "3",
    ]  # fmt: skip
    assert [entry.depth for entry in found.values()] == [1, 2, 3, 3, 4, 2, 1]
    assert found["d"].parent is THREAD[0]
    assert found["d"].parent_number == "1"
    assert found["a"].first_reply is THREAD[1]
    assert found["e"].first_reply is None


def test_a_comment_is_nested_in_what_it_answers_and_what_that_answers():
    assert lineages(entries(THREAD), levels=12) == {
        "a": (),
        "b": ("a",),
        "c": ("a", "b"),
        "o": ("a", ""),
        "p": ("a", "", "o"),
        "d": ("a",),
        "e": (),
    }


def test_nesting_ends_at_the_given_level():
    chain = [comment("c1")] + [comment(f"c{n}", f"c{n - 1}", n) for n in range(2, 6)]
    found = lineages(entries(chain), levels=3)
    assert found["c3"] == found["c4"] == found["c5"] == ("c1", "c2")


def test_an_orphan_that_opens_a_thread_has_empty_levels_above_it():
    thread = (comment("o", None, 3, orphan=True), comment("x", None, 2, orphan=True))
    assert lineages(entries(thread), levels=12) == {"o": ("", ""), "x": ("",)}


def test_a_thread_of_great_depth_is_nested_in_one_pass():
    chain = [comment("c0")] + [comment(f"c{n}", f"c{n - 1}", n + 1) for n in range(1, 20_000)]
    found = entries(chain)
    assert found[-1].depth == 20_000
    assert len(found[-1].number) < 40


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2021-03-03T16:12", "2021-03-03 16:12"),
        ("2021-03-03T16:12:59+02:00", "2021-03-03 16:12 UTC+02:00"),
        ("2021-03-03T16:12:59.5-0330", "2021-03-03 16:12 UTC-0330"),
        ("2021-03-03T16:12Z", "2021-03-03 16:12 UTC"),
        ("2021-03-03T16:12:59+00:00", "2021-03-03 16:12 UTC"),
        ("2021-03-03", "2021-03-03"),
        ("last Tuesday", "last Tuesday"),
    ],
)
def test_a_moment_is_shown_as_people_write_it(date, shown):
    assert moment(date) == shown
