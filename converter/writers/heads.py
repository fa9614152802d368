"""What stands above the text of a document, for all writers whose editions are made of XHTML."""

from converter.model import Document
from converter.writers.dates import add_date
from converter.writers.titles import day_of
from converter.writers.xhtml import Element, Hooks, add, add_blocks, add_inlines, add_text


def add_head(
    parent: Element, document: Document, hooks: Hooks, *, level: int = 1
) -> Element | None:
    """Append what stands above the title, title, subject, and who wrote it when.

    Returns the heading, of rank ``level``, if the document has a number or title.
    """
    head = add(parent, "header", class_="head")
    if document.front:
        add_blocks(add(head, "div", class_="front"), document.front, hooks, level=level + 1)
    heading = _add_heading(head, document, hooks, level)
    if document.subject:
        subject = add(head, "p", class_="subject")
        add(subject, "span", hooks.words.subject, class_="label generated").tail = " "
        add_inlines(subject, document.subject, hooks)
    _add_byline(head, document)
    return heading


def _add_byline(head: Element, document: Document) -> None:
    day = day_of(document)
    if not (document.authors or day):
        return
    line = add(head, "p", class_="byline")
    for author in document.authors:
        add_text(line, " · " if len(line) else "")
        add(line, "span", author, class_="author")
    if day:
        add_text(line, " · " if len(line) else "")
        add_date(line, document.date, day)


def _add_heading(head: Element, document: Document, hooks: Hooks, level: int) -> Element | None:
    if not (document.number or document.title):
        return None
    heading = add(head, f"h{level}")
    if document.number:
        end = "." if document.title else ""
        add(heading, "span", f"{document.number}{end}", class_="number").tail = " "
    add_inlines(heading, document.title, hooks)
    return heading
