"""The ways into the book: contents, page list and landmarks, and the contents for old readers.

See https://www.w3.org/TR/epub-33/#sec-nav. The NCX is what reading systems of EPUB 2 go by.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lxml import etree

from converter.model import Book
from converter.words import Words, words
from converter.writers.contents import Item, add_items, listed
from converter.writers.epub.places import Chapter, Page
from converter.writers.epub.skeleton import add_typed
from converter.writers.titles import title_of
from converter.writers.xhtml import Element, add, clean

_NCX: Final = "http://www.daisy.org/z3986/2005/ncx/"
_EMPTY_NCX: Final = f'<ncx xmlns="{_NCX}" version="2005-1"/>'


def part_file(position: int) -> str:
    """Return the name of the file that opens a part, counted from 1."""
    return f"part-{position:02}.xhtml"


def contents(book: Book, chapters: Mapping[str, Chapter]) -> list[Item]:
    """Return parts, in them their chapters and documents, in these their comments.

    A list of contents may not be empty: that of a book without any names the title page.
    """
    said = words(book.language)
    items = listed(book, part_file, lambda document: _item(chapters[document.id], said))
    return items or [Item(said.title_page, "title.xhtml", [], generated=True)]


def _item(chapter: Chapter, said: Words) -> Item:
    comments = chapter.thread
    inner = [Item(said.comments, comments.href(""), [], generated=True)] if comments else []
    return Item(title_of(chapter.document), chapter.file, inner)


def add_nav(
    body: Element, items: Sequence[Item], pages: Sequence[Page], *, first: str, said: Words
) -> None:
    """Fill the navigation document; ``first`` is the file with which the text begins."""
    toc = add_typed(body, "nav", "toc", id="toc", role="doc-toc", aria_labelledby="toc-heading")
    add(toc, "h1", said.contents, id="toc-heading", class_="generated")
    add_items(toc, items)
    if pages:
        listing = add_typed(body, "nav", "page-list", id="page-list", role="doc-pagelist")
        _hide(listing, said.pages)
        entries = add(listing, "ol")
        for page in pages:
            add(add(entries, "li"), "a", page.name(said), href=page.place.href(""))
    landmarks = add_typed(body, "nav", "landmarks", id="landmarks")
    _hide(landmarks, said.landmarks)
    marks = add(landmarks, "ol")
    for kind, name, href in (
        ("cover", said.cover, "cover.xhtml"),
        ("titlepage", said.title_page, "title.xhtml"),
        ("toc", said.contents, "nav.xhtml#toc"),
        ("bodymatter", said.beginning, first),
    ):
        add_typed(add(marks, "li"), "a", kind, name, href=href, class_="generated")


def _hide(nav: Element, name: str) -> None:
    """Keep a list that reading systems show in their own way out of the page."""
    nav.set("hidden", "hidden")
    nav.set("aria-label", name)
    add(nav, "h2", name, class_="generated")


def ncx(book: Book, items: Sequence[Item], pages: Sequence[Page]) -> bytes:
    """Return the contents as NCX. See https://daisy.org/guidance/info-help/z39-86."""
    root = etree.fromstring(_EMPTY_NCX)
    _sub(_sub(root, "head"), "meta", {"name": "dtb:uid", "content": book.identifier})
    _text(_sub(root, "docTitle"), book.title)
    points = _sub(root, "navMap")
    _add_points(points, items, "n")
    said = words(book.language)
    if pages:
        listing = _sub(root, "pageList")
        for position, page in enumerate(pages, start=1):
            target = _sub(listing, "pageTarget", {"id": f"p{position}", "type": "normal"})
            _text(_sub(target, "navLabel"), page.name(said))
            _sub(target, "content", {"src": page.place.href("")})
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_points(parent: Element, items: Iterable[Item], prefix: str) -> None:
    for position, item in enumerate(items, start=1):
        point = _sub(parent, "navPoint", {"id": f"{prefix}{position}"})
        _text(_sub(point, "navLabel"), item.label)
        _sub(point, "content", {"src": item.href})
        _add_points(point, item.items, f"{prefix}{position}-")


def _sub(parent: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
    values = {key: clean(value) for key, value in (attributes or {}).items()}
    return etree.SubElement(parent, f"{{{_NCX}}}{name}", values)


def _text(parent: Element, text: str) -> None:
    _sub(parent, "text").text = clean(text)
