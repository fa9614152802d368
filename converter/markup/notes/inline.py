"""Notes that stand in the text where they are called: side notes, tool tips, short codes."""

from collections.abc import Iterator
from itertools import count
from typing import Final, NamedTuple

from converter.markup.page import Element, classes, is_aside

# A tool tip repeats a note that stands in a list.
TOOL_TIP: Final = "footnote_tooltip"
_CALLS: Final = frozenset({"modern-footnotes-footnote", "margin-toggle", "sidenote-number"})


class Aside(NamedTuple):
    """A note and the element that calls it, which is its own where nothing else does."""

    block: Element
    call: Element
    mark: str


def asides(scope: Element) -> Iterator[Aside]:
    """Yield the notes in ``scope`` that stand where they are called, with their marks."""
    numbers = count(1)
    for element in scope.iter("span", "small", "aside"):
        if is_aside(element) and TOOL_TIP not in classes(element):
            call = _call(element)
            printed = "".join(str(text) for text in call.itertext()).strip(" []()")
            own = call is element or not printed
            yield Aside(element, call, str(next(numbers)) if own else printed)


def _call(element: Element) -> Element:
    """Return the mark before ``element``, with the switch between them that shows it."""
    for sibling in element.itersiblings(preceding=True):
        if _CALLS & classes(sibling) and sibling.tag != "input":
            return sibling
        if sibling.tag != "input" or (sibling.tail or "").strip():
            break
    return element
