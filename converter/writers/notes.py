"""The bodies of notes as XHTML, for all writers whose editions are made of XHTML."""

from typing import Final

from converter.model import Document
from converter.writers.xhtml import XHTML, Element, add

_PARAGRAPH: Final = f"{{{XHTML}}}p"


def marks(document: Document) -> dict[str, str]:
    """Return how each note is called, by its id: as printed, by position if nothing was."""
    return {note.id: note.label or str(place) for place, note in enumerate(document.notes, start=1)}


def first_paragraph(body: Element) -> Element:
    """Return the paragraph with which ``body`` begins, a new one before a list or table."""
    if not len(body) or body[0].tag != _PARAGRAPH:
        body.insert(0, body.makeelement(_PARAGRAPH))
    return body[0]


def last_paragraph(body: Element) -> Element:
    """Return the paragraph with which ``body`` ends, a new one behind a list or table."""
    return body[-1] if len(body) and body[-1].tag == _PARAGRAPH else add(body, "p")


def lead_in(paragraph: Element, mark: Element, *, space: str = "") -> None:
    """Put ``mark`` before the first words of ``paragraph``, with ``space`` between them."""
    text, paragraph.text = paragraph.text or "", None
    paragraph.insert(0, mark)
    mark.tail = space + text
