"""Our own EPUB editions, read from their markup: one edited by hand reads as it was edited.

Other people's EPUBs are left to pandoc. What our markup says is told where it is made:
``writers/xhtml.py`` and ``writers/epub/``.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from converter.container import OPF, Container
from converter.errors import SourceError
from converter.model import Book, Document
from converter.packages import check_package
from converter.readers.epub import package
from converter.readers.epub.document import read_documents
from converter.readers.epub.survey import survey
from converter.report import Report
from converter.source import Source

suffixes: Final = (".epub",)

_GENERATOR: Final = "converter"
_ZIP: Final = b"PK"


def sniff(head: bytes) -> float:  # noqa: ARG001 - whose package it is stands in its middle
    """Return 0.0: it takes the whole package to know an edition of ours."""
    return 0.0


def recognizes(source: Source) -> float:
    """Return how sure it is that ``source`` is an edition of ours: by the name of its maker."""
    if not source.data.startswith(_ZIP):
        return 0.0
    try:
        with _open(source) as container:
            makers = container.package.iterfind(f".//{OPF}meta[@name='generator']")
            return float(any(maker.get("content") == _GENERATOR for maker in makers))
    except SourceError:
        return 0.0


def is_edition(source: Source) -> bool:
    """Whether ``source`` is an edition of ours."""
    return bool(recognizes(source))


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the documents of ``source`` in reading order. Raises SourceError."""
    with _open(source) as container:
        found = survey(container)
        if not found.documents:
            raise SourceError("is an edition without documents", source.name)
        try:
            yield from read_documents(found, container, source, report)
        except RecursionError as error:
            raise SourceError("nests elements too deep to be read", source.name) from error


def bind(source: Source, documents: Sequence[Document]) -> Book:
    """Return the book that ``source`` is, ``documents`` in its parts."""
    with _open(source) as container:
        return package.book(container.package, survey(container).parts(documents))


def _open(source: Source) -> Container:
    file = BytesIO(source.data)
    check_package(file, source.name, source.access.limits)
    return Container(file, source.name)
