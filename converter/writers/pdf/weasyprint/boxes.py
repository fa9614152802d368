"""What became of the notes and page labels on paper, read from WeasyPrint's boxes.

Positions are in CSS pixels from the top left corner of a page.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from converter.writers.pdf.weasyprint.engine import (
    BlockBox,
    FootnoteAreaBox,
    Layout,
    LineBox,
    TextBox,
)

_HYPHEN: Final = "\u2010"


def misplaced(layout: Layout, expected: frozenset[str]) -> frozenset[str]:
    """Return the ids of notes that did not get onto paper whole.

    A note taller than the page pushes the beginning of its footnote area above the page, where
    it is lost without a word. Of such an area the tallest notes are returned.
    """
    found: set[str] = set()
    late: set[str] = set()
    for page in layout.pages:
        for area in _areas(page):
            heights = {note.element.get("id"): note.height for note in area.children}
            found |= heights.keys()
            if area.position_y < page._page_box.content_box_y():
                late |= _tall(heights, page._page_box.height)
    return frozenset(late | (expected - found))


def _areas(page: Any) -> Iterator[Any]:
    return (box for box in page._page_box.children if isinstance(box, FootnoteAreaBox))


def _tall(heights: dict[str, float], page: float) -> set[str]:
    """Return the ids of the notes over half of ``page``, or the one that is tallest."""
    tall = {name for name, own in heights.items() if own > page / 2}
    return tall or {max(heights, key=lambda name: heights[name])}


def improve(layout: Layout) -> bool:
    """Mark the paragraphs that should run over to the next page otherwise; say if any was new.

    Where the second line of a paragraph does not fit a page, WeasyPrint makes room for it by
    moving notes to the next page instead of the paragraph: that may not begin with as few lines.
    And no word is divided between pages, which CSS can ask for but WeasyPrint cannot do.
    """
    noted = {
        note.element: place
        for place, page in enumerate(layout.pages)
        for area in _areas(page)
        for note in area.children
    }
    bodies = [page._page_box.children[0] for page in layout.pages]
    marked = False
    for place, (body, following) in enumerate(pairwise(bodies)):
        paragraph = _running_over(body, following)
        if paragraph is None:
            continue
        if any(noted.get(call) not in (place, None) for call in _calls(body)):
            marked |= _declare(paragraph.element, "orphans", str(len(paragraph.children) + 1))
        if _text(paragraph.children[-1]).endswith(_HYPHEN):
            marked |= _declare(paragraph.element, "hyphens", "manual")
    return marked


def _running_over(body: Any, following: Any) -> Any:
    """Return the paragraph at the end of ``body`` that goes on in ``following``, or None."""
    last = [*_paragraphs(body)][-1:]
    first = next(_paragraphs(following), None)
    return first and next((each for each in last if each.element is first.element), None)


def _calls(body: Any) -> Iterator[Any]:
    """Yield the elements of the notes called on a page, those called in notes not included."""
    for box in body.descendants(placeholders=True):
        if box.footnote is not None:
            yield box.footnote.element


def _text(line: Any) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, TextBox))


def _declare(element: Any, name: str, value: str) -> bool:
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


def part_page_labels(layout: Layout) -> None:
    """Set the source's page labels below each other where several begin on a line.

    They would be printed one over the other, for nobody to read.
    """
    for page in layout.pages:
        free = 0.0
        for label in sorted(_page_labels(page), key=lambda box: box.position_y):
            if label.position_y < free:
                label.translate(dy=free - label.position_y)
            free = label.position_y + label.margin_height()


def mirror_page_labels(layout: Layout) -> None:
    """Move the source's page labels from the inner to the outer margin of right-hand pages.

    CSS knows the side of a page only in page rules, not for what stands on it.
    """
    for page in layout.pages[::2]:
        box = page._page_box
        left, right = box.content_box_x(), box.content_box_x() + box.width
        for label in _page_labels(page):
            text = [part for part in label.descendants() if isinstance(part, TextBox)]
            start = min(part.position_x for part in text)
            end = max(part.position_x + part.width for part in text)
            label.translate(dx=right + (left - end) - start)


def _page_labels(page: Any) -> Iterator[Any]:
    for box in page._page_box.descendants(placeholders=True):
        if isinstance(box, BlockBox) and _is_page_label(box):
            yield box


def _is_page_label(box: Any) -> bool:
    named = box.element is not None and box.element.get("class") == "label"
    return named and box.style["position"] == "absolute"
