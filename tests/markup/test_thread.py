from converter.markup.thread import Reply, thread_of
from converter.model import Comment


def reply(name, answers=None, **fields):
    return Reply(Comment(name, ()), answers, **fields)


def outline(*replies):
    return [(each.id, each.parent, each.depth, each.orphan) for each in thread_of(replies)]


def test_replies_stand_below_what_they_answer_in_the_order_of_the_source():
    assert outline(
        reply("a"), reply("b"), reply("a1", "a"), reply("a2", "a"), reply("a11", "a1")
    ) == [
        ("a", None, 1, False),
        ("a1", "a", 2, False),
        ("a11", "a1", 3, False),
        ("a2", "a", 2, False),
        ("b", None, 1, False),
    ]


def test_a_reply_may_come_before_what_it_answers():
    assert outline(reply("b", "a"), reply("a")) == [("a", None, 1, False), ("b", "a", 2, False)]


def test_a_reply_to_what_is_left_out_is_an_orphan_at_its_depth():
    assert outline(
        reply("a"), reply("x", "a", left_out=True), reply("y", "x"), reply("z", "y")
    ) == [
        ("a", None, 1, False),
        ("y", None, 3, True),
        ("z", "y", 4, False),
    ]


def test_a_reply_to_what_is_missing_is_an_orphan():
    assert outline(reply("a", "gone")) == [("a", None, 2, True)]


def test_comments_that_answer_one_another_in_a_circle_all_appear():
    found = thread_of([reply("a", "b"), reply("b", "a"), reply("c", "c")])
    assert sorted(each.id for each in found) == ["a", "b", "c"]


def test_a_thread_may_be_of_any_depth():
    chain = [reply("0"), *(reply(str(number), str(number - 1)) for number in range(1, 5000))]
    assert thread_of(chain)[-1].depth == 5000


def test_of_two_comments_of_one_id_both_are_kept_and_the_first_is_answered():
    assert outline(reply("a"), reply("a"), reply("a-1"), reply("b", "a")) == [
        ("a", None, 1, False),
        ("b", "a", 2, False),
        ("a-2", None, 1, False),
        ("a-1", None, 1, False),
    ]
