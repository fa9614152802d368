"""Disqus exports: a document of comments for each thread."""

import pytest

from converter.errors import SourceError
from converter.readers.disqus import read, sniff
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com" '
    'xmlns:dsq="http://disqus.com/disqus-internals">'
    '<category dsq:id="1"><title>General</title></category>'
)
THREAD = (
    '<thread dsq:id="10"><id>lamp</id><link>https://lights.example/lamp/</link>'
    "<title>The Lamp</title><author><name>Ann</name></author></thread>"
)


def post(number, text="<p>Fine.</p>", *, parent="", flags="", thread=10):
    answers = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (
        f'<post dsq:id="{number}"><message><![CDATA[{text}]]></message>'
        f"<createdAt>1931-03-0{number}T10:00:00Z</createdAt>{flags}<author><name>Bo</name></author>"
        f'<thread dsq:id="{thread}"/>{answers}</post>'
    )


def documents(*parts, report=None):
    report = report or Report()
    data = f"{HEAD}{''.join(parts)}</disqus>".encode()
    found = list(read(Source("disqus.xml", data), report))
    assert report.ledger.balanced
    return found


def test_an_export_is_known_by_its_first_tag():
    assert sniff(HEAD.encode()) == 1.0
    assert sniff(b"<rss>") == 0.0


def test_a_thread_is_a_document_with_the_address_of_its_post():
    (found,) = documents(THREAD, post(1), post(2, "<p>So?</p>", parent=1))
    assert (found.id, plain_text(found.title), found.url, found.children) == (
        "lamp",
        "The Lamp",
        "https://lights.example/lamp/",
        (),
    )
    assert [
        (each.id, each.parent, each.author, each.date, plain_text(each.children))
        for each in found.comments
    ] == [
        ("comment-1", None, "Bo", "1931-03-01T10:00:00+00:00", "Fine."),
        ("comment-2", "comment-1", "Bo", "1931-03-02T10:00:00+00:00", "So?"),
    ]


def test_threads_do_not_mix_and_those_without_comments_are_no_documents():
    other = THREAD.replace('"10"', '"20"').replace("lamp", "oil")
    empty = THREAD.replace('"10"', '"30"')
    found = documents(THREAD, other, empty, post(1), post(2, thread=20), post(3))
    assert [(each.id, len(each.comments)) for each in found] == [("lamp", 2), ("oil", 1)]


def test_spam_and_deleted_comments_are_left_out_with_a_count_and_orphan_their_replies():
    report = Report()
    spam = post(1, "<p>Buy!</p>", flags="<isSpam>true</isSpam>")
    gone = post(2, "<p>Oh.</p>", flags="<isDeleted>true</isDeleted>")
    (found,) = documents(THREAD, spam, gone, post(3, parent=2), report=report)
    assert [(each.id, each.orphan, each.depth) for each in found.comments] == [
        ("comment-3", True, 2)
    ]
    assert [message.text for message in report.messages] == ["comments left out: 1 deleted, 1 spam"]
    assert [drop.reason for drop in report.ledger.drops] == ["spam", "deleted"]


def test_scripts_in_comments_never_reach_the_model():
    (found,) = documents(THREAD, post(1, '<p onclick="evil()">Fine.<script>evil()</script></p>'))
    assert "evil" not in repr(found)


def test_an_export_without_comments_is_refused():
    with pytest.raises(SourceError, match="no comments"):
        documents(THREAD)


def test_entities_are_refused():
    trap = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><disqus>&x;</disqus>'
    with pytest.raises(SourceError, match="entities"):
        list(read(Source("disqus.xml", trap), Report()))
