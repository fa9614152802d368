"""A book such as editions can hold, whoever wrote the model: ids told apart, nothing too deep.

What no edition can link is told here too, once for all writers.
"""

from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from converter.address import address
from converter.model import Book, Comment, Document, Link, Note
from converter.report import Report
from converter.walk import located
from converter.writers.depth import shallow

Named = TypeVar("Named", Note, Comment)


def sound(book: Book, report: Report) -> Book:
    """Return ``book`` with ids of notes and comments once in a document, and nodes set level.

    What names an id that was there twice means the first that had it; a message says so, and
    another names each address that editions leave out.
    """
    parts = (
        replace(part, documents=tuple(_sound(document, report) for document in part.documents))
        for part in book.parts
    )
    return replace(book, parts=tuple(parts))


def _sound(document: Document, report: Report) -> Document:
    _report_addresses(document, report)
    notes = tuple(_told_apart(document.notes, report))
    comments = tuple(_told_apart(document.comments, report))
    return shallow(replace(document, notes=notes, comments=comments))


def _report_addresses(document: Document, report: Report) -> None:
    for node, prov in located([document]):
        match node:
            case Link(href=href) if address(href) is None:
                text = f"{href!r} is no web address: its text is no link"
                report.warn("bad-address", text, prov=prov)
            case Comment(url=str(url)) if url and address(url) is None:
                text = f"{url!r} is no web address: no link leads to where the comment stood"
                report.warn("bad-address", text, prov=prov)
            case _:
                pass


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
