"""Booklets: two pages to a side, in the order that folded sheets have them."""

from io import BytesIO
from typing import Any

import pytest
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


def test_the_same_booklet_is_the_same_bytes(write: Any, noted: Any) -> None:
    options = PdfOptions(layout="booklet")
    first = write(noted("One"), pdf=options).path.read_bytes()
    assert write(noted("One"), pdf=options).path.read_bytes() == first
