"""Metadata in front of a file, in YAML between two lines of hyphens.

It begins with ``edition``, by which an edition is known for one of ours, and how it is written.
What a document and the book around it say alike is said once; where they differ, the table
``document`` or ``book`` says what that one has.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from converter.model import Book, Document, Part
from converter.walk import plain_text
from converter.writers.markdown import site
from converter.writers.markdown.escape import clean, escape, exact, printable
from converter.writers.markdown.style import SITES, Style

Value: TypeAlias = "str | int | tuple[str, ...] | Mapping[str, Value] | None"

# What pandoc, which reads all values as Markdown, takes for no markup.
_PLAIN: Final = re.compile(r"(?:[^\W_][:/.?=#+%-]?)*")


def is_alone(book: Book) -> bool:
    """Return whether ``book`` is one document and nothing around it."""
    return len(book.documents) == 1 and book.parts == (Part(book.documents),)


def of_page(document: Document, book: Book, style: Style, slug: str) -> str:
    """Return the front matter of a document in a folder for a generator of sites."""
    return _yaml(site.of_page(document, book, style, slug), style)


def begins_with_title(document: Document, style: Style) -> bool:
    """Return whether the title is the first thing in the file of a document.

    On a forge it is then the one heading of the highest level, and not in the front matter too.
    """
    return style == "gfm" and bool(document.title or document.number) and not document.front


def of_book(book: Book, style: Style) -> str:
    """Return the front matter of a book, or of the index of its files."""
    if style in SITES:
        return _yaml(site.of_index(book, style), style)
    values: dict[str, Value] = {
        "title": book.title,
        "author": book.authors,
        "date": book.date,
        "modified": book.modified,
        "lang": book.language,
        "rights": book.rights,
        "identifier": book.identifier,
    }
    if style == "gfm":
        # The title is the first heading, the only one of its level.
        values = {"documents": len(book.documents), **values, "title": ""}
    return _yaml(values, style)


def of_document(document: Document, book: Book, style: Style) -> str:
    """Return the front matter of a document in a file of its own.

    What it does not say of itself, the book says of it.
    """
    alone = is_alone(book)
    shared: dict[str, Value] = {
        "title": plain_text(document.title) or book.title,
        "author": document.authors or book.authors,
        "date": document.date or book.date,
        "lang": document.language or book.language,
    }
    of_its_own: dict[str, Value] = {
        "author": document.authors,
        "date": document.date,
        "lang": document.language,
    }
    values: dict[str, Value] = {
        "title": shared["title"],
        "id": document.id,
        "number": document.number,
        "subject": plain_text(document.subject),
        "author": shared["author"],
        "date": shared["date"],
        "modified": book.modified,
        "lang": shared["lang"],
        "rights": book.rights,
        "identifier": book.identifier if alone else "",
        "collection": document.collection,
        "part": document.part,
        "tags": document.tags,
        "url": document.url,
        "source": source_name(document),
        "declared-comments": document.declared_comments,
    }
    if begins_with_title(document, style):
        values["title"] = ""
    if style == "gfm" and document.language not in ("", book.language):
        values["words"] = book.language
    if style == "markdown":
        values["document"] = _other(of_its_own, shared)
        values["book"] = _other(_of_the_book(book), shared) if alone else {}
    return _yaml(values, style)


def source_name(document: Document) -> str:
    """Return where a document came from, by the file alone where its path is absolute.

    Where a source lay on somebody's machine is nobody's business, and differs between machines.
    """
    source = PurePosixPath(document.source)
    return source.name if source.is_absolute() else document.source


def _of_the_book(book: Book) -> dict[str, Value]:
    return {
        "title": book.title,
        "author": book.authors,
        "date": book.date,
        "lang": book.language,
    }


def _other(values: dict[str, Value], shown: dict[str, Value]) -> dict[str, Value]:
    """Return those of ``values`` that are other than what is shown."""
    return {key: value for key, value in values.items() if value != shown[key]}


def _yaml(values: Mapping[str, Value], style: Style) -> str:
    """Return the values that are not empty. Every JSON string is one of YAML's."""
    given = {
        key: value
        for key, value in values.items()
        if value is not None and value not in ("", ()) and value != {}
    }
    return "\n".join(("---", f"edition: {style}", *_lines(given, style), "---"))


def _lines(values: Mapping[str, Value], style: Style) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield f"{key}:"
            yield from (f"  {line}" for line in _lines(value, style))
        else:
            yield f"{key}: {_value(value, style)}"


def _value(value: str | int | tuple[str, ...] | None, style: Style) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(each, style) for each in value)}]"
    if not isinstance(value, str):
        return str(value)
    # Static-site generators and forges, unlike pandoc, take such a value as it is.
    if style != "markdown" or _PLAIN.fullmatch(value):
        return json.dumps(clean(value), ensure_ascii=False)
    return json.dumps(exact(escape(printable(value), style)), ensure_ascii=False)
