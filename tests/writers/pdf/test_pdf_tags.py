"""In which order a PDF is read by those who do not see it, and what they are not read."""

import re
from typing import Any

import pytest
from pypdf.generic import ContentStream, DictionaryObject, NullObject

from converter.model import (
    Book,
    Cell,
    Document,
    Figure,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Note,
    NoteRef,
    Part,
    Picture,
    Row,
    Table,
    Text,
)
from converter.options import PdfOptions
from converter.verify import judge

# WeasyPrint leaves the file of its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

A5 = PdfOptions(page="A5")


def kinds(edition: Any) -> list[str]:
    """Return the kinds of all elements but those of single words, in reading order."""
    return [tag["/S"][1:] for tag in edition.tags if tag["/S"] != "/Span"]


def marks(edition: Any) -> list[tuple[str, bool]]:
    """Return what is marked as what on all pages, and whether it belongs to an element."""
    return [
        (operands[0], len(operands) > 1 and "/MCID" in operands[1])
        for page in edition.reader.pages
        for operands, operator in ContentStream(page.get_contents(), edition.reader).operations
        if operator in (b"BMC", b"BDC")
    ]


def test_a_paragraph_on_two_pages_is_one(write: Any, para: Any, words: Any) -> None:
    edition = write(Document("d", children=(para(words(400)), para("End."))), pdf=A5)
    assert len(edition.pages) > 2
    assert kinds(edition).count("P") == 2


def test_a_list_and_a_table_on_two_pages_are_one_each(write: Any, para: Any, words: Any) -> None:
    rows = tuple(Row((Cell((para(words(20)),)), Cell((para("x"),)))) for _ in range(40))
    items = tuple(ListItem((para(words(30)),)) for _ in range(20))
    edition = write(Document("d", children=(List(items), Table(rows))), pdf=A5)
    found = kinds(edition)
    assert [found.count(kind) for kind in ("L", "LI", "LBody", "Table", "TR")] == [1, 20, 20, 1, 40]


def test_all_rows_of_a_table_are_as_long_however_long_the_source_has_them(
    write: Any, para: Any
) -> None:
    def row(*spans: tuple[int, int]) -> Row:
        cells = (Cell((para("x"),), colspan=wide, rowspan=tall) for wide, tall in spans)
        return Row(tuple(cells))

    rows = (row((1, 1), (1, 2), (1, 1)), row((2, 1)), row(), row((1, 9)))
    edition = write(Document("d", children=(Table(rows),)))
    places: list[tuple[int, int]] = []
    for number, line in enumerate(tag for tag in edition.tags if tag["/S"] == "/TR"):
        column = 0
        for cell in (kid.get_object()["/A"] for kid in line["/K"]):
            while (number, column) in places:
                column += 1
            wide, tall = cell.get("/ColSpan", 1), cell.get("/RowSpan", 1)
            places += [(number + n, column + m) for n in range(tall) for m in range(wide)]
    assert sorted(places) == [(row, column) for row in range(4) for column in range(3)]


def test_a_heading_without_words_leaves_no_rank_out(write: Any, para: Any) -> None:
    blocks = (Heading(()), para("Text."), Heading((Text("Under it"),), 2))
    ranks = [kind for kind in kinds(write(Document("d", children=blocks))) if kind[0] == "H"]
    assert ranks[-2:] == ["H3", "H4"]


def test_a_note_is_read_after_the_paragraph_that_calls_it(
    write: Any, noted: Any, words: Any
) -> None:
    found = kinds(write(noted(words(300), "Two", "Three"), pdf=A5))
    text = found[found.index("Div") + 1 :]
    assert [kind for kind in text if kind in ("P", "Note")] == ["P", "Note", "P"] * 3


def test_a_note_of_a_title_is_not_read_as_part_of_it(write: Any, para: Any) -> None:
    document = Document(
        "d",
        title=(Text("Title"), NoteRef("n")),
        children=(Heading((Text("Section"), NoteRef("m"))), para("Text.")),
        notes=(Note("n", "1", (para("On it."),)), Note("m", "2", (para("On that."),))),
    )
    tags = write(document).tags
    for tag in tags:
        if tag["/S"] == "/Note":
            assert re.fullmatch("/(Art|Div)", tag["/P"]["/S"])
    assert [tag["/ID"] for tag in tags if tag["/S"] == "/Note"] == ["note1", "note2"]


def test_a_note_in_a_list_or_table_is_read_in_its_item_or_cell(write: Any, para: Any) -> None:
    document = Document(
        "d",
        children=(
            List((ListItem((para("Item", NoteRef("n")),)),)),
            Table((Row((Cell((para("Cell", NoteRef("m")),)),)),)),
        ),
        notes=(Note("n", "1", (para("On it."),)), Note("m", "2", (para("On that."),))),
    )
    notes = [tag for tag in write(document).tags if tag["/S"] == "/Note"]
    assert [note["/P"]["/S"] for note in notes] == ["/LBody", "/TD"]


def test_running_heads_and_page_numbers_are_artifacts(write: Any, para: Any, words: Any) -> None:
    edition = write(Document("d", title=(Text("Title"),), children=(para(words(900)),)), pdf=A5)
    assert ("/Artifact", False) in marks(edition)
    assert {owned for kind, owned in marks(edition) if kind != "/Artifact"} == {True}
    owners = edition.reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    found = [
        owner.get_object() for page in owners[1::2] if isinstance(page, list) for owner in page
    ]
    assert {type(owner) for owner in found} == {NullObject, DictionaryObject}


def test_a_picture_of_which_nothing_is_said_is_an_artifact(
    write: Any, para: Any, picture: Picture
) -> None:
    said, mute = Figure(Image(picture.name, "A dot")), para("Text ", Image(picture.name))
    edition = write(Document("d", children=(said, mute), pictures=(picture,)))
    assert kinds(edition).count("Figure") == 1
    assert ("/Artifact", False) in marks(edition)


def test_every_language_but_that_of_the_book_is_named(write: Any, para: Any) -> None:
    documents = [
        Document(name, children=(para("Text."),), language=name) for name in ("la", "en", "")
    ]
    edition = write(*documents)
    named = [tag.get("/Lang") for tag in edition.tags if tag["/S"] == "/Art"]
    assert (edition.reader.trailer["/Root"]["/Lang"], named) == ("en", ["la", "en", None])


def test_a_link_in_the_book_is_described_by_its_words(write: Any, para: Any, noted: Any) -> None:
    link = Link((Text("elsewhere"),), "https://example.org/")
    edition = write(noted("One"), Document("e", children=(para("See ", link, "."),)))
    found = [
        annotation.get_object()
        for page in edition.reader.pages
        for annotation in page.get("/Annots", ())
    ]
    assert {"1", "Title", "https://example.org/"} <= {each["/Contents"] for each in found}


def test_letters_of_which_none_shows_alone_are_mapped_to_something(write: Any, para: Any) -> None:
    text = "राजदूत शाम को शहर पहुँचे और लिखा कि समुद्र शांत है।"
    edition = write(Document("d", children=(para(text),), language="hi"))
    fonts = [
        font.get_object()
        for page in edition.reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert not any(b" <>" in font["/ToUnicode"].get_data() for font in fonts)


def test_what_nests_deep_is_read_on_every_page(write: Any, para: Any, words: Any) -> None:
    deep: Any = para(words(400))
    for _ in range(10):
        deep = List((ListItem((para("lamp"), deep)),))
    document = Document("d", children=(deep,))
    edition = write(document, pdf=A5)
    assert len(edition.pages) > 3
    assert judge(edition.path, Book("The Book", (Part((document,)),))).differences == ()
