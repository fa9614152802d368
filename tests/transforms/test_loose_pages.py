from converter.model import Book, Document, PageBreak, Paragraph, Part, Reference, Text
from converter.report import Report
from converter.transforms.loose_pages import apply

WORDS = Paragraph((Text("words"),))


def letter(name, *blocks):
    return Document(id=name, title=(Text(name),), children=blocks or (WORDS,))


def page(label):
    return Document(id=f"pg_{label}", children=(PageBreak(label),))


def bound(*documents):
    return apply(Book("Letters", (Part(documents),)), Report()).documents


def test_a_page_between_documents_begins_above_the_title_of_the_next():
    first, second = bound(letter("d1"), page("7"), letter("d2"))
    assert first == letter("d1")
    assert second.front == (PageBreak("7"),)


def test_several_pages_keep_their_order():
    (only,) = bound(page("7"), page("8"), letter("d1"))
    assert only.front == (PageBreak("7"), PageBreak("8"))


def test_a_page_at_the_end_of_a_part_closes_its_last_document():
    (only,) = bound(letter("d1"), page("7"))
    assert only.children == (WORDS, PageBreak("7"))


def test_a_part_of_pages_alone_keeps_them():
    assert bound(page("7")) == (page("7"),)


def test_an_empty_document_stays():
    assert bound(Document(id="d1"), letter("d2")) == (Document(id="d1"), letter("d2"))


def test_a_reference_to_a_page_leads_to_the_document_that_took_it():
    link = Reference((Text("p. 7"),), "pg_7", page="7")
    first, _ = bound(letter("d1", Paragraph((link,))), page("7"), letter("d2"))
    assert first.children == (Paragraph((Reference((Text("p. 7"),), "d2", page="7"),)),)


def test_a_book_without_loose_pages_stays_as_it_is():
    book = Book("Letters", (Part((letter("d1"),)),))
    assert apply(book, Report()) == book
