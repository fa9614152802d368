"""A PDF laid out by WeasyPrint: a book one would like to hold.

1. ``compose``            the book, to XHTML: title page, contents, documents with their notes
2. ``Engine.render``      XHTML, to pages; again, while notes are too tall for a page or stand
                          on another than that of their calls, or words are divided by a page
3. ``part_page_labels``   the source's page numbers, each to a line of its own
   ``mirror_page_labels`` and to the outer margins
4. ``write_pdf``          pages, to a tagged file
"""

from pathlib import Path
from typing import Final

from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.writers.pdf.weasyprint.boxes import (
    improve,
    mirror_page_labels,
    misplaced,
    part_page_labels,
)
from converter.writers.pdf.weasyprint.engine import Engine, Layout, write_pdf
from converter.writers.pdf.weasyprint.pages import compose
from converter.writers.pdf.weasyprint.warnings import collect_warnings
from converter.writers.sound import sound

# Every trial lays out the whole book; the first two or three settle nearly everything.
_TRIALS: Final = 4
_LONG: Final = 300


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book``, which has an identifier, to ``target`` as PDF.

    Raises WriteError if it cannot be laid out.
    """
    book = sound(book, report)
    with collect_warnings(book, report):
        layout = _lay_out(book, report, options)
        part_page_labels(layout)
        if options.pdf.layout != "handout":
            mirror_page_labels(layout)
        write_pdf(layout, target, book, options.pdf)


def _lay_out(book: Book, report: Report, options: Options) -> Layout:
    """Return the pages of ``book``, every note whole on one of them.

    Each round moves the notes that were too tall in the one before, until none is.
    """
    moved: frozenset[str] = frozenset()
    while True:
        draft = Report()
        pages = compose(book, draft, layout=options.pdf.layout, moved=moved)
        engine = Engine(pages, book, options)
        layout = engine.render()
        late = misplaced(layout, pages.footnotes) or misplaced(
            layout := _improved(engine, layout), pages.footnotes
        )
        if late <= moved:
            report.messages.extend(draft.messages)
            return layout
        moved |= late


def _improved(engine: Engine, layout: Layout) -> Layout:
    """Return the pages broken as well as a few trials allow."""
    for _ in range(_TRIALS if len(layout.pages) < _LONG else 1):
        if not improve(layout):
            break
        layout = engine.render()
    return layout
