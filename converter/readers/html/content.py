"""Where the text of a page stands: where its markup says, else where trafilatura finds it.

The library is asked which words are the main text; the elements that hold them are then read as
they are, with all their structure, so that nothing that it would leave out is lost.
"""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from converter.markup.page import Element, Page, classes

_BODIES: Final = (
    "entry-content",
    "wp-block-post-content",
    "post-content",
    "post-body",
    "article-content",
    "article-body",
    "mw-parser-output",
    "e-content",
    "td-post-content",
    "storycontent",
)
_MAINS: Final = ("main", "article")
_HOLDERS: Final = frozenset({"div", "article", "main", "section", "td", "body"})
_SHORTEST: Final = 25
_MOST: Final = 0.95
_ENOUGH: Final = 0.7


def content_of(page: Page, source: str, comments: Iterable[Element]) -> Element:
    """Return the element that holds the text of ``page``, whose HTML is ``source``."""
    taken = frozenset(comments)
    body = next(page.root.iter("body"), page.root)
    said = _said(page, body, taken)
    if said is not None:
        return said
    marked = _marked(page, body, taken)
    holder = _smallest(page, marked if marked is not None else body, main_text(source))
    if marked is None or holder is None:
        return holder if holder is not None else body if marked is None else marked
    share = len(page.rest(holder)) / max(1, len(page.rest(marked)))
    return holder if share >= _ENOUGH else marked


def _said(page: Page, body: Element, taken: frozenset[Element]) -> Element | None:
    """Return the one element whose class says that it holds the text of a post."""
    for name in _BODIES:
        found = [
            each
            for each in body.iter(*_HOLDERS)
            if (name in classes(each) or each.get("itemprop") == "articleBody")
            and page.rest(each)
            and not _is_in(each, taken)
        ]
        outer = [each for each in found if not any(up in found for up in each.iterancestors())]
        if outer:
            return outer[0] if len(outer) == 1 else None
    return None


def _marked(page: Page, body: Element, taken: frozenset[Element]) -> Element | None:
    """Return the one element that HTML says to hold the text."""
    for tag in _MAINS:
        found = [
            each
            for each in body.iter(*_HOLDERS)
            if (each.tag == tag or each.get("role") == tag) and not _is_in(each, taken)
        ]
        outer = [each for each in found if not any(up in found for up in each.iterancestors())]
        if len(outer) == 1 and page.rest(outer[0]):
            return outer[0]
    return None


def _is_in(element: Element, taken: frozenset[Element]) -> bool:
    return any(each in taken for each in (element, *element.iterancestors()))


def _smallest(page: Page, within: Element, lines: list[str]) -> Element | None:
    """Return the smallest element in ``within`` that holds nearly all of ``lines``."""
    wanted = [line for line in lines if len(line) >= _SHORTEST]
    if not wanted:
        return None
    text = page.words(within)
    held = [line for line in wanted if line in text]
    found = None
    element: Element | None = within
    while element is not None and held:
        found = element
        element = next(
            (
                child
                for child in found.iterchildren(*_HOLDERS)
                if _share(held, page.words(child)) >= _MOST
            ),
            None,
        )
    return found


def _share(lines: list[str], text: str) -> float:
    return sum(len(line) for line in lines if line in text) / sum(map(len, lines))


def main_text(source: str) -> list[str]:
    """Return the paragraphs of the main text of ``source`` as trafilatura sees them."""
    # Loaded when needed: a quarter of a second that pages that say where their text is do without.
    import trafilatura

    try:
        found = trafilatura.extract(
            source, include_comments=False, favor_recall=True, output_format="txt"
        )
    except (ValueError, RecursionError, etree.LxmlError):
        return []
    return [" ".join(line.split()) for line in (found or "").splitlines() if line.strip()]
