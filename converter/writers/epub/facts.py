"""What a document says of itself and no text of it shows: the metadata of its files.

The names are those of https://www.dublincore.org/specifications/dublin-core/dcmi-terms/; where
it has none, our own.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from converter.model import Document
from converter.writers.titles import day_of
from converter.writers.xhtml import XHTML, Element, add


def add_facts(root: Element, document: Document, *, first: bool) -> None:
    """Add to the file ``root`` what it is a part of; to the ``first`` of a document, the rest."""
    head = root.find(f"{{{XHTML}}}head")
    if head is None:
        return
    add(head, "meta", name_="dcterms.identifier", content=document.id)
    for name, value in _facts(document) if first else ():
        add(head, "meta", name_=name, content=value)


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("dcterms.language", document.language),
        ("dcterms.date", "" if day_of(document) else document.date),
        ("dcterms.isPartOf", document.collection),
        ("dcterms.isFormatOf", document.url),
        ("dcterms.source", _without_folders(document.source)),
    ):
        if value:
            yield name, value
    yield from (("dcterms.subject", tag) for tag in document.tags)
    yield from (("converter.division", title) for title in document.part)
    if document.declared_comments is not None:
        yield "converter.declared-comments", str(document.declared_comments)


def _without_folders(source: str) -> str:
    """Return ``source`` by its name alone if its path is one of this machine."""
    path = PurePosixPath(source)
    return path.name if path.is_absolute() else source
