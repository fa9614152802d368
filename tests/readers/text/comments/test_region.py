"""Where the comments of a dump are."""

from converter.readers.text.comments import find_thread
from converter.readers.text.dump import Dump, Line

POST = "The Lamp Room\n\nThe lamp was lit at dusk and put out at dawn.\n\n"
THREAD = "  1. First of all I doubt it.\n\n  2. Second of all I do not.\n\n"
FORM = "Leave a Reply\n\nYour email address will not be published.\n"


def outside(text: str) -> list[str]:
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    return [line.text for line in thread.outside if not line.blank]


def dropped(text: str) -> dict[str, str]:
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    return {entry.line.text: entry.reason for entry in thread.furniture}


def test_a_heading_with_a_count_opens_a_thread():
    thread = find_thread(
        Dump("post.txt", POST + "2 thoughts on “The Lamp Room”\n\n" + THREAD).lines
    )
    assert thread is not None
    assert thread.declared == 2
    assert len(thread.sections) == 1


def test_a_list_at_the_end_of_a_document_is_no_thread():
    assert find_thread(Dump("memo.txt", POST + THREAD).lines) is None


def test_a_close_list_above_the_form_is_no_thread():
    text = POST + "  1. oil;\n  2. wick;\n  3. glass.\n\n" + FORM
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    assert thread.sections == ()


def test_the_list_of_the_post_stays_outside_the_thread():
    text = POST + "  1. oil\n  2. wick\n\n2 Comments\n\n" + THREAD
    assert outside(text)[-2:] == ["1. oil", "2. wick"]


def test_a_lost_heading_leaves_two_blank_lines_between_the_list_of_the_post_and_the_thread():
    text = POST + "  • oil\n  • wick\n\n\n" + THREAD + FORM
    assert outside(text)[-2:] == ["• oil", "• wick"]


def test_the_form_and_what_is_below_it_is_dropped_with_a_reason():
    text = POST + "2 Comments\n\n" + THREAD + FORM + "\nPowered by a windmill\n"
    assert dropped(text)["Leave a Reply"] == "comment form"
    assert dropped(text)["Powered by a windmill"] == "comment form"
    assert outside(text) == ["The Lamp Room", "The lamp was lit at dusk and put out at dawn."]


def test_a_notice_that_comments_are_closed_ends_a_thread():
    text = POST + "2 Comments\n\n" + THREAD + "Comments are closed.\n"
    assert dropped(text) == {"Comments are closed.": "comments closed"}


def test_links_to_older_comments_are_navigation():
    text = POST + "2 Comments\n\n← Older Comments\n\n" + THREAD + "Newer Comments →\n\n" + FORM
    assert dropped(text)["← Older Comments"] == "navigation"
    assert dropped(text)["Newer Comments →"] == "navigation"


def test_a_second_section_belongs_to_the_thread():
    text = POST + "4 Comments\n\n" + THREAD + "Comments from the old house\n\n" + THREAD + FORM
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    assert len(thread.sections) == 2
    assert dropped(text)["Comments from the old house"] == "heading of comments"


def test_a_heading_in_an_unknown_language_is_known_by_the_title_in_it():
    text = POST + "Zwolb 2 grimu “The Lamp Room”\n\n" + THREAD
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    assert thread.declared == 2


def test_a_dump_may_begin_inside_its_comments():
    text = "1. First of all I doubt it.\n\n    And again.\n\n  2. I do not.\n\n" + FORM
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    assert outside(text) == []


def test_preformatted_lines_in_a_comment_do_not_end_the_thread():
    text = (
        POST + "2 Comments\n\n  1. It prints\nno such lamp\n\n    and stops.\n\n  2. Oh.\n\n" + FORM
    )
    thread = find_thread(Dump("post.txt", text).lines)
    assert thread is not None
    assert len(thread.sections) == 1
    assert "no such lamp" not in outside(text)


def test_a_form_above_the_comments_is_dropped():
    text = POST + FORM + "\n2 Comments\n\n" + THREAD
    assert dropped(text)["Leave a Reply"] == "comment form"
    assert outside(text) == ["The Lamp Room", "The lamp was lit at dusk and put out at dawn."]


def test_buttons_to_share_the_post_are_dropped_and_the_same_words_in_it_are_not():
    buttons = "Share this:\n\n  • Twitter\n  • Facebook\n\nLike this:\n\nLike Loading...\n\n"
    text = POST + "Print\n\n" + buttons + "2 Comments\n\n" + THREAD
    assert dropped(text)["• Twitter"] == "share buttons"
    assert outside(text)[-1] == "Print"


def test_a_chapter_of_numbered_paragraphs_is_no_thread_whatever_its_heading():
    paragraphs = "  1. The lamp was out.\n\n    Reply\n\n  2. The keeper was asleep.\n\n"
    assert find_thread(Dump("memo.txt", POST + "Discussion\n\n" + paragraphs).lines) is None
    assert (
        find_thread(Dump("memo.txt", POST + "Comments by the keeper\n\n" + paragraphs).lines)
        is None
    )


# --------------------------------------------------------------------------- scale


class Counted(tuple[Line, ...]):
    """Lines that count how often one of them is looked at."""

    looks = 0

    def __getitem__(self, key):
        found = super().__getitem__(key)
        self.looks += len(found) if isinstance(key, slice) else 1
        return found

    def __iter__(self):
        for line in super().__iter__():
            self.looks += 1
            yield line


def looks_a_line(text: str) -> float:
    """Return how often each line is looked at, on average, until the thread is found."""
    lines = Counted(Dump("post.txt", text).lines)
    find_thread(lines)
    return lines.looks / len(lines)


MANY = 300
OFTEN = 60


def test_below_a_block_nothing_is_looked_at_but_its_surroundings():
    assert looks_a_line(POST + "2 Comments\n\n  1. Oil.\n\n" * MANY + FORM) < OFTEN
    assert looks_a_line(POST + "  • Oil.\n\n← Older Comments\n\n" * MANY) < OFTEN


def test_the_title_is_looked_for_once_however_many_blank_lines_are_above_it():
    assert looks_a_line("\n" * 10 * MANY + "A lamp.\n\n  Oil.\n\n" * MANY) < OFTEN


def test_lists_below_a_thread_are_compared_with_it_once():
    lists = "A lamp.\n\n  1. Oil.\n\n" * MANY
    assert looks_a_line(POST + "2 Comments\n\n" + THREAD + lists) < OFTEN
