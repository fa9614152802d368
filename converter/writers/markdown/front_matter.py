"""Metadata in front of a file, in YAML between two lines of hyphens."""

import json
from pathlib import PurePosixPath
from typing import TypeAlias

from converter.model import Book, Document
from converter.options import Flavour
from converter.walk import plain_text
from converter.writers.markdown.escape import clean, escape

Value: TypeAlias = str | int | tuple[str, ...] | None

# pandoc reads what it finds in these as Markdown.
_TEXTS = frozenset({"title", "subject", "author", "rights", "tags", "number", "collection"})


def of_book(book: Book, flavour: Flavour) -> str:
    """Return the front matter of a book, or of the index of its files."""
    values: dict[str, Value] = {
        "title": book.title,
        "author": book.authors,
        "date": book.date,
        "modified": book.modified,
        "lang": book.language,
        "rights": book.rights,
        "identifier": book.identifier,
    }
    return _yaml(values, flavour)


def of_document(document: Document, book: Book, flavour: Flavour) -> str:
    """Return the front matter of a document in a file of its own.

    What it does not say of itself, the book says of it.
    """
    alone = len(book.documents) == 1
    values: dict[str, Value] = {
        "title": plain_text(document.title) or book.title,
        "number": document.number,
        "subject": plain_text(document.subject),
        "author": document.authors or book.authors,
        "date": document.date or book.date,
        "modified": book.modified,
        "lang": document.language or book.language,
        "rights": book.rights,
        "identifier": book.identifier if alone else "",
        "collection": document.collection,
        "tags": document.tags,
        "source": PurePosixPath(document.source).name,
        "declared-comments": document.declared_comments,
    }
    return _yaml(values, flavour)


def _yaml(values: dict[str, Value], flavour: Flavour) -> str:
    """Return the values that are not empty. Every JSON string is one of YAML's."""
    lines = [
        f"{key}: {_value(value, flavour if key in _TEXTS else None)}"
        for key, value in values.items()
        if value is not None and value not in ("", ())
    ]
    return "\n".join(("---", *lines, "---"))


def _value(value: str | int | tuple[str, ...], flavour: Flavour | None) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(each, flavour) for each in value)}]"
    text = clean(value)
    # Static-site generators and forges, unlike pandoc, take such a value as it is.
    return json.dumps(escape(text, flavour) if flavour == "markdown" else text, ensure_ascii=False)
