"""A book as it is to be made of what was read."""

from collections.abc import Sequence

import msgspec

from converter import pipeline
from converter.batch.outcome import Stored
from converter.model import Book, Part
from converter.pipeline import Reading
from converter.project import Edition


class VolumePart(msgspec.Struct, frozen=True):
    """A part, and where what was read of its sources is kept."""

    title: str
    readings: tuple[Stored, ...]


class Volume(msgspec.Struct, frozen=True):
    """What a book says of itself, as the project file has it or the command line, and its parts."""

    parts: tuple[VolumePart, ...]
    edition: Edition | None = None
    title: str = ""
    language: str = ""


def assemble(volume: Volume, parts: Sequence[tuple[str, Sequence[Reading]]]) -> Book:
    """Return the book that ``volume`` describes, made of what was read of its ``parts``."""
    if volume.edition:
        return book_of(volume.edition, parts)
    read = (reading for _, readings in parts for reading in readings)
    return pipeline.book_read(read, title=volume.title, language=volume.language)


def book_of(edition: Edition, parts: Sequence[tuple[str, Sequence[Reading]]]) -> Book:
    """Return the book that is described by ``edition``, made of what was read of its parts."""
    return Book(
        title=edition.title,
        parts=tuple(
            part for title, readings in parts if readings for part in _parts(title, readings)
        ),
        language=edition.language,
        authors=edition.authors,
        rights=edition.rights,
        date=edition.date.isoformat() if edition.date else "",
        identifier=edition.identifier,
    )


def _parts(title: str, readings: Sequence[Reading]) -> tuple[Part, ...]:
    """Return a part of the project file, and in it the parts that its sources have themselves."""
    parts = pipeline.parts_read(readings)
    if not title:
        return parts
    if not any(part.title for part in parts):
        return (Part(tuple(reading.document for reading in readings), title),)
    return (Part((), title), *pipeline.parts_read(readings, level=2))
