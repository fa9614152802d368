"""The HTML edition: one page that holds all, style sheet and pictures too, and runs no script.

1. ``compose``      the book as a tree: title, contents, documents with their notes and threads
2. ``serialised``   the tree as HTML, with the style sheet in its head

It is read with the source's page numbers in the margin; a call opens its note where it stands,
and without that, or on paper, leads to the note below the document.
"""

from pathlib import Path
from typing import Final

from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.writers.html.page import compose
from converter.writers.html.skeleton import serialised
from converter.writers.mathml import Formulas
from converter.writers.sound import sound

suffix: Final = ".html"


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to ``target`` as one HTML file."""
    book = sound(book, report)
    page = compose(book, options.templates)
    Formulas(book, report).place(page)
    target.write_bytes(serialised(page, options.templates))
