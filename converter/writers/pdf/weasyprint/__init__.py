"""A PDF laid out by WeasyPrint: a book one would like to hold.

1. ``compose``            the book, to XHTML: title page, contents, documents with their notes
2. ``Engine.render``      XHTML, to pages; again, while notes are too tall for a page or stand
                          on another than that of their calls, or words are divided by a page,
                          or tables and labels reach out of it
   ``cut_notes``          tall notes, to pieces that run over to the next page
3. ``part_page_labels``   the source's page numbers, each to a line of its own
   ``mirror_page_labels`` and to the outer margins
   ``set_paragraph_numbers`` those of paragraphs to their columns
4. ``write_pdf``          pages, to a tagged file
"""

from pathlib import Path
from typing import Final

from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.writers.pdf.weasyprint.boxes import (
    front_pages,
    improve,
    misplaced,
    number_pages,
    page_numbers,
    scrambled,
    settle_spaces,
    squeeze,
    take_out_breaks,
    unknown_numbers,
    unlink_repeated_headers,
    wide_tables,
)
from converter.writers.pdf.weasyprint.engine import Engine, Layout, LostPageError
from converter.writers.pdf.weasyprint.file import write_pdf
from converter.writers.pdf.weasyprint.labels import (
    fit_page_labels,
    mirror_page_labels,
    part_page_labels,
    set_paragraph_numbers,
)
from converter.writers.pdf.weasyprint.pages import compose
from converter.writers.pdf.weasyprint.pieces import cut_notes, cuts
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
        layout, front = _lay_out(book, report, options)
        unlink_repeated_headers(layout)
        take_out_breaks(layout)
        settle_spaces(layout)
        part_page_labels(layout)
        if options.pdf.layout != "handout":
            mirror_page_labels(layout)
        elif options.pdf.columns > 1:
            set_paragraph_numbers(layout)
        write_pdf(layout, target, book, options.pdf, front=front)


def _lay_out(book: Book, report: Report, options: Options) -> tuple[Layout, int]:
    """Return the pages of ``book``, with all of every note on them, and how many precede page 1.

    Tables that are too wide are squeezed. Long notes run over to the next page. Notes that were
    lost are first laid out again with the numbers of pages as text, as WeasyPrint loses some where
    it makes a single page anew to put a number in; where it loses a page there, with stand-ins for
    the numbers. Then each round moves those that are still too tall to the end of their documents.
    """
    moved: frozenset[str] = frozenset()
    wide: frozenset[int] = frozenset()
    places: dict[str, tuple[int, ...]] | None = None
    numbers: dict[str, str] = {}
    trials = _TRIALS
    while True:
        draft = Report()
        pages = compose(book, draft, options=options.pdf, moved=moved)
        engine = Engine(pages, book, options)
        places = cuts(engine) if places is None else places
        cut_notes(engine.body, places)
        number_pages(engine.body, numbers)
        squeeze(engine.body, wide)
        try:
            layout = engine.render()
            if not (found := wide_tables(layout, engine.body)) <= wide:
                wide |= found
                continue
            layout, late = _settled(engine, layout)
        except LostPageError:
            if numbers:
                raise
            numbers = unknown_numbers(engine.body)
            continue
        changed = (numbers or late) and page_numbers(layout, engine.body) != numbers
        if changed and trials:
            trials, numbers = trials - 1, page_numbers(layout, engine.body)
        elif late <= moved:
            report.messages.extend(draft.messages)
            return layout, front_pages(layout, engine.body)
        else:
            moved |= late
            trials = _TRIALS


def _settled(engine: Engine, layout: Layout) -> tuple[Layout, frozenset[str]]:
    """Return the pages with labels that fit and good breaks, and the notes that these lack."""
    for _ in range(_TRIALS):
        if not fit_page_labels(layout, engine.body):
            break
        layout = engine.render()
    late = misplaced(layout, engine.body)
    if late:
        return layout, late
    layout = _improved(engine, layout)
    return layout, misplaced(layout, engine.body) | scrambled(layout, engine.body)


def _improved(engine: Engine, layout: Layout) -> Layout:
    """Return the pages broken as well as a few trials allow."""
    for _ in range(_TRIALS if len(layout.pages) < _LONG else 1):
        if not improve(layout, engine.body):
            break
        layout = engine.render()
    return layout
