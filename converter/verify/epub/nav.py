"""The page list of the navigation document, held against the pages that begin in the text."""

from collections.abc import Iterator, Sequence
from posixpath import dirname

from converter.container import Element, resolve
from converter.verify.align import pairs
from converter.verify.difference import Difference
from converter.verify.epub.chapter import TYPE, XHTML, line


def page_list(nav: Element, name: str) -> list[tuple[str, str]]:
    """Return the keys and labels of the pages that the navigation document ``name`` lists."""
    return [
        (
            resolve(link.get("href", ""), dirname(name), name),
            line(link),
        )
        for listing in nav.iter(f"{XHTML}nav")
        if "page-list" in listing.get(TYPE, "").split()
        for link in listing.iter(f"{XHTML}a")
    ]


def page_list_faults(
    listed: Sequence[tuple[str, str]], pages: Sequence[tuple[str, str]]
) -> Iterator[Difference]:
    """Yield what the page list has otherwise than the text, whose ``pages`` are in order.

    A page without label has to be called something in the list.
    """
    labels = dict(listed)
    found = {one for one, _ in pairs([key for key, _ in pages], [key for key, _ in listed])}
    for position, (key, label) in enumerate(pages):
        if key not in labels:
            yield Difference("page-lost", f"page {label} is not in the page list", key)
        elif position not in found:
            yield Difference("page-out-of-order", f"page {label} in the page list", key)
        elif label.strip() and labels[key] != " ".join(label.split()):
            text = f"page {label} is called {labels[key]} in the page list"
            yield Difference("page-label-differs", text, key)
    known = {key for key, _ in pages}
    for key, label in listed:
        if key not in known:
            yield Difference("page-added", f"the page list has page {label}, the text not", key)
