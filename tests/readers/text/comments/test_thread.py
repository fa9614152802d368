"""Threads as their readers see them: who answers whom, what is text, what is in doubt."""

from collections import Counter
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.model import CodeBlock, Comment, Document, LineBlock, List, Paragraph, Quote
from converter.readers.text import read as read_text
from converter.readers.text.comments import find_thread, read_thread
from converter.readers.text.dump import Dump
from converter.readers.text.inlines import Cuts, read_inlines
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text

LONG = "and the rest of it is as long as such things are when people have time on their hands"


def page(thread: str, heading: str = "Comments (0)") -> str:
    return f"The Lamp\n\nIt was lit at dusk.\n\n{heading}\n\n{thread}\nLeave a Reply\n\nWebsite\n"


def comments(thread: str, heading: str = "Comments (0)") -> tuple[Comment, ...]:
    return read(page(thread, heading))[0].comments


def read(text: str) -> tuple[Document, Report]:
    report = Report()
    document = next(iter(read_text(Source("post.txt", text.encode()), report)))
    assert report.ledger.balanced
    assert "words-differ" not in codes(report)
    return document, report


def codes(report: Report) -> set[str]:
    return {message.code for message in report.messages}


def tree(found: tuple[Comment, ...]) -> list[str]:
    """Return a line a comment: its id, its parent, ``?`` for an orphan, its first word."""
    return [
        f"{comment.id} {'?' if comment.orphan else comment.parent} {first_word(comment)}"
        for comment in found
    ]


def first_word(comment: Comment) -> str:
    return plain_text([comment]).split()[0]


# ------------------------------------------------------------------ who answers whom


def test_replies_stand_one_level_to_the_right():
    thread = f"""\
  1. Alpha, {LONG}.

    Liked by 4 people

    1. Beta, {LONG}.


      1. Gamma, {LONG}.


  2. Delta, {LONG}.


"""
    assert tree(comments(thread)) == [
        "c1 None Alpha,", "c2 c1 Beta,", "c3 c2 Gamma,", "c4 None Delta,"
    ]  # fmt: skip


def test_a_skipped_level_makes_an_orphan():
    thread = f"""\
  1. Alpha, {LONG}.


      1. Gamma, {LONG}.


  2. Delta, {LONG}.


"""
    found = comments(thread)
    assert tree(found) == ["c1 None Alpha,", "c2 ? Gamma,", "c3 None Delta,"]
    assert found[1].depth == 3


def test_numbers_that_begin_anew_answer_a_comment_that_is_missing():
    thread = f"""\
  1. Alpha, {LONG}.


    1. Beta, {LONG}.


    1. Gamma, {LONG}.


    2. Delta, {LONG}.


  2. Epsilon, {LONG}.


"""
    assert tree(comments(thread)) == [
        "c1 None Alpha,", "c2 c1 Beta,", "c3 ? Gamma,", "c4 ? Delta,", "c5 None Epsilon,"
    ]  # fmt: skip


def test_bullets_can_be_replies():
    thread = """\
  1. Ann says:

    Alpha it is.

    • Ben says:

      Beta it is.

  2. Cid says:

    Gamma it is.
"""
    assert tree(comments(thread)) == ["c1 None Alpha", "c2 c1 Beta", "c3 None Gamma"]


def test_text_without_a_number_where_none_can_be_is_a_comment_of_its_own():
    thread = f"""\
  1. Alpha, {LONG}.


    1. Beta, {LONG}.


    Gamma, {LONG}.


  3. Delta, {LONG}.


"""
    document, report = read(page(thread))
    assert tree(document.comments) == [
        "c1 None Alpha,", "c2 c1 Beta,", "c3 None Gamma,", "c4 None Delta,"
    ]  # fmt: skip
    assert "comment-number-missing" in codes(report)


def test_a_cut_off_beginning_is_put_back_where_its_paragraphs_say():
    text = f"1. Alpha, {LONG}.\n\n    And more.\n\n\n  2. Beta, {LONG}.\n\n\nLeave a Reply\n"
    document, _ = read(text)
    assert tree(document.comments) == ["c1 None Alpha,", "c2 None Beta,"]


# ---------------------------------------------------------- replies and written lists


def test_a_close_list_in_a_comment_is_a_list():
    thread = """\
  1. What it takes:

    1. oil
    2. wick

  2. And glass, I should have thought, before anything else.
"""
    first, _second = comments(thread)
    assert [type(block) for block in first.children] == [Paragraph, List]


def test_a_list_below_which_the_text_goes_on_is_a_list():
    thread = f"""\
  1. Alpha, {LONG}.

    1. One thing, {LONG}.

    2. Another thing, {LONG}.

    That is all.

  2. Beta, {LONG}.
"""
    assert tree(comments(thread)) == ["c1 None Alpha,", "c2 None Beta,"]


def test_where_each_comment_is_closed_an_item_that_is_not_is_no_comment():
    thread = f"""\
  1. Alpha, {LONG}.

    1. One thing, {LONG}.

    2. Another thing, {LONG}.


    1. Beta, {LONG}.


  2. Gamma, {LONG}.

    Liked by 1 person

  3. Delta, {LONG}.


"""
    found = comments(thread)
    assert tree(found) == ["c1 None Alpha,", "c2 c1 Beta,", "c3 None Gamma,", "c4 None Delta,"]
    assert isinstance(found[0].children[-1], List)


def test_where_each_comment_is_signed_an_item_that_is_not_is_no_comment():
    thread = f"""\
  1. Ann says:

    Alpha, {LONG}.

    1. One thing, {LONG}.

    2. Another thing, {LONG}.

    1. Ben says:

      Beta, {LONG}.

  2. Cid says:

    Gamma, {LONG}.
"""
    found = comments(thread)
    assert tree(found) == ["c1 None Alpha,", "c2 c1 Beta,", "c3 None Gamma,"]


def test_the_bullets_of_a_comment_end_where_a_signed_reply_begins():
    thread = f"""\
  1. Ann says:

    It takes a lamp, and for the lamp, {LONG}:

    • oil
    • wick
    • Ben says:

      Beta, {LONG}.

  2. Cid says:

    Gamma, {LONG}.
"""
    assert tree(comments(thread)) == ["c1 None It", "c2 c1 Beta,", "c3 None Gamma,"]


def test_the_declared_number_decides_which_of_two_lists_are_replies():
    thread = f"""\
  1. Alpha, {LONG} and more.

    1. One thing, {LONG} and more.

    2. Another thing, {LONG} and more.

    1. Beta, {LONG} and more.

  2. Gamma, {LONG} and more.
"""
    assert tree(comments(thread, "3 Comments")) == [
        "c1 None Alpha,",
        "c2 c1 Beta,",
        "c3 None Gamma,",
    ]
    assert tree(comments(thread, "9 Comments"))[3] == "c4 ? Beta,"


def test_a_list_that_could_be_either_is_reported():
    thread = f"""\
  1. Alpha, {LONG} and more, as follows:

    1. Beta, {LONG}.

  2. Gamma, {LONG}.
"""
    _, report = read(page(thread))
    assert "reply-or-list" in codes(report)


# --------------------------------------------------------------- fields and messages


def test_author_date_and_likes_are_fields():
    thread = """\
  1. Ann Keeper says:
    July 31, 2019 at 9:51 pm

    The lamp was never out.

    LikeLiked by 3 people

    Reply
"""
    (comment,) = comments(thread)
    assert (comment.author, comment.date, comment.likes) == ("Ann Keeper", "2019-07-31T21:51", 3)
    assert plain_text([comment]) == "The lamp was never out."


def test_names_that_stand_alone_are_authors_where_that_is_the_habit_of_the_page():
    thread = f"""\
  1. Ann Keeper

    The lamp was never out, {LONG}.

  2. Ben Keeper

    It was out twice, {LONG}.
"""
    assert [comment.author for comment in comments(thread)] == ["Ann Keeper", "Ben Keeper"]


@pytest.mark.parametrize(("quoted", "others"), [("As the old keeper once", 1), ("He", 4)])
def test_who_is_quoted_at_the_beginning_of_a_comment_is_not_its_author(quoted, others):
    rest = "".join(f"  {n}. Beta{n}, {LONG}.\n\n" for n in range(2, others + 2))
    document, report = read(page(f"  1. {quoted} said:\n\n    Alpha, {LONG}.\n\n{rest}"))
    assert document.comments[0].author is None
    assert plain_text([document.comments[0]]).startswith(f"{quoted} said: Alpha,")
    (doubt,) = (m for m in report.messages if m.code == "author-or-text")
    assert (doubt.prov.line, doubt.text.endswith("read as text")) == (7, True)


def test_a_full_name_that_speaks_is_the_author_where_few_comments_show_no_habit():
    document, report = read(page(f"  1. Ann Keeper says:\n\n    Alpha, {LONG}.\n"))
    assert document.comments[0].author == "Ann Keeper"
    (doubt,) = (m for m in report.messages if m.code == "author-or-text")
    assert doubt.text.endswith("read as the author")


def test_whoever_speaks_is_the_author_where_that_is_the_habit_of_the_page():
    names = ["Ann", "the keepers of the northern lamps", "Cid"]
    thread = "".join(f"  {n}. {name} says:\n\n    {LONG}.\n\n" for n, name in enumerate(names, 1))
    document, report = read(page(thread))
    assert [comment.author for comment in document.comments] == names
    assert "author-or-text" not in codes(report)


def test_a_comment_of_one_word_is_no_link_where_the_page_has_none():
    thread = f"  1. Alpha, {LONG}.\n\n  2. Beta, {LONG}.\n\n  3. Like\n\n"
    assert plain_text([comments(thread)[2]]) == "Like"


def test_a_link_alone_where_each_comment_has_one_says_that_the_text_is_missing():
    items = "".join(f"  {n}. Alpha{n}, {LONG}.\n\n    Like\n\n" for n in range(1, 4))
    document, report = read(page(f"{items}  4. Like\n\n"))
    assert document.comments[3].children == ()
    (message,) = (m for m in report.messages if m.code == "comment-without-text")
    assert message.prov.line == 19


def test_a_pingback_is_known_by_its_word():
    thread = f"  1. Alpha, {LONG}.\n\n\n  2. Pingback: Lamps of the North\n"
    assert [comment.kind for comment in comments(thread)] == ["comment", "pingback"]


def test_comments_under_a_heading_of_pingbacks_are_pingbacks():
    thread = f"  1. Alpha, {LONG}.\n\n  2. Beta, {LONG}.\n\nTrackbacks/Pingbacks\n\n"
    found = comments(f"{thread}  1. Lamps of the North\n\n    […] on the Skerry […]\n")
    assert [comment.kind for comment in found] == ["comment", "comment", "pingback"]


def test_links_in_an_unknown_language_are_known_by_their_recurring():
    thread = "".join(f"  {n}. Alpha{n}, {LONG}.\n\n    Zwolbit ({n})\n\n" for n in range(1, 7))
    assert not any("Zwolbit" in plain_text([comment]) for comment in comments(thread))


def test_lines_span_the_text_and_not_its_links():
    thread = f"  1. Alpha, {LONG}.\n\n    Again.\n\n    Liked by 2 people\n\n  2. Beta.\n\n"
    first = comments(thread)[0]
    assert (first.prov.line, first.prov.end_line) == (7, 9)


def test_a_missing_parent_and_a_left_out_number_are_reported_and_counted():
    thread = f"""\
  1. Alpha, {LONG}.


      1. Gamma, {LONG}.


  4. Delta, {LONG}.


"""
    _, report = read(page(thread, "9 Comments"))
    assert {"comment-without-parent", "comment-numbers-skip"} <= codes(report)
    (differs,) = (m for m in report.messages if m.code == "comment-count-differs")
    assert differs.text.startswith("the source declares 9 comments and holds 3; 3 at least")
    assert differs.prov.line == 5


# ------------------------------------------------------------------ the text of comments


def body(text: str) -> tuple[object, ...]:
    found = comments(f"  1. Alpha, {LONG}.\n\n{text}\n\n\n  2. Beta, {LONG}.\n\n\n")
    return found[0].children[1:]


def test_lines_of_a_comment_that_begin_with_angles_are_a_quotation():
    (quote,) = body("    >> The lamp was out\n    >> all night.")
    assert isinstance(quote, Quote)
    assert plain_text([quote]) == ">> The lamp was out >> all night."


def test_a_paragraph_in_quotation_marks_is_a_quotation_and_a_sentence_with_some_is_not():
    (quote,) = body(f"    “The lamp was out, {LONG}.”")
    assert isinstance(quote, Quote)
    (paragraph,) = body(f"    “The lamp was out,” she said, “{LONG}.”")
    assert isinstance(paragraph, Paragraph)


def test_lines_of_a_program_are_code_with_their_indentation():
    (code,) = body("    if (lamp.out()) {\n      light(lamp);\n    }")
    assert code == CodeBlock("if (lamp.out()) {\n  light(lamp);\n}", prov=code.prov)


def test_short_lines_that_break_off_are_verse():
    lines = ["The lamp is out", "The sea is wide", "And none about", "To be our guide"]
    (verse,) = body("\n".join(f"    {line}" for line in lines))
    assert isinstance(verse, LineBlock)
    assert len(verse.lines) == 4


def test_a_list_typed_by_hand_keeps_its_numbers():
    (paragraph,) = body("    1) the keeper was asleep\n    2) the keeper was not there")
    assert plain_text([paragraph]).startswith("1) the keeper")


def test_a_number_at_the_beginning_of_a_comment_is_text():
    found = comments(f"  1. 1984. That was the year, {LONG}.\n\n\n  2. 3. I agree.\n\n\n")
    assert [plain_text([comment])[:5] for comment in found] == ["1984.", "3. I "]


# --------------------------------------------------------------------------- scale


def test_a_thread_of_any_depth_is_read():
    depth = 3000
    lines = (f"{'  ' * n}1. Comment of depth {n}.\n\n\n" for n in range(1, depth + 1))
    found = comments("".join(lines))
    assert len(found) == depth
    assert found[-1].parent == f"c{depth - 1}"


LINES = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.sampled_from(["", "1. ", "2. ", "3. ", "• ", "> ", "Liked by 2 people", "Reply"]),
        st.sampled_from(
            ["", "Ann says:", "a word", "Leave a Reply", "3 Comments", "Comments", LONG]
        ),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=150)
@given(LINES)
def test_whatever_the_lines_every_word_is_accounted_for(lines):
    text = page("\n".join(" " * indent + marker + words for indent, marker, words in lines))
    document, report = read(text)
    assert report.ledger.words == len(text.split())
    ids = [comment.id for comment in document.comments]
    assert all(c.parent is None or ids.index(c.parent) < ids.index(c.id) for c in document.comments)


def test_the_words_of_a_thread_are_those_of_its_lines():
    dump = Dump("post.txt", page(f"  1. Alpha, {LONG}.\n\n\n  2. Beta, {LONG}.\n\n\n"))
    thread = find_thread(dump.lines)
    assert thread is not None
    read = partial(read_inlines, dump, cuts=Cuts())
    found = read_thread(dump, thread, read, Report())
    for line in thread.outside:
        dump.drop_lines([line], "not asked for")
    assert Counter(dump.kept_words()) == Counter(plain_text(found).split())
