"""The model's own JSON form, as ``--to json`` writes it, or another program does."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

import msgspec
from msgspec.structs import replace

from converter.access import Limits
from converter.errors import SourceError
from converter.ledger import Ledger
from converter.model import Book, Document, Picture, Prov, from_json
from converter.pictures.kinds import picture_of
from converter.report import Report
from converter.source import Refusal, Source
from converter.walk import plain_text

suffixes: Final = (".json",)

# An object that begins with one of the keys of the form.
_START: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:version"\s*:\s*\d+\s*[,}]|book"\s*:)')
# What a picture may be called: a file in the folder of any edition.
_PICTURE: Final = re.compile(r"[\w-][\w.-]{0,99}")


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is a model."""
    if not _START.match(head):
        return 0.0
    return 1.0 if b'"book"' in head else 0.5


def is_edition(source: Source) -> bool:
    """Whether ``source`` is a whole model, as ``--to json`` and ``--model`` leave them."""
    return sniff(source.data) == 1.0


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the documents of the book in ``source``. Raises SourceError if it is no model."""
    for document in _book(source).documents:
        words = len(plain_text([document]).split())
        report.ledger = Ledger(words=words, kept=words)
        yield replace(document, pictures=tuple(_pictures(document, source, report)))


def bind(source: Source, documents: Sequence[Document]) -> Book:
    """Return the book in ``source``, which binds ``documents``."""
    book = _book(source)
    read = iter(documents)
    parts = (
        replace(part, documents=tuple(islice(read, len(part.documents)))) for part in book.parts
    )
    return replace(book, parts=tuple(parts))


def _book(source: Source) -> Book:
    try:
        book = from_json(source.data.removeprefix(BOM_UTF8))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SourceError(f"is no model of a book: {error}", source.name) from error
    if not book.documents:
        raise SourceError("is the model of a book without documents", source.name)
    return book


def _pictures(document: Document, source: Source, report: Report) -> Iterator[Picture]:
    """Yield the pictures of ``document`` that are what a picture must be, made safe.

    The model of another program is a source like any other.
    """
    for picture in document.pictures:
        safe = _safe(picture, source.access.limits)
        if isinstance(safe, Picture):
            yield safe
        else:
            report.warn("missing-image", safe.reason, prov=Prov(document.source or source.name))


def _safe(picture: Picture, limits: Limits) -> Picture | Refusal:
    made = picture_of(picture.data, picture.name, limits)
    if isinstance(made, Refusal):
        return made
    suffix = PurePosixPath(made.name).suffix
    if not _PICTURE.fullmatch(picture.name) or not picture.name.endswith(suffix):
        return Refusal(f"{picture.name!r} is no name for a picture in {made.media_type}")
    return replace(made, name=picture.name)
