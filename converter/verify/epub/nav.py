"""Contents and page list of the navigation document, held against what is in the text."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from posixpath import dirname
from typing import Final

from lxml import etree

from converter.container import Element, resolve
from converter.verify.align import pairs
from converter.verify.difference import Difference
from converter.verify.epub.chapter import TYPE, XHTML, line
from converter.verify.letters import letters
from converter.verify.reading import Entry, Passage, Said

# A title is mostly among so many words from where it should be.
_OPENING: Final = 60
_HEADINGS: Final = ("h1", "h2")
NCX: Final = "{http://www.daisy.org/z3986/2005/ncx/}"


def page_list(nav: Element, name: str) -> list[tuple[str, str]]:
    """Return the keys and labels of the pages that the navigation document ``name`` lists."""
    return [(key, label) for label, key in _listed(nav, name, "page-list")]


def contents(nav: Element, name: str, starts: Mapping[str, int], text: Passage) -> Iterator[Entry]:
    """Yield the entries of the contents.

    ``starts`` tell where in ``text`` begins what they lead to; it ends where others lead to.
    """
    entries = list(_listed(nav, name, "toc"))
    bounds = sorted({starts[key] for _, key in entries if key in starts})
    for label, key in entries:
        start = starts.get(key, len(text.words))
        after = bisect_right(bounds, start)
        end = bounds[after] if after < len(bounds) else len(text.words)
        yield Entry(label, _stands_in(text, start, end, label), key)


def _stands_in(text: Passage, start: int, end: int, label: str) -> bool:
    """Return whether ``label`` is in ``text`` from ``start`` to ``end``: mostly right there."""
    for last in (min(start + _OPENING, end), end):
        there = text._replace(words=text.words[start:last]).plain()
        if letters(label) in letters("".join(there)):
            return True
    return False


def _listed(
    nav: Element, name: str, kind: str, *, generated: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the labels of a list in the navigation document ``name``, and what they lead to.

    ``generated`` takes in the entries that the edition adds.
    """
    for listing in nav.iter(f"{XHTML}nav"):
        if kind in listing.get(TYPE, "").split():
            for link in listing.iter(f"{XHTML}a"):
                if generated or not _is_generated(link):
                    yield line(link), resolve(link.get("href", ""), dirname(name), name)


def lists_said(root: Element, name: str) -> Iterator[Said]:
    """Yield what the lists that lead into the book say in ``root``, a part of the file ``name``.

    Of pages of the source that is only what stands beside them.
    """
    for element in root.iter(etree.Element):
        tag = element.tag.removeprefix(XHTML)
        nav = next(element.iterancestors(f"{XHTML}nav"), element)
        place = f"{name} {nav.get('id') or tag}"
        kinds = nav.get(TYPE, "").split()
        if label := element.get("aria-label"):
            yield Said("list", label, place)
        if tag in _HEADINGS or (tag == "a" and ("landmarks" in kinds or _is_generated(element))):
            yield Said("list", line(element), place)
        elif tag == "a":
            if "page-list" not in kinds:
                yield Said("name", line(element), place)
        elif element.text and element.text.strip():
            yield Said("list", element.text, place)
        if element is not root and element.tail and element.tail.strip():
            yield Said("list", element.tail, place)


def _is_generated(element: Element) -> bool:
    return "generated" in element.get("class", "").split()


def page_list_faults(
    listed: Sequence[tuple[str, str]], pages: Sequence[tuple[str, str]]
) -> Iterator[Difference]:
    """Yield what the page list has otherwise than the text, whose ``pages`` are in order.

    A page without label has to be called something in the list.
    """
    labels = dict(listed)
    found = {one for one, _ in pairs([key for key, _ in pages], [key for key, _ in listed])}
    for position, (key, label) in enumerate(pages):
        if key not in labels:
            yield Difference("page-lost", f"page {label} is not in the page list", key)
        elif position not in found:
            yield Difference("page-out-of-order", f"page {label} in the page list", key)
        elif label.strip() and labels[key] != " ".join(label.split()):
            text = f"page {label} is called {labels[key]} in the page list"
            yield Difference("page-label-differs", text, key)
    known = {key for key, _ in pages}
    for key, label in listed:
        if key not in known:
            yield Difference("page-added", f"the page list has page {label}, the text not", key)


def ncx_faults(nav: Element, name: str, ncx: Element, ncx_name: str) -> Iterator[Difference]:
    """Yield what the contents and pages for older reading systems have otherwise than the nav.

    See https://idpf.org/epub/20/spec/OPF_2.0_latest.htm#Section2.4.1.
    """
    for kind, point in (("toc", "navPoint"), ("page-list", "pageTarget")):
        listed = list(_listed(nav, name, kind, generated=True))
        older = list(_points(ncx, ncx_name, point))
        for label, key in sorted(set(listed) - set(older)):
            text = f"“{label}” is not in its place in the contents for older readers"
            yield Difference("contents-lost", text, key)
        for label, key in sorted(set(older) - set(listed)):
            text = f"the contents for older readers have “{label}”, which others have not"
            yield Difference("contents-lead-elsewhere", text, key)


def _points(ncx: Element, name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the labels of the points of this ``kind``, and what they lead to."""
    for point in ncx.iter(f"{NCX}{kind}"):
        label, content = point.find(f"{NCX}navLabel"), point.find(f"{NCX}content")
        href = "" if content is None else content.get("src", "")
        yield "" if label is None else line(label), resolve(href, dirname(name), name)
