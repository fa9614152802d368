"""Loose pages: page breaks between two documents open the one that follows them."""

from collections.abc import Iterable

from msgspec.structs import replace

from converter.model import Block, Book, Document, Inline, PageBreak, Part, Prov, Reference
from converter.report import Report
from converter.walk import rewrite


def apply(book: Book, report: Report) -> Book:  # noqa: ARG001 - transforms are called so
    """Return ``book`` without documents of page breaks only: the next document takes these.

    At the end of a part, where nothing follows, the last document of the part takes them, and in
    a part of nothing else they stay. References to what is gone lead to where it went.
    """
    moved: dict[str, str] = {}
    parts = tuple(_bound(part, moved) for part in book.parts)
    return _redirected(replace(book, parts=parts), moved) if moved else book


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


def _redirected(book: Book, moved: dict[str, str]) -> Book:
    def change(node: Inline, prov: Prov | None) -> Iterable[Inline]:  # noqa: ARG001 - as called
        if isinstance(node, Reference) and node.document in moved:
            node = replace(node, document=moved[node.document])
        return (node,)

    parts = (
        replace(part, documents=tuple(rewrite(document, change) for document in part.documents))
        for part in book.parts
    )
    return replace(book, parts=tuple(parts))
