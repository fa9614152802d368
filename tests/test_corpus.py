"""The corpus, whose truth was written down by hand, read and bound."""

import json
from pathlib import Path

import pytest

from converter import pipeline
from converter.inspection import record
from converter.source import open_source

ROOT = Path(__file__).parent.parent
TRUTH = json.loads(Path(__file__).with_name("corpus_truth.json").read_text(encoding="utf-8"))


def found(source: str):
    (reading,) = pipeline.read(open_source(ROOT / "corpus" / source))
    return record(reading.source, reading.reader, reading.document, reading.findings)


@pytest.fixture(scope="module", params=TRUTH, ids=lambda truth: truth["source"])
def pair(request):
    """Return a source’s truth, and what was found in it."""
    return request.param, found(request.param["source"])


def test_number_title_and_subject(pair):
    truth, read = pair
    assert (read["number"], read["title"], read["subject"]) == (
        truth["number"],
        truth["title"],
        truth["subject"],
    )


def test_every_note_has_its_mark_its_text_and_its_calls(pair):
    truth, read = pair
    assert [note["label"] for note in read["notes"]] == [note["label"] for note in truth["notes"]]
    for note, expected in zip(read["notes"], truth["notes"], strict=True):
        assert note["text"].startswith(expected["text40"])
        assert len(note["calls"]) == len(expected["calls"])
        for call, before in zip(note["calls"], expected["calls"], strict=True):
            assert call["before"].endswith(before.strip())


def test_every_page_break_is_in_its_place(pair):
    truth, read = pair
    assert [page["label"] for page in read["pages"]] == [page["label"] for page in truth["pages"]]
    for page, expected in zip(read["pages"], truth["pages"], strict=True):
        assert page["before"].endswith(expected["before"].strip())


def test_every_comment_stands_under_its_parent(pair):
    truth, read = pair
    tree = [
        [comment["number"], " ".join(comment["text"].split()[:3]), comment["likes"]]
        for comment in read["comments"]
    ]
    assert tree == truth.get("comments", [])
    assert read["declared_comments"] == truth.get("declared_comments")
    lines = truth.get("comment_lines", {})
    assert {comment["number"]: comment["lines"] for comment in read["comments"]} == lines


def test_the_ledger_adds_up(pair):
    truth, read = pair
    ledger = read["ledger"]
    text = (ROOT / "corpus" / truth["source"]).read_text(encoding="utf-8")
    assert ledger["words"] == len(text.split())
    assert ledger["words"] == ledger["kept"] + ledger["structure"] + ledger["dropped"]
    assert ledger["kept"] > 0.9 * ledger["words"]


def test_only_the_missing_comments_are_worth_a_warning(pair):
    truth, read = pair
    codes = [message["code"] for message in read["messages"] if message["level"] != "info"]
    missing = truth["declared_comments"] not in (None, truth["comment_count"])
    assert codes == (["comment-count-differs"] if missing else [])
