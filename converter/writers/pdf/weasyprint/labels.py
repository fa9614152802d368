"""The source's page labels in the margins: none printed over another, none off the paper.

Positions are in CSS pixels from the top left corner of a page.
"""

from collections.abc import Iterator
from typing import Any, Final
from xml.etree.ElementTree import Element

from converter.writers.pdf.weasyprint.boxes import declare
from converter.writers.pdf.weasyprint.engine import BlockBox, Layout, TextBox

# What stays free between labels and the edges of the paper.
_EDGE: Final = 8.0


def fit_page_labels(layout: Layout, body: Element) -> bool:
    """Mark the labels for which margins have no room; say if any was new.

    Those that are too wide are printed smaller. Where labels below each other reach out of a page,
    each takes a line of the text.
    """
    marked = False
    for place, page in enumerate(layout.pages):
        labels = _in_order(page)
        for label in labels:
            marked |= _narrow(label, page._page_box, is_right=place % 2 == 0)
        if sum(label.margin_height() for label in labels) > page._page_box.height / 2:
            marked |= _spread(labels, page._page_box, body)
    return marked


def _narrow(label: Any, page: Any, *, is_right: bool) -> bool:
    """Make ``label`` as wide as the outer margin at most."""
    start, end = _extent(label)
    right = page.content_box_x() + page.width
    beside = start - right if start > right else page.content_box_x() - end
    margin = page.margin_right if start > right or is_right else page.margin_left
    room = margin - beside - _EDGE
    if end - start <= room:
        return False
    size = label.style["font_size"] * room / (end - start)
    return declare(label.element, "font-size", f"{size:.2f}px")


def _spread(labels: list[Any], page: Any, body: Element) -> bool:
    """Give lines of their own to the ``labels`` of a page that share theirs with others."""
    tops = list(_tops(labels))
    if not tops or tops[-1] + labels[-1].margin_height() <= page.margin_height() - _EDGE:
        return False
    crowded = {
        id(label.element) for label, top in zip(labels, tops, strict=True) if top > label.position_y
    }
    marked = False
    for mark in body.iter("span"):
        if mark.get("class") == "pagebreak" and any(id(each) in crowded for each in mark):
            mark.set("class", "pagebreak alone")
            marked = True
    return marked


def part_page_labels(layout: Layout) -> None:
    """Set the source's page labels below each other where several begin on a line.

    They would be printed one over the other, for nobody to read.
    """
    for page in layout.pages:
        labels = _in_order(page)
        for label, top in zip(labels, list(_tops(labels)), strict=True):
            label.translate(dy=top - label.position_y)


def _tops(labels: list[Any]) -> Iterator[float]:
    """Yield how far down each label stands if none is printed over another."""
    free = 0.0
    for label in labels:
        top = max(free, label.position_y)
        free = top + label.margin_height()
        yield top


def mirror_page_labels(layout: Layout) -> None:
    """Move the source's page labels from the inner to the outer margin of right-hand pages.

    CSS knows the side of a page only in page rules, not for what stands on it.
    """
    for page in layout.pages[::2]:
        box = page._page_box
        left, right = box.content_box_x(), box.content_box_x() + box.width
        for label in _page_labels(page):
            start, end = _extent(label)
            label.translate(dx=right + (left - end) - start)


def set_paragraph_numbers(layout: Layout) -> None:
    """Move the numbers of paragraphs from the margin of a page to that of their column."""
    for page in layout.pages:
        area = page._page_box
        columns: dict[int, Any] = {}
        for box in area.descendants(placeholders=True):
            if isinstance(box, BlockBox) and box.element_tag == "p":
                columns.setdefault(id(box.element), box)
            elif box.element_tag == "p::before" and box.style["position"] == "absolute":
                column = columns[id(box.element)]
                dx: float = column.position_x - area.content_box_x()
                if box.position_x > area.content_box_x():  # where text runs leftward
                    dx += column.margin_width() - area.width
                box.translate(dx=dx)


def _extent(label: Any) -> tuple[float, float]:
    """Return from where to where the text of ``label`` reaches."""
    text = [part for part in label.descendants() if isinstance(part, TextBox)]
    return min(part.position_x for part in text), max(part.position_x + part.width for part in text)


def _in_order(page: Any) -> list[Any]:
    return sorted(_page_labels(page), key=lambda box: float(box.position_y))


def _page_labels(page: Any) -> Iterator[Any]:
    for box in page._page_box.descendants(placeholders=True):
        if isinstance(box, BlockBox) and _is_page_label(box):
            yield box


def _is_page_label(box: Any) -> bool:
    named = box.element is not None and box.element.get("class") == "label"
    return named and box.style["position"] == "absolute"
