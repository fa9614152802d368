from msgspec.structs import replace

from converter.model import Book, Comment, Document, Paragraph, Part, Reference, Text
from converter.report import Report
from converter.transforms.join_threads import apply

ADDRESS = "https://lights.example/2019/lamp/"


def post(url=ADDRESS, comments=()):
    children = (Paragraph((Text("It shone."),)),)
    return Document("post", children=children, url=url, comments=comments)


def thread(*comments, url=ADDRESS):
    return Document("thread", url=url, comments=comments, source="disqus.xml#thread")


def joined(*documents, report=None):
    return apply(Book("Lights", (Part(documents),)), report or Report()).documents


def test_comments_of_a_thread_go_below_the_post_of_the_same_address():
    (found,) = joined(thread(Comment("c1", ())), post())
    assert [comment.id for comment in found.comments] == ["c1"]


def test_addresses_are_the_same_whatever_scheme_slash_or_index_they_are_written_with():
    for url in (
        "http://www.lights.example/2019/lamp",
        "https://Lights.example/2019/lamp/index.html",
        "https://lights.example/2019/lamp/#disqus_thread",
    ):
        assert len(joined(post(), thread(Comment("c1", ()), url=url))) == 1
    assert len(joined(post(), thread(Comment("c1", ()), url=f"{ADDRESS}?p=2"))) == 2


def test_comments_that_share_an_id_get_ids_of_their_own_and_keep_their_parents():
    own = (Comment("c1", (), author="Ann"),)
    replies = (Comment("c1", (), author="Bo"), Comment("c2", (), parent="c1", depth=2))
    (found,) = joined(post(comments=own), thread(*replies))
    assert [(comment.id, comment.parent) for comment in found.comments] == [
        ("c1", None),
        ("c1-2", None),
        ("c2", "c1-2"),
    ]


def test_a_comment_that_both_hold_stands_once():
    same = Comment("c1", (), author="Ann")
    (found,) = joined(post(comments=(same,)), thread(same))
    assert found.comments == (same,)


def test_a_thread_without_its_post_stays_with_a_message():
    report = Report()
    assert (
        len(joined(post(), thread(Comment("c1", ()), url="https://x.example/"), report=report)) == 2
    )
    assert [message.code for message in report.messages] == ["thread-without-post"]


def test_a_book_of_threads_alone_is_as_it_was():
    report = Report()
    assert joined(thread(Comment("c1", ())), report=report) == (thread(Comment("c1", ())),)
    assert report.messages == []


def test_a_post_without_text_is_still_a_post():
    empty = Document("post", url=ADDRESS, date="2019-01-01", comments=(Comment("c0", ()),))
    (found,) = joined(empty, thread(Comment("c1", ())))
    assert [comment.id for comment in found.comments] == ["c0", "c1"]


def test_a_reference_to_a_thread_leads_to_the_post_that_it_went_below():
    link = Reference((Text("what readers said"),), "thread")
    other = Document("other", children=(Paragraph((link,)),))
    found = joined(other, thread(Comment("c1", ())), post())
    (paragraph,) = found[0].children
    assert paragraph.children == (Reference(link.children, "post"),)


def test_another_title_of_a_thread_than_that_of_its_post_is_told():
    titled = replace(thread(Comment("c1", ())), title=(Text("Lamps on the quay"),))
    for title, codes in (("Lamps on the Quay", []), ("Lamps", ["thread-title-dropped"])):
        report = Report()
        joined(replace(post(), title=(Text(title),)), titled, report=report)
        assert [message.code for message in report.messages] == codes
