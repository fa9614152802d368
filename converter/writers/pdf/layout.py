"""From XHTML to pages: the one module that knows WeasyPrint.

WeasyPrint gets the body as a tree, not as text: an HTML parser would end a paragraph where the
block of a note begins. Nothing is fetched but templates and the book's own pictures, and what
WeasyPrint logs comes back as ``Warnings``.
"""

import logging
import mimetypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree  # noqa: S405 - reads only what lxml has just written

from lxml import etree

from converter.assets import template
from converter.errors import WriteError
from converter.model import Book, Code, CodeBlock, Math, Prov, Text
from converter.options import Options, PdfOptions
from converter.report import Report
from converter.walk import walk
from converter.writers.pdf.pages import Pages

try:
    from weasyprint import CSS, HTML, Document
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except OSError as error:
    raise WriteError(
        "PDF needs the Pango library: "
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    ) from error

Layout: TypeAlias = Document

_UNDATED: Final = "1980-01-01T00:00:00Z"
_LOGGERS: Final = ("weasyprint", "fontTools")


class _Fetcher(URLFetcher):  # type: ignore[misc] # the library has no types
    """Opens templates and the pictures of the book, and refuses everything else."""

    def __init__(self, templates: Path | None, images: frozenset[Path]) -> None:
        super().__init__()
        self._folders = [
            folder.resolve() for folder in (templates, template("").resolve()) if folder
        ]
        self._templates = templates
        self._images = images

    def fetch(self, url: str, headers: Any = None) -> Any:
        if urlsplit(url).scheme == "data":
            return super().fetch(url, headers)
        path = self._allowed(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _allowed(self, url: str) -> Path:
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        if parts.scheme == "file" and path in self._images:
            return path
        for folder in self._folders:
            if parts.scheme == "file" and path.is_relative_to(folder):
                return template(path.relative_to(folder).as_posix(), self._templates)
        raise PermissionError("neither a template nor a picture of the book")


def lay_out(pages: Pages, book: Book, options: Options) -> Layout:
    """Return ``pages`` laid out on paper."""
    fetcher = _Fetcher(options.templates, pages.images)
    html = HTML(string=_head(book), url_fetcher=fetcher)
    root = html.etree_element
    root.remove(root.find("body"))
    root.append(_without_namespace(pages.body))
    names = ("style", options.pdf.page.lower(), options.pdf.layout)
    sheets = [
        _style_sheet(template(f"pdf/{name}.css", options.templates), fetcher) for name in names
    ]
    return html.render(font_config=_fonts(), stylesheets=sheets, presentational_hints=True)


@cache
def _fonts() -> FontConfiguration:
    """Return the fonts, loaded once: they are most of the start of a small document."""
    return FontConfiguration()


def _style_sheet(path: Path, fetcher: URLFetcher) -> CSS:
    return CSS(
        string=path.read_text(encoding="utf-8"),
        base_url=path.resolve().as_uri(),
        url_fetcher=fetcher,
        font_config=_fonts(),
    )


def _head(book: Book) -> str:
    """Return an HTML page without content that carries the metadata of ``book``."""
    html = etree.Element("html", lang=book.language)
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "title").text = book.title
    metadata = [("author", author) for author in book.authors]
    metadata += [
        ("generator", "converter"),
        ("dcterms.created", book.modified or _UNDATED),
        ("dcterms.modified", book.modified or _UNDATED),
    ]
    for name, content in metadata:
        etree.SubElement(head, "meta", name=name, content=content)
    etree.SubElement(html, "body")
    return etree.tostring(html, method="html", encoding="unicode")


def _without_namespace(body: etree._Element) -> ElementTree.Element:
    """Return a tree of the kind that WeasyPrint's parser makes."""
    root = ElementTree.fromstring(etree.tostring(body))  # noqa: S314 - lxml has just written it
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def misplaced(document: Layout, expected: frozenset[str]) -> frozenset[str]:
    """Return the ids of notes that did not get onto paper whole.

    A note taller than the page pushes the beginning of its footnote area above the page, where
    it is lost without a word. Of such an area the tallest notes are returned.
    """
    found: set[str] = set()
    late: set[str] = set()
    for page in document.pages:
        box = page._page_box
        for area in box.children:
            if isinstance(area, FootnoteAreaBox):
                notes = {note.element.get("id"): note.height for note in area.children}
                found |= notes.keys()
                if area.position_y < box.content_box_y():
                    late |= _tall(notes, box.height)
    return frozenset(late | (expected - found))


def _tall(notes: dict[str, float], height: float) -> set[str]:
    """Return the ids of the notes over half of ``height``, or the one that is tallest."""
    tall = {name for name, own in notes.items() if own > height / 2}
    return tall or {max(notes, key=lambda name: notes[name])}


def write_pdf(layout: Layout, target: Path, book: Book, options: PdfOptions) -> None:
    """Write ``layout`` to ``target`` as tagged PDF."""
    variant = None if options.variant == "plain" else options.variant
    layout.write_pdf(
        target,
        pdf_variant=variant,
        pdf_tags=True,
        pdf_identifier=(book.identifier or book.title).encode(),
    )


@contextmanager
def collect_warnings(book: Book, report: Report) -> Iterator[None]:
    """Turn what the libraries log meanwhile into messages."""
    handler = _Handler(book, report)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


class _Handler(logging.Handler):
    """Reports each warning once. WeasyPrint's progress is no warning."""

    def __init__(self, book: Book, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._book = book
        self._report = report
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text in self._seen:
            return
        self._seen.add(text)
        if str(record.msg).startswith(".notdef"):
            self._missing_glyph(str(record.args[0]))
        else:
            self._report.warn("pdf-layout", text)

    def _missing_glyph(self, character: str) -> None:
        code = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
        self._report.warn(
            "missing-glyph",
            f"no font has {character!r} ({code}); it shows as an empty box",
            prov=_first_place(self._book, character),
        )


def _first_place(book: Book, character: str) -> Prov | None:
    """Return where ``character`` first stands in ``book``, as near as nodes tell."""
    prov: Prov | None = None
    for node in walk([book]):
        prov = getattr(node, "prov", None) or prov
        if isinstance(node, Text | Code | CodeBlock | Math) and character in node.text:
            return prov
    return None
