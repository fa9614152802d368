"""The model's own JSON form, as ``--to json`` writes it, or another program does."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from converter.errors import SourceError
from converter.ledger import Ledger
from converter.model import AnyNode, Book, Document, from_json
from converter.report import Report
from converter.source import Source
from converter.walk import children, plain_text

suffixes: Final = (".json",)

# An object that begins with one of the keys of the form.
_START: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:version"\s*:\s*\d+\s*[,}]|book"\s*:)')
# As deep as the tree of a document may be. Our readers stay far below, and writers set level what
# is too deep for editions; what is far above was made to do harm.
_DEEPEST: Final = 150


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is a model."""
    if not _START.match(head):
        return 0.0
    return 1.0 if b'"book"' in head else 0.5


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the documents of the book in ``source``. Raises SourceError if it is no model."""
    for document in _book(source).documents:
        words = len(plain_text([document]).split())
        report.ledger = Ledger(words=words, kept=words)
        yield document


def bind(source: Source, documents: Sequence[Document]) -> Book:  # noqa: ARG001 - the model holds them
    """Return the book in ``source``, which binds ``documents``."""
    return _book(source)


def _book(source: Source) -> Book:
    try:
        book = from_json(source.data.removeprefix(BOM_UTF8))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SourceError(f"is no model of a book: {error}", source.name) from error
    except RecursionError as error:
        raise _too_deep(source) from error
    if not book.documents:
        raise SourceError("is the model of a book without documents", source.name)
    if any(_is_deep(document) for document in book.documents):
        raise _too_deep(source)
    return book


def _is_deep(document: Document) -> bool:
    """Whether nodes in ``document`` nest deeper than ``_DEEPEST``."""
    level: Sequence[AnyNode] = (document,)
    for _ in range(_DEEPEST):
        level = [child for node in level for child in children(node)]
    return bool(level)


def _too_deep(source: Source) -> SourceError:
    text = f"nests nodes more than {_DEEPEST} deep: set them level, and try again"
    return SourceError(text, source.name)
