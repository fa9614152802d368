"""What a page tells of itself: title, author, date, language, tags, address, site."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from converter.markup.dates import iso, read_date
from converter.markup.page import Element, Page, classes

_TITLES: Final = ("entry-title", "wp-block-post-title", "post-title", "p-name", "article-title")
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_DATES: Final = (
    "article:published_time",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "date",
)
_AUTHORS: Final = ("author", "article:author", "dc.creator", "citation_author")
# Where word processors set the title as a paragraph in a style of that name.
_TITLE_STYLES: Final = frozenset({"msotitle", "title"})
_NO_TITLE: Final = frozenset({"site-title", "wp-block-site-title", "screen-reader-text", "logo"})
# The head of a document on history.state.gov, whose h1 is the title of the volume.
_TEI_HEAD: Final = re.compile(r"tei-head\d*")
_BEFORE_TITLE: Final = 60
# Between a title and the name of the site. A dash may also stand within that name.
_SEPARATORS: Final = "|–—·•»"
_SEPARATED: Final = re.compile(rf" [{_SEPARATORS}-] ")


class Metadata(NamedTuple):
    """The fields of a page, as its head gives them or its details do."""

    language: str
    authors: tuple[str, ...]
    date: str
    tags: tuple[str, ...]
    site: str


def read_metadata(page: Page, outside: Iterable[Element]) -> Metadata:
    """Return what ``page`` tells of itself; what stands in ``outside`` is told of others."""
    meta = _meta(page.root)
    taken = frozenset(outside)
    details = [each for each in _details(page) if not _is_in(each, taken)]
    language = language_of(page) or meta.get("content-language", "")
    return Metadata(
        language=language,
        authors=tuple(dict.fromkeys(_authors(page, meta, details))),
        date=_date(page, meta, details, language),
        tags=tuple(dict.fromkeys(_tags(page, details))),
        site=meta.get("og:site_name", ""),
    )


def language_of(page: Page) -> str:
    """Return the language that the outermost elements name: Word says it of the body only."""
    said = (each.get("lang") or each.get("xml:lang") for each in page.root.iter("html", "body"))
    return next(filter(None, (each and each.strip() for each in said)), "")


def _meta(root: Element) -> dict[str, str]:
    """Return the names and values in the head, the first of each name."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        value = " ".join((element.get("content") or "").split())
        if name and value:
            found.setdefault(name.lower(), value)
    return found


def _details(page: Page) -> list[Element]:
    return [
        each
        for each in page.root.iter("a", "time", "span", "abbr", "p", "div", "b", "cite")
        if each.tag == "time"
        or each.get("rel")
        or each.get("itemprop")
        or {"fn", "author", "entry-date", "published", "post-date"} & classes(each)
    ]


def _is_in(element: Element, taken: frozenset[Element]) -> bool:
    return any(each in taken for each in (element, *element.iterancestors()))


def _authors(page: Page, meta: dict[str, str], details: list[Element]) -> Iterator[str]:
    for each in details:
        vcard = "author" in classes(each) or each.get("itemprop") == "author"
        if vcard or each.get("rel") == "author":
            fn = next((e for e in each.iter() if "fn" in classes(e)), each)
            name = re.sub(r"^(?:by|von|par|di|por)\s+", "", page.words(fn), flags=re.IGNORECASE)
            if 0 < len(name) < 80:
                page.field(page.span(fn))
                yield name
                return
    for name in _AUTHORS:
        if name in meta and not meta[name].startswith(("http:", "https:")):
            yield meta[name]
            return


def _date(page: Page, meta: dict[str, str], details: list[Element], language: str) -> str:
    for name in _DATES:
        if date := iso(meta.get(name, "")):
            return date
    for each in details:
        shown = {"entry-date", "published", "post-date", "dt-published"} & classes(each)
        if each.tag == "time" or shown or each.get("itemprop") == "datePublished":
            value = each.get("datetime") or each.get("title") or each.get("content") or ""
            if date := iso(value) or read_date(page.words(each), language):
                page.field(page.span(each))
                return date
    return ""


def _tags(page: Page, details: list[Element]) -> Iterator[str]:
    for each in details:
        if {"tag", "category"} & set((each.get("rel") or "").split()) and page.words(each):
            page.field(page.span(each))
            yield page.words(each)


# ------------------------------------------------------------------ the title


def title_element(page: Page, content: Element, outside: Iterable[Element]) -> Element | None:
    """Return the heading that is the title of the page, None if no heading is."""
    taken = frozenset(outside)
    headings = [
        each
        for each in page.root.iter(*_HEADINGS, "div")
        if page.rest(each) and not _is_in(each, taken) and not _NO_TITLE & classes(each)
    ]
    titles = [each for each in headings if _is_title(each)]
    if len(titles) == 1:
        return titles[0]
    # A page of several posts has no title of its own among theirs.
    headings = [each for each in headings if each.tag != "div" and each not in titles]
    named = [
        each
        for each in headings
        if each.get("itemprop") == "headline" or any(map(_TEI_HEAD.fullmatch, classes(each)))
    ]
    first = [each for each in headings if each.tag == "h1" and not _is_of_site(page, each, content)]
    opening = [each for each in headings if _opens(page, content, each)]
    styled = [
        each
        for each in content.iter("p")
        if page.rest(each) and _TITLE_STYLES & classes(each) and not _is_in(each, taken)
    ]
    above = _heading_above(page, headings, content)
    return next(iter((*named, *first, *styled, *opening, *above)), None)


def _is_title(heading: Element) -> bool:
    named = classes(heading)
    return bool(set(_TITLES) & named) or heading.get("id") == "firstHeading"


def _is_of_site(page: Page, heading: Element, content: Element) -> bool:
    """Whether ``heading`` is the name of the site: in its banner, or far from the text."""
    if page.holds(content, heading):
        return False
    return any(
        each.get("role") == "banner" or {"site-header", "navbar"} & classes(each)
        for each in heading.iterancestors()
    )


def _opens(page: Page, content: Element, heading: Element) -> bool:
    """Whether little stands in ``content`` before ``heading``."""
    if not page.holds(content, heading):
        return False
    before = page.text[page.span(content)[0] : page.span(heading)[0]]
    return len(before.split(None, _BEFORE_TITLE)) <= _BEFORE_TITLE


def _heading_above(page: Page, headings: list[Element], content: Element) -> list[Element]:
    """Return the last heading before ``content`` that stands in the same part of the page."""
    start = page.order(content)[0]
    above = [each for each in headings if page.order(each)[0] < start]
    around = content.getparent()
    near = [each for each in above if around is not None and page.holds(around, each)]
    return [each for each in near[-1:] if not _is_of_site(page, each, content)]


def title_text(page: Page) -> str:
    """Return the title that the head of the page gives, without the name of the site."""
    meta = _meta(page.root)
    if title := meta.get("og:title"):
        return title
    element = next(page.root.iter("title"), None)
    text = " ".join((element.text or "").split()) if element is not None else ""
    site = meta.get("og:site_name", "")
    if site and text.endswith(site):
        return text[: -len(site)].rstrip(" |–—·•»-")
    last = max(text.rfind(separator) for separator in _SEPARATORS)
    found = _SEPARATED.search(text, max(last - 1, 0))
    return text[: found.start()] if found else text
