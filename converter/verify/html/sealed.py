"""Whether a page is all there is: no script, nothing from elsewhere, pop-ups that are there."""

import re
from collections.abc import Iterator
from typing import Final

from converter.container import Element
from converter.verify.difference import Difference
from converter.verify.epub.chapter import XHTML

_SCRIPTS: Final = frozenset(f"{XHTML}{name}" for name in ("script", "iframe", "object", "embed"))
_LOADED: Final = ("src", "srcset", "poster", "data")
# What makes a style sheet load more: https://www.w3.org/TR/css-values-4/#urls.
_STYLE_LOADS: Final = re.compile(r"@import|url\(\s*[\"']?(?!data:)", re.IGNORECASE)


def loose_ends(root: Element) -> Iterator[Difference]:
    """Yield what in a page runs, is loaded from elsewhere, or lets nothing pop up."""
    names = {element.get("id") for element in root.iter() if element.get("popover") is not None}
    for element in root.iter():
        place = element.get("id") or str(element.tag).removeprefix(XHTML)
        if element.tag in _SCRIPTS or any(str(name).startswith("on") for name in element.attrib):
            yield Difference("script-added", "the page would run or embed something", place)
        if _loads(element):
            yield Difference("remote-reference", "the page would load something", place)
        target = element.get("popovertarget")
        if target is not None and target not in names:
            text = f"a button lets {target} pop up, which is no pop-over"
            yield Difference("broken-link", text, place)


def _loads(element: Element) -> bool:
    if element.tag == f"{XHTML}link":
        return True
    if element.tag == f"{XHTML}style":
        return _STYLE_LOADS.search(element.text or "") is not None
    return any(not element.get(name, "data:").startswith("data:") for name in _LOADED)
