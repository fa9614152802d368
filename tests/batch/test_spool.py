"""What goes from task to task comes back as it was."""

from converter.batch.spool import packed, packed_readings, unpacked_book, unpacked_readings
from converter.ledger import Ledger
from converter.model import Book, Document, Paragraph, Part, Text
from converter.pipeline import Reading
from converter.report import Findings, Message


def reading(name, book=None, text="Oil."):
    document = Document(name, children=(Paragraph((Text(text),)),))
    findings = Findings((Message("no-text", "holds no text", "warning"),), Ledger(1, 1))
    return Reading(f"{name}.txt", "text", document, findings, book)


def test_readings_come_back_equal():
    readings = [reading("a"), reading("b")]
    assert unpacked_readings(packed_readings(readings)) == readings


def test_documents_that_came_bound_in_one_book_still_are():
    book = Book("Letters", (Part((Document("a"), Document("b"))),))
    found = unpacked_readings(packed_readings([reading("a", book), reading("b", book)]))
    assert found[0].book == book
    assert found[0].book is found[1].book


def test_half_a_character_is_replaced_and_the_rest_kept():
    book = Book("Lamp \ud800", (Part(()),))
    assert unpacked_book(packed(book)).title == "Lamp ?"
