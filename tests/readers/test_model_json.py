import pytest
from msgspec.structs import replace

from converter import pipeline
from converter.errors import SourceError
from converter.model import Book, Document, Paragraph, Part, Picture, Quote, Text, to_json
from converter.readers import model_json
from converter.report import Report
from converter.source import Source

MEMO = Document("memo", title=(Text("Oil"),), children=(Paragraph((Text("Oil is dear."),)),))
NOTE = Document("note", title=(Text("Wick"),), children=(Paragraph((Text("So is wick."),)),))
BOOK = Book(
    "Lamps",
    (Part((MEMO,), "Oil"), Part((NOTE,), "Wicks", level=2)),
    authors=("The Lamp Board",),
    rights="© nobody",
    identifier="x:1",
)


def read(data: bytes, fragment: str = "") -> list[pipeline.Reading]:
    return list(pipeline.read(Source("book.json", data, fragment=fragment)))


def test_a_model_comes_back_bound_as_it_was():
    readings = read(to_json(BOOK))
    assert [reading.source for reading in readings] == ["book.json#memo", "book.json#note"]
    assert pipeline.book_read(readings) == BOOK


def test_what_the_user_gives_goes_before_what_the_book_says():
    book = pipeline.book_read(read(to_json(BOOK)), title="Mine", language="fr")
    assert (book.title, book.language, book.rights) == ("Mine", "fr", "© nobody")


def test_every_word_of_a_model_is_kept():
    ledgers = [reading.findings.ledger for reading in read(to_json(BOOK))]
    assert [(ledger.words, ledger.kept) for ledger in ledgers] == [(4, 4), (4, 4)]


def test_one_document_of_a_model_is_a_book_of_its_own():
    readings = read(to_json(BOOK), "note")
    assert pipeline.book_read(readings) == Book("Wick", (Part((NOTE,)),))


def test_parts_of_books_bound_together_stay_and_stand_below_a_new_one():
    loose = read(to_json(Book("Memo", (Part((MEMO,)),))))
    parts = pipeline.parts_read([*read(to_json(BOOK)), *loose], level=2)
    assert [(part.title, part.level) for part in parts] == [("Oil", 2), ("Wicks", 3), ("", 2)]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b'{"version":1,"book":{"type":"book"}}', "title"),
        (b'{"version":9,"book":{"type":"book"}}', "version"),
        (b'{"version":1,"book":{"type":"book","title":"x","parts":[]}}', "without documents"),
        (b'{"version":1,"book":' + b'{"a":[' * 100_000, "is no model|nests"),
        (b'{"version":1,"book":{"title":"\\ud800"}}', "is no model"),
    ],
)
def test_what_is_no_model_is_an_error(data, complaint):
    with pytest.raises(SourceError, match=complaint):
        read(data)


def test_a_model_nested_too_deep_for_editions_is_an_error():
    block = MEMO.children[0]
    for _ in range(200):
        block = Quote((block,))
    deep = Book("Deep", (Part((Document("deep", children=(block,)),)),))
    with pytest.raises(SourceError, match="150 deep"):
        read(to_json(deep))


@pytest.mark.parametrize("data", [b'{"name":"x"}', b"[1]", b"# Lamps", b'{"version":"1.0"}'])
def test_other_json_is_no_model(data):
    assert not model_json.sniff(data)


def test_a_model_formatted_by_another_program_is_known():
    assert model_json.sniff(b'\xef\xbb\xbf{\n  "version": 1,\n  "book": {') == 1.0
    assert list(model_json.read(Source("b.json", b"\xef\xbb\xbf" + to_json(BOOK)), Report()))


ACTING = b'<svg xmlns="http://www.w3.org/2000/svg" onload="f()"><rect/><script>f()</script></svg>'


@pytest.mark.parametrize(
    ("picture", "complaint"),
    [
        (Picture("../../lamp.svg", "image/svg+xml", ACTING), "is no name for a picture"),
        (Picture("lamp.png", "image/png", ACTING), "is no name for a picture in image/svg"),
        (Picture("lamp.png", "image/png", b"oil"), "is no picture"),
    ],
)
def test_a_picture_that_is_none_is_left_out(picture, complaint):
    (reading,) = read(to_json(Book("Lamp", (Part((replace(MEMO, pictures=(picture,)),)),))))
    (message,) = reading.findings.messages
    assert (message.code, reading.document.pictures) == ("missing-image", ())
    assert complaint in message.text


def test_a_drawing_in_a_model_loses_what_acts():
    picture = Picture("lamp.svg", "text/html", ACTING)
    (reading,) = read(to_json(Book("Lamp", (Part((replace(MEMO, pictures=(picture,)),)),))))
    (safe,) = reading.document.pictures
    assert (safe.name, safe.media_type) == ("lamp.svg", "image/svg+xml")
    assert b"rect" in safe.data
    assert b"f()" not in safe.data
    assert pipeline.book_read([reading]).documents[0].pictures == (safe,)
