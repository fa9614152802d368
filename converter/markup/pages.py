"""Page breaks of the printed source, as editions on the web mark them."""

import re
from collections.abc import Iterator
from typing import Final

from converter.markup.page import Element, Page, classes
from converter.model import Inline, PageBreak

# history.state.gov, TEI stylesheets, Project Gutenberg, Wikisource, Distributed Proofreaders.
_CLASS: Final = re.compile(r"tei-pb\d*|pb|pagenum|pageno|page-?break|folio")
_LABEL: Final = re.compile(
    r"[\[{(|]?\s*(?:(?:page|pages|pg|pp?|seite|s)\b\.?)?\s*(?P<label>.*?)\s*[\]})|]?", re.IGNORECASE
)
_LONGEST: Final = 24


def find_pages(page: Page, scope: Element) -> dict[Element, tuple[Inline, ...]]:
    """Return a page break for each element in ``scope`` that marks one, and claim its text."""
    marks: dict[Element, tuple[Inline, ...]] = {}
    for element in _breaks(scope):
        words = page.words(element)
        if len(words) <= _LONGEST and not any(up in marks for up in element.iterancestors()):
            page.structure(page.span(element))
            marks[element] = (PageBreak(_label(element, words), page.prov(element)),)
    return marks


def _breaks(scope: Element) -> Iterator[Element]:
    for element in scope.iter():
        if not isinstance(element.tag, str):
            continue
        typed = (element.get("epub:type") or "").split()
        roles = (element.get("role") or "").split()
        named = any(_CLASS.fullmatch(name) for name in classes(element))
        if named or "pagebreak" in typed or "doc-pagebreak" in roles:
            yield element


def _label(element: Element, words: str) -> str:
    """Return the label of a break: what it prints, else what it says to those who cannot see."""
    for text in (words, element.get("aria-label"), element.get("title"), element.get("data-n")):
        found = _LABEL.fullmatch((text or "").strip())
        if found and found["label"]:
            return found["label"]
    return ""
