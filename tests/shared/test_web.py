"""Real pages and exports, measured against the truth about them."""

import gzip
import json
from collections import Counter
from xml.etree import ElementTree

from converter.readers.html import read as read_html
from converter.readers.wxr import read as read_wxr
from converter.report import Report
from converter.source import Source, open_source
from converter.walk import plain_text


def test_every_comment_of_real_pages_has_its_parent_author_and_date(shared):
    wrong: Counter[str] = Counter()
    seen = 0
    for path in sorted((shared / "comments").glob("*/*.html.gz")):
        truth = json.loads(path.with_name(path.name.replace(".html.gz", ".json")).read_bytes())
        report = Report()
        (document,) = read_html(Source(path.name, gzip.decompress(path.read_bytes())), report)
        assert report.ledger.balanced
        assert not [message for message in report.messages if message.level == "error"]
        assert plain_text(document.title) == " ".join(truth["post_title"].split())
        assert document.declared_comments == truth["declared_count"]
        found = {comment.id.removeprefix("comment-"): comment for comment in document.comments}
        assert list(found) == [comment["id"] for comment in truth["comments"]]
        for true in truth["comments"]:
            comment = found[true["id"]]
            parent = comment.parent and comment.parent.removeprefix("comment-")
            seen += 1
            wrong["parent"] += parent != true["shown_parent"]
            wrong["depth"] += comment.depth != true["shown_depth"]
            wrong["author"] += " ".join(true["author"].split()) != comment.author
            wrong["kind"] += comment.kind != true["kind"]
            # Themes print no date of a ping, and no likes.
            if true["kind"] == "comment":
                wrong["date"] += (comment.date or "")[:16] != true["date"][:16]
                wrong["likes"] += comment.likes != true.get("likes")
    assert seen > 3500
    assert wrong.total() == 0, wrong


def test_an_export_gives_all_that_is_published_and_each_comment_under_its_parent(shared):
    (path,) = (shared / "wxr").glob("*.xml")
    wp = "{https://wordpress.org/export/1.2/}"
    parents, published, held = {}, 0, 0
    for item in ElementTree.parse(path).iter("item"):
        kind, status = item.findtext(f"{wp}post_type"), item.findtext(f"{wp}status")
        if kind in {"post", "page"} and status == "publish":
            published += 1
            for comment in item.iter(f"{wp}comment"):
                shown = comment.findtext(f"{wp}comment_approved") == "1"
                held += not shown
                if shown:
                    number = comment.findtext(f"{wp}comment_id")
                    parents[f"comment-{number}"] = comment.findtext(f"{wp}comment_parent")
    report = Report()
    found, documents, left_out = {}, 0, 0
    for document in read_wxr(open_source(path), report):
        findings = report.cut()
        assert findings.ledger.balanced
        told = {message.code for message in findings.messages if message.level != "info"}
        assert told <= {"behind-a-password"}
        left_out += sum(message.code == "comments-left-out" for message in findings.messages)
        documents += 1
        found.update({comment.id: comment.parent for comment in document.comments})
    assert documents == published
    assert left_out == held
    assert found == {
        key: None if parent in {"0", None} else f"comment-{parent}"
        for key, parent in parents.items()
    }
