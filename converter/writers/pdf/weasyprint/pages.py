"""From a book to the XHTML that is laid out: title page, contents, parts, documents."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Final, NamedTuple

from lxml import etree

from converter.model import Book, Document, Part, Picture
from converter.options import Layout, PdfOptions
from converter.report import Report
from converter.words import Words, words
from converter.writers.language import book_direction, tag
from converter.writers.pdf.weasyprint.breaks import JOINER, START, breakable
from converter.writers.pdf.weasyprint.comments import add_thread
from converter.writers.pdf.weasyprint.hooks import PdfHooks
from converter.writers.pdf.weasyprint.tables import square_tables
from converter.writers.targets import targets
from converter.writers.titles import byline, heading, introduction, published, short
from converter.writers.xhtml import XHTML, Element, add, add_blocks, add_inlines, add_text, clean

_FIRST_WORD: Final = re.compile(r"^(\S*)")
# See https://drafts.csswg.org/css-text-4/#white-space-processing.
_SPACES: Final = re.compile("[ \\t\\n\\r\\f]+")
_SOFT_HYPHEN: Final = "\u00ad"
# With a character that keeps letters from joining.
_PARTING: Final = "\u200c\u00ad"
# The class of what begins on page 1, behind title page and contents.
FIRST: Final = "first"
_NO_TEXT: Final = frozenset({"footnote", "call", "comment-ref generated", "pagebreak"})
# As many letters as make a title page of a few lines.
_LONG_TITLE: Final = 120
_DIRECTIONS: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_P: Final = f"{{{XHTML}}}p"
_SPAN: Final = f"{{{XHTML}}}span"
_TH: Final = f"{{{XHTML}}}th"
_CONTAINERS: Final = frozenset(
    f"{{{XHTML}}}{name}" for name in ("article", "blockquote", "dd", "div", "li", "section", "td")
)
_HEADINGS: Final = tuple(f"{{{XHTML}}}h{rank}" for rank in range(1, 7))


class Pages(NamedTuple):
    """What is laid out: the body of the book, and its pictures by address."""

    body: Element
    pictures: Mapping[str, Picture]


def compose(book: Book, report: Report, *, options: PdfOptions, moved: frozenset[str]) -> Pages:
    """Return ``book`` as XHTML. ``moved`` names the notes to print at the end of documents."""
    body = etree.Element(f"{{{XHTML}}}body")
    layout = options.layout
    body.set("class", layout)
    said = words(book.language)
    anchors = {document.id: f"d{place}" for place, document in enumerate(book.documents, 1)}
    if options.cover:
        _add_cover(body, book, alone=layout == "handout")
    if layout != "handout":
        _add_title_page(body, book)
    if len(anchors) > 1:
        _add_contents(body, book, anchors, said, level=_top_level(layout))
    pictures: dict[str, Picture] = {}
    leads = targets(book.documents)
    for place, part in enumerate(book.parts, 1):
        level = _top_level(layout)
        if part.title:
            _add_part(body, part, anchor=f"part{place}", level=level + part.level - 1)
        level += part.depth
        for document in part.documents:
            hooks = PdfHooks(document, leads, report, said, moved=moved)
            article = _add_document(body, document, hooks, level=level)
            article.set("class", f"document below-{part.depth}")
            pictures |= hooks.pictures
    if layout != "handout":
        _begin_text(body)
    square_tables(body)
    _label_headings(body)
    _shorten_heads(body, options)
    _repeat_headers(body)
    _join_calls(body)
    _lead_in_page_breaks(body)
    _join_page_breaks(body)
    _resolve_directions(body)
    _settle_text(body)
    return Pages(body, pictures)


def _top_level(layout: Layout) -> int:
    """Return the level of headings below the book's title, where it has one."""
    return 2 if layout != "handout" else 1


def _add_cover(body: Element, book: Book, *, alone: bool) -> None:
    """Append a page without heading: that of the book is on its title page.

    Without one, ``alone``, the cover says all that it would say.
    """
    page = add(body, "section", class_=_named("cover", book))
    add(page, "p", book.title, class_="title")
    for author in book.authors:
        add(page, "p", author, class_="author")
    if alone:
        _add_imprint(page, book)


def _add_imprint(page: Element, book: Book) -> None:
    if book.date:
        add(page, "p", published(book), class_="date")
    if book.rights:
        add(page, "p", book.rights, class_="rights")


def _named(kind: str, book: Book) -> str:
    """Return the class of a page that names ``book``."""
    return f"{kind} long" if len(book.title) > _LONG_TITLE else kind


def _add_title_page(body: Element, book: Book) -> None:
    page = add(body, "section", class_=_named("title-page", book))
    add(page, "h1", book.title, data_short=book.title)
    for author in book.authors:
        add(page, "p", author, class_="author")
    _add_imprint(page, book)


def _add_contents(
    body: Element, book: Book, anchors: Mapping[str, str], said: Words, *, level: int
) -> None:
    turned = book_direction(book) or "auto"
    contents = add(body, "section", class_="contents", id="contents", dir=turned)
    add(contents, f"h{level}", said.contents, class_="generated")
    for place, part in enumerate(book.parts, 1):
        if part.title:
            kind = f"part level-{part.level}"
            _add_entry(contents, part.title, f"part{place}", kind=kind)
        opening = introduction(part)
        for document in part.documents:
            anchor = anchors[document.id]
            if document is not opening:
                _add_entry(contents, heading(document), anchor, kind="document")
            if document.comments:
                _add_entry(contents, said.comments, f"{anchor}-comments", kind="comments")


def _add_entry(contents: Element, title: str, anchor: str, *, kind: str) -> None:
    """Append a line of the contents. The style sheet adds the number of the page."""
    entry = add(contents, "p", class_=f"entry {kind} generated")
    add(entry, "a", title, href=f"#{anchor}")
    add(entry, "span", class_="page", data_target=f"#{anchor}")


def _add_part(body: Element, part: Part, *, anchor: str, level: int) -> None:
    page = add(body, "section", class_=f"part level-{part.level}", id=anchor)
    add(page, f"h{level}", part.title)


def _begin_text(body: Element) -> None:
    """Mark the part or document that begins on page 1."""
    for element in body:
        if element.get("class", "").startswith(("part", "document")):
            element.set("class", f"{element.get('class')} {FIRST}")
            return


def _add_document(body: Element, document: Document, hooks: PdfHooks, *, level: int) -> Element:
    article = add(body, "article", id=hooks.anchor, dir="auto")
    if language := tag(document.language):
        article.set("lang", language)
    if document.front:
        add_blocks(add(article, "div", class_="front"), document.front, hooks, level=level + 1)
    _add_heading(article, document, hooks, level=level)
    if document.subject:
        add_inlines(add(article, "p", class_="subject"), document.subject, hooks)
    if known := byline(document):
        add(article, "p", known, class_="byline")
    text = add(article, "div", class_="text")
    add_blocks(text, document.children, hooks, level=level + 1)
    if document.comments:
        _add_comments(article, document, hooks, level=level + 1)
    _add_notes(article, hooks, level=level + 1)
    return article


def _add_heading(article: Element, document: Document, hooks: PdfHooks, *, level: int) -> None:
    title = add(article, f"h{level}", class_="title")
    if document.number:
        add(title, "span", f"{document.number}.", class_="number")
        add_text(title, " ")
    add_inlines(title, document.title, hooks)
    told = clean(heading(document))
    if not document.title and not document.number:
        add(title, "span", told, class_="generated")
    title.set("data-label", told)
    title.set("data-short", told)


def _add_comments(article: Element, document: Document, hooks: PdfHooks, *, level: int) -> None:
    section = add(article, "section", class_="comments", id=f"{hooks.anchor}-comments")
    found, declared = len(document.comments), document.declared_comments
    said = hooks.words
    both = said.found_of.format(found=found, declared=declared)
    count = str(found) if declared in (None, found) else both
    name = said.comment if count == "1" else said.comments
    title = add(section, f"h{level}", name, class_="generated")
    add_text(title, f" ({count})")
    add_thread(section, document.comments, hooks, anchor=hooks.anchor)


def _add_notes(article: Element, hooks: PdfHooks, *, level: int) -> None:
    """Append the notes that do not stand at the foot of a page."""
    section: Element | None = None
    for note in hooks.remaining():
        if section is None:
            section = add(article, "section", class_="notes")
            add(section, f"h{level}", hooks.words.notes, class_="generated")
        hooks.add_note(section, note)


def _label_headings(body: Element) -> None:
    """Give every heading its text for bookmarks, free of calls, and leave out no rank.

    Rank by rank is what PDF/UA-1 (ISO 14289-1, clause 7.4.2) asks for.
    """
    rank = 0
    for title in body.iter(*_HEADINGS):
        if title.get("data-label") is None:
            title.set("data-label", " ".join("".join(_heading_text(title)).split()))
        rank = min(_HEADINGS.index(str(title.tag)) + 1, rank + 1)
        title.tag = _HEADINGS[rank - 1]


def _shorten_heads(body: Element, options: PdfOptions) -> None:
    for title in body.iter(*_HEADINGS):
        title.set("data-short", short(title.get("data-short", ""), options))


def _heading_text(element: Element) -> Iterable[str]:
    if element.get("class") not in _NO_TEXT:
        yield element.text or element.get("alt") or ""
        for child in element:
            yield from _heading_text(child)
            yield child.tail or ""


def _repeat_headers(body: Element) -> None:
    """Let the rows at the head of a table that hold nothing but headings stand on all its pages."""
    for rows in list(body.iter(f"{{{XHTML}}}tbody")):
        headers = list(takewhile(_is_header, rows))
        if not headers or len(headers) == len(rows):
            continue
        head = etree.Element(f"{{{XHTML}}}thead")
        rows.addprevious(head)
        head.extend(headers)


def _is_header(row: Element) -> bool:
    """Return whether ``row`` has headings and nothing else, none of which reaches into the next.

    Pages of the source that begin in it would begin on each page again.
    """
    return (
        any(cell.tag == _TH for cell in row)
        and all(cell.tag == _TH or not (len(cell) or cell.text) for cell in row)
        and all(cell.get("rowspan", "1") == "1" for cell in row)
        and not any(mark.get("class") == "pagebreak" for mark in row.iter(_SPAN))
    )


def _join_calls(body: Element) -> None:
    """Let no line begin with a call, as it could behind an ideograph or a full stop.

    Where the source has a space before it, it may: the line may have no other place to end.
    """
    for call in body.iter(f"{{{XHTML}}}sup"):
        before, parent, text = call.getprevious(), call.getparent(), _text_before(call)
        if call.get("class") != "call" or (text and text[-1].isspace()):
            continue
        if before is not None:
            before.tail = (text or "") + JOINER
        elif text and parent is not None:
            parent.text = text + JOINER


def _lead_in_page_breaks(body: Element) -> None:
    """Move page breaks between blocks into the paragraph that follows: alone, each took a line."""
    for mark in list(body.iter(_SPAN)):
        block, parent = mark.getnext(), mark.getparent()
        if mark.get("class") != "pagebreak" or block is None or parent is None:
            continue
        if block.tag == _P and parent.tag in _CONTAINERS:
            block.text, mark.tail = None, block.text
            block.insert(0, mark)


def _join_page_breaks(body: Element) -> None:
    """Put the word after a page break into its mark.

    WeasyPrint cannot end a line before an inline element that does not begin with text, and ends it
    words earlier.
    """
    for mark in body.iter(_SPAN):
        if mark.get("class") == "pagebreak" and mark.tail:
            text = mark.tail
            if (_text_before(mark) or "x")[-1].isspace():
                # Of two spaces around the mark, the second would keep the word from it.
                mark.text, text = START, text.lstrip()
            _, word, rest = _FIRST_WORD.split(text, maxsplit=1)
            mark[-1].tail, mark.tail = word, rest


def _text_before(element: Element) -> str | None:
    """Return the text between ``element`` and what stands before it, or around it."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return before.tail
    return None if parent is None else parent.text


def _resolve_directions(body: Element) -> None:
    """Settle ``dir="auto"``, which WeasyPrint does not know, by the first letter with a direction.

    See https://html.spec.whatwg.org/multipage/dom.html#auto-directionality.
    """
    for element in body.iter():
        if element.get("dir") == "auto":
            letters = (letter for text in element.itertext() for letter in str(text))
            found = (_DIRECTIONS.get(unicodedata.bidirectional(letter)) for letter in letters)
            element.set("dir", next(filter(None, found), "ltr"))


def _settle_text(body: Element) -> None:
    """Make text be what it is laid out as.

    WeasyPrint stumbles over line breaks of the source in notes. Letters around a soft hyphen must
    not become one glyph, which could not be told apart.
    """
    kept = {part for element in body.iter(f"{{{XHTML}}}pre") for part in element.iter()}
    for element in body.iter():
        if element.text:
            element.text = _settled(element.text, kept=element in kept)
        if element.tail:
            element.tail = _settled(element.tail, kept=element.getparent() in kept)


def _settled(text: str, *, kept: bool) -> str:
    text = text if kept else _SPACES.sub(" ", text)
    return breakable(text).replace(_SOFT_HYPHEN, _PARTING)
