"""What documents are called."""

from converter.model import Book, Document, NoteRef, PageBreak, Paragraph, Part, Text
from converter.writers.titles import introduction, published, title_of


def test_a_document_is_called_by_number_and_title_without_its_note_calls():
    title = (Text("Letter to the "), PageBreak("90"), Text("Board"), NoteRef("n1"))
    assert title_of(Document("memo", title, "7")) == "7. Letter to the Board"


def test_a_number_or_a_title_alone_is_enough():
    assert title_of(Document("memo", number="7")) == "7"
    assert title_of(Document("memo", (Text("Letter"),))) == "Letter"


def test_a_document_without_either_is_called_by_its_first_words():
    words = Paragraph((Text("The keeper wrote to the board that the lamp was out."),))
    assert title_of(Document("memo", children=(words,))) == (
        "The keeper wrote to the board that the …"
    )
    assert title_of(Document("memo", children=(Paragraph((Text("Yes."),)),))) == "Yes."


def test_an_empty_document_is_called_by_its_id():
    assert title_of(Document("memo")) == "memo"


def test_a_part_s_first_document_under_its_title_and_without_number_introduces_it():
    opening, other = Document("a", (Text("The lamps"), NoteRef("n"))), Document("b")
    assert introduction(Part((opening, other), " The  lamps")) is opening
    assert introduction(Part((other, opening), "The lamps")) is None
    assert introduction(Part((Document("a", (Text("The lamps"),), "7"),), "The lamps")) is None
    assert introduction(Part((other,))) is None


def test_a_document_without_title_is_called_by_the_first_words_there_are():
    text = Paragraph((Text("One two three four five six seven eight nine."),))
    opened = Document("memo", children=(PageBreak("12"), text))
    assert title_of(opened) == "One two three four five six seven eight …"


def test_a_title_page_has_the_day_of_a_moment_and_any_other_date_as_it_is():
    assert published(Book("B", (), date="2021-04-02T08:00:00+02:00")) == "2021-04-02"
    for date in ("2021-04-02", "1983", "Spring 2021", "2021-04-02To come"):
        assert published(Book("B", (), date=date)) == date
