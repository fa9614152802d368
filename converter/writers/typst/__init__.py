"""The Typst writer: a source that ``typst compile`` makes a PDF of, with its templates in it.

The same source is what the PDF writer compiles where Typst lays out its pages.
"""

from pathlib import Path
from typing import Final

from converter.model import Book
from converter.options import Options
from converter.report import Report
from converter.writers.crowds import crowded
from converter.writers.formulas import report_left
from converter.writers.pictures import Pictures
from converter.writers.sound import sound
from converter.writers.typst.book import source
from converter.writers.typst.formulas import rendered

suffix: Final = ".typ"


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book`` to ``target``, and its pictures to a folder beside it."""
    pictures = Pictures(f"{target.stem}-pictures")
    for document in book.documents:
        crowded(document, report)
    formulas = rendered(book)
    report_left(formulas, report)
    written = source(sound(book, report), pictures, options, formulas=formulas)
    target.write_text(f"// generator: converter\n{written}", encoding="utf-8")
    pictures.write(target.parent)
