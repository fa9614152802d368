"""Pages as a printer wants them: two to a side, in the order that folded sheets have them.

An imposed file is for paper only. It carries the pages in reading order as an attachment, which
has the tags, links and bookmarks that sheets cannot have.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pypdf import PageObject, PdfReader, PdfWriter, Transformation

PAGES: Final = "pages.pdf"


def impose(pages: Path, target: Path) -> None:
    """Write the ``pages`` of a file to ``target`` as a booklet, to be printed on both sides.

    Sheets are turned over along their short edge, folded in the middle, and laid into each other.
    Blank pages at the end make the number of pages a multiple of four.
    """
    reader, writer = PdfReader(pages), PdfWriter()
    box = reader.pages[0].mediabox
    for sides in sheets(len(reader.pages)):
        sheet = writer.add_blank_page(2 * box.width, box.height)
        for place, number in enumerate(sides):
            if number < len(reader.pages):
                _add(sheet, reader.pages[number], place * float(box.width))
        sheet.compress_content_streams()
    writer.add_metadata({key: str(value) for key, value in (reader.metadata or {}).items()})
    writer.add_attachment(PAGES, pages.read_bytes())
    writer.compress_identical_objects()
    writer.write(target)


def sheets(count: int) -> Iterator[tuple[int, int]]:
    """Yield which pages, counted from 0, stand on each side of each sheet, left and right."""
    last = count + -count % 4 - 1
    for first in range(0, (last + 1) // 2, 2):
        yield last - first, first
        yield first + 1, last - first - 1


def _add(sheet: PageObject, page: PageObject, right: float) -> None:
    """Put what ``page`` shows on ``sheet``, so far from its left edge."""
    for key in ("/Annots", "/StructParents", "/Tabs"):
        page.pop(key, None)
    sheet.merge_transformed_page(page, Transformation().translate(right, 0))
