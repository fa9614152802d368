from converter.model import (
    Book,
    Document,
    Emphasis,
    Link,
    Note,
    Paragraph,
    Part,
    Prov,
    Reference,
    Strong,
    Text,
)
from converter.report import Report
from converter.transforms.cross_references import apply


def memo(number, text, id_=None):
    paragraph = Paragraph((Text(text),), prov=Prov(f"{number}.txt", 3))
    return Document(id=id_ or f"d{number}", number=number, children=(paragraph,))


def resolve(*documents, parts=None):
    report = Report()
    book = apply(Book("Memos", parts or (Part(documents),)), report)
    return book, [str(message) for message in report.messages]


def inlines(book, index=0):
    return book.documents[index].children[0].children


def test_a_mention_of_a_document_in_the_book_is_a_reference():
    book, messages = resolve(memo("1", "See Document 2."), memo("2", "Nothing."))
    assert inlines(book) == (Text("See "), Reference((Text("Document 2"),), "d2"), Text("."))
    assert messages == []


def test_a_mention_of_a_document_elsewhere_stays_text_with_a_message():
    book, messages = resolve(memo("1", "See Document 40."))
    assert inlines(book) == (Text("See Document 40."),)
    assert messages == ["1.txt:3: info: document 40 is not in this book [reference-unresolved]"]


def test_each_of_several_documents_mentioned_together_is_a_reference():
    book, _ = resolve(memo("1", "See Documents 2 and 3."), memo("2", ""), memo("3", ""))
    assert inlines(book) == (
        Text("See "),
        Reference((Text("Documents 2"),), "d2"),
        Text(" and "),
        Reference((Text("3"),), "d3"),
        Text("."),
    )


def test_a_document_does_not_refer_to_itself():
    book, messages = resolve(memo("1", "This is Document 1."))
    assert inlines(book) == (Text("This is Document 1."),)
    assert messages == []


def test_a_number_means_the_document_of_the_same_part():
    parts = (
        Part((memo("1", "See Document 2."), memo("2", "", "north-2")), "North"),
        Part((memo("2", "", "south-2"),), "South"),
    )
    book, messages = resolve(parts=parts)
    assert inlines(book)[1].document == "north-2"
    assert messages == []


def test_a_number_that_is_there_twice_stays_text():
    _, messages = resolve(memo("1", "See Document 2."), memo("2", ""), memo("2", "", "other"))
    assert messages == [
        "1.txt:3: info: document 2 is in this book more than once [reference-unresolved]"
    ]


def test_mentions_in_notes_are_references_too():
    note = Note("n1", "1", (Paragraph((Text("Document 2"),)),))
    book, _ = resolve(Document(id="d1", number="1", notes=(note,)), memo("2", ""))
    assert book.documents[0].notes[0].children[0].children == (
        Reference((Text("Document 2"),), "d2"),
    )


def test_a_link_stays_a_link():
    link = Link((Text("Document 2"),), "https://example.org/2")
    first = Document(id="d1", number="1", children=(Paragraph((link,)),))
    book, _ = resolve(first, memo("2", ""))
    assert inlines(book) == (link,)


def test_a_link_stays_a_link_however_deep_in_it_the_mention_is():
    words = Emphasis((Strong((Text("Document 2"),)),))
    link = Link((words,), "https://example.org/2")
    first = Document(id="d1", number="1", children=(Paragraph((link,)),))
    book, _ = resolve(first, memo("2", ""))
    assert inlines(book) == (link,)
