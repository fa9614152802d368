"""Where the notes of a page stand: lists and sections of notes, and what calls lead to."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from converter.markup.page import Element, Page, classes

_LISTS: Final = frozenset(
    {
        "footnotes",
        "endnotes",
        "references",
        "wp-block-footnotes",
        "easy-footnotes-wrapper",
        "simple-footnotes",
        "footnote-list",
        "footnotes-list",
        "notes-list",
        "footnotes_reference_container",
        "modern-footnotes-list",
    }
)
_LIST_ROLES: Final = frozenset({"doc-endnotes", "doc-footnotes"})
_LIST_TYPES: Final = frozenset({"footnotes", "endnotes", "rearnotes"})
_NOTE_ROLES: Final = frozenset({"doc-footnote", "doc-endnote"})
_NOTE_TYPES: Final = frozenset({"footnote", "endnote", "rearnote", "note"})
_NOTE_CLASSES: Final = frozenset({"footnote", "endnote", "footnotes_plugin_reference_row"})
_NOTE_TAGS: Final = frozenset({"li", "aside", "div", "p", "dd", "dl", "tr", "section", "table"})
_NOTE_NAME: Final = re.compile(r"f(?:oo)?tn|footnote|endnote|\bfn[-:_\d]|\bnote[-_]?\d|edn")

# Blocks that can be a note, and those around which can belong to it.
_BLOCKS: Final = frozenset(
    {"li", "p", "dd", "dt", "dl", "tr", "aside", "div", "section", "blockquote"}
)
_AROUND: Final = frozenset({"li", "dd", "tr", "aside", "div", "section"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def is_list(element: Element) -> bool:
    """Whether ``element`` says that it holds the notes of a page."""
    return bool(
        _LISTS & classes(element)
        or _LIST_ROLES & set((element.get("role") or "").split())
        or _LIST_TYPES & set((element.get("epub:type") or "").split())
        or element.get("data-footnotes") is not None
    )


def is_note(element: Element) -> bool:
    """Whether ``element`` says that it is a note."""
    return element.tag in _NOTE_TAGS and bool(
        _NOTE_ROLES & set((element.get("role") or "").split())
        or _NOTE_TYPES & set((element.get("epub:type") or "").split())
        or _NOTE_CLASSES & classes(element)
    )


def listed(scope: Element) -> Iterator[Element]:
    """Yield the notes that ``scope`` holds in lists and sections that say so, or by themselves."""
    for element in scope.iter():
        if not isinstance(element.tag, str):
            continue
        if is_list(element):
            yield from _items(element)
        elif is_note(element) and next(filter(is_note, element.iterdescendants()), None) is None:
            yield from element.iterchildren("dd") if element.tag == "dl" else (element,)


def _items(holder: Element) -> Iterator[Element]:
    """Yield the items of the list that ``holder`` is, or of the first one in it."""
    outer = holder if holder.tag in {"ol", "ul"} else next(holder.iter("ol", "ul"), None)
    if outer is not None and not any(is_note(each) for each in holder.iterdescendants("div")):
        yield from outer.iterchildren("li")


def details_of(element: Element) -> Element:
    """Return the ``dd`` of a note that docutils or TEI Publisher write as a definition."""
    details = element.getnext() if element.tag == "dt" else None
    if element.tag == "dl":
        details = next(element.iterchildren("dd"), None)
    return details if details is not None and details.tag == "dd" else element


class Bodies:
    """Finds the block that a note fills, given the places that links lead to."""

    def __init__(self, page: Page, places: Iterable[Element], calls: Iterable[Element]) -> None:
        self._page = page
        self._places = sorted(page.order(place)[0] for place in places)
        self._calls = sorted(page.order(call)[0] for call in calls)

    def body(self, place: Element) -> Element | None:
        """Return the block of the note that begins at ``place``, None if that is no note.

        The block goes as far out as it holds nothing but this one note.
        """
        block = _block(place)
        if block is None or block.tag in _HEADINGS or self._count(block, self._calls_at(block)):
            return None
        if block.tag in {"dt", "dl"}:
            return details_of(block)
        while (around := block.getparent()) is not None and self._belongs(around):
            block = around
        return block

    def _belongs(self, around: Element) -> bool:
        if around.tag not in _AROUND or is_list(around):
            return False
        named = f"{around.get('id') or ''} {around.get('class') or ''}".lower()
        own = around.tag in {"li", "dd", "tr", "aside"} or bool(_NOTE_NAME.search(named))
        alone = self._count(around, self._places) <= 1
        return own and alone and not self._count(around, self._calls_at(around))

    def _calls_at(self, block: Element) -> list[int]:
        """Return the places of calls, none if ``block`` says that it is a note: notes call too."""
        return [] if is_note(block) or block.tag in {"li", "dd"} else self._calls

    def _count(self, element: Element, places: list[int]) -> int:
        first, last = self._page.order(element)
        return bisect_left(places, last) - bisect_left(places, first)


def _block(place: Element) -> Element | None:
    for element in (place, *place.iterancestors()):
        if element.tag in {"td", "th"}:
            continue
        if element.tag in _BLOCKS or element.tag in _HEADINGS:
            return element
        if element.tag in {"body", "main", "article", "ol", "ul", "table", "html"}:
            return None
    return None
