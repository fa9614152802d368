"""Our own HTML editions, taken apart into what an EPUB of the same book holds: a file a document.

Then they are read alike. What differs is told where the page is made, ``writers/html/page.py``:
headings stand lower by the rank of their document's, replies can be folded, calls have buttons.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from lxml import etree

from converter.container import Element, page_tree
from converter.errors import SourceError
from converter.model import Book, Part
from converter.readers.epub.survey import XHTML, body_of, classes, number
from converter.source import Source

_GENERATED: Final = re.compile(
    rb"\s*<!doctype html>.*?<meta\s+name=\"?generator\"?\s+content=\"?converter\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD: Final = 8_192
_HEADINGS: Final = tuple(f"{XHTML}h{rank}" for rank in range(1, 7))
# What a section without a heading is, which a page shows as a plain division.
_SECTIONS: Final = frozenset({"section", "attachment"})
# The ranks of headings in notes: on the page, and in an EPUB.
_IN_NOTES: Final = 6 - 3


def is_page(data: bytes) -> bool:
    """Whether ``data`` is an HTML edition of ours: by the name of its maker."""
    return bool(_GENERATED.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")))


class Page:
    """The page in ``source`` as the files of an EPUB. ``spine`` names them in reading order."""

    def __init__(self, source: Source) -> None:
        """Take the page apart. Raises SourceError if it is no HTML."""
        self._root = page_tree(source.data, source.name)
        _unfold(self._root)
        self._files = dict(_files(self._root, source.name))
        self.spine = list(self._files)
        _lead_between(self._files)

    def tree(self, name: str) -> Element:
        """Return the file ``name``."""
        return self._files[name]

    def names(self) -> tuple[str, ...]:
        """Return no names: pictures are in the page itself."""
        return ()

    def content(self, name: str) -> bytes:
        """Raise SourceError: there are no files beside the page."""
        raise SourceError("the page has no such file", name)

    def book(self, parts: tuple[Part, ...]) -> Book:
        """Return the book that the page is, made of ``parts``."""
        return Book(
            title="".join(map(str, self._root.itertext(f"{XHTML}title"))).strip(),
            parts=parts,
            language=self._first("dcterms.language"),
            authors=tuple(self._facts("author")),
            rights=self._first("dcterms.rights"),
            date=self._first("dcterms.date"),
            modified=self._first("dcterms.modified"),
            identifier=self._first("dcterms.identifier"),
        )

    def _facts(self, name: str) -> Iterator[str]:
        metas = self._root.iterfind(f"{XHTML}head/{XHTML}meta[@name='{name}']")
        return (meta.get("content", "") for meta in metas)

    def _first(self, name: str) -> str:
        return next(self._facts(name), "")


def _unfold(root: Element) -> None:
    """Make of what only a page has what an EPUB has in its place."""
    etree.strip_elements(root, f"{XHTML}button", with_tail=False)
    for element in root.iter(f"{XHTML}details", f"{XHTML}summary", f"{XHTML}div"):
        names = classes(element)
        if element.tag == f"{XHTML}details":
            element.tag = f"{XHTML}div"
        elif element.tag == f"{XHTML}summary":
            element.tag = f"{XHTML}p"
        elif _SECTIONS.intersection(names):
            element.tag = f"{XHTML}section"


def _files(root: Element, place: str) -> Iterator[tuple[str, Element]]:
    """Yield the files by their names: title and contents, parts, documents."""
    body = body_of(root)
    front = [child for child in body if _is_front(child)]
    if front:
        yield "front", _file(front, {"class": "generated"})
    taken = {"front"}
    for position, (kind, elements) in enumerate(list(_pieces(body))):
        name = elements[0].get("id") or f"piece{position}"
        name = f"{name}-{position}" if name in taken else name
        taken.add(name)
        yield name, _part(elements[0]) if kind == "part" else _document(elements, place)


def _is_front(element: Element) -> bool:
    """Whether ``element`` says on the page what the book says of itself."""
    return "title-page" in classes(element) or element.tag == f"{XHTML}nav"


def _pieces(body: Element) -> Iterator[tuple[str, list[Element]]]:
    """Yield parts and documents. What somebody has put between them goes with the one before."""
    document: list[Element] = []
    for element in _flat(body):
        names = classes(element)
        if ("document" in names or "part" in names) and document:
            yield "document", document
            document = []
        if "part" in names:
            yield "part", [element]
        else:
            document.append(element)
    if document:
        yield "document", document


def _flat(around: Element) -> Iterator[Element]:
    """Yield what stands in ``around``: the main text, and a part behind its heading, open."""
    yield from _typed(around.text)
    for element in list(around):
        behind, element.tail = element.tail, None
        if element.tag == f"{XHTML}main":
            yield from _flat(element)
        elif not _is_front(element):
            yield element
        if "part" in classes(element):
            yield from list(element)[1:]
        yield from _typed(behind)


def _typed(text: str | None) -> Iterator[Element]:
    """Yield a paragraph of ``text``, which somebody has typed where only elements stand."""
    if text and text.strip():
        paragraph = etree.Element(f"{XHTML}p")
        paragraph.text = text
        yield paragraph


def _part(element: Element) -> Element:
    level = next((name[6:] for name in classes(element) if name.startswith("level-")), "1")
    return _file(list(element)[:1], {"role": "doc-part", "data-level": level})


def _document(elements: list[Element], place: str) -> Element:
    """Return the file of a document, of the rank that its headings have in an EPUB."""
    if "document" not in classes(elements[0]):
        elements = [etree.Element(f"{XHTML}section"), *elements]
    section, *others = elements
    shift = number(section.get("data-rank"), 1) - 1
    for heading in section.iter(*_HEADINGS):
        around = [name for each in heading.iterancestors() for name in classes(each)]
        if "note" in around:
            _raise(heading, _IN_NOTES)
        elif "comment" not in around:
            _raise(heading, shift)
            if "head" in classes(_parent(heading)):
                heading.tag = _HEADINGS[0]
    section.extend(others)
    root = _wrapped(section)
    head = etree.Element(f"{XHTML}head")
    root.insert(0, head)
    for name, value in _facts_of(section, place):
        etree.SubElement(head, f"{XHTML}meta", {"name": name, "content": value})
    return root


def _facts_of(section: Element, place: str) -> list[tuple[str, str]]:
    try:
        return msgspec.json.decode(section.get("data-facts", "[]"), type=list[tuple[str, str]])
    except msgspec.DecodeError as error:
        where = f"{place}#{section.get('id', '')}"
        raise SourceError(f"its data-facts are damaged: {error}; remove them", where) from error


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _raise(heading: Element, by: int) -> None:
    rank = number(heading.get("data-rank"), _HEADINGS.index(str(heading.tag)) + 1)
    heading.set("data-rank", str(rank - by))


def _file(elements: list[Element], attributes: dict[str, str]) -> Element:
    section = etree.Element(f"{XHTML}section", attributes)
    section.extend(elements)
    return _wrapped(section)


def _wrapped(section: Element) -> Element:
    root = etree.Element(f"{XHTML}html")
    etree.SubElement(root, f"{XHTML}body").append(section)
    section.tail = None
    return root


def _lead_between(files: dict[str, Element]) -> None:
    """Make the links between documents those between files: to their beginnings, to what is in."""
    places = {
        anchor: name
        for name, root in files.items()
        for element in root.iter(etree.Element)
        if (anchor := element.get("id"))
    }
    for name, root in files.items():
        for element in root.iter(f"{XHTML}a", f"{XHTML}span"):
            # A link that was written in pieces says on the whole where all of them lead.
            attribute = "href" if element.tag == f"{XHTML}a" else "data-href"
            anchor = element.get(attribute, "").removeprefix("#")
            if element.get(attribute) == f"#{anchor}" and anchor in places:
                place = places[anchor]
                within = "" if anchor == place else f"#{anchor}"
                element.set(attribute, within if place == name and within else f"{place}{within}")
