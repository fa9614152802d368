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

_ZIP: Final = b"PK"
# What the editions of our writers begin with, and where packages of theirs name their maker.
_MADE: Final = (b"% generator: converter\n", b"// generator: converter\n")
_MAKERS: Final = {
    "docProps/app.xml": b"<Application>converter</Application>",
    "meta.xml": b"<meta:generator>converter</meta:generator>",
}


def is_edition(source: Source) -> bool:
    """Whether ``source`` is an edition of ours: by the name of its maker."""
    if not source.data.startswith(_ZIP):
        return source.data.startswith(_MADE)
    # Loaded when needed: choosing a reader asks all of them.
    from converter.readers.pandoc.package import says

    return any(says(source.data, part, maker) for part, maker in _MAKERS.items())


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the one document of ``source``. Raises SourceError for what cannot be read."""
    # Loaded when needed: choosing a reader asks all of them.
    from converter.readers.pandoc.document import read_document

    yield read_document(source, report)
