"""What documents are called in contents, bookmarks and windows."""

from typing import Final

from converter.model import Document
from converter.walk import plain_text

_OPENING_WORDS: Final = 8


def title_of(document: Document) -> str:
    """Return number and title of ``document`` without note calls, and nothing that is no text.

    A document that has neither is called by its first words, an empty one by its id.
    """
    title, number = plain_text(document.title), document.number.strip()
    if number:
        return f"{number}. {title}" if title else number
    return title or _opening(document) or document.id


def _opening(document: Document) -> str:
    words = plain_text(document.children[:1]).split()
    return " ".join(words[:_OPENING_WORDS]) + (" …" if len(words) > _OPENING_WORDS else "")
