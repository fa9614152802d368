"""Threads of real pages, measured against the truth about them.

The figures are floors well below what is reached, so that a change that costs much is seen.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.model import Comment
from converter.readers.text import read
from converter.readers.text.comments import find_thread
from converter.readers.text.dump import Dump
from converter.report import Report
from converter.source import open_source
from converter.walk import plain_text, thread_numbers


def threads(folder: Path) -> Iterator[tuple[dict, dict[int, int], tuple[Comment, ...], Report]]:
    """Yield truth, first line of each visible comment, comments read, and report of each page."""
    for path in sorted(folder.glob("*/*.txt")):
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf8"))
        if runs := truth.get("dumps", {}).get("txt", {}).get("runs"):
            first: dict[int, int] = {}
            for start, _, index, _ in runs:
                first[index] = min(first.get(index, start), start)
            bodies = {index for _, _, index, role in runs if role == "b"}
            report = Report()
            document = next(iter(read(open_source(path), report)))
            visible = {index: line + 1 for index, line in first.items() if index in bodies}
            yield truth, visible, document.comments, report


def test_comments_of_real_pages_are_found_under_the_right_parents(shared):
    visible = found = predicted = parents = placed = 0
    for truth, first, comments, report in threads(shared / "comments"):
        assert report.ledger.balanced
        assert not any(message.code == "words-differ" for message in report.messages)
        ids = [entry["id"] for entry in truth["comments"]]
        at_line = {comment.prov.line: comment for comment in comments}
        here = {index: at_line[line] for index, line in first.items() if line in at_line}
        visible, found, predicted = (
            visible + len(first), found + len(here), predicted + len(comments)
        )  # fmt: skip
        for index, comment in here.items():
            shown = truth["comments"][index].get("shown_parent")
            above = None if shown is None else ids.index(shown)
            if above is None or above in here:
                placed += 1
                parents += comment.parent == (None if above is None else here[above].id)
    assert found / visible > 0.985
    assert found / predicted > 0.97
    assert parents / placed > 0.985


def test_the_thread_of_the_given_post_is_read_exactly(shared):
    (path,) = (shared / "seeds").glob("002*.txt")
    truth = json.loads(path.with_suffix(".truth.json").read_text(encoding="utf8"))
    document = next(iter(read(open_source(path), Report())))
    numbers = thread_numbers(document.comments)
    assert [
        (numbers[comment.id], numbers.get(comment.parent or ""), comment.likes, comment.prov.line)
        for comment in document.comments
    ] == [
        (entry["id"], entry["parent"], entry["likes"], entry["line"]) for entry in truth["comments"]
    ]
    assert [plain_text([comment]) for comment in document.comments] == [
        " ".join(entry["text"].split()) for entry in truth["comments"]
    ]


def test_no_archival_document_is_taken_for_a_thread(shared):
    paths = sorted((shared / "frus" / "dumps").glob("*/*.txt"))
    if not paths:
        pytest.skip("no archival documents among the measuring data")
    threaded = [
        p.name for p in paths if find_thread(Dump(p.name, p.read_text(encoding="utf8")).lines)
    ]
    assert threaded == []
