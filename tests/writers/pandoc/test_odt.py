"""OpenDocument texts: notes, comments and threads as the standard has them."""

from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from converter import pipeline
from converter.errors import UsageError
from converter.model import Book, Document, Figure, Image, Paragraph, Part, Reference, Text
from converter.options import Options
from converter.report import Report
from converter.source import open_source
from converter.walk import calls, page_labels, plain_text, walk
from converter.writers.pandoc.odt import write as write_odt

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"


@pytest.fixture
def content(write, part, letter):
    return part(write("odt", letter)[0], "content.xml")


def said(element):
    return " ".join("".join(element.itertext()).split())


def test_notes_have_their_names_and_printed_marks(content):
    notes = [
        (note.get(f"{TEXT}id"), note[0].text, note[0].get(f"{TEXT}label"), said(note[1]))
        for note in content.iter(f"{TEXT}note")
    ]
    assert notes == [
        ("d1_n1", "1", None, "Found in a coat."),
        ("d1_n2", "*", "*", "See †."),
        ("d1_n3", "†", "†", "Burnt."),
        ("d1_n4", "2", None, "Not printed."),
    ]


def test_further_calls_are_references_to_the_notes(content):
    references = [
        (each.get(f"{TEXT}ref-name"), each.text) for each in content.iter(f"{TEXT}note-ref")
    ]
    assert references == [("d1_n3", "†"), ("d1_n2", "*")]


def test_review_comments_stand_in_the_margin(content):
    notes = [said(each) for each in content.iter(f"{OFFICE}annotation")]
    assert notes == ["Ann2011-03-03Is that so?", "BoIt is."]


def test_thread_is_in_styles_that_are_there_by_depth(write, part, letter):
    target, _ = write("odt", letter)
    styles = {
        each.get(f"{STYLE}name"): each
        for name in ("content.xml", "styles.xml")
        for each in part(target, name).iter(f"{STYLE}style")
    }
    found = {
        each.get(f"{TEXT}style-name"): said(each)
        for each in part(target, "content.xml").iter(f"{TEXT}p", f"{TEXT}span")
    }
    assert found["Comment_20_2"] == "Which uncle?"
    assert found["Page_20_Mark"] == "[p. 90]"
    assert set(found) - {None} <= set(styles)
    properties = styles["Comment_20_2"].find(f"{STYLE}paragraph-properties")
    assert properties.get(f"{FO}margin-left") == "0.6cm"


def test_properties_say_title_authors_and_language(write, part, letter):
    target, _ = write("odt", letter, title="Tolls", authors=("Ann",), language="ar", date="1931")
    meta = {each.tag.rpartition("}")[2]: each.text for each in part(target, "meta.xml")[0]}
    assert (meta["title"], meta["initial-creator"], meta["language"]) == ("Tolls", "Ann", "ar")
    modes = {each.get(f"{STYLE}writing-mode") for each in part(target, "styles.xml").iter()}
    assert "rl-tb" in modes


def test_picture_is_in_the_package(write, ferry):
    held = Document("a", children=(Paragraph((Image(ferry.name, "A ferry"),)),), pictures=(ferry,))
    with ZipFile(write("odt", held)[0]) as package:
        assert ferry.data in [package.read(each) for each in package.namelist()]


def test_pictures_say_what_stands_for_them_in_words(write, part, ferry):
    said, unsaid = Image(ferry.name, "A ferry & a <lamp>"), Image(ferry.name)
    figure = Figure(said, (Paragraph((Text("The ferry."),)),))
    inline = Paragraph((Text("See "), unsaid, Text(" and "), said, Text(" there")))
    held = Document("a", (Text("A"),), children=(figure, inline), pictures=(ferry,))
    target, _ = write("odt", held, title="A")
    content = part(target, "content.xml")
    shown = [frame.findtext(f"{SVG}desc") for frame in content.iter(f"{DRAW}frame")]
    assert shown == [said.alt, None, said.alt]
    assert "picture-" not in etree.tostring(content, encoding="unicode")
    (found,) = pipeline.read(open_source(target))
    assert [node.alt for node in walk([found.document]) if isinstance(node, Image)] == [
        said.alt,
        "",
        said.alt,
    ]
    assert plain_text(found.document.children).endswith("See and A ferry & a <lamp> there")


def test_same_book_makes_the_same_bytes(write, letter):
    first = write("odt", letter)[0].read_bytes()
    assert write("odt", letter)[0].read_bytes() == first


def test_a_book_of_everything_can_be_written(torture, write):
    _, report = write("odt", *torture.documents)
    assert {message.code for message in report.messages} == {"bad-address"}


def test_our_reader_finds_notes_review_comments_and_replies_again(write, letter):
    (found,) = pipeline.read(open_source(write("odt", letter)[0]))
    read = found.document
    assert [(note.label, calls(read)[note.id]) for note in read.notes][:2] == [("1", 1), ("*", 2)]
    assert [(each.author, each.parent) for each in read.comments] == [
        ("Ann", None),
        ("Bo", "c1"),
        ("Cy", None),
        (None, "c3"),
    ]


def test_styles_of_the_user_that_are_no_xml_are_an_error(tmp_path):
    styles = tmp_path / "looks" / "odt" / "styles.xml"
    styles.parent.mkdir(parents=True)
    styles.write_text("<office:styles>", encoding="utf-8")
    book = Book("Tolls", (Part((Document("a", (Text("Tolls"),)),)),))
    options = Options(templates=tmp_path / "looks")
    with pytest.raises(UsageError, match="is not well-formed XML"):
        write_odt(book, tmp_path / "a.odt", Report(), options=options)


def test_our_reader_finds_the_pages_of_the_source_again_and_what_leads_to_them(write, pages):
    (found,) = pipeline.read(open_source(write("odt", *pages, language="de")[0]))
    assert page_labels(found.document) == ("90", "xii", "[12]", "")
    assert plain_text([found.document]).endswith(" See page Dawn. Dusk. Night. Noon.")
    (to,) = (node for node in walk([found.document]) if isinstance(node, Reference))
    assert to.page == "xii"
    assert found.findings.ledger.balanced


def test_our_reader_finds_the_thread_again(write, post):
    (found,) = pipeline.read(open_source(write("odt", post, title="Who rows?")[0]))
    read = found.document
    names = {each.id: f"c{place}" for place, each in enumerate(post.comments, start=1)}
    said = {each.id: each for each in read.comments}
    for comment in post.comments:
        other = said[names[comment.id]]
        assert plain_text(other.children) == plain_text(comment.children)
        assert (other.author, other.date, other.likes) == (
            comment.author,
            comment.date,
            comment.likes,
        )
        assert (other.kind, other.url, other.depth) == (comment.kind, comment.url, comment.depth)
        assert other.parent == names.get(comment.parent or "")
    assert read.declared_comments == 9
    assert plain_text(read.children) == "Somebody must."
    assert found.findings.ledger.balanced


def test_our_reader_leaves_several_threads_where_they_are(write, post):
    other = replace(post, id="other", title=(Text("Who pays?"),))
    (found,) = pipeline.read(open_source(write("odt", post, other)[0]))
    assert found.document.comments == ()
    text = plain_text([found.document])
    assert [text.count(each) for each in ("Which uncle?", "1.1 Ann · Bo", "2011-03-04")] == [
        2,
        2,
        2,
    ]
    assert found.findings.ledger.balanced
