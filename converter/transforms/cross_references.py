"""Cross references: ``See Document 19`` becomes a link where the book holds document 19."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from msgspec.structs import replace

from converter.model import (
    AnyNode,
    Book,
    Document,
    Inline,
    Link,
    Part,
    Prov,
    Reference,
    Styled,
    Text,
)
from converter.report import Report
from converter.walk import rewrite, walk

_NUMBER: Final = r"\d+[a-z]?"
# "Document 19", "Documents 17 and 18", "Documents 17, 18, and 21–23", "Documents 3 to 5"
_MENTION: Final = re.compile(
    rf"\bDocuments?[ \u00a0]{_NUMBER}(?:(?:, and |, | and | or | to |[-–]){_NUMBER})*\b"
)
_NAMED: Final = "Document"
_EACH: Final = re.compile(rf"(?:Documents?[ \u00a0])?({_NUMBER})")

_Numbers: TypeAlias = dict[str, list[Document]]


def apply(book: Book, report: Report) -> Book:
    """Return ``book`` with mentions of its documents by number made into references.

    A number that several parts use means the document of the part that mentions it. A mention
    of what the book does not hold stays text; where the document that mentions it belongs to a
    numbered collection itself, a message says so.
    """
    everywhere = _numbered(book.documents)
    parts = tuple(_in_part(part, everywhere, report) for part in book.parts)
    return replace(book, parts=parts)


def _numbered(documents: Iterable[Document]) -> _Numbers:
    numbers: _Numbers = defaultdict(list)
    for document in documents:
        if document.number:
            numbers[document.number].append(document)
    return numbers


def _in_part(part: Part, everywhere: _Numbers, report: Report) -> Part:
    numbers = {**everywhere, **_numbered(part.documents)}
    linked = (_Linker(document, numbers, report).document() for document in part.documents)
    return replace(part, documents=tuple(linked))


class _Linker:
    """Links the mentions in one document, with the numbers as its part understands them."""

    def __init__(self, document: Document, numbers: _Numbers, report: Report) -> None:
        self._document = document
        self._numbers = numbers
        self._report = report

    def document(self) -> Document:
        # Most documents mention no other.
        changes = any(map(_may_change, walk([self._document])))
        return rewrite(self._document, self._change) if changes else self._document

    def _change(self, node: Inline, prov: Prov | None) -> Iterable[Inline]:
        match node:
            case Text(text=text) if _NAMED in text:
                return self._mentions(text, prov)
            case Link() | Reference():
                return (replace(node, children=tuple(_unlinked(node.children))),)
            case _:
                return (node,)

    def _mentions(self, text: str, prov: Prov | None) -> Iterator[Inline]:
        done = 0
        for mention in _numbers_in(text):
            target = self._target(mention[1], prov)
            if target is not None:
                if mention.start() > done:
                    yield Text(text[done : mention.start()])
                yield Reference((Text(mention[0]),), target)
                done = mention.end()
        if done < len(text):
            yield Text(text[done:])

    def _target(self, number: str, prov: Prov | None) -> str | None:
        """Return the id of the document ``number``; None for this one, or one that is not here."""
        found = self._numbers.get(number, [])
        if len(found) == 1:
            return found[0].id if found[0] is not self._document else None
        if self._document.number:
            why = "is not in this book" if not found else "is in this book more than once"
            self._report.info("reference-unresolved", f"document {number} {why}", prov=prov)
        return None


def _may_change(node: AnyNode) -> bool:
    if isinstance(node, Text):  # what there is most of comes first
        return _NAMED in node.text
    return isinstance(node, Link | Reference)


def _numbers_in(text: str) -> Iterator[re.Match[str]]:
    """Yield a match for each document mentioned, its number as group 1."""
    for mention in _MENTION.finditer(text):
        yield from _EACH.finditer(text, mention.start(), mention.end())


def _unlinked(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield ``nodes`` with all references in them replaced by their text: links do not nest."""
    for node in nodes:
        if isinstance(node, Reference):
            yield from _unlinked(node.children)
        elif isinstance(node, Styled):
            yield replace(node, children=tuple(_unlinked(node.children)))
        else:
            yield node
