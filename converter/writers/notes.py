"""The bodies of notes as XHTML, for all writers whose editions are made of XHTML."""

from collections.abc import Sequence
from typing import Final

from converter.model import Document, NoteRef
from converter.words import Words
from converter.writers.xhtml import XHTML, Element, add, add_text

# The text form of the arrow: without the selector, some e-readers show an emoji.
_BACK: Final = "\u21a9\ufe0e"
_PARAGRAPH: Final = f"{{{XHTML}}}p"


def marks(document: Document) -> dict[str, str]:
    """Return how each note is called, by its id: as printed, by position if nothing was."""
    return {note.id: note.label or str(place) for place, note in enumerate(document.notes, start=1)}


def first_paragraph(body: Element) -> Element:
    """Return the paragraph with which ``body`` begins, a new one before a list or table."""
    if not len(body) or body[0].tag != _PARAGRAPH:
        body.insert(0, body.makeelement(_PARAGRAPH, {"class": "added"}))
    return body[0]


def last_paragraph(body: Element) -> Element:
    """Return the paragraph with which ``body`` ends, a new one behind a list or table."""
    last = body[-1] if len(body) else None
    return last if last is not None and last.tag == _PARAGRAPH else add(body, "p", class_="added")


def lead_in(paragraph: Element, mark: Element, *, space: str = "") -> None:
    """Put ``mark`` before the first words of ``paragraph``, with ``space`` between them."""
    text, paragraph.text = paragraph.text or "", None
    paragraph.insert(0, mark)
    mark.tail = space + text


def mark_doubt(call: Element, node: NoteRef) -> None:
    """Keep on ``call`` how sure it is that it calls its note, unless there is no doubt."""
    if node.confidence != 1:
        call.set("data-confidence", str(node.confidence))


def add_mark(body: Element, mark: str, *, generated: bool) -> None:
    """Put the mark before the first words of a note, on their line if they are a paragraph's."""
    first = first_paragraph(body)
    element = add(first, "span", mark, class_="mark generated" if generated else "mark")
    lead_in(first, element, space=" ")


def add_backlinks(body: Element, mark: str, calls: Sequence[str], words: Words) -> None:
    """Append a way back to each of the addresses from which the note ``mark`` is called."""
    last = last_paragraph(body)
    for position, href in enumerate(calls, start=1):
        add_text(last, "\u00a0")
        which = words.back_to_call_of if len(calls) > 1 else words.back_to_call
        name = which.format(mark=mark, call=position, calls=len(calls))
        back = add(last, "a", _BACK, class_="backlink generated", aria_label=name)
        back.set("role", "doc-backlink")
        back.set("href", href)
        if len(calls) > 1:
            add(back, "sup", str(position))
