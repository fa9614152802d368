"""A book such as editions can hold, whoever wrote the model: ids told apart, nothing too deep."""

from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from converter.model import Book, Comment, Document, Note
from converter.report import Report
from converter.writers.depth import shallow

Named = TypeVar("Named", Note, Comment)


def sound(book: Book, report: Report) -> Book:
    """Return ``book`` with ids of notes and comments once in a document, and nodes set level.

    What names an id that was there twice means the first that had it; a message says so.
    """
    parts = (
        replace(part, documents=tuple(_sound(document, report) for document in part.documents))
        for part in book.parts
    )
    return replace(book, parts=tuple(parts))


def _sound(document: Document, report: Report) -> Document:
    notes = tuple(_told_apart(document.notes, report))
    comments = tuple(_told_apart(document.comments, report))
    return shallow(replace(document, notes=notes, comments=comments))


def _told_apart(nodes: tuple[Named, ...], report: Report) -> Iterator[Named]:
    taken = {node.id for node in nodes}
    free = (name for number in count(2) if (name := f"again-{number}") not in taken)
    seen: set[str] = set()
    for node in nodes:
        if node.id in seen:
            kind = type(node).__name__.lower()
            text = f"there is more than one {kind} {node.id!r}: links to it lead to the first"
            report.warn("duplicate-id", text, prov=node.prov)
            yield replace(node, id=next(free))
        else:
            seen.add(node.id)
            yield node
