"""Front matter for generators of static sites, which know some keys and refuse odd values.

See https://gohugo.io/content-management/front-matter/ and https://jekyllrb.com/docs/front-matter/.
"""

import re
from typing import Final

from converter.model import Book, Document, Image, Inline, PageBreak, Part
from converter.walk import plain_text, walk
from converter.writers.links import holds_link
from converter.writers.markdown.style import Style

# Dates that every generator can read.
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")

Value = str | int | tuple[str, ...] | None


def of_index(book: Book, style: Style) -> dict[str, Value]:
    """Return what a generator is to know of the page that all others are listed on."""
    return {
        "title": book.title,
        **_by_style(style, book.authors, book.modified, 0),
        **_dates(book.date),
        "lang": book.language,
        "rights": book.rights,
        "identifier": book.identifier,
        "documents": len(book.documents),
    }


def of_page(document: Document, book: Book, style: Style, slug: str) -> dict[str, Value]:
    """Return what a generator is to know of the page of a document."""
    order = [each.id for each in book.documents].index(document.id) + 1
    authors = document.authors or book.authors
    lang = document.language or book.language
    return {
        "title": title(document) or book.title,
        # The title of the page is all that the edition shows of that of the document, or not so.
        "heading": None if title(document) and shows_title(document) else 1,
        "slug": slug,
        **_by_style(style, authors, book.modified, order),
        **_dates(document.date),
        "description": plain_text(document.subject),
        "tags": document.tags,
        "categories": _categories(document, book),
        "lang": lang,
        "words": book.language if lang != book.language else "",
        "rights": book.rights,
        "source": document.collection,
        "original": document.url,
    }


def title(document: Document) -> str:
    """Return number and title of a document."""
    number = f"{document.number}." if document.number else ""
    return f"{number} {plain_text(document.title)}".strip()


def shows_title(document: Document) -> bool:
    """Return whether the title above the page, which the generator prints, says all of it."""
    apparatus = PageBreak | Image
    nodes: tuple[Inline, ...] = document.title
    bare = not holds_link(nodes) and not any(isinstance(node, apparatus) for node in walk(nodes))
    return bare and not document.front


def _by_style(
    style: Style, authors: tuple[str, ...], modified: str, order: int
) -> dict[str, Value]:
    """Return what each generator has a name of its own for."""
    if style == "hugo":
        return {"authors": authors, "lastmod": modified, "weight": order or None}
    return {
        "layout": "page",
        "author": authors,
        "last_modified_at": modified,
        "order": order or None,
    }


def _dates(date: str) -> dict[str, Value]:
    """Return the date as such if it is a whole one, else as it was said."""
    return {"date": date} if _DATE.fullmatch(date) else {"dated": date}


def _categories(document: Document, book: Book) -> tuple[str, ...]:
    """Return the titles of the parts around a document, outermost first."""
    around: list[Part] = []
    for part in book.parts:
        around = [each for each in around if each.level < part.level]
        around += [part] if part.title else []
        if any(each.id == document.id for each in part.documents):
            break
    return tuple(part.title for part in around)
