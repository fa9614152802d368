"""The PDF writer: a book one would like to hold, laid out by WeasyPrint.

    Book -> compose (XHTML) -> lay_out (pages) -> notes too tall for a page moved -> PDF

Layout is repeated only when a note did not fit: such notes stand at the end of their document.
"""

from pathlib import Path
from typing import Final

from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.writers.pdf.layout import Layout, collect_warnings, lay_out, misplaced, write_pdf
from converter.writers.pdf.pages import compose

suffix: Final = ".pdf"


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to ``target`` as PDF. Raises WriteError if it cannot be laid out."""
    with collect_warnings(book, report):
        write_pdf(_settle(book, report, options), target, book, options.pdf)


def _settle(book: Book, report: Report, options: Options) -> Layout:
    """Return the pages of ``book``, every note whole on one of them."""
    moved: frozenset[str] = frozenset()
    while True:
        pages = compose(book, Report() if moved else report, layout=options.pdf.layout, moved=moved)
        layout = lay_out(pages, book, options)
        late = misplaced(layout, pages.footnotes)
        if not late:
            return layout
        moved |= late
