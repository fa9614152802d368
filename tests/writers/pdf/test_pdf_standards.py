"""What PDF/UA-1 and PDF/A-2a ask of a file, clause by clause, looked up with another library."""

import base64
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from converter.model import (
    Cell,
    Document,
    Figure,
    Heading,
    Image,
    Note,
    NoteRef,
    Picture,
    Row,
    Table,
    Text,
)
from converter.options import PdfOptions

# WeasyPrint leaves the file of its colour profile open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

STANDARDS = ["pdf/ua-1", "pdf/a-2a", "pdf/a-2a+ua-1"]
UA, A = "{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(params=STANDARDS)
def edition(request: Any, write: Any, para: Any, words: Any, tmp_path: Any) -> Any:
    table = Table((Row((Cell((para("Head"),), header=True),)), Row((Cell((para("Cell"),)),))))
    document = Document(
        "d",
        title=(Text("Title"), NoteRef("n")),
        children=(
            Heading((Text("Section"),)),
            para("Text", NoteRef("n"), NoteRef("m"), " مرحبا 漢字."),
            table,
            Heading((Text("Too deep"),), level=4),
        ),
        notes=(Note("n", "1", (para(words(300)),)), Note("m", "2", (para("Short."),))),
        language="en",
    )
    found = write(document, pdf=PdfOptions(variant=request.param, page="A5", cover=True))
    assert found.messages == []
    found.variant = request.param
    return found


def test_the_metadata_names_the_standards(edition: Any) -> None:
    root = edition.reader.trailer["/Root"]
    metadata = etree.fromstring(root["/Metadata"].get_object().get_data())
    named = {
        key: value for each in metadata.iter(f"{RDF}Description") for key, value in each.items()
    }
    assert (named.get(f"{UA}part") == "1") == ("ua-1" in edition.variant)
    assert (named.get(f"{A}part"), named.get(f"{A}conformance")) == (
        ("2", "A") if "a-2a" in edition.variant else (None, None)
    )
    assert len(list(metadata.iter(f"{RDF}RDF"))) == 1
    schemas = metadata.xpath("//*[local-name() = 'namespaceURI']/text()")
    assert schemas == ([UA.strip("{}")] if edition.variant == "pdf/a-2a+ua-1" else [])


def test_the_catalog_has_title_language_marks_and_page_labels(edition: Any) -> None:
    root = edition.reader.trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert edition.reader.page_labels[:2] == ["i", "ii"]
    assert "1" in edition.reader.page_labels
    assert "/AA" not in root
    assert "/JavaScript" not in root.get("/Names", {})
    if "a-2a" in edition.variant:
        assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
        assert edition.reader.trailer["/ID"]


def test_pages_and_links_follow_the_structure(edition: Any) -> None:
    for page in edition.reader.pages:
        assert page["/Tabs"] == "/S"
        for link in (each.get_object() for each in page.get("/Annots", ())):
            assert link["/Contents"]
            assert "/StructParent" in link
            assert "a-2a" not in edition.variant or link["/F"] & 4


def test_all_fonts_are_embedded_and_map_to_unicode(edition: Any) -> None:
    for page in edition.reader.pages:
        for font in (each.get_object() for each in page["/Resources"].get("/Font", {}).values()):
            assert font["/Subtype"] == "/Type0"
            assert "/ToUnicode" in font
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & descriptor.keys()


def test_headings_leave_out_no_rank_and_notes_have_ids(edition: Any) -> None:
    ranks = [
        int(tag["/S"][2:]) for tag in edition.tags if tag["/S"][:2] == "/H" and len(tag["/S"]) == 3
    ]
    assert ranks[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(ranks))
    notes = [tag["/ID"] for tag in edition.tags if tag["/S"] == "/Note"]
    assert notes == ["note1", "note2"]


@pytest.mark.parametrize("variant", STANDARDS)
def test_a_picture_has_its_alternative_and_is_not_smoothed_in_an_archive(
    write: Any, variant: Any
) -> None:
    dot = Picture("image-0.png", "image/png", PIXEL)
    document = Document("d", children=(Figure(Image(dot.name, "A dot")),), pictures=(dot,))
    edition = write(document, pdf=PdfOptions(variant=variant))
    (figure,) = [tag for tag in edition.tags if tag["/S"] == "/Figure"]
    assert figure["/Alt"] == "A dot"
    (image,) = [
        each.get_object()
        for page in edition.reader.pages
        for each in page["/Resources"].get("/XObject", {}).values()
        if each.get_object()["/Subtype"] == "/Image"
    ][:1]
    assert "a-2a" not in variant or str(image.get("/Interpolate", False)) == "False"
