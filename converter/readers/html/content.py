"""Where the text of a page stands: where its markup says, else where trafilatura finds it.

The library is asked which words are the main text; the elements that hold them are then read as
they are, with all their structure, so that nothing that it would leave out is lost.
"""

import re
from collections.abc import Iterable, Iterator
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
_HOLDERS: Final = frozenset({"div", "article", "main", "section", "td", "body"})
_SHORTEST: Final = 25
# Characters beyond which a page is no article, and looking for one takes minutes.
_LARGEST: Final = 5_000_000
_HALF: Final = 0.5
_PARAGRAPHS: Final = re.compile(r"<(?:p|div|li|td|dd|br)\b", re.IGNORECASE)
_MANY: Final = 2000


def content_of(page: Page, source: str, comments: Iterable[Element]) -> Element:
    """Return the element that holds the text of ``page``, whose HTML is ``source``."""
    taken = frozenset(comments)
    body = next(page.root.iter("body"), page.root)
    for find in (_said, _marked):
        found = find(page, body, taken)
        if found is not None:
            return found
    holder = _smallest(page, body, main_text(source))
    return holder if holder is not None else body


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
    """Return the one element that HTML says to hold the text: the article in it, or the main."""
    main = _only("main", page, body, taken)
    article = _only("article", page, main if main is not None else body, taken)
    if main is None or article is None:
        return main if article is None else article
    share = len(page.rest(article)) / max(1, len(page.rest(main)))
    return article if share >= _HALF else main


def _only(tag: str, page: Page, within: Element, taken: frozenset[Element]) -> Element | None:
    """Return the one element in ``within`` that is a ``tag``, None if there are more or none."""
    found = [
        each
        for each in within.iter(*_HOLDERS)
        if (each.tag == tag or each.get("role") == tag) and not _is_in(each, taken)
    ]
    outer = [each for each in found if not any(up in found for up in each.iterancestors())]
    return outer[0] if len(outer) == 1 and page.rest(outer[0]) else None


def _is_in(element: Element, taken: frozenset[Element]) -> bool:
    return any(each in taken for each in (element, *element.iterancestors()))


def _smallest(page: Page, within: Element, lines: list[str]) -> Element | None:
    """Return the smallest element in ``within`` that holds all of ``lines`` that it holds."""
    wanted = [line for line in lines if len(line) >= _SHORTEST]
    if not wanted:
        return None
    held = list(_held(page.words(within), wanted))
    found = None
    element: Element | None = within
    while element is not None and held:
        found = element
        element = next(
            (
                child
                for child in found.iterchildren(*_HOLDERS)
                if _holds_all(page.words(child), held)
            ),
            None,
        )
    return found


def _holds_all(text: str, lines: list[str]) -> bool:
    return sum(1 for _ in _held(text, lines)) == len(lines)


def _held(text: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield those of ``lines`` that ``text`` holds. Most come in its order: look there first."""
    last = 0
    for line in lines:
        found = text.find(line, last)
        found = found if found >= 0 else text.find(line)
        if found >= 0:
            last = found
            yield line


def main_text(source: str) -> list[str]:
    """Return the paragraphs of the main text of ``source`` as trafilatura sees them."""
    if len(source) > _LARGEST:
        return []
    # Loaded when needed: a quarter of a second that pages that say where their text is do without.
    import trafilatura

    try:
        found = trafilatura.extract(
            source,
            include_comments=False,
            favor_recall=True,
            output_format="txt",
            # The second opinion that it asks for compares paragraphs with all their neighbours.
            fast=len(_PARAGRAPHS.findall(source)) > _MANY,
        )
    except (ValueError, RecursionError, etree.LxmlError):
        return []
    # Items of lists come with a dash that the page does not have.
    lines = (" ".join(line.split()).removeprefix("- ") for line in (found or "").splitlines())
    return [line for line in lines if line]
