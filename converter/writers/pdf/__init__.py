"""The PDF writer: two engines that lay out the same book.

WeasyPrint needs the Pango library of the system, Typst a package of its own. Each engine is a
module here with a function like ``write``, loaded when it is used.
"""

import importlib
import tempfile
from pathlib import Path
from typing import Final, Protocol, cast

from converter.errors import WriteError
from converter.model import Book
from converter.options import Options
from converter.report import Report

suffix: Final = ".pdf"


class _Engine(Protocol):
    def write(self, book: Book, target: Path, report: Report, *, options: Options) -> None: ...


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:
    """Write ``book``, which has an identifier, to ``target`` as PDF.

    Raises WriteError if it cannot be laid out, or the engine asked for is not installed.
    """
    engine = _engine(options.pdf.engine, report)
    if options.pdf.layout != "booklet":
        engine.write(book, target, report, options=options)
        return
    # Loading what it needs takes as long as a short document.
    from converter.writers.pdf.imposition import impose

    with tempfile.TemporaryDirectory(prefix=".converter-", dir=target.parent) as folder:
        pages = Path(folder) / target.name
        engine.write(book, pages, report, options=options)
        impose(pages, target)


def load(options: Options) -> None:
    """Load the engine of ``options``, which takes as long as two documents.

    Raises WriteError if that is not installed.
    """
    _engine(options.pdf.engine, Report())


def _engine(name: str, report: Report) -> _Engine:
    """Return the engine ``name``; where none is named, the first of the two that works here."""
    if name:
        return _load(name)
    try:
        return _load("weasyprint")
    except WriteError as missing:
        try:
            engine = _load("typst")
        except WriteError:
            raise missing from None
        report.warn("pdf-engine", f"{missing.text}; Typst lays out this edition instead")
        return engine


def _load(name: str) -> _Engine:
    """Return the engine ``name``. Raises WriteError if what it needs is missing."""
    module = f"{__name__}.{name}"
    try:
        return cast(_Engine, importlib.import_module(module))
    except ModuleNotFoundError as error:
        hint = f"the PDF engine {name} is not installed: pip install 'converter[{name}]'"
        raise WriteError(hint) from error
