"""A book such as editions can hold, whoever wrote the model: ids told apart, nothing too deep.

What no edition can link is told here too, once for all writers, and calls of what is not there are
taken out.
"""

from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from msgspec.structs import replace

from converter.address import address
from converter.model import (
    Book,
    Comment,
    CommentRef,
    Document,
    Inline,
    Link,
    Note,
    NoteRef,
    Paragraph,
    Prov,
    Reference,
    Text,
)
from converter.report import Report
from converter.walk import located, rewrite
from converter.writers.depth import shallow

Named = TypeVar("Named", Note, Comment)


def sound(book: Book, report: Report) -> Book:
    """Return ``book`` with ids of notes and comments once in a document, and nodes set level.

    What names an id that was there twice means the first that had it; a message says so. Others
    name each address that editions leave out, each call of a note or comment that the document
    does not hold, which goes, and each link that has no text to be seen by.
    """
    parts = (
        replace(part, documents=tuple(_sound(document, report) for document in part.documents))
        for part in book.parts
    )
    return replace(book, parts=tuple(parts))


def _sound(document: Document, report: Report) -> Document:
    document = _without_lost_calls(document) if _report_links(document, report) else document
    notes = tuple(_told_apart(document.notes, report))
    comments = tuple(_told_apart(document.comments, report))
    return shallow(replace(document, notes=notes, comments=comments))


def _report_links(document: Document, report: Report) -> bool:
    """Tell what cannot be linked; return whether something is called that is not there."""
    notes, comments = _ids(document)
    lost = False
    for node, prov in located([document]):
        match node:
            case Text() | Paragraph():  # most nodes
                pass
            case NoteRef(note=name) if name not in notes:
                report.warn("missing-note", f"there is no note {name!r} to call", prov=prov)
                lost = True
            case CommentRef(comment=name) if name not in comments:
                text = f"there is no comment {name!r} to lead to"
                report.warn("missing-comment", text, prov=prov)
                lost = True
            case Link(children=()) | Reference(children=()):
                whither = node.href if isinstance(node, Link) else node.document
                text = f"the link to {whither!r} has no text to be seen by"
                report.warn("empty-link", text, prov=prov)
            case Link(href=href) if address(href) is None:
                text = f"{href!r} is no web address: its text is no link"
                report.warn("bad-address", text, prov=prov)
            case Comment(url=str(url)) if url and address(url) is None:
                text = f"{url!r} is no web address: no link leads to where the comment stood"
                report.warn("bad-address", text, prov=prov)
            case _:
                pass
    return lost


def _without_lost_calls(document: Document) -> Document:
    notes, comments = _ids(document)

    def held(node: Inline, _: Prov | None) -> tuple[Inline, ...]:
        match node:
            case NoteRef(note=name):
                return (node,) if name in notes else ()
            case CommentRef(comment=name):
                return (node,) if name in comments else ()
            case _:
                return (node,)

    return rewrite(document, held)


def _ids(document: Document) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the notes and of the comments of ``document``."""
    notes = frozenset(note.id for note in document.notes)
    return notes, frozenset(comment.id for comment in document.comments)


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
