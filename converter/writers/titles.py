"""What documents are called in contents, bookmarks and windows."""

import re
from itertools import accumulate
from typing import Final
from unicodedata import east_asian_width

from converter.model import Book, Document, Paragraph, Part
from converter.options import PdfOptions
from converter.walk import plain_text, walk

_OPENING_WORDS: Final = 8
_DAY: Final = len("1931-03-03")
_MOMENT: Final = re.compile(r"^(\d{4}-\d\d-\d\d)T\d.*")
# Letters in running heads, on large paper, on its halves and quarters.
_HEADS: Final = (46, 40, 32)
_LARGE_HEADS: Final = (40, 24, 14)


def title_of(document: Document) -> str:
    """Return number and title of ``document`` without note calls, and nothing that is no text.

    A document that has neither is called by its first words, an empty one by its id.
    """
    title, number = plain_text(document.title), document.number.strip()
    if number:
        return f"{number}. {title}" if title else number
    return title or _opening(document) or document.id


def heading(document: Document) -> str:
    """Return number and title of ``document`` as plain text, its id if it has neither.

    Its first words will not do: they would stand twice, as heading and as text.
    """
    return title_of(document) if document.number or document.title else document.id


def short(title: str, options: PdfOptions) -> str:
    """Return ``title`` for a running head, beside which there is room for the page's number.

    It is cut between words, or where the only word is too long. An ideograph takes two letters.
    """
    folds = (options.page == "A5") + (options.layout == "booklet")
    most = (_LARGE_HEADS if options.large_print else _HEADS)[folds]
    widths = accumulate(1 + (east_asian_width(letter) in "WF") for letter in title)
    length = sum(width <= most for width in widths)
    if length == len(title):
        return title
    words = title[: length + 1].rpartition(" ")[0]
    return (words or title[:length]).rstrip(" ,;:.") + " …"


def introduction(part: Part) -> Document | None:
    """Return the document that opens ``part`` under the part's own title, None without one.

    Contents name the two once.
    """
    first = next(iter(part.documents), None)
    if first is None or first.number.strip() or not part.title.strip():
        return None
    return first if plain_text(first.title) == " ".join(part.title.split()) else None


def untitled_parts(book: Book) -> dict[str, int]:
    """Return the documents that open a part which has no heading of its own, and its level."""
    return {
        part.documents[0].id: part.level
        for position, part in enumerate(book.parts)
        if part.documents and not part.title.strip() and (position or part.level > 1)
    }


def is_alone(book: Book) -> bool:
    """Return whether ``book`` is one document that says all that a title page would."""
    if len(book.documents) != 1 or len(book.parts) != 1 or book.parts[0].title or book.rights:
        return False
    (document,) = book.documents
    return bool(document.title) and book.title in ("", plain_text(document.title))


def byline(document: Document) -> str:
    """Return authors and day of ``document``; the day only where the text itself says none."""
    return " · ".join(filter(None, (*document.authors, day_of(document))))


def published(book: Book) -> str:
    """Return the date of ``book`` as its title page has it: of a moment, the day."""
    return _MOMENT.sub(r"\1", book.date)


def day_of(document: Document) -> str:
    """Return the day of ``document``, nothing where a line of its text says it."""
    if not document.date:
        return ""
    dated = any(
        isinstance(node, Paragraph) and node.role == "dateline" for node in walk([document])
    )
    return "" if dated else document.date[:_DAY]


def _opening(document: Document) -> str:
    texts = (plain_text([block]) for block in document.children)
    words = next(filter(None, texts), "").split()
    return " ".join(words[:_OPENING_WORDS]) + (" …" if len(words) > _OPENING_WORDS else "")
