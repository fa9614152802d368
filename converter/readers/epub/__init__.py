"""Our own EPUB and HTML editions, read from their markup: edited by hand, as they were edited.

Other people's EPUBs are left to pandoc, their pages to ``html``. What our markup says is told
where it is made: ``writers/xhtml.py``, ``writers/epub/`` and ``writers/html/``.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from converter.container import OPF, Container
from converter.errors import SourceError
from converter.model import Book, Document
from converter.packages import check_package
from converter.readers.epub import package
from converter.readers.epub.document import read_documents
from converter.readers.epub.page import Page, is_page
from converter.readers.epub.survey import survey
from converter.report import Report
from converter.source import Source

suffixes: Final = (".epub", ".html")

_GENERATOR: Final = "converter"
_ZIP: Final = b"PK"


def sniff(head: bytes) -> float:
    """Return how sure it is that a page begins with ``head``: of packages it takes the whole."""
    return float(is_page(head))


def recognizes(source: Source) -> float:
    """Return how sure it is that ``source`` is an edition of ours: by the name of its maker."""
    if not source.data.startswith(_ZIP):
        return sniff(source.data)
    try:
        with _package(source) as container:
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
        parts = survey(container).parts(documents)
        return (
            container.book(parts)
            if isinstance(container, Page)
            else package.book(container.package, parts)
        )


@contextmanager
def _open(source: Source) -> Iterator[Container | Page]:
    if is_page(source.data):
        yield Page(source)
        return
    with _package(source) as container:
        yield container


def _package(source: Source) -> Container:
    file = BytesIO(source.data)
    check_package(file, source.name, source.access.limits)
    return Container(file, source.name)
