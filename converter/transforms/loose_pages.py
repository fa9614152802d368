"""Loose pages: page breaks between two documents open the one that follows them."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from converter.model import Block, Book, Document, PageBreak, Part
from converter.report import Report
from converter.walk import redirected


def apply(book: Book, report: Report) -> Book:  # noqa: ARG001 - transforms are called so
    """Return ``book`` without documents of page breaks only: the next document takes these.

    At the end of a part, where nothing follows, the last document of the part takes them, and in
    a part of nothing else they stay. References to what is gone lead to where it went.
    """
    moved: dict[str, str] = {}
    parts = [_bound(part, moved) for part in book.parts]
    if not moved:
        return book
    return replace(book, parts=tuple(_redirected(part, moved) for part in parts))


def _bound(part: Part, moved: dict[str, str]) -> Part:
    documents: list[Document] = []
    loose: list[Document] = []
    for document in part.documents:
        if _is_loose(document):
            loose.append(document)
            continue
        documents.append(replace(document, front=(*_pages(loose), *document.front)))
        moved.update((each.id, document.id) for each in loose)
        loose.clear()
    if loose and documents:
        last = documents.pop()
        documents.append(replace(last, children=(*last.children, *_pages(loose))))
        moved.update((each.id, last.id) for each in loose)
        loose.clear()
    return replace(part, documents=(*documents, *loose))


def _is_loose(document: Document) -> bool:
    """Whether ``document`` holds page breaks and nothing else."""
    above = (document.number, document.title, document.subject, document.front)
    if any(above) or document.notes or document.comments or not document.children:
        return False
    return all(isinstance(block, PageBreak) for block in document.children)


def _pages(documents: Iterable[Document]) -> tuple[Block, ...]:
    return tuple(block for document in documents for block in document.children)


def _redirected(part: Part, moved: Mapping[str, str]) -> Part:
    return replace(part, documents=tuple(redirected(each, moved) for each in part.documents))
