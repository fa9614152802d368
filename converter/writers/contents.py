"""The contents of a book as a tree, for all writers whose editions are made of XHTML."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from converter.model import Book, Document, Part
from converter.writers.titles import introduction
from converter.writers.xhtml import Element, add


class Item(NamedTuple):
    """An entry of the contents with those below it. ``generated`` ones the source does not have."""

    label: str
    href: str
    items: list["Item"]
    generated: bool = False


def listed(
    book: Book, part_href: Callable[[int], str], item: Callable[[Document], Item]
) -> list[Item]:
    """Return parts, in them their chapters and what ``item`` makes of their documents.

    ``part_href`` returns the address of a part by its position, counted from 1.
    """
    top: list[Item] = []
    open_parts: list[tuple[int, list[Item]]] = [(0, top)]
    for position, part in enumerate(book.parts, start=1):
        while open_parts[-1][0] >= part.level:
            open_parts.pop()
        items = _items(part, item)
        if part.title.strip():
            open_parts[-1][1].append(Item(part.title, part_href(position), items))
            open_parts.append((part.level, items))
        else:
            open_parts[-1][1].extend(items)
    return top


def _items(part: Part, item: Callable[[Document], Item]) -> list[Item]:
    """Return an entry for each document, of an introduction only those below its own."""
    items = [item(document) for document in part.documents]
    return [*items[0].items, *items[1:]] if introduction(part) else items


def add_items(parent: Element, items: Iterable[Item]) -> None:
    """Append ``items`` as nested lists of links."""
    listing = add(parent, "ol")
    for item in items:
        entry = add(listing, "li")
        link = add(entry, "a", item.label, href=item.href)
        if item.generated:
            link.set("class", "generated")
        if item.items:
            add_items(entry, item.items)
