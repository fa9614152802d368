"""Our own HTML editions: as they were made, and as people edit them."""

import pytest

from converter import pipeline
from converter.errors import SourceError
from converter.options import Options
from converter.readers import epub
from converter.report import Report
from converter.source import Source
from converter.walk import calls, plain_text

LETTER = """7. Letter to the Board1

The lamp burns.2 Send oil [Page 31] soon.

  1. Source: tin box.
  2. It did.
"""
NAMED = ("7.txt", "8.txt")


@pytest.fixture
def page(tmp_path):
    """Return the markup of an edition of two documents."""
    sources = (Source(name, LETTER.encode()) for name in NAMED)
    readings = [reading for source in sources for reading in pipeline.read(source, "text")]
    book = pipeline.bind(pipeline.book_read(readings, title="Letters"), Report())
    pipeline.write(book, tmp_path / "letters.html", "html", Report(), Options())
    return (tmp_path / "letters.html").read_text(encoding="utf-8")


def read(markup):
    source = Source("letters.html", markup.encode())
    assert pipeline.choose_reader(source) == "epub"
    readings = list(pipeline.read(source))
    assert all(reading.findings.ledger.balanced for reading in readings)
    return [reading.document for reading in readings]


def test_documents_of_a_page_are_told_apart_with_their_sources(page):
    first, second = read(page)
    assert (first.source, second.source) == NAMED
    assert calls(first) == {"n1": 1, "n2": 1}
    assert epub.is_edition(Source("letters.html", page.encode()))


def test_other_pages_are_left_to_the_reader_of_pages():
    markup = "<!DOCTYPE html><html><head><title>Oil</title></head><body><p>Oil.</p></body></html>"
    source = Source("oil.html", markup.encode())
    assert pipeline.choose_reader(source) == "html"
    assert not epub.is_edition(source)


def test_what_is_typed_between_documents_is_kept(page):
    first, second = read(
        page.replace(
            '</section>\n<section class="document"',
            '</section>\nTyped here.<p>And here.</p><section class="document"',
        )
    )
    assert plain_text(first.children).endswith("soon. Typed here. And here.")
    assert plain_text(second.children) == "The lamp burns. Send oil soon."


def test_what_stands_before_all_documents_is_one(page):
    opening, *others = read(page.replace("<main>", "<p>Read first.</p><main>"))
    assert plain_text(opening.children) == "Read first."
    assert len(others) == 2


def test_a_document_that_was_copied_loses_nothing(page):
    start = page.index('<section class="document"')
    end = page.index('<section class="document"', start + 1)
    copied = page[:end] + page[start:end] + page[end:]
    texts = [plain_text(document.children) for document in read(copied)]
    assert " ".join(texts).count("The lamp burns.") == 3


def test_damaged_facts_are_an_error_that_names_the_document(page):
    with pytest.raises(SourceError, match=r"letters\.html#d1: error: its data-facts are damaged"):
        read(page.replace('[["dcterms', '?[["dcterms', 1))
