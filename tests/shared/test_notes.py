"""Notes, page breaks and titles of real volumes, measured against the truth about them.

The figures are floors below what is reached, so that a change that costs much is seen.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.model import Document, NoteRef, PageBreak, Text
from converter.readers.text import read
from converter.report import Report
from converter.source import open_source
from converter.walk import plain_text, walk

EVERY = 5
TAIL = 16
MARKER = re.compile(r"\[Page [^\]]*\]")


def squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", MARKER.sub("", text)).lower()


def documents(folder: Path) -> Iterator[tuple[dict, Document, Report]]:
    """Yield the truth, the document and the report of every fifth dump of all volumes."""
    for path in sorted(folder.glob("*.truth.jsonl")):
        volume = path.name.removesuffix(".truth.jsonl")
        for line in path.read_text(encoding="utf8").splitlines()[::EVERY]:
            truth = json.loads(line)
            report = Report()
            source = open_source(folder / volume / f"{truth['id']}.txt")
            yield truth, next(iter(read(source, report))), report


def calls_and_pages(document: Document) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return what stands before the call of each note, and before each page break."""
    calls: dict[str, str] = {}
    pages: list[tuple[str, str]] = []
    body = (*document.front, *document.title, *document.subject, *document.children)
    for part in (body, *(note.children for note in document.notes)):
        text = ""
        for node in walk(part):
            match node:
                case Text():
                    text += node.text
                case NoteRef():
                    calls.setdefault(node.note, squeeze(text)[-TAIL:])
                case PageBreak():
                    pages.append((node.label, squeeze(text)[-TAIL:]))
    return calls, pages


@pytest.fixture(scope="module")
def tally():
    """Count, over a fifth of all documents, what is there and what was found right."""
    folder = Path(__file__).parent.parent.parent.parent / "shared" / "data" / "frus" / "dumps"
    if not folder.is_dir():
        pytest.skip(f"no measuring data at {folder}")
    counts = dict.fromkeys(("notes", "found", "linked", "pages", "placed", "texts", "titles"), 0)
    unsound = []
    for truth, document, report in documents(folder):
        calls, pages = calls_and_pages(document)
        expected = [(squeeze(n["text"])[:40], n["before"][-TAIL:]) for n in truth["notes"]]
        for note in document.notes:
            pair = (squeeze(plain_text(note.children))[:40], calls.get(note.id, "none"))
            counts["linked"] += pair in expected
        broken = [(page["n"], page["before"][-TAIL:]) for page in truth["pages"]]
        counts["notes"] += len(expected)
        counts["found"] += len(document.notes)
        counts["pages"] += len(broken)
        counts["placed"] += sum(left == right for left, right in zip(pages, broken, strict=False))
        counts["texts"] += 1
        counts["titles"] += squeeze(truth["title"]) in squeeze(plain_text(document.title))
        if not report.ledger.balanced or any(m.level == "error" for m in report.messages):
            unsound.append(truth["id"])
    return counts, unsound


def test_nearly_all_notes_are_linked_to_their_calls(tally):
    counts, _ = tally
    assert counts["linked"] >= 0.985 * counts["notes"]
    assert counts["linked"] >= 0.985 * counts["found"]


def test_page_breaks_stand_where_they_stood(tally):
    counts, _ = tally
    assert counts["placed"] >= 0.998 * counts["pages"]


def test_titles_are_found(tally):
    counts, _ = tally
    assert counts["titles"] >= 0.99 * counts["texts"]


def test_no_document_lost_or_made_up_a_word(tally):
    assert tally[1] == []


@pytest.mark.parametrize("name", ["000_41142ffd3d3eadaf", "001_3c9f75558309dc85"])
def test_the_seeds_are_exact(shared, name):
    truth = json.loads((shared / "seeds" / f"{name}.truth.json").read_text(encoding="utf8"))
    report = Report()
    document = next(iter(read(open_source(shared / "seeds" / f"{name}.txt"), report)))
    calls, pages = calls_and_pages(document)
    assert report.messages == []
    assert document.number == truth["number"]
    assert plain_text(document.title) == truth["title"]
    assert plain_text(document.subject) == truth["subject"]
    assert [(note.label, plain_text(note.children), calls[note.id]) for note in document.notes] == [
        (note["mark"], note["text"], note["before"][-TAIL:]) for note in truth["notes"]
    ]
    assert pages == [(page["n"], page["before"][-TAIL:]) for page in truth["pages"]]
