"""Plain text in the form of dumps, which our own reader reads back."""

from pathlib import Path

import pytest

from converter import pipeline
from converter.model import Book, Document, List, ListItem, Paragraph, Part, Superscript, Text
from converter.options import Options
from converter.report import Report
from converter.source import open_source
from converter.walk import calls, page_labels, plain_text
from converter.writers.pandoc.plain import write as write_plain

CORPUS = sorted((Path(__file__).parents[3] / "corpus").glob("*/*.txt"))


def text(*parts):
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def test_a_letter_is_written_as_dumps_are(write, letter):
    target, _ = write("plain", letter, title="Letter from the ferry")
    assert target.read_text(encoding="utf-8") == (
        "Letter from the ferry1\n\n"
        "Dawn* and kno[Page 90]wn dusk*.\n\n"
        "Nobody pays [comment\u00a01] the toll2.\n\n"
        "  1. Found in a coat.\n\n"
        "  2. [*] See †.\n\n"
        "  3. [†] Burnt.\n\n"
        "  4. [2] Not printed.\n\n"
        "  5. [9] On the back.\n\n"
        "Comments (4)\n\n"
        "  1. Review\n\n    Ann\n\n    2011-03-03\n\n    Is that so?\n\n"
        "    1. Review\n\n      Bo\n\n      It is.\n\n"
        "  2. Cy\n\n    My uncle did.\n\n    Liked by 2 people\n\n"
        "    1. Which uncle?\n"
    )


@pytest.mark.parametrize("source", CORPUS, ids=lambda path: path.name[:2])
def test_the_corpus_is_read_back_with_notes_calls_pages_and_threads(source, tmp_path):
    (first,) = pipeline.read(open_source(source))
    book = pipeline.bind(pipeline.book_of([first.document]), Report())
    target = tmp_path / "edition.txt"
    write_plain(book, target, Report(), options=Options())
    (second,) = pipeline.read(open_source(target))
    document, read = first.document, second.document
    assert [(note.label, plain_text(note.children)) for note in read.notes] == [
        (note.label, plain_text(note.children)) for note in document.notes
    ]
    assert list(calls(read).values()) == list(calls(document).values())
    assert page_labels(read) == page_labels(document)
    assert [each.parent for each in read.comments] == [each.parent for each in document.comments]
    said = [plain_text(each.children) for each in document.comments]
    assert [plain_text(each.children) for each in read.comments] == said


def test_list_is_set_in_with_bullets(write):
    inner = List((ListItem((text("tar"),)),))
    items = (ListItem((text("oars"),)), ListItem((text("pitch"), inner)))
    target, _ = write(
        "plain", Document("a", (Text("Tolls"),), children=(List(items),)), title="Tolls"
    )
    assert target.read_text(encoding="utf-8") == "Tolls\n\n  • oars\n\n  • pitch\n\n      • tar\n"


def test_power_stays_above_the_line(write):
    raised = text("10", Superscript((Text("2"),)))
    target, _ = write("plain", Document("a", (Text("Tolls"),), children=(raised,)), title="Tolls")
    assert "10²" in target.read_text(encoding="utf-8")


def test_book_names_its_title_authors_and_parts(tmp_path):
    part = Part((Document("a", (Text("Tolls"),)),), "Letters")
    book = Book("Papers", (part,), authors=("Ann", "Bo"), rights="CC0 1.0")
    write_plain(book, tmp_path / "a.txt", Report(), options=Options())
    said = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert said == "Papers\n\nAnn, Bo\n\nCC0 1.0\n\nLetters\n\nTolls\n"


def test_a_book_of_everything_can_be_written(torture, write):
    _, report = write("plain", *torture.documents)
    assert {message.code for message in report.messages} == {"bad-address"}
