"""Our own editions read back, as they were written and as somebody has edited them since."""

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import msgspec
import pytest

from converter import pipeline
from converter.errors import SourceError
from converter.ledger import Drop
from converter.model import (
    Block,
    Book,
    Cell,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Link,
    List,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    Part,
    Picture,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from converter.options import Options
from converter.pictures.kinds import picture_of
from converter.readers import epub
from converter.report import Report
from converter.source import Source, open_source
from converter.walk import plain_text
from tests.torture import torture

PIXEL = (
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0"
    b",\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;"
)

LETTER = Document(
    "letter",
    title=(Text("From the ferry"),),
    number="7",
    children=(Paragraph((Text("It sails at dawn"), NoteRef("n1"), Text("."))),),
    notes=(Note("n1", "*", (Paragraph((Text("Not printed."),)),)),),
    authors=("Ann",),
    comments=(
        Comment("c1", (Paragraph((Text("Does it?"),)),), author="Bo", likes=3),
        Comment("c2", (Paragraph((Text("It does."),)),), parent="c1", depth=2),
    ),
)


@pytest.fixture
def edition(tmp_path):
    """Return a function that writes a document, edits the text of its files, and reads it back."""

    def made(document: Document = LETTER, edits: dict[str, str] | None = None):
        path = tmp_path / "edition.epub"
        book = pipeline.bind(Book("Ferries", (Part((document,)),), language="en"), Report())
        pipeline.write(book, path, "epub", Report(), Options())
        _edit(path, edits or {})
        return list(pipeline.read(open_source(path)))

    return made


def _edit(path: Path, edits: dict[str, str]) -> None:
    """Replace texts in the files of an EPUB, as an editor would, and pack it anew."""
    with ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    with ZipFile(path, "w", ZIP_STORED) as packed:
        for name, content in files.items():
            if name.endswith((".xhtml", ".opf")):
                for old, new in edits.items():
                    content = content.replace(old.encode(), new.encode())
            packed.writestr(name, content)


def only(readings: list[pipeline.Reading]) -> Document:
    (reading,) = readings
    return reading.document


def test_an_edition_of_ours_is_read_by_its_own_reader(edition):
    (reading,) = edition()
    assert (reading.reader, reading.book.title) == ("epub", "Ferries")


def test_an_edition_of_another_maker_is_left_to_pandoc(edition):
    (reading,) = edition(edits={'content="converter"': 'content="Ebook-lib"'})
    assert reading.reader == "pandoc"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"# Markdown"])
def test_what_is_no_epub_is_not_ours(data):
    assert epub.recognizes(Source("x.epub", data)) == 0
    with pytest.raises(SourceError, match="is no EPUB"):
        list(epub.read(Source("x.epub", data), Report()))


def test_an_edited_text_reads_as_edited(edition):
    edits = {
        "It sails at dawn": "It <b>sails</b> at <i>dusk</i>",
        "Not printed.": "Printed.",
        '<span class="author">Ann</span>': '<span class="author">Cy</span>',
        "Does it?": "Does it, ever?",
        ">7.</span>": ">8.</span>",
        '<dc:title xml:lang="en">Ferries': '<dc:title xml:lang="en">Boats',
    }
    (reading,) = edition(edits=edits)
    document = reading.document
    assert document.number == "8"
    assert document.authors == ("Cy",)
    assert document.children[0].children[:4] == (
        Text("It "),
        Strong((Text("sails"),)),
        Text(" at "),
        Emphasis((Text("dusk"),)),
    )
    assert document.notes[0].children[0].children == (Text("Printed."),)
    assert document.comments[0].children[0].children == (Text("Does it, ever?"),)
    assert reading.book.title == "Boats"


def test_what_an_editor_sets_out_on_lines_of_its_own_is_the_same(edition):
    spread = {"<section": "\n  <section", "</section>": "\n  </section>\n", "<p": "\n\t<p"}
    assert only(edition(edits=spread)) == only(edition())


def test_an_element_that_is_none_of_ours_keeps_its_text_and_is_reported(edition):
    (reading,) = edition(edits={"at dawn": "at <blink>dawn</blink>"})
    assert reading.document.children[0].children[0] == Text("It sails at dawn")
    (message,) = reading.findings.messages
    assert message.code == "unknown-element"
    assert reading.findings.ledger.balanced


def test_a_call_whose_note_was_cut_stays_as_text(edition):
    (reading,) = edition(edits={'href="#note-n1"': 'href="#note-n9"'})
    assert reading.document.children[0].children == (Text("It sails at dawn*."),)
    assert [message.code for message in reading.findings.messages] == ["missing-note"]


def test_a_link_to_nothing_in_the_edition_is_text(edition):
    (reading,) = edition(edits={"at dawn": '<a href="gone.xhtml">at dawn</a>'})
    assert reading.document.children[0].children[0] == Text("It sails at dawn")
    assert [message.code for message in reading.findings.messages] == ["link-dropped"]


def test_a_text_out_of_place_is_dropped_with_its_reason(edition):
    listed = "<ul>stray words<li>kept</li></ul><p>It sails at dawn"
    (reading,) = edition(edits={"<p>It sails at dawn": listed})
    strays = [drop for drop in reading.findings.ledger.drops if drop.reason == "out of place"]
    assert [drop.text for drop in strays] == ["stray words"]
    assert isinstance(strays[0], Drop)
    assert reading.findings.ledger.balanced


def test_what_the_edition_added_is_dropped_as_generated(edition):
    (reading,) = edition()
    dropped = {drop.text for drop in reading.findings.ledger.drops}
    assert {"Ferries", "Comments"} <= dropped
    assert reading.findings.ledger.balanced


def test_an_address_comes_back_as_the_source_wrote_it_unless_it_was_edited(edition):
    link = Link((Text("there"),), "https://Example.org/a b")
    document = Document("doc", children=(Paragraph((link,)),))
    assert only(edition(document)).children[0].children == (link,)
    edits = {"https://example.org/a%20b": "https://example.org/c"}
    (edited,) = only(edition(document, edits)).children[0].children
    assert edited.href == "https://example.org/c"


def test_pictures_come_back_with_the_places_that_show_them(edition):
    picture = picture_of(PIXEL, "ferry.gif")
    assert isinstance(picture, Picture)
    shown = Image(picture.name, "A ferry")
    missing = Image("gone.png", "A quay")
    document = Document(
        "doc", children=(Paragraph((shown, missing)), Figure(shown)), pictures=(picture,)
    )
    found = only(edition(document))
    assert found.pictures == (picture,)
    paragraph, figure = found.children
    assert [(image.src, image.alt) for image in paragraph.children] == [
        (picture.name, "A ferry"),
        ("gone.png", "A quay"),
    ]
    assert figure.image.src == picture.name


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def without_prov(value: object) -> object:
    """Return what the JSON form has of ``value``, but for where it came from."""
    if isinstance(value, dict):
        return {name: without_prov(held) for name, held in value.items() if name != "prov"}
    return [without_prov(each) for each in value] if isinstance(value, tuple | list) else value


ENTRIES = tuple((f"Ferry {number}", "sails" * 360) for number in range(200))
ITEMS = tuple(ListItem((paragraph(name + long),)) for name, long in ENTRIES)
NESTED = ListItem((paragraph("Ferries"), List(ITEMS[:20], ordered=True)))
LISTINGS = {
    "ordered": List((*ITEMS[:9], ListItem((paragraph("Nine"),), "9a."), *ITEMS), True, 25),
    "unordered": List(ITEMS),
    "nested": List((NESTED,) * 10),
    "definitions": DefinitionList(
        tuple(Definition((Text(name),), (paragraph(long),)) for name, long in ENTRIES)
    ),
    "table": Table(
        tuple(Row(tuple(Cell((paragraph(text),)) for text in entry)) for entry in ENTRIES),
        (Text("Sailings"),),
    ),
}


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS)
def test_a_list_or_table_of_many_files_is_one_again(edition, listing: Block):
    section = Section((paragraph("See:"), listing), Heading((Text("Index"),)))
    document = Document("index", children=(section, paragraph("End."), listing))
    found = only(edition(document))
    wanted = msgspec.to_builtins(document.children)
    assert without_prov(msgspec.to_builtins(found.children)) == without_prov(wanted)


@pytest.mark.parametrize("name", ["pages", "kinds", "thousand", "long", "thread"])
def test_a_document_of_many_files_is_one_again(edition, name):
    (document,) = [each for each in torture().documents if each.id == name]
    found = only(edition(document))
    assert len(found.notes) == len(document.notes)
    assert [note.id for note in found.notes] == [note.id for note in document.notes]
    assert [(each.id, each.parent, each.depth) for each in found.comments] == [
        (each.id, each.parent, each.depth) for each in document.comments
    ]
    assert len(found.children) == len(document.children)


@pytest.mark.parametrize(
    "listed",
    [
        '<ol start="x"><li>a</li></ol>',
        '<table><tr><td colspan="wide">a</td></tr></table>',
        '<h2 data-rank="high">a</h2>',
        '<section data-level=""><h2 data-level="x">a</h2></section>',
        "<dl><dd>a</dd></dl>",
        "<figure>a</figure>",
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>a</mi></math>',
        '<p><img src="gone.png" alt="a"/></p>',
        '<p><a epub:type="noteref" data-confidence="much" href="#note-n1">a</a></p>',
    ],
)
def test_markup_that_an_editor_got_wrong_is_read_without_loss(edition, listed):
    (reading,) = edition(edits={"<p>It sails at dawn": f"{listed}<p>It sails at dawn"})
    assert reading.findings.ledger.balanced
    assert "a" in plain_text(reading.document.children).split() or "noteref" in listed


def test_an_edition_without_documents_is_an_error(edition, tmp_path):
    path = tmp_path / "edition.epub"
    edition()
    _edit(path, {'<itemref idref="file-0001-letter-xhtml"/>': ""})
    with pytest.raises(SourceError, match="without documents"):
        list(pipeline.read(open_source(path)))


def test_a_file_that_somebody_added_is_a_document_of_its_own(edition, tmp_path):
    path = tmp_path / "edition.epub"
    edition()
    _edit(path, {'<meta name="dcterms.identifier" content="letter"/>': ""})
    (reading,) = pipeline.read(open_source(path))
    assert reading.document.id == "0001-letter"


def test_a_line_that_was_added_to_the_head_is_text_and_nothing_of_the_head_comes_twice(edition):
    added = '<p class="byline">'
    (reading,) = edition(edits={added: f"<p>Filed in <b>March</b>.</p>{added}"})
    assert (plain_text(reading.document.title), reading.document.authors) == (
        "From the ferry",
        ("Ann",),
    )
    assert plain_text(reading.document.children) == "Filed in March. It sails at dawn."
    assert isinstance(reading.document.children[0], Paragraph)
    assert reading.findings.ledger.balanced


@pytest.mark.parametrize("href", ["http://[", "//[x", "http://[::1"])
def test_an_address_that_cannot_be_parsed_is_no_link_and_no_fault(edition, href):
    (reading,) = edition(edits={"sails": f'<a href="{href}">sails</a>'})
    assert plain_text(reading.document.children) == "It sails at dawn."


def test_a_picture_that_the_package_does_not_hold_is_told(edition):
    (reading,) = edition(edits={"sails": '<img src="gone.png" alt="sails"/>'})
    assert plain_text(reading.document.children) == "It sails at dawn."
    assert [message.code for message in reading.findings.messages] == ["missing-image"]
