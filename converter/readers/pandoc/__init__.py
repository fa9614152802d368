"""The reader of what pandoc reads: Word and OpenDocument texts, Markdown, LaTeX and many more.

    bytes -> package (docx, odt, epub) -> pandoc -> its document (ast) -> Document

Pandoc reads in a sandbox and against a clock. What it would lose of review comments and of text
boxes is put before it beforehand. Words are counted in pandoc's document: what pandoc itself
leaves out of a source no ledger shows, but for what is told of packages.
"""

from collections.abc import Iterator
from typing import Final

from converter.model import Document
from converter.readers.pandoc.formats import BY_SUFFIX
from converter.readers.pandoc.formats import sniff as sniff
from converter.report import Report
from converter.source import Source

suffixes: Final = tuple(BY_SUFFIX)


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the one document of ``source``. Raises SourceError for what cannot be read."""
    # Loaded when needed: choosing a reader asks all of them.
    from converter.readers.pandoc.document import read_document

    yield read_document(source, report)
