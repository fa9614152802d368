"""What documents are called in the lists and windows of editions."""

from typing import Final

from converter.model import Document
from converter.walk import words

# A document without title or number is called by so many of its first words.
_FIRST: Final = 8


def title_of(document: Document) -> str:
    """Return number and title of ``document``, as far as it has them."""
    title, number = " ".join(words(document.title)), document.number.strip()
    return f"{number}. {title}" if number and title else number or title


def name_of(document: Document) -> str:
    """Return what ``document`` is called where it has to be called something."""
    return title_of(document) or _opening(document) or document.id


def _opening(document: Document) -> str:
    for block in document.children:
        if found := words([block]):
            return " ".join((*found[:_FIRST], *("…" for _ in found[_FIRST:][:1])))
    return ""
