"""What stands before the text and leads into it: cover, title page, contents, part titles."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from converter.assets import template
from converter.model import Book, Part
from converter.words import words
from converter.writers.contents import Item
from converter.writers.epub.cover import cover
from converter.writers.epub.nav import add_nav, contents, ncx
from converter.writers.epub.package import COVER, NCX, NCX_TYPE, SVG_TYPE, XHTML_TYPE, File
from converter.writers.epub.places import Chapter
from converter.writers.epub.skeleton import (
    Skeleton,
    add_typed,
    body,
    mark_long,
    serialised,
    set_language,
)
from converter.writers.language import book_direction, tag
from converter.writers.titles import published
from converter.writers.xhtml import XHTML, Element, add, clean

_COVERS: Final = (("cover.jpg", "image/jpeg"), ("cover.png", "image/png"))


class Front:
    """Makes these files for ``book`` from the skeletons, a user's ``templates`` first."""

    def __init__(self, book: Book, templates: Path | None) -> None:
        self._book = book
        self._words = words(book.language)
        self._templates = templates
        self._page = Skeleton("page.xhtml", templates)

    def files(
        self, chapters: Mapping[str, Chapter], text: Sequence[File], lists: Sequence[File]
    ) -> Iterator[File]:
        """Yield the files that lead into ``text``, and into the ``lists`` behind it."""
        opening = text[0].name if text else "title.xhtml"
        image = self._cover_image()
        yield image
        yield File("cover.xhtml", XHTML_TYPE, serialised(self._cover(image.name)))
        yield File("title.xhtml", XHTML_TYPE, serialised(self._title_page()))
        behind = [Item(each.title, each.name, [], generated=True) for each in lists if each.title]
        items = [*contents(self._book, chapters), *behind]
        pages = [page for chapter in chapters.values() for page in chapter.pages]
        nav = self._filled(self._page, self._words.contents)
        add_nav(body(nav), items, pages, first=opening, said=self._words)
        yield File("nav.xhtml", XHTML_TYPE, serialised(nav), ("nav",))
        old = ncx(self._book, items, pages)
        yield File(NCX, NCX_TYPE, old, in_spine=False)

    def part(self, part: Part, name: str) -> File:
        """Return the page that opens ``part``."""
        root = self._filled(self._page, part.title)
        section = add_typed(body(root), "section", "part", role="doc-part", aria_label=part.title)
        section.set("class", "part")
        if part.level > 1:
            section.set("data-level", str(part.level))
        add(section, "h1", part.title)
        return File(name, XHTML_TYPE, serialised(root))

    def _cover_image(self) -> File:
        """Return the picture in the user's folder if there is one, else the title as SVG."""
        for name, kind in _COVERS:
            own = template(f"epub/{name}", self._templates)
            if own.is_file():
                return File(name, kind, own.read_bytes(), (COVER,), in_spine=False)
        image = cover(self._book, Skeleton("cover.svg", self._templates))
        return File("cover.svg", SVG_TYPE, serialised(image), (COVER,), in_spine=False)

    def _cover(self, name: str) -> Element:
        root = self._filled(Skeleton("cover.xhtml", self._templates), self._book.title)
        for image in root.iter(f"{{{XHTML}}}img"):
            image.set("src", name)
            image.set("alt", clean(self._words.cover_of.format(title=self._book.title)))
        return root

    def _title_page(self) -> Element:
        root = self._filled(Skeleton("title-page.xhtml", self._templates), self._book.title)
        for heading in root.iter(f"{{{XHTML}}}h1"):
            mark_long(heading, self._book.title)
        return root

    def _filled(self, skeleton: Skeleton, title: str) -> Element:
        book = self._book
        texts = {
            "title": title,
            "authors": " · ".join(book.authors),
            "date": published(book),
            "rights": book.rights,
        }
        root = skeleton.filled(texts)
        set_language(root, tag(book.language) or "und", book_direction(book))
        return root
