"""Languages and the direction of writing."""

import re
import unicodedata
from itertools import islice
from typing import Final

from converter.model import Book, Document
from converter.walk import plain_text

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "ur", "yi"})
_SAMPLE: Final = 400


def language(document: Document, fallback: str) -> str:
    """Return the language tag of ``document``. See https://www.rfc-editor.org/rfc/rfc5646."""
    return tag(document.language) or fallback


def tag(name: str) -> str:
    """Return ``name`` if it is formed like a language tag, and nothing otherwise."""
    return name if _TAG.fullmatch(name) else ""


def direction(document: Document) -> str | None:
    """Return ``rtl`` for a document written from right to left, None for all others.

    Without a language, the letters at the beginning of its text decide.
    """
    if document.language:
        return "rtl" if is_right_to_left(document.language) else None
    sample = plain_text([*document.title, *document.children[:2], *document.comments[:1]])
    strong = [unicodedata.bidirectional(letter) for letter in islice(sample, _SAMPLE)]
    right = strong.count("R") + strong.count("AL")
    return "rtl" if right > strong.count("L") else None


def is_right_to_left(name: str) -> bool:
    return name.lower().partition("-")[0] in _RIGHT_TO_LEFT


def book_direction(book: Book) -> str | None:
    """Return the direction in which the pages of ``book`` are turned."""
    return "rtl" if is_right_to_left(book.language) else None
