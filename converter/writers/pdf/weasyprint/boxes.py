"""What became of notes, tables and paragraphs on paper, read from WeasyPrint's boxes.

Positions are in CSS pixels from the top left corner of a page.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from converter.writers.pdf.weasyprint.breaks import BREAK, JOINER, START
from converter.writers.pdf.weasyprint.engine import (
    FootnoteAreaBox,
    Layout,
    LineBox,
    TableBox,
    TextBox,
    drawn_width,
)
from converter.writers.pdf.weasyprint.pages import FIRST
from converter.writers.pdf.weasyprint.pieces import HYPHEN, footnotes, whole

# What differs by less, in pixels, is the same.
_SLACK: Final = 1.0
_SPACES: Final = " \u00a0"
# The classes of what shows the number of a page.
_NUMBERED: Final = frozenset({"page", "page-of"})
# As wide as most.
_UNKNOWN: Final = "000"


def misplaced(layout: Layout, body: Element) -> frozenset[str]:
    """Return the ids of the notes in ``body`` that did not get onto paper whole, and once.

    A note taller than the space pushes the beginning of its footnote area above the page, or its
    own end below it, where it is lost without a word. Of such an area the tallest notes are taken.
    """
    found: Counter[str] = Counter()
    tall: set[str] = set()
    for page in layout.pages:
        for area in _areas(page):
            found.update(note.element.get("id", "") for note in area.children)
            if _overflows(area, page._page_box):
                tall |= _tall(area.children, page._page_box.height)
    return frozenset(tall | {whole(name) for name in footnotes(body) if found[name] != 1})


def front_pages(layout: Layout, body: Element) -> int:
    """Return how many pages there are before page 1."""
    first = next((each.get("id") for each in body if FIRST in each.get("class", "").split()), None)
    return next((place for place, page in enumerate(layout.pages) if first in page.anchors), 0)


def page_numbers(layout: Layout, body: Element) -> dict[str, str]:
    """Return the numbers of the pages on which what links lead to begins, by links."""
    numbers: dict[str, str] = {}
    front = front_pages(layout, body)
    for number, page in enumerate(layout.pages[front:], start=1):
        for name in page.anchors:
            numbers.setdefault(f"#{name}", str(number))
    return numbers


def unknown_numbers(body: Element) -> dict[str, str]:
    """Return what stands in for the numbers of pages until these are known, by links."""
    return {
        element.get("data-target", element.get("href", "")): _UNKNOWN
        for element in body.iter()
        if element.get("class") in _NUMBERED
    }


def number_pages(body: Element, numbers: Mapping[str, str]) -> None:
    """Give what shows the number of a page that ``numbers`` has the number to show."""
    for element in body.iter() if numbers else ():
        target = element.get("data-target", element.get("href", ""))
        if element.get("class") in _NUMBERED and target in numbers:
            element.set("data-number", numbers[target])


def wide_tables(layout: Layout, body: Element) -> frozenset[int]:
    """Return the places in ``body``, from 0, of the tables that reach out of the text area."""
    places = {id(table): place for place, table in enumerate(body.iter("table"))}
    found = set()
    for page in layout.pages if places else ():
        area = page._page_box
        for box in area.descendants():
            if isinstance(box, TableBox) and id(box.element) in places:
                beyond = box.position_x + box.margin_width() - area.content_box_x() - area.width
                if beyond > _SLACK or box.position_x < area.content_box_x() - _SLACK:
                    found.add(places[id(box.element)])
    return frozenset(found)


def squeeze(body: Element, places: AbstractSet[int]) -> None:
    """Mark the tables at ``places`` as too wide for what they would like to be."""
    for place, table in enumerate(body.iter("table")):
        if place in places:
            table.set("class", f"{table.get('class', '')} wide".strip())


def scrambled(layout: Layout, body: Element) -> frozenset[str]:
    """Return the ids of the notes whose pieces do not follow each other."""
    return frozenset(
        whole(early)
        for early, late in _inversions(layout, body)
        if whole(early) == whole(late) or early != whole(early)
    )


def _inversions(layout: Layout, body: Element) -> Iterator[tuple[str, str]]:
    """Yield each note that stands behind one that comes later in ``body``, and that one."""
    rank = {name: place for place, name in enumerate(footnotes(body))}
    last = ""
    for page in layout.pages:
        for area in _areas(page):
            for note in area.children:
                name = note.element.get("id", "")
                if last and rank[name] < rank[last]:
                    yield name, last
                else:
                    last = name


def _overflows(area: Any, page: Any) -> bool:
    """Return whether notes in ``area`` reach out of the page, or into the text above them."""
    last = area.children[-1]
    above = area.position_y < page.content_box_y()
    below = last.position_y + last.margin_height() > page.content_box_y() + page.height + _SLACK
    text = [line.position_y + line.height for line in _lines(page.children[0])]
    return bool(above or below or max(text, default=0.0) > area.position_y + _SLACK)


def _lines(box: Any) -> Iterator[Any]:
    """Yield the lines in the flow of ``box``."""
    for paragraph in _paragraphs(box):
        yield from paragraph.children


def _tall(notes: Sequence[Any], page: float) -> set[str]:
    """Return the ids of the ``notes`` over half of ``page``, or of the one that is tallest."""
    tall = [note for note in notes if note.height > page / 2]
    tall = tall or [max(notes, key=lambda note: note.height)]
    return {whole(note.element.get("id", "")) for note in tall}


def _areas(page: Any) -> Iterator[Any]:
    return (box for box in page._page_box.children if isinstance(box, FootnoteAreaBox))


def improve(layout: Layout, body: Element) -> bool:
    """Mark the paragraphs that should run over to the next page otherwise; say if any was new.

    Where the second line of a paragraph does not fit a page, WeasyPrint makes room for it by
    moving notes to the next page instead of the paragraph, at times behind their followers: that
    paragraph may not begin with as few lines. Notes that a line calls behind one that runs over may
    stand further on: otherwise the line moves to the top of a page in vain, away from its heading.
    And no word is divided between pages, which CSS can ask for but WeasyPrint cannot do.
    """
    noted = _pages_of_notes(layout)
    late = {early for early, _ in _inversions(layout, body)}
    bodies = [page._page_box.children[0] for page in layout.pages]
    marked = sum(map(_let_run_over, bodies)) > 0
    for place, (page, following) in enumerate(pairwise(bodies)):
        paragraph = _running_over(page, following)
        if paragraph is None:
            continue
        if any(noted.get(each, place) != place for each in _called(page, late)):
            marked |= declare(paragraph.element, "orphans", str(len(paragraph.children) + 1))
        if _text(paragraph.children[-1]).endswith(HYPHEN):
            marked |= declare(paragraph.element, "hyphens", "manual")
    return marked


def _let_run_over(page: Any) -> bool:
    """Let the notes stand on the next page that lines call behind the pieces of another."""
    marked = False
    for line in _lines(page):
        behind = False
        for note in _footnotes_of(line):
            name = note.get("id", "")
            if name != whole(name):
                behind = True
            elif behind:
                marked |= declare(note, "footnote-policy", "auto")
    return marked


def unlink_repeated_headers(layout: Layout) -> None:
    """Take the links out of the headers that tables have again on further pages.

    The calls in them are no calls, and what is outside the structure may have no links.
    """
    seen: set[int] = set()
    for page in layout.pages:
        heads = [box for box in page._page_box.descendants() if box.element_tag == "thead"]
        again = [head for head in heads if id(head.element) in seen]
        unlinked = {id(box) for head in again for box in head.descendants()}
        page.links[:] = [link for link in page.links if id(link[3]) not in unlinked]
        seen.update(id(head.element) for head in heads)


def take_out_breaks(layout: Layout) -> None:
    """Take what only says where lines end out of the text before it is drawn.

    Fonts show it as spaces without width, which would be copied along as spaces.
    """
    for page in layout.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, TextBox) and any(
                each in box.text for each in (BREAK, JOINER, START)
            ):
                text = "" if box.text == START else box.text
                box.text = text.replace(BREAK, "").replace(JOINER, "")
                box.pango_layout.text = box.text


def settle_spaces(layout: Layout) -> None:
    """Let text of other fonts than the first be as wide when it is drawn as when it was laid out.

    What widens the spaces of a line keeps them apart from the words, so that Pango takes them from
    the first font: those of a typewriter are twice as wide, and reach out of the margin.
    """
    for page in layout.pages:
        for box in page._page_box.descendants(placeholders=True):
            if isinstance(box, TextBox) and box.justification_spacing and not box.text.isascii():
                beyond = drawn_width(box) - box.width
                if abs(beyond) > _SLACK:
                    spaces = sum(map(box.text.count, _SPACES))
                    box.pango_layout.justification_spacing -= beyond / spaces


def _footnotes_of(box: Any) -> Iterator[Any]:
    """Yield the elements of the footnotes that are called in ``box``."""
    for each in box.descendants(placeholders=True):
        if each.footnote is not None:
            yield each.footnote.element


def _pages_of_notes(layout: Layout) -> dict[str, int]:
    return {
        note.element.get("id", ""): place
        for place, page in enumerate(layout.pages)
        for area in _areas(page)
        for note in area.children
    }


def _running_over(body: Any, following: Any) -> Any:
    """Return the paragraph at the end of ``body`` that goes on in ``following``, or None."""
    last = [*_paragraphs(body)][-1:]
    first = next(_paragraphs(following), None)
    return first and next((each for each in last if each.element is first.element), None)


def _called(page: Any, late: set[str]) -> Iterator[str]:
    """Yield the ids of the notes called on ``page``, but for those called in notes.

    Of pieces of notes only the ``late`` are among them: the others may stand on the next page.
    """
    for note in _footnotes_of(page):
        name = note.get("id", "")
        if name == whole(name) or name in late:
            yield name


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, TextBox))


def declare(element: Any, name: str, value: str) -> bool:
    """Set a property in the style attribute; say whether it was not set so before."""
    style = element.get("style", "")
    declaration = f"{name}: {value};"
    element.set("style", style if declaration in style else f"{style}{declaration}")
    return declaration not in style


def _paragraphs(box: Any) -> Iterator[Any]:
    """Yield the blocks of lines in the flow of ``box``, in reading order."""
    for child in box.children:
        if isinstance(child, LineBox):
            yield box
            return
        if child.is_in_normal_flow():
            yield from _paragraphs(child)
