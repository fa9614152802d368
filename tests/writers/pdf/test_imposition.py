"""Booklets: two pages to a side, in the order that folded sheets have them."""

from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from converter.options import PdfOptions
from converter.writers.pdf.imposition import PAGES, sheets


@pytest.mark.parametrize(
    ("count", "sides"),
    [
        (1, [(3, 0), (1, 2)]),
        (4, [(3, 0), (1, 2)]),
        (5, [(7, 0), (1, 6), (5, 2), (3, 4)]),
        (8, [(7, 0), (1, 6), (5, 2), (3, 4)]),
    ],
)
def test_sheets_laid_into_each_other_have_the_pages_in_order(
    count: int, sides: list[tuple[int, int]]
) -> None:
    assert list(sheets(count)) == sides


@pytest.mark.parametrize(
    ("page", "size"), [("A4", (842, 595)), ("Letter", (792, 612)), ("A5", (595, 420))]
)
def test_a_booklet_is_printed_on_whole_sheets_of_the_size_asked_for(
    write: Any, noted: Any, page: Any, size: tuple[int, int]
) -> None:
    edition = write(noted("One", "Two"), pdf=PdfOptions(page=page, layout="booklet"))
    assert edition.messages == []
    assert len(edition.pages) == 2
    box = edition.reader.pages[0].mediabox
    # ISO 216 rounds the half of A4 down by half a millimetre, twice 1.4 pt.
    assert box.width == pytest.approx(size[0], abs=3)
    assert box.height == pytest.approx(size[1], abs=1)


def test_a_booklet_carries_its_pages_in_reading_order_with_their_tags(
    write: Any, noted: Any
) -> None:
    edition = write(noted("One", "Two"), pdf=PdfOptions(layout="booklet"))
    pages = PdfReader(BytesIO(edition.reader.attachments[PAGES][0]))
    assert "The Book" in pages.pages[0].extract_text()
    assert "Remark2." in pages.pages[2].extract_text()
    assert pages.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Remark2." in edition.pages[1]
    assert edition.reader.metadata.title == "The Book"


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_the_sheets_of_a_booklet_have_the_structure_of_its_pages(
    write: Any, noted: Any, engine: Any
) -> None:
    edition = write(noted("One", "Two"), pdf=PdfOptions(layout="booklet", engine=engine))
    pages = type(edition)(BytesIO(edition.reader.attachments[PAGES][0]), [])
    assert [tag["/S"] for tag in edition.tags] == [tag["/S"] for tag in pages.tags]
    sides = [page.indirect_reference for page in edition.reader.pages]
    named = [tag.raw_get("/Pg") for tag in edition.tags if "/Pg" in tag]
    assert set(named) <= set(sides)
    content = [kid for tag in edition.tags for kid in tag["/K"] if "/MCID" in kid.get_object()]
    forms = [kid["/Stm"] for kid in content]
    assert forms
    assert {form["/Subtype"] for form in forms} == {"/Form"}
    assert b"pdfuaid" in edition.reader.trailer["/Root"]["/Metadata"].get_data()
    assert edition.reader.pdf_header == pages.reader.pdf_header == "%PDF-1.7"


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_links_and_bookmarks_of_a_booklet_lead_to_the_halves_of_its_sheets(
    write: Any, noted: Any, engine: Any
) -> None:
    documents = [replace(noted("One", "Two"), id=name) for name in "abc"]
    edition = write(*documents, pdf=PdfOptions(layout="booklet", engine=engine))
    reader, named = edition.reader, edition.reader.named_destinations
    links = [link.get_object() for page in reader.pages for link in page["/Annots"]]
    places = [link["/Dest"] for link in links if "/Dest" in link]
    places = [named[place].dest_array if isinstance(place, str) else place for place in places]
    assert places
    assert {place[0] for place in places} <= {page.indirect_reference for page in reader.pages}
    middle = float(reader.pages[0].mediabox.width) / 2
    assert any(place[2] > middle for place in places)
    assert any(link["/Rect"][0] > middle for link in links)


def test_the_same_booklet_is_the_same_bytes(write: Any, noted: Any) -> None:
    options = PdfOptions(layout="booklet")
    first = write(noted("One"), pdf=options).path.read_bytes()
    assert write(noted("One"), pdf=options).path.read_bytes() == first
