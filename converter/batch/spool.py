"""What goes from task to task through the cache, as bytes."""

from collections.abc import Iterable
from typing import Any

import msgspec

from converter.model import Book, Document
from converter.pipeline import Reading
from converter.report import Findings


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """A reading; ``book`` is the place of the book that its document came bound in, or -1."""

    source: str
    reader: str
    document: Document
    findings: Findings
    book: int


class _Spool(msgspec.Struct, frozen=True, array_like=True):
    books: tuple[Book, ...]
    entries: tuple[_Entry, ...]


def packed_readings(readings: Iterable[Reading]) -> bytes:
    """Return ``readings`` as bytes, each book that several of them came bound in once."""
    books: dict[int, Book] = {}
    entries = []
    for reading in readings:
        place = -1
        if reading.book is not None:
            books.setdefault(id(reading.book), reading.book)
            place = list(books).index(id(reading.book))
        entries.append(_Entry(*reading[:4], place))
    return packed(_Spool(tuple(books.values()), tuple(entries)))


def unpacked_readings(data: bytes) -> list[Reading]:
    """Return the readings in ``data``."""
    spool = msgspec.msgpack.decode(data, type=_Spool)
    return [
        Reading(
            entry.source,
            entry.reader,
            entry.document,
            entry.findings,
            spool.books[entry.book] if entry.book >= 0 else None,
        )
        for entry in spool.entries
    ]


def packed(value: Any) -> bytes:
    """Return ``value`` as bytes. What no encoding has, such as half a character, is replaced."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        plain = msgspec.to_builtins(value, builtin_types=(bytes,))
        return msgspec.msgpack.encode(_encodable(plain))


def unpacked_book(data: bytes) -> Book:
    """Return the book in ``data``."""
    return msgspec.msgpack.decode(data, type=Book)


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {_encodable(name): _encodable(each) for name, each in value.items()}
        case list() | tuple():
            return [_encodable(each) for each in value]
        case _:
            return value
