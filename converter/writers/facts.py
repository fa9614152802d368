"""What a document says of itself and no text of it shows: the metadata of its edition.

The names are those of https://www.dublincore.org/specifications/dublin-core/dcmi-terms/; where
it has none, our own.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from converter.model import Document
from converter.writers.titles import day_of

IDENTIFIER: Final = "dcterms.identifier"


def facts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield names and values, what identifies ``document`` first."""
    yield IDENTIFIER, document.id
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
