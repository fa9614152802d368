"""Answers of the WordPress REST API, saved to files."""

import json

import pytest

from converter.errors import SourceError
from converter.readers.wordpress_json import read, sniff
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text

ADDRESS = "https://lights.example/lamp/"


def post(content="<p>It shone.</p>", **fields):
    return {
        "id": 5,
        "date": "1931-03-03T10:00:00",
        "guid": {"rendered": f"{ADDRESS}?p=5"},
        "slug": "lamp",
        "link": ADDRESS,
        "title": {"rendered": "The &#8220;Lamp&#8221;"},
        "content": {"rendered": content, "protected": False},
        **fields,
    }


def remark(number, parent=0, **fields):
    return {
        "id": number,
        "post": 5,
        "parent": parent,
        "author_name": "Bo &amp; Co",
        "date": f"1931-03-04T00:00:{number:02}",
        "content": {"rendered": f"<p>Comment {number}.</p>\n"},
        "link": f"{ADDRESS}#comment-{number}",
        "status": "approved",
        "type": "comment",
        **fields,
    }


def documents(value):
    report = Report()
    found = []
    for document in read(Source("posts.json", json.dumps(value).encode()), report):
        assert report.cut().ledger.balanced
        found.append(document)
    return found


def test_answers_are_known_by_their_fields():
    assert sniff(json.dumps([post()]).encode()) > 0.9
    assert sniff(json.dumps([remark(1)]).encode()) > 0.9
    assert sniff(b'{"version": 1, "book": {}}') == 0.0
    assert sniff(b"A memo") == 0.0


@pytest.mark.parametrize("value", [[post()], post(), {"posts": [post()], "comments": []}])
def test_a_post_has_title_text_date_and_address(value):
    (found,) = documents(value)
    assert (plain_text(found.title), plain_text(found.children)) == ("The “Lamp”", "It shone.")
    assert (found.id, found.date, found.url) == ("lamp", "1931-03-03T10:00:00", ADDRESS)


def test_what_is_embedded_gives_author_terms_and_comments():
    embedded = {
        "author": [{"name": "Ann"}],
        "wp:term": [[{"name": "Oil &amp; light", "taxonomy": "category"}]],
        "replies": [[{k: v for k, v in remark(1).items() if k != "post"}]],
    }
    (found,) = documents([post(_embedded=embedded)])
    assert (found.authors, found.tags) == (("Ann",), ("Oil & light",))
    assert [each.author for each in found.comments] == ["Bo & Co"]


def test_an_author_who_is_not_public_is_left_out():
    hidden = {"author": [{"code": "rest_user_invalid_id", "message": "Invalid user ID."}]}
    assert documents([post(_embedded=hidden)])[0].authors == ()


def test_comments_come_newest_first_and_are_put_in_order():
    (found,) = documents([remark(3, 1), remark(2), remark(1)])
    assert [(each.id, each.parent) for each in found.comments] == [
        ("comment-1", None),
        ("comment-3", "comment-1"),
        ("comment-2", None),
    ]
    assert (found.url, found.children) == (ADDRESS, ())


def test_posts_and_comments_in_one_file_are_joined():
    (found,) = documents({"posts": [post()], "comments": [remark(1)]})
    assert len(found.comments) == 1


def test_comments_held_back_are_left_out_with_a_count():
    report = Report()
    data = json.dumps([remark(1), remark(2, status="hold")]).encode()
    (found,) = read(Source("comments.json", data), report)
    assert [each.id for each in found.comments] == ["comment-1"]
    assert [message.code for message in report.messages] == ["comments-left-out"]


def test_notes_of_the_footnotes_block_are_notes():
    call = '<sup data-fn="u1" class="fn"><a href="#u1">1</a></sup>'
    meta = {"footnotes": '[{"id": "u1", "content": "By night."}]'}
    (found,) = documents([post(f"<p>It shone{call}.</p>", meta=meta)])
    assert [plain_text(note.children) for note in found.notes] == ["By night."]


@pytest.mark.parametrize(
    "data",
    [b"[", b"[" * 100_000, b"{}", b"[1]", b'[{"content": 3, "title": 4, "id": 1}]', b"\xff"],
)
def test_any_other_json_is_refused(data):
    with pytest.raises(SourceError):
        list(read(Source("posts.json", data), Report()))


def test_fields_that_are_null_or_not_asked_for_are_as_good_as_empty():
    (found,) = documents([{"id": 5, "slug": "lamp", "content": {"rendered": "Lit."}, "date": None}])
    assert (found.id, found.date, plain_text(found.children)) == ("lamp", "", "Lit.")
